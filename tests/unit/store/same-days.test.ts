import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SameDaysChoice } from '../../../src/lib/model/same-days';
import { isReadable, liveBatches } from '../../../src/lib/store/batches';
import { readDaySums } from '../../../src/lib/store/day-sums';
import { chooseSameDays, overlapOf } from '../../../src/lib/store/same-days';
import { undoBatch } from '../../../src/lib/store/undo-batch';
import { StoredData } from '../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { MemoryWorkspace, openQuery, utf8 } from '../../support/memory-workspace';
import { answerFromStore, storeFile } from '../../support/stored-workspace';
import { byLength } from '../../support/test-length';

databaseForEachTest();

const pause = () => {};
const HEADER = 'timestamp,event,pin_id,user_id,count,watch_seconds\n';
const fileOf = (rows: readonly string[]) => utf8(HEADER + rows.join('\n'));

const importRows = (...rows: string[]) => storeFile(db, fileOf(rows));

const dayQuery = openQuery({ grain: 'month', split: 'account', withVideo: true });
const impressions = async () => (await answerFromStore(db, openQuery())).totals.impressions;
const choose = (id: number, choice: SameDaysChoice) => chooseSameDays(db, pause, id, choice);
const batchOf = async (id: number) => (await liveBatches(db)).find((batch) => batch.id === id)!;

const EARLY = '2024-05-01T08:00,impression,p,u,10,';
const SAME = '2024-05-02T08:00,impression,p,u,100,';
const LATE = '2024-05-03T08:00,impression,p,u,1000,';

describe('overlapOf', () => {
	it('counts by day what is stored already', async () => {
		await importRows(EARLY, SAME, SAME);
		const id = await importRows(SAME, '2024-05-02T08:00,impression,p,v,100,', SAME, SAME, LATE);
		expect(await overlapOf(db, pause, id)).toEqual({
			days: [{ day: '2024-05-02', rows: 4, equal: 2, earlier: 2 }],
			rows: 5,
			equal: 2,
			earlier: 2
		});
	});

	it('says nothing where no day is held by an earlier batch', async () => {
		const first = await importRows(EARLY, LATE);
		const between = await importRows(SAME);
		expect([await overlapOf(db, pause, first), await overlapOf(db, pause, between)]).toEqual([null, null]);
		expect(await overlapOf(db, pause, 99)).toBeNull();
	});

	it('says the same whatever was chosen', async () => {
		await importRows(EARLY, SAME);
		const id = await importRows(SAME, LATE);
		const report = await overlapOf(db, pause, id);
		expect(report).toMatchObject({ rows: 2, equal: 1, earlier: 1 });
		for (const choice of ['leave_out', 'replace'] as const) {
			await choose(id, choice);
			expect(await overlapOf(db, pause, id)).toEqual(report);
		}
	});
});

describe('chooseSameDays', () => {
	it('leaves out equal rows, replaces days, and adds all again', async () => {
		const first = await importRows(EARLY, SAME, '2024-05-02T09:00,impression,q,,20000,');
		const second = await importRows(SAME, LATE);
		const added = await impressions();
		expect(added).toBe(21_210);
		await choose(second, 'leave_out');
		expect(await impressions()).toBe(21_110);
		expect((await batchOf(second)).hidden).toMatchObject({ leftOut: 1, replaced: 0 });
		await choose(second, 'replace');
		expect(await impressions()).toBe(1_110);
		expect((await batchOf(first)).hidden).toMatchObject({ leftOut: 0, replaced: 2 });
		expect(await batchOf(first)).toMatchObject({ accepted: 3, lastMs: Date.parse('2024-05-01T08:00Z') });
		expect((await batchOf(second)).hidden).toBeUndefined();
		await choose(second, 'add_all');
		expect(await impressions()).toBe(added);
		expect(await db.hiddenRows.count()).toBe(0);
	});

	it('brings back what it left out when the earlier batch is undone', async () => {
		const first = await importRows(EARLY, SAME);
		const second = await importRows(SAME, LATE);
		const third = await importRows(SAME);
		await choose(second, 'leave_out');
		await choose(third, 'leave_out');
		expect(await impressions()).toBe(1_110);
		await undoBatch(db, pause, first);
		expect(await impressions()).toBe(1_100); // the third equals the second now
		await undoBatch(db, pause, second);
		expect(await impressions()).toBe(100);
		expect(await db.hiddenRows.count()).toBe(0);
	});

	it('leaves no sums by day that count what is hidden, in any zone', async () => {
		const id = await importRows(EARLY, SAME);
		const second = await importRows(SAME);
		const data = new StoredData(db, db.name, import.meta.url);
		await data.refresh();
		await data.keepDaySums(new AbortController().signal, pause, 'Asia/Kolkata');
		expect(await readDaySums(db, 'Asia/Kolkata')).toHaveLength(2);
		await choose(second, 'replace');
		expect((await readDaySums(db, 'Asia/Kolkata')).map(({ batchId }) => batchId)).toEqual([second]);
		// Whoever has not looked yet keeps nothing of what was before.
		await data.keepDaySums(new AbortController().signal, pause, 'Asia/Kolkata');
		expect((await readDaySums(db, 'Asia/Kolkata')).map(({ batchId }) => batchId)).toEqual([second]);
		await data.refresh();
		await data.keepDaySums(new AbortController().signal, pause, 'Asia/Kolkata');
		expect((await readDaySums(db, 'Asia/Kolkata')).map(({ batchId }) => batchId)).toEqual([id, second]);
	});

	it('is seen by those who have read the rows before, and takes no row for damaged', async () => {
		await importRows(EARLY, SAME);
		const second = await importRows(SAME, LATE);
		const third = await importRows(EARLY);
		const data = new StoredData(db, db.name, import.meta.url);
		await data.refresh();
		const rowsRead = () =>
			data.withoutDamage(async () => {
				const { filter, grain } = dayQuery;
				const segments = await data.read(pause, data.plan(filter, grain).segments);
				return segments.reduce((sum, { rows }) => sum + rows, 0);
			});
		expect(await rowsRead()).toBe(5);
		await choose(second, 'replace');
		await data.refresh();
		expect(await rowsRead()).toBe(4);
		await choose(third, 'replace'); // not looked since: one segment has other rows than it was known to have
		await data.refresh();
		await choose(third, 'leave_out');
		expect(await rowsRead()).toBe(3);
		expect((await data.engineData(new AbortController().signal, pause)).damaged).toEqual([]);
		for (const batch of await liveBatches(db)) expect(await isReadable(db, batch)).toBe(true);
	});

	it('changes nothing where it is given up', async () => {
		await importRows(EARLY, SAME);
		const second = await importRows(SAME, LATE);
		const before = await db.batches.toArray();
		let turns = 0;
		const giveUp = () => {
			if (++turns === 4) throw new DOMException('', 'AbortError');
		};
		await expect(chooseSameDays(db, giveUp, second, 'replace')).rejects.toThrow(DOMException);
		expect(await db.batches.toArray()).toEqual(before);
		expect(await db.hiddenRows.count()).toBe(0);
	});
});

/** A batch in the form that the rules use. */
interface PlainBatch {
	readonly id: number;
	readonly rows: readonly string[];
	readonly choice: SameDaysChoice;
}

/** The rows that count, by the rules and nothing else. */
function countingRows(batches: readonly PlainBatch[]): string[] {
	let counting: string[] = [];
	for (const { rows, choice } of batches) {
		const dayOf = (row: string) => row.slice(0, 10);
		if (choice === 'replace') {
			const days = new Set(rows.map(dayOf));
			counting = counting.filter((row) => !days.has(dayOf(row)));
		}
		const partners = choice === 'leave_out' ? [...counting] : [];
		for (const row of rows) {
			const partner = partners.indexOf(row);
			if (partner < 0) counting.push(row);
			else partners.splice(partner, 1);
		}
	}
	return counting;
}

const rowArbitrary = fc
	.tuple(
		fc.constantFrom('2024-05-01', '2024-05-02', '2024-06-03'),
		fc.constantFrom('T00:00', 'T00:00', 'T23:59:59.999'),
		fc.constantFrom('impression,p,u,1,', 'impression,p,u,1,', 'save,q,,3,', 'video_play,p,v,1,12.5')
	)
	.map(([day, time, rest]) => `${day}${time},${rest}`);
const importArbitrary = fc.record({
	rows: fc.array(rowArbitrary, { minLength: 1, maxLength: 16, size: 'max' })
});
const stepArbitrary = fc.oneof(
	importArbitrary,
	fc.record({ at: fc.nat(), choice: fc.constantFrom('add_all', 'leave_out', 'replace') }),
	fc.record({ at: fc.nat(), choice: fc.constantFrom('leave_out', 'replace') }),
	fc.record({ undo: fc.nat() })
);
/** Two imports that have days in common, and what may follow. */
const stepsArbitrary = fc
	.tuple(
		importArbitrary,
		importArbitrary,
		fc.array(stepArbitrary, { minLength: 1, maxLength: 8, size: 'max' })
	)
	.map(([first, second, others]) => [first, second, ...others]);

describe('imports, choices and undos in any order', () => {
	it('lead to the figures of the rows that count', { timeout: 60_000 }, async () => {
		await fc.assert(
			fc.asyncProperty(stepsArbitrary, async (steps) => {
				await db.delete();
				await db.open();
				let batches: PlainBatch[] = [];
				for (const step of steps) {
					if ('rows' in step) {
						const id = await importRows(...step.rows);
						batches.push({ id, rows: step.rows, choice: 'add_all' });
					} else if (batches.length === 0) {
						continue;
					} else if ('undo' in step) {
						const { id } = batches[step.undo % batches.length]!;
						await undoBatch(db, pause, id);
						batches = batches.filter((batch) => batch.id !== id);
					} else {
						const { id } = batches[step.at % batches.length]!;
						const choice = step.choice as SameDaysChoice;
						await choose(id, choice);
						batches = batches.map((batch) => (batch.id === id ? { ...batch, choice } : batch));
					}
				}
				const rows = countingRows(batches);
				const expected = new MemoryWorkspace();
				if (rows.length > 0) await expected.import(fileOf(rows));
				for (const grain of ['day', 'month'] as const) {
					// Short enough for a bucket a day.
					const filter = { ...dayQuery.filter, from: '2024-04-30', to: '2024-06-04' };
					for (const tz of ['UTC', 'Asia/Kolkata']) {
						const query = { ...dayQuery, grain, filter: { ...filter, tz } };
						const found = await answerFromStore(db, query);
						const { totals, overall, series, topPins } = await expected.answer(query);
						expect(found).toMatchObject({ totals, overall, series });
						expect(found.topPins.rows.map(({ pinId, figures }) => [pinId, figures])).toEqual(
							topPins.rows.map(({ pinId, figures }) => [pinId, figures])
						);
						expect(found.damaged).toEqual([]);
					}
				}
				const stored = await liveBatches(db);
				const hidden = stored.reduce(
					(sum, b) => sum + (b.hidden ? b.hidden.leftOut + b.hidden.replaced : 0),
					0
				);
				expect(stored.reduce((sum, { accepted }) => sum + accepted, 0) - hidden).toBe(rows.length);
			}),
			{ seed: 11, numRuns: byLength(20, 60) }
		);
	});
});
