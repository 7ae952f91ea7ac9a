import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it } from 'vitest';
import { LabelIndex } from '../../../../src/lib/columns/label-index';
import { labelList } from '../../../../src/lib/import/formats/label-list';
import { csvOf } from '../../../../src/lib/export/csv-file';
import { labelsTable } from '../../../../src/lib/export/own-words-tables';
import { liveBatches, readCatalogue } from '../../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../../src/lib/store/database';
import { changeOwnWords, readLabels, readOwnItem, readOwnWords } from '../../../../src/lib/store/own-words';
import { undoBatch } from '../../../../src/lib/store/undo-batch';
import { importHanded } from '../../../support/imported-files';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { headOf } from '../../../support/reported-file';
import { answeringOf, answerWithReports, exportWithReports } from '../../../support/stored-report';

/** Lists of labels as files: read, undone, and what figures then say. */

const EVENTS = [
	'timestamp,event,pin_id,user_id,pin_title,count',
	'2026-06-01T00:00:00Z,impression,101,ann,Lamp,5',
	'2026-06-02T00:00:00Z,impression,102,ann,Chair,7',
	'2026-06-02T00:00:00Z,save,102,bo,Chair,2',
	'2026-06-03T00:00:00Z,impression,103,cy,Lamp two,11'
].join('\n');
const LABELS = "label,pin_id\r\n'=Sale,102\r\nSpring,102\r\nSpring,103\r\n";

let db = new WorkspaceDatabase('shop');

async function opened(...files: { name: string; bytes: string }[]) {
	db = new WorkspaceDatabase('shop');
	await db.open();
	return importHanded('shop', files);
}

afterEach(async () => {
	db.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

const names = async () => (await readOwnWords(db)).labels.map(({ name, named }) => `${name} ${named}`);
const pause = () => {};

it.each([
	['label,pin_id\n', 1],
	['\uFEFF"Label";"Pin ID"\r\n', 1],
	['sep=|\npin_id|label\n', 1],
	['label,pin_id,impressions\n', 0],
	['pin_id,pin_title\n', 0]
])('is a list of labels by its two columns: %j', (text, score) => {
	expect(labelList.score(headOf(text))).toBe(score);
});

describe('a list of labels', () => {
	it('is a batch of its own, with every row accepted or rejected', async () => {
		const text = `${LABELS}none,1\r\n,2\r\nSpring,\r\nSpring,1.2E+17\r\na,1,more\r\n`;
		const [report] = await opened({ name: 'labels.csv', bytes: text });
		expect(report).toMatchObject({ outcome: 'imported', kind: 'labels', accepted: 3, rejected: 5 });
		expect(report!.rejections.map(({ line, reason }) => [line, reason])).toEqual([
			[5, 'unknown_value'],
			[6, 'missing_value'],
			[7, 'missing_value'],
			[8, 'spoilt_id'],
			[9, 'too_many_fields']
		]);
		expect(await names()).toEqual(['=Sale 1', 'Spring 2']);
		const [again] = await importHanded('shop', [{ name: 'other.csv', bytes: text }]);
		expect(again!.outcome).toBe('already_there');
	});

	it('undone takes its Pins back, and leaves what others named', async () => {
		const [first] = await opened({ name: 'labels.csv', bytes: LABELS });
		const second = 'label,pin_id\nSpring,102\nAutumn,1\n';
		await importHanded('shop', [{ name: 'more.csv', bytes: second }]);
		const spring = (await readOwnWords(db)).labels.find(({ name }) => name === 'Spring')!;
		await changeOwnWords(db, 1, { kind: 'pins', id: spring.id, pinIds: ['7'], isIn: true });
		expect(await names()).toEqual(['=Sale 1', 'Autumn 1', 'Spring 3']);
		await undoBatch(db, pause, first!.batchId!);
		expect(await names()).toEqual(['Autumn 1', 'Spring 2']);
		expect((await readLabels(db)).find(({ name }) => name === 'Spring')!.pinIds).toEqual(['7']);
	});

	it('that cannot be stored, or undone, leaves labels and imports as they were', async () => {
		const [first] = await opened({ name: 'labels.csv', bytes: LABELS });
		const stored = async () => [await db.labels.toArray(), (await liveBatches(db)).map(({ id }) => id)];
		const before = await stored();
		const refuse = () => {
			throw new Dexie.QuotaExceededError('full');
		};
		db.labels.hook('updating', refuse);
		await expect(undoBatch(db, pause, first!.batchId!)).rejects.toThrow('full');
		expect(await stored()).toEqual(before);
		db.labels.hook('updating').unsubscribe(refuse);

		const put = IDBObjectStore.prototype.put;
		IDBObjectStore.prototype.put = function (this: IDBObjectStore, ...given: [unknown]) {
			if (this.name === 'labels') throw new DOMException('full', 'QuotaExceededError');
			return put.apply(this, given);
		} as typeof put;
		const more = { name: 'more.csv', bytes: 'label,pin_id\nSpring,7\nAutumn,1\n' };
		try {
			const [failed] = await importHanded('shop', [more]);
			expect(failed).toMatchObject({ outcome: 'failed', problem: { code: 'storage_full' } });
		} finally {
			IDBObjectStore.prototype.put = put;
		}
		expect(await stored()).toEqual(before);
		const [again] = await importHanded('shop', [more]);
		expect(again).toMatchObject({ outcome: 'imported', accepted: 2 });
		expect(await names()).toEqual(['=Sale 1', 'Autumn 1', 'Spring 3']);
	});

	it('does not come back with a label that was deleted before its import was undone', async () => {
		const [first] = await opened({ name: 'labels.csv', bytes: LABELS });
		const { id } = (await readOwnWords(db)).labels.find(({ name }) => name === 'Spring')!;
		const whole = (await readOwnItem(db, 'labels', id))!;
		await changeOwnWords(db, 1, { kind: 'delete', of: 'labels', id });
		await undoBatch(db, pause, first!.batchId!);
		await changeOwnWords(db, 2, { kind: 'bring_back', item: whole });
		expect(await names()).toEqual(['Spring 0']);
	});

	it('keeps the Pins of a file with the file where the label is edited by hand', async () => {
		const [first] = await opened({ name: 'labels.csv', bytes: LABELS });
		const { id } = (await readOwnWords(db)).labels.find(({ name }) => name === 'Spring')!;
		const rule = { words: '', createdFrom: null, createdTo: null };
		const text = { name: 'Renamed', ...rule, pinIds: ['103', '8'] };
		await changeOwnWords(db, 1, { kind: 'labels', id, text });
		expect(await names()).toEqual(['=Sale 1', 'Renamed 2']);
		await undoBatch(db, pause, first!.batchId!);
		expect(await names()).toEqual(['Renamed 1']);
	});
});

describe('figures by label', () => {
	const both = [
		{ name: 'events.csv', bytes: EVENTS },
		{ name: 'labels.csv', bytes: LABELS }
	];
	const filtered = (label: readonly string[]) =>
		openQuery({
			grain: 'day',
			filter: openFilter({ from: '2026-06-01', to: '2026-06-03', values: { label } })
		});

	it.each([
		[['Spring'], 18, 3],
		[['=Sale'], 7, 2],
		[['=Sale', 'Spring'], 18, 3],
		[[''], 5, 1],
		[['', '=Sale'], 12, 2],
		[['unknown'], 0, 0]
	])('count the Pins that bear any of %j', async (label, impressions, people) => {
		await opened(...both);
		const answer = await answerWithReports(db, filtered(label));
		expect(answer.totals.impressions.value).toBe(impressions);
		expect(answer.totals.total_audience.value).toBe(people);
	});

	it('split by label count a Pin in each of its labels, people included, and the total once', async () => {
		await opened(...both);
		const answer = await answerWithReports(db, { ...filtered([]), split: 'label' });
		expect(answer.totals.impressions.value).toBe(23);
		const series = answer.series.map(({ value, byMetric }) => [
			value,
			byMetric.impressions.values,
			byMetric.total_audience.values
		]);
		expect(series).toEqual([
			['Spring', [0, 7, 11], [0, 2, 1]],
			['=Sale', [0, 7, 0], [0, 2, 0]],
			['', [5, 0, 0], [1, 0, 0]]
		]);
	});

	it('split by label are exported for each label, by day and label', async () => {
		await opened(...both);
		const lines = await exportWithReports(db, 'daily', { ...filtered([]), split: 'label' });
		expect(lines.slice(0, 3).map((line) => line.split(',').slice(0, 3).join(','))).toEqual([
			'date,label,impressions',
			'2026-06-01,,5',
			"2026-06-01,'=Sale,0"
		]);
		expect(lines).toHaveLength(1 + 3 * 3);
	});

	it('are not answered by what reports say of the account', async () => {
		const report = 'Date,Impressions\n2026-06-02,500\n';
		await opened({ name: 'account.csv', bytes: report }, { name: 'labels.csv', bytes: LABELS });
		expect((await answerWithReports(db, filtered([]))).totals.impressions.value).toBe(500);
		expect((await answerWithReports(db, filtered(['Spring']))).totals.impressions.value).toBeNull();
	});

	it('follow a change of labels once what is stored is looked at again', async () => {
		await opened(...both);
		const { stored } = await answeringOf(db);
		expect((await stored.labels()).pinsOf('Spring')).toHaveLength(2);
		await changeOwnWords(db, 1, {
			kind: 'labels',
			id: 'rule',
			text: { name: 'Lamps', words: 'lamp', createdFrom: null, createdTo: null, pinIds: [] }
		});
		await stored.refresh();
		expect((await stored.labels()).pinsOf('Lamps')).toHaveLength(2);
	});
});

it('are written as a file that gives the same labels', async () => {
	await opened({ name: 'labels.csv', bytes: LABELS }, { name: 'events.csv', bytes: EVENTS });
	const index = new LabelIndex(await readLabels(db), await readCatalogue(db));
	expect(index.names).toEqual(['=Sale', 'Spring']);
	const rows = (await readLabels(db)).flatMap(({ name, ofFiles }) =>
		ofFiles.flatMap(({ pinIds }) => pinIds.map((pinId) => ({ label: name, pinId })))
	);
	expect(await csvOf(labelsTable(rows)!).text()).toBe(LABELS);
	expect(labelsTable([])).toBeNull();
});
