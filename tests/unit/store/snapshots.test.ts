import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { InsightsSnapshot } from '../../../src/lib/model/insights';
import { deleteBatch, isReadable, liveBatches, sweepUnfinished } from '../../../src/lib/store/batches';
import { readSnapshots } from '../../../src/lib/store/snapshots';
import { StoredData } from '../../../src/lib/worker/data/stored-data';
import { databaseForEachTest, db } from '../../support/database-under-test';
import { openQuery } from '../../support/memory-workspace';
import { storeSaid } from '../../support/report-contents';
import { fact } from '../../support/reported-answer';
import { answerFromStore } from '../../support/stored-workspace';

databaseForEachTest();

const row = (name: string, share: number) =>
	({ section: 'age', name, category: '', share, affinity: null }) as const;

function snapshot(day: string, more: Partial<InsightsSnapshot> = {}): InsightsSnapshot {
	return { audience: 'total', day, size: 1_000, isUpTo: true, rows: [row('25-34', 0.31)], ...more };
}

const all = async () => readSnapshots(db, await liveBatches(db));

describe('audience insights', () => {
	it('are stored with their import, and go with it', async () => {
		const both = [snapshot('2026-05-20'), snapshot('2026-05-20', { audience: 'engaged', size: null })];
		const first = await storeSaid(db, { insights: both }, { file: 'both.csv' });
		const second = await storeSaid(db, { insights: [snapshot('2026-06-20')] }, { file: 'later.csv' });
		expect(first.report).toMatchObject({ kind: 'insights', snapshots: 2, facts: 0 });
		expect(first.storedBytes).toBeGreaterThan(100);
		expect(await all()).toEqual([
			{ batchId: first.id, file: 'both.csv', snapshot: both[0] },
			{ batchId: first.id, file: 'both.csv', snapshot: both[1] },
			{ batchId: second.id, file: 'later.csv', snapshot: snapshot('2026-06-20') }
		]);
		await deleteBatch(db, first.id);
		expect((await all()).map(({ file }) => file)).toEqual(['later.csv']);
		expect(await db.snapshots.count()).toBe(1);
	});

	it('cover no days and make no figures', async () => {
		await storeSaid(db, { insights: [snapshot('2026-05-20')] });
		const data = new StoredData(db, db.name, import.meta.url);
		expect(await data.refresh()).toBeNull();
		expect(await data.insights()).toEqual({ snapshots: [snapshot('2026-05-20')], damaged: [] });
	});

	it('that a disk has changed are left out and named, the others stay', async () => {
		const facts = [fact('2026-06-01', 'saves', 3)];
		const insights = [snapshot('2026-05-20'), snapshot('2026-06-20')];
		const batch = await storeSaid(db, { insights, facts }, { file: 'both.csv' });
		expect(await isReadable(db, batch)).toBe(true);
		await db.snapshots.update([batch.id, 0], (stored) => {
			(stored.snapshot as { size: number }).size = 1_001;
		});
		expect((await all()).map((each) => each.snapshot.day)).toEqual(['2026-06-20']);
		expect(await isReadable(db, batch)).toBe(false);
		const named = [{ batchId: batch.id, file: 'both.csv', rows: 1 }];
		expect((await answerFromStore(db, openQuery())).damaged).toEqual(named);
	});

	it('of a batch that is no more are swept, and so are its figures', async () => {
		const said = { insights: [snapshot('2026-05-20')], facts: [fact('2026-06-01', 'saves', 3)] };
		const gone = await storeSaid(db, said);
		const kept = await storeSaid(db, said);
		await db.batches.delete(gone.id);
		await sweepUnfinished(db);
		const batchIds = async (table: typeof db.snapshots | typeof db.factBlocks) =>
			(await table.toCollection().primaryKeys()).map(([batchId]) => batchId);
		expect([await batchIds(db.snapshots), await batchIds(db.factBlocks)]).toEqual([[kept.id], [kept.id]]);
	});
});
