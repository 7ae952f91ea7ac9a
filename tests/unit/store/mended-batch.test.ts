import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { deleteBatch, liveBatches, sweepUnfinished } from '../../../src/lib/store/batches';
import type { LiveBatch } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { chooseSameDays } from '../../../src/lib/store/same-days';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { answerInMemory, openQuery, utf8 } from '../../support/memory-workspace';
import { answerFromStore, stage, storeFile } from '../../support/stored-workspace';

/** A batch that a disk has damaged, and the import of its file that takes its place. */

databaseForEachTest();

const pause = () => {};

const file = (...rows: string[]) =>
	utf8(`timestamp,event,pin_id,user_id,account,pin_title\n${rows.join('\n')}`);
const first = file('2024-05-01,save,p1,u1,a.example,one', '2024-05-01,save,p2,u2,b.example,two');
const second = file('2024-05-01,save,p2,u2,b.example,two', '2024-05-02,save,p3,u3,c.example,three');
const third = file('2024-05-01,save,p2,u4,b.example,newest', '2024-05-03,save,p4,u5,a.example,four');
const fourth = file('2024-05-04,save,p5,u6,d.example,five');
const query = openQuery({ split: 'account', sort: 'saves' });

async function importAll(...files: Uint8Array[]): Promise<number[]> {
	const ids: number[] = [];
	for (const bytes of files) ids.push(await storeFile(db, bytes));
	return ids;
}

async function damage(batchId: number): Promise<LiveBatch> {
	await db.segments.update([batchId, 0], (stored) => {
		(stored.segment.pins as Uint8Array)[0]! ^= 1;
	});
	return (await db.batches.get(batchId)) as LiveBatch;
}

/** Imports a file in the place of a batch, and another after it in the same session. */
async function mend(batch: LiveBatch, bytes: Uint8Array, ...others: Uint8Array[]): Promise<LiveBatch> {
	const session = await ImportSession.open(db);
	const mended = await (await stage(db, session, bytes)).commit({ batch, pause });
	for (const other of others) await (await stage(db, session, other)).commit();
	return mended;
}

/** How many records each table holds, and whose. */
async function contents() {
	const tables = await Promise.all(
		db.tables.map(async (table) => [table.name, await table.toCollection().primaryKeys()])
	);
	return Object.fromEntries(tables) as Record<string, unknown>;
}

describe('a file that is imported again', () => {
	it('takes the place of its damaged batch: all is as it was before the damage', async () => {
		const ids = await importAll(first, second, third);
		const before = await answerFromStore(db, query);
		const damaged = await damage(ids[1]!);
		expect((await answerFromStore(db, query)).damaged).toHaveLength(1);
		const mended = await mend(damaged, second);
		expect(await answerFromStore(db, query)).toEqual(before);
		expect((await liveBatches(db)).map(({ id }) => id)).toEqual([ids[0], mended.id, ids[2]]);
		for (const [table, keys] of Object.entries(await contents()))
			if (table !== 'texts') expect(JSON.stringify(keys)).not.toContain(`[${ids[1]},`);
	});

	it('leaves a workspace that goes on: later imports, and the undo of any', async () => {
		const ids = await importAll(first, second, third);
		const mended = await mend(await damage(ids[1]!), second, fourth);
		expect(await answerFromStore(db, query)).toEqual(
			await answerInMemory(query, first, second, third, fourth)
		);
		await deleteBatch(db, mended.id);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first, third, fourth));
		await importAll(second);
		expect(await answerFromStore(db, query)).toEqual(
			await answerInMemory(query, first, third, fourth, second)
		);
	});

	it('can be damaged and mended once more, and stays where it was', async () => {
		const ids = await importAll(first, second, third);
		const once = await mend(await damage(ids[0]!), first);
		const twice = await mend(await damage(once.id), first);
		expect((await liveBatches(db)).map(({ id }) => id)).toEqual([twice.id, ids[1], ids[2]]);
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, first, second, third));
	});

	it.each([
		['itself leaves out equal rows', 1, 'leave_out', 1],
		['itself replaces days', 1, 'replace', 1],
		['has equal rows left out by a later one', 0, 'leave_out', 1],
		['has days replaced by a later one', 0, 'replace', 1],
		['is between the two', 1, 'replace', 2]
	] as const)('keeps what was chosen where it %s', async (_, index, choice, chooser) => {
		const files = [first, second, third];
		const ids = await importAll(...files);
		await chooseSameDays(db, pause, ids[chooser]!, choice);
		const before = await answerFromStore(db, query);
		expect(before).not.toEqual(await answerInMemory(query, ...files));
		const mended = await mend(await damage(ids[index]!), files[index]!);
		expect(await answerFromStore(db, query)).toEqual(before);
		await chooseSameDays(db, pause, index === chooser ? mended.id : ids[chooser]!, 'add_all');
		expect(await answerFromStore(db, query)).toEqual(await answerInMemory(query, ...files));
	});

	it('leaves the damaged batch where it cannot be stored itself', async () => {
		const ids = await importAll(first, second, third);
		const damaged = await damage(ids[1]!);
		const [answer, before] = [await answerFromStore(db, query), await contents()];
		const fail = () => {
			throw new Error('no more room');
		};
		db.batches.hook('deleting', fail);
		await expect(mend(damaged, second)).rejects.toThrow('no more room');
		db.batches.hook('deleting').unsubscribe(fail);
		await sweepUnfinished(db);
		expect(await contents()).toEqual(before);
		expect(await answerFromStore(db, query)).toEqual(answer);
	});
});

describe('sweeping', () => {
	it('takes pieces of batches that are no more', async () => {
		const [id] = await importAll(first);
		const before = await contents();
		const [segment] = await db.segments.toArray();
		await db.segments.add({ ...segment!, batchId: id! + 7 });
		await sweepUnfinished(db);
		expect(await contents()).toEqual(before);
	});
});
