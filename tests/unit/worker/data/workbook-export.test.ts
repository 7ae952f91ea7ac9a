import 'fake-indexeddb/auto';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { eventColumns } from '../../../../src/lib/export/event-cells';
import { readWorkbook } from '../../../../src/lib/import/workbook/read-workbook';
import type { Cell } from '../../../../src/lib/import/tables/table';
import type { Sheet } from '../../../../src/lib/import/workbook/sheet';
import { revealFormula } from '../../../../src/lib/model/csv-cell';
import { OWN_CSV_KINDS } from '../../../../src/lib/model/own-words';
import { EXPORT_KINDS, type ExportKind, type Query } from '../../../../src/lib/model/query';
import { deleteBatch } from '../../../../src/lib/store/batches';
import { databaseName } from '../../../../src/lib/store/database';
import { changeOwnWords } from '../../../../src/lib/store/own-words';
import { ownCsv } from '../../../../src/lib/worker/data/own-words';
import { eventBatches } from '../../../../src/lib/worker/data/workbook-export';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { importHanded } from '../../../support/imported-files';
import { inventFile } from '../../../support/invented-file';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { answeringOf, exportWithReports } from '../../../support/stored-report';

/** Workbooks of what is stored, beside the CSV exports of the same view: cell by cell, and type by type. */

databaseForEachTest();

const { signal } = new AbortController();
const KINDS = [...EXPORT_KINDS, ...OWN_CSV_KINDS];
const WORDS = {
	sheets: Object.fromEntries([...KINDS, 'filters'].map((kind) => [kind, kind])) as Record<
		(typeof KINDS)[number] | 'filters',
		string
	>,
	filters: [
		['from', '2026-05-01'],
		['time_zone', 'UTC']
	] as const,
	tooManyEvents: 'too many'
};

const MAY = openQuery({ filter: openFilter({ from: '2026-05-01', to: '2026-05-31' }), split: 'device' });
const APRIL = { from: '2026-04-01', to: '2026-04-30' };

const EVENTS =
	'timestamp,event,pin_id,user_id,device,count,watch_seconds,view_percent,played_percent,pin_title,board,link,created_at\n' +
	'2026-04-06T10:00,impression,1091700765947216952,ann,mobile,7,,,,,,,\n' +
	'2026-05-06T10:00:00.512,video_play,=p,0012,mobile,3,90.125,50.5,95,"=HYPERLINK(""x"")","<Köök> & 😀",https://e.example/?a=1,2026-01-02T03:04:05.678Z\n' +
	'2026-05-07T23:59:59.999,impression,912345678901234567,0012,,,,,,"two\nlines, and end ",,,\n' +
	"2026-05-08,link_click,1091700765947216952,ann,desktop,2,,,,'quoted,_x0041_,,\n";
const REPORT =
	'Date,Campaign name,Spend,Impressions,Currency\n2026-05-09,Autumn,1234.567891,500,EUR\n2026-05-10,Autumn,0.5,20,EUR\n';

/** What a cell of a CSV stands for in a column of a workbook. */
function expectedCell(text: string, column: string): Cell {
	if (text === '') return null;
	if (DATES.has(column)) return text.replace(/(T.*?)(\.000)?Z$/, '$1').replace(/T00:00:00$/, '');
	if (TEXTS.has(column)) return revealFormula(text);
	return Number(text);
}

const DATES = new Set(['date', 'timestamp', 'created_at', 'exported_at', 'from', 'to', 'day', 'cohort']);
const TEXTS = new Set(
	(
		'pin_id,user_id,event,content_type,source,device,account,format,pin_title,board,link,image_url,metric,subject,' +
		'subject_id,estimate,in_force,file,report,kind,currency,campaign,ad_group,ad,profile,level,label,text'
	).split(',')
);

async function workbookOf(query: Query, compared: typeof APRIL | null): Promise<Sheet[]> {
	const { answering } = await answeringOf(db);
	const request = { kinds: EXPORT_KINDS, query, compared, words: WORDS };
	const blob = await answering.workbook(signal, request, () => {});
	return readWorkbook(signal, new Uint8Array(await blob.arrayBuffer()));
}

async function csvOfKind(kind: (typeof KINDS)[number], query: Query, compared: typeof APRIL | null) {
	if (kind !== 'notes' && kind !== 'labels')
		return (await exportWithReports(db, kind, query, compared)).join('\r\n');
	const { stored } = await answeringOf(db);
	return (await ownCsv(db, stored, kind))?.text() ?? '';
}

describe('a workbook of everything', () => {
	it.each([null, APRIL])('has the cells of the CSV exports, by type, beside %o', async (compared) => {
		await importHanded(db.name.slice(databaseName('').length), [
			{ name: 'events.csv', bytes: EVENTS },
			{ name: 'ads.csv', bytes: REPORT }
		]);
		await changeOwnWords(db, 1, {
			kind: 'notes',
			id: 'a',
			text: { from: '2026-05-06', to: '2026-05-07', text: '=a "sale"' }
		});
		await changeOwnWords(db, 1, {
			kind: 'labels',
			id: 'b',
			text: { name: 'Lamps', words: '', createdFrom: null, createdTo: null, pinIds: ['1091700765947216952'] }
		});
		const [filters, ...sheets] = await workbookOf(MAY, compared);
		expect(filters).toEqual({
			name: 'filters',
			rows: [
				{ line: 1, cells: ['filter', 'value'] },
				{ line: 2, cells: ['from', '2026-05-01'] },
				{ line: 3, cells: ['time_zone', 'UTC'] }
			]
		});
		const written: string[] = [];
		for (const kind of KINDS) {
			const csv = await csvOfKind(kind, MAY, compared);
			if (csv === '') continue;
			written.push(kind);
			const [head, ...rows] = Papa.parse<string[]>(csv.trim()).data as [string[], ...string[][]];
			const expected = rows.map((row) => {
				const cells = row.map((text, i) => expectedCell(text, head[i]!));
				while (cells.at(-1) === null) cells.pop();
				return cells;
			});
			const sheet = sheets.find(({ name }) => name === kind)!;
			expect(sheet.rows.map(({ cells }) => cells)).toEqual([head, ...expected]);
		}
		expect(sheets.map(({ name }) => name)).toEqual(written);
		expect(written).toEqual(
			expect.arrayContaining(['daily', 'events', 'people', 'reported', 'notes', 'labels'])
		);
	});

	it('gives the same events where its sheet of events is imported', async () => {
		const bytes = inventFile({
			rows: 4_000,
			seed: 31,
			from: '2026-05-01',
			to: '2026-05-30',
			order: 'by time'
		});
		await importHanded(db.name.slice(databaseName('').length), [{ name: 'events.csv', bytes }]);
		const everything = openQuery();
		const { answering } = await answeringOf(db);
		const before = (await exportWithReports(db, 'events', everything)).join('\n');
		const request = { kinds: ['events'] as const, query: everything, compared: null, words: WORDS };
		const blob = await answering.workbook(signal, request, () => {});
		const { batches } = await answeringOf(db).then(({ stored }) => stored);
		for (const { id } of batches) await deleteBatch(db, id);
		const reports = await importHanded(db.name.slice(databaseName('').length), [
			{ name: 'everything.xlsx', bytes: new Uint8Array(await blob.arrayBuffer()) }
		]);
		expect(reports.find(({ file }) => file.endsWith('› events'))).toMatchObject({
			accepted: 4_000,
			rejected: 0
		});
		expect((await exportWithReports(db, 'events', everything)).join('\n')).toBe(before);
	});

	it('stops where it is cancelled', async () => {
		await importHanded(db.name.slice(databaseName('').length), [{ name: 'events.csv', bytes: EVENTS }]);
		const { answering } = await answeringOf(db);
		const abort = new AbortController();
		const told: ExportKind[] = [];
		const request = { kinds: EXPORT_KINDS, query: MAY, compared: null, words: WORDS };
		const writing = answering.workbook(abort.signal, request, ({ kind }) => {
			told.push(kind);
			if (kind === 'pins') abort.abort();
		});
		await expect(writing).rejects.toMatchObject({ name: 'AbortError' });
		expect(told).toEqual(['daily', 'pins']);
	});
});

describe('the events of a workbook', () => {
	it('are left out where there are more than a sheet holds', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(utf8(EVENTS));
		const range = workspace.exportRange(openQuery());
		expect(await eventBatches(() => {}, range, 3)).toBeNull();
		const batches = await eventBatches(() => {}, range, 4);
		expect(batches?.columns).toEqual(eventColumns());
		const fractions: number[] = [];
		for await (const { fraction } of batches!.batches) fractions.push(fraction);
		expect(fractions).toEqual([0.25, 0.5, 0.75, 1]);
	});
});
