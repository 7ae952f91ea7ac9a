import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { textCount } from '../../../src/lib/columns/text-block';
import { rejectedCsv } from '../../../src/lib/export/rejected-csv';
import { MAX_OPEN_VALUES } from '../../../src/lib/model/event';
import {
	deleteBatch,
	liveBatches,
	readCatalogue,
	readRejectedRows,
	isReadable,
	readSegments,
	readTexts,
	sweepUnfinished
} from '../../../src/lib/store/batches';
import type { LiveBatch } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { inventFile } from '../../support/invented-file';
import { answerInMemory, MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { answerFromStore, stage, storeFile } from '../../support/stored-workspace';

databaseForEachTest();

const HEADER = 'timestamp,event,pin_id,user_id,account,pin_title\n';
const file = (...rows: string[]) => utf8(HEADER + rows.join('\n'));
const first = file('2024-05-01,save,p1,u1,a.example,one', '2024-05-01,save,p2,u2,b.example,two');
const second = file(
	'2024-05-02,save,p2,u3,b.example,newer',
	'2024-05-02,save,p3,u1,c.example,three',
	'never,save,p3'
);
const third = file('2024-05-03,save,p4,u4,a.example,four', '2024-05-03,impression,p2,u2,d.example,');

async function importAll(...files: Uint8Array[]): Promise<number[]> {
	const ids: number[] = [];
	for (const bytes of files) ids.push(await storeFile(db, bytes));
	return ids;
}

/** How many rows each table holds. */
async function counts() {
	const { batches, segments, texts, claims, rejectedRows } = db;
	const [b, s, t, c, r] = await Promise.all(
		[batches, segments, texts, claims, rejectedRows].map((table) => table.count())
	);
	return { batches: b, segments: s, texts: t, claims: c, rejectedRows: r };
}
const NOTHING = { batches: 0, segments: 0, texts: 0, claims: 0, rejectedRows: 0 };

/** The numbers that each vocabulary's blocks cover must follow on one another from 0. */
async function expectDenseNumbers(): Promise<void> {
	for (const vocabulary of ['pin', 'user', 'account'] as const) {
		let next = 0;
		for (const { first: start, block } of await readTexts(db, vocabulary)) {
			expect(start).toBe(next);
			next += textCount(block);
		}
	}
}

const query = openQuery({
	filter: openFilter({ from: '2024-01-01', to: '2024-12-31' }),
	split: 'account',
	top: 1_000
});

describe('a small batch', () => {
	const HELD = 1 << 18;
	const staged = async (bytes: Uint8Array, mayHold = HELD) =>
		stage(db, await ImportSession.open(db), bytes, 'file.csv', mayHold);

	it('is stored in one transaction with its rows, and nothing of it before', async () => {
		const { commit } = await staged(second);
		expect(await counts()).toEqual(NOTHING);
		const transactions = new Set<unknown>();
		for (const { hook } of db.tables)
			hook('creating', (_, __, transaction) => void transactions.add(transaction));
		await commit();
		expect(transactions.size).toBe(1);
		expect(await counts()).toMatchObject({ batches: 1, segments: 1, claims: 1, rejectedRows: 1 });
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, second));
	});

	it('leaves nothing where it is discarded, and no gap in the numbers', async () => {
		const session = await ImportSession.open(db);
		const { batch } = await stage(db, session, first, 'first.csv', HELD);
		await batch.discard();
		expect(await counts()).toEqual(NOTHING);
		await (await stage(db, session, second, 'second.csv', HELD)).commit();
		await expectDenseNumbers();
		expect((await answerFromStore(db, query)).totals).toEqual((await answerInMemory(query, second)).totals);
	});

	it('writes its rows before its end where they are more than may be held', async () => {
		const { batch, commit } = await staged(first, 1);
		expect(await counts()).toMatchObject({ batches: 1, segments: 1 });
		expect((await commit()).id).toBe(await batch.id());
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first));
	});

	it('takes the place of a damaged one', async () => {
		await importAll(first);
		const damaged = (await liveBatches(db))[0]!;
		const { commit } = await staged(first);
		const mended = await commit({ batch: damaged, pause: () => {} });
		expect(mended.stamp).toBe(damaged.stamp);
		expect(mended.importedAt).toBeGreaterThan(damaged.importedAt);
		expect(await counts()).toMatchObject({ batches: 1, segments: 1 });
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first));
	});
});

describe('a batch', () => {
	it('becomes live at its commit, and not before', async () => {
		const { commit } = await stage(db, await ImportSession.open(db), first);
		expect(await liveBatches(db)).toEqual([]);
		expect((await answerFromStore(db, query)).totals.saves).toBe(0);
		const batch = await commit();
		expect(await liveBatches(db)).toEqual([batch]);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first));
	});

	it('says what it holds', async () => {
		await importAll(second);
		const [batch] = await liveBatches(db);
		expect(batch).toMatchObject({
			state: 'live',
			file: 'file.csv',
			fileBytes: second.length,
			isSample: false,
			accepted: 2,
			rejected: 1,
			rejections: [{ line: 4, column: 'timestamp', reason: 'not_a_time', value: 'never' }],
			firstMs: Date.parse('2024-05-02'),
			lastMs: Date.parse('2024-05-02'),
			columns: HEADER.trim().split(','),
			firstLines: [2]
		});
		expect(batch!.segments).toMatchObject([{ seq: 0, rows: 2 }]);
		expect(batch!.storedBytes).toBeGreaterThan(0);
	});

	it('without an accepted row has no first and last event', async () => {
		await importAll(file('never,save,p'));
		expect((await liveBatches(db))[0]).toMatchObject({
			accepted: 0,
			firstMs: null,
			lastMs: null,
			segments: []
		});
		expect((await answerFromStore(db, query)).topPins.total).toBe(0);
	});

	it('that is discarded leaves nothing', async () => {
		const { batch } = await stage(db, await ImportSession.open(db), second);
		expect(await counts()).toMatchObject({ batches: 1, segments: 1, rejectedRows: 1 });
		await batch.discard();
		expect(await counts()).toEqual(NOTHING);
	});

	it('that was left unfinished is swept, and live ones are not', async () => {
		await importAll(first);
		const before = await counts();
		await stage(db, await ImportSession.open(db), second);
		await stage(db, await ImportSession.open(db), third);
		await sweepUnfinished(db);
		expect(await counts()).toEqual(before);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first));
	});
});

describe('undo', () => {
	it.each([
		['first', 0, [second, third]],
		['one in the middle', 1, [first, third]],
		['last', 2, [first, second]]
	])('of the %s leaves what the others say', async (_, index, left) => {
		const ids = await importAll(first, second, third);
		await deleteBatch(db, ids[index]!);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, ...left));
		expect(await readSegments(db, [[ids[index]!, 0]])).toEqual([null]);
		// and the same file comes in again as if it had never been there
		await importAll([first, second, third][index]!);
		expect(await answerFromStore(db, query)).toEqual(
			await answerInMemory(query, ...left, [first, second, third][index]!)
		);
		await expectDenseNumbers();
	});

	it('of everything, in any order, leaves nothing', async () => {
		for (const order of [
			[0, 1, 2],
			[2, 1, 0],
			[1, 0, 2],
			[1, 2, 0]
		]) {
			const ids = await importAll(first, second, third);
			for (const index of order) await deleteBatch(db, ids[index]!);
			expect(await counts()).toEqual(NOTHING);
		}
	});

	it('takes away the texts that only the last import named, and keeps those that others may refer to', async () => {
		const ids = await importAll(first, second, third);
		const pins = async () =>
			(await readTexts(db, 'pin')).reduce((sum, { block }) => sum + textCount(block), 0);
		expect(await pins()).toBe(4);
		await deleteBatch(db, ids[1]!);
		expect(await pins()).toBe(4); // p3 keeps its number, so that p4 keeps its own
		await deleteBatch(db, ids[2]!);
		expect(await pins()).toBe(2);
		await expectDenseNumbers();
	});

	it('agrees with memory over larger files that share Pins, people and accounts', async () => {
		const files = [31, 32, 33].map((seed) =>
			inventFile({ rows: 500, seed, from: '2024-03-25', to: '2024-04-05', order: 'none', badEvery: 50 })
		);
		const ids = await importAll(...files);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, ...files));
		await deleteBatch(db, ids[1]!);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, files[0]!, files[2]!));
	});
});

describe('numbers of texts', () => {
	it('are used again by later imports', async () => {
		await importAll(first, second, third);
		const blocks = await readTexts(db, 'pin');
		expect(blocks.map(({ first: start, block }) => [start, textCount(block)])).toEqual([
			[0, 2],
			[2, 1],
			[3, 1]
		]);
		const catalogue = await readCatalogue(db);
		expect([catalogue.pinCount, catalogue.userCount]).toEqual([4, 4]);
		expect(catalogue.accounts).toEqual(['a.example', 'b.example', 'c.example', 'd.example']);
		expect(catalogue.pin(1).title).toBe('newer');
	});

	it('have no gaps after a file of the same session was given up', async () => {
		const session = await ImportSession.open(db);
		await (await stage(db, session, first)).commit();
		await (await stage(db, session, second)).batch.discard();
		await (await stage(db, session, third)).commit();
		await expectDenseNumbers();
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first, third));
		await importAll(second);
		await expectDenseNumbers();
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first, third, second));
	});

	it('tell a batch how many Pins it is the first to name', async () => {
		const session = await ImportSession.open(db);
		expect((await stage(db, session, first)).batch.newPins).toBe(2);
		expect((await stage(db, session, second)).batch.newPins).toBe(1);
	});

	it('of accounts do not run out by files that were given up', async () => {
		const accounts = (prefix: string, count: number) =>
			file(...Array.from({ length: count }, (_, i) => `2024-05-01,impression,p,u,${prefix}${i},`));
		const session = await ImportSession.open(db);
		await (await stage(db, session, accounts('given up ', MAX_OPEN_VALUES))).batch.discard();
		const { accepted } = await (await stage(db, session, accounts('kept ', 3))).commit();
		expect(accepted).toBe(3);
		await expectDenseNumbers();
		expect((await answerFromStore(db, query)).series.map(({ value }) => value)).toEqual([
			'kept 0',
			'kept 1',
			'kept 2'
		]);
	});
});

describe('rejected rows', () => {
	it('are kept with the batch, in the order of the file', async () => {
		const rows = Array.from({ length: 3_000 }, (_, i) =>
			i % 3 === 0 ? `2024-05-01,save,p${i}` : `bad ${i},save,"p\n${i}"`
		);
		const bytes = file(...rows);
		await importAll(first, bytes);
		const batch = (await liveBatches(db))[1]!;
		const csv = await rejectedCsv(batch.columns, await readRejectedRows(db, batch)).text();
		const workspace = new MemoryWorkspace();
		await workspace.import(bytes);
		expect(csv).toBe(workspace.rejectedCsv);
		expect(csv.match(/not_a_time/g)).toHaveLength(2_000);
	});

	it('go with an undo', async () => {
		const [id] = await importAll(second);
		await deleteBatch(db, id!);
		expect((await counts()).rejectedRows).toBe(0);
	});
});

describe('a stored segment', () => {
	it('of a version that is not known is refused', async () => {
		const [id] = await importAll(first);
		await db.segments.toCollection().modify((stored) => {
			Object.assign(stored.segment, { version: 99 });
		});
		expect(await readSegments(db, [[id!, 0]])).toEqual([null]);
	});

	it.each(['times', 'pins', 'users', 'combinations', 'codes'] as const)(
		'whose %s are changed by one bit is refused, and its batch is known not to be whole',
		async (column) => {
			const [id, other] = await importAll(first, second);
			const batchOf = async (batchId: number) => (await db.batches.get(batchId)) as LiveBatch;
			expect(await isReadable(db, await batchOf(id!))).toBe(true);
			await db.segments.update([id!, 0], (stored) => {
				const array = column === 'times' ? stored.segment.times.gaps : stored.segment[column];
				new Uint8Array(array.buffer, array.byteOffset)[array.byteLength - 1]! ^= 4;
			});
			expect(await readSegments(db, [[id!, 0]])).toEqual([null]);
			expect(await readSegments(db, [[other!, 0]])).not.toContain(null);
			expect([await isReadable(db, await batchOf(id!)), await isReadable(db, await batchOf(other!))]).toEqual(
				[false, true]
			);
		}
	);

	it('is left out of figures when it is damaged, and named; a scan of the others is what is shown', async () => {
		const [id] = await importAll(first, second, third);
		await db.segments.update([id!, 0], (stored) => {
			(stored.segment.pins as Uint8Array)[0]! ^= 1;
		});
		const answer = await answerFromStore(db, query);
		const { totals, series, topPins } = await answerInMemory(query, second, third);
		expect(answer).toMatchObject({ totals, series, topPins });
		const rows = ((await db.batches.get(id!)) as LiveBatch).accepted;
		expect(answer.damaged).toEqual([{ batchId: id, file: 'file.csv', rows }]);
	});
});
