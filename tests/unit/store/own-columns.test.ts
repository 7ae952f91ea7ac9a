import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { SEGMENT_VERSION } from '../../../src/lib/columns/segment';
import { checkBackup, restoreInto, writeBackup } from '../../../src/lib/store/backup/backup';
import { liveBatches } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { ImportSession } from '../../../src/lib/store/import-session';
import { chooseSameDays } from '../../../src/lib/store/same-days';
import { undoBatch } from '../../../src/lib/store/undo-batch';
import { db, databaseForEachTest } from '../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { answerFromStore, stage, storeFile } from '../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const row = (minute: number, own = '') => `2026-01-01T00:0${minute}Z,impression,1${own}`;
const HEADER = 'timestamp,event,pin_id';
const PLAIN = utf8([HEADER, row(0), row(1)].join('\n'));
const OWN = utf8([`${HEADER},Campaign`, row(0, ',spring'), row(1, ','), row(2, ',autumn')].join('\n'));

const store = async (bytes: Uint8Array, keep: readonly string[] = []) => {
	const session = await ImportSession.open(db);
	const { commit } = await stage(db, session, bytes, 'file.csv', 0, keep);
	return { session, batch: await commit() };
};
const shares = async (from = db) => {
	const { shares } = await answerFromStore(from, openQuery());
	return Object.fromEntries((shares['own.campaign'] ?? []).map((one) => [one.value, one.impressions]));
};
const impressions = async (...campaigns: string[]) => {
	const filter = openFilter({ values: { 'own.campaign': campaigns } });
	return (await answerFromStore(db, openQuery({ filter }))).totals.impressions;
};

describe('columns of one’s own, stored', () => {
	it('stand beside events that were stored without any, whose segments stay as they were', async () => {
		await storeFile(db, PLAIN);
		await store(OWN, ['campaign']);
		const segments = await db.segments.toArray();
		expect(segments.map(({ segment }) => segment.version)).toEqual([SEGMENT_VERSION, 2]);
		expect(segments[0]!.segment).not.toHaveProperty('own');
		expect(await shares()).toEqual({ '': 3, autumn: 1, spring: 1 });
		expect([await impressions('spring'), await impressions(''), await impressions('winter')]).toEqual([
			1, 3, 0
		]);
	});

	it('come back from a backup', async () => {
		await store(OWN, ['campaign']);
		const backup = await writeBackup(signal, db, { workspace: 'Shop', passphrase: '' }, () => {});
		await restoreInto(
			signal,
			await checkBackup(signal, backup, ''),
			'restored',
			() => {},
			() => {}
		);
		const restored = new WorkspaceDatabase('restored');
		await restored.open();
		expect(await shares(restored)).toEqual(await shares());
		restored.close();
	});

	it('are gone with the last batch that has them', async () => {
		const { batch } = await store(OWN, ['campaign']);
		await undoBatch(db, async () => {}, batch.id);
		expect(await shares()).toEqual({});
		expect(await db.texts.count()).toBe(0);
	});

	it('are kept by the same file in the place of its import without them, once', async () => {
		const { batch, session } = await store(OWN);
		expect(batch).toMatchObject({ offered: [{ name: 'Campaign', values: 2 }] });
		expect(batch).not.toHaveProperty('own');
		const { commit } = await stage(db, session, OWN, 'file.csv', 0, ['Campaign']);
		const kept = await commit({ batch, pause: async () => {} });
		expect(kept).toMatchObject({ stamp: batch.stamp, own: ['campaign'] });
		expect((await liveBatches(db)).map(({ id }) => id)).toEqual([kept.id]);
		expect(await shares()).toEqual({ '': 1, autumn: 1, spring: 1 });
	});

	it('that cannot be kept leave the import without them, and can be kept later', async () => {
		const { batch, session } = await store(OWN);
		const stored = async () => [
			(await liveBatches(db)).map(({ id, own }) => [id, own]),
			await db.segments.toArray(),
			await db.texts.toArray()
		];
		const before = await stored();
		const keep = async () => {
			const staged = await stage(db, session, OWN, 'file.csv', 0, ['Campaign']);
			const damaged = { batch, pause: async () => {} };
			return staged.commit(damaged).catch(async (error: unknown) => {
				await staged.batch.discard();
				throw error;
			});
		};
		let isRefused = false;
		const refuse = () => {
			if (isRefused) return;
			isRefused = true;
			throw new Dexie.QuotaExceededError('full');
		};
		// The last thing that is written: the batch becomes live, and the other one goes.
		db.batches.hook('updating', refuse);
		db.batches.hook('deleting', refuse);
		await expect(keep()).rejects.toThrow('full');
		db.batches.hook('updating').unsubscribe(refuse);
		db.batches.hook('deleting').unsubscribe(refuse);
		expect(await stored()).toEqual(before);
		expect(await shares()).toEqual({});
		await keep();
		expect(await shares()).toEqual({ '': 1, autumn: 1, spring: 1 });
		expect(await liveBatches(db)).toHaveLength(1);
	});

	it('make rows different that are equal but for them', async () => {
		await store(OWN, ['campaign']);
		const { batch } = await store(
			utf8([`${HEADER},own.campaign`, row(0, ',autumn'), row(1, ','), row(2, ',autumn')].join('\n'))
		);
		await chooseSameDays(db, async () => {}, batch.id, 'leave_out');
		expect(await shares()).toEqual({ '': 1, autumn: 2, spring: 1 });
	});

	it('leave no value of rows that were thrown away', async () => {
		const session = await ImportSession.open(db);
		const { batch } = await stage(db, session, OWN, 'file.csv', 0, ['campaign']);
		await batch.discard();
		expect(session.texts.openLists().get('own.campaign')).toBe(0);
		await (await stage(db, session, PLAIN)).commit();
		expect(await db.texts.toArray().then((texts) => texts.map(({ vocabulary }) => vocabulary))).not.toContain(
			'own.campaign'
		);
	});

	it('that a disk has changed are found', async () => {
		await store(OWN, ['campaign']);
		const [stored] = await db.segments.toArray();
		const own = { ...stored!.segment.own!, names: ['country'] };
		await db.segments.put({ ...stored!, segment: { ...stored!.segment, own } });
		expect((await answerFromStore(db, openQuery())).damaged).toMatchObject([{ rows: 3 }]);
	});
});
