import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, expect, it } from 'vitest';
import { problemOf } from '../../../src/lib/model/problem';
import type { InsightsSnapshot } from '../../../src/lib/model/insights';
import { checkBackup, restoreInto } from '../../../src/lib/store/backup/backup';
import { deleteBatch, isReadable, liveBatches, readCatalogue } from '../../../src/lib/store/batches';
import { readMapping } from '../../../src/lib/store/mappings';
import { sameDaysKey } from '../../../src/lib/store/choices';
import {
	databaseName,
	WorkspaceDatabase,
	type LiveBatch,
	type StoredClaims
} from '../../../src/lib/store/database';
import { readDirectory } from '../../../src/lib/store/directory';
import { changeOwnWords, readOwnWords } from '../../../src/lib/store/own-words';
import { backupFile } from '../../support/backup-file';
import { inventFile } from '../../support/invented-file';
import { openFilter, openQuery, utf8 } from '../../support/memory-workspace';
import { storeSaid } from '../../support/report-contents';
import { reportedFile } from '../../support/reported-file';
import { storeAsVersion2 } from '../../support/stored-by-version-2';
import { answerWithReports, exportWithReports, storeReport } from '../../support/stored-report';
import { answerFromStore, storeFile } from '../../support/stored-workspace';

/** What another version of the app has stored. */

const SNAPSHOT: InsightsSnapshot = {
	audience: 'total',
	day: '2026-05-20',
	size: null,
	isUpTo: false,
	rows: [{ section: 'age', name: '25-34', category: '', share: 0.31, affinity: null }]
};

afterEach(async () => {
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

/** The tables of version 1, and nothing that came later. */
const VERSION_1 = {
	batches: '++id',
	segments: '[batchId+seq]',
	texts: '[vocabulary+first+count], batchId',
	claims: '[batchId+part]',
	rejectedRows: '[batchId+seq]',
	settings: 'key'
};

/** The tables that version 4 had besides. */
const SINCE_VERSION_1 = {
	daySums: '[zone+batchId+part], zone, batchId',
	hiddenRows: '[batchId+seq]',
	factBlocks: '[batchId+seq]',
	snapshots: '[batchId+seq]',
	rangeIndexes: 'zone'
};

/** Files as they were: what a later column says was kept out. */
function invent(rows: number, seed: number): Uint8Array {
	const text = new TextDecoder().decode(inventNow(rows, seed));
	return utf8(text.replace('Created-At', 'later'));
}

const inventNow = (rows: number, seed: number) =>
	inventFile({ rows, seed, from: '2024-03-01', to: '2024-06-30', order: 'none', badEvery: 50 });

/** Claims as they were before there was `created_at`. */
function withoutCreated(stored: StoredClaims): StoredClaims {
	const attributes: StoredClaims['claims']['attributes'] = { ...stored.claims.attributes };
	delete (attributes as Record<string, unknown>).created_at;
	return { ...stored, claims: { ...stored.claims, attributes } };
}

/** Stores what a workspace holds as version 1 did: segments with their sums within and no checksum. */
async function storeAsVersion1(from: WorkspaceDatabase, name: string): Promise<void> {
	const old = new Dexie(databaseName(name));
	old.version(1).stores(VERSION_1);
	for (const table of ['batches', 'texts', 'rejectedRows'])
		await old.table(table).bulkAdd(await from.table(table).toArray());
	await old.table('claims').bulkAdd((await from.claims.toArray()).map(withoutCreated));
	const segments = await from.segments.toArray();
	await old.table('segments').bulkAdd(
		segments.map(({ batchId, seq, segment }) => ({
			batchId,
			seq,
			segment: { ...segment, sums: new Float64Array(8) }
		}))
	);
	await old.table('settings').add({ key: 'kept', value: 1 });
	old.close();
}

it('opens what version 1 stored, with the same figures, and imports into it', async () => {
	const now = new WorkspaceDatabase('now');
	const files = [invent(3_000, 1), invent(2_000, 2)];
	for (const bytes of files) await storeFile(now, bytes);
	await storeAsVersion1(now, 'old');

	const migrated = new WorkspaceDatabase('old');
	await migrated.open();
	expect((await answerFromStore(now, openQuery())).totals.impressions).toBeGreaterThan(0);
	expect(migrated.verno).toBe(now.verno);
	expect(await answerFromStore(migrated, openQuery())).toEqual(await answerFromStore(now, openQuery()));
	expect(await migrated.settings.get('kept')).toEqual({ key: 'kept', value: 1 });

	const more = inventNow(1_000, 3);
	for (const db of [now, migrated]) await storeFile(db, more);
	expect(await answerFromStore(migrated, openQuery())).toEqual(await answerFromStore(now, openQuery()));

	const { id } = await storeSaid(migrated, { pins: [{ pinId: 'listed', title: 'L' }], insights: [SNAPSHOT] });
	expect((await readDirectory(migrated)).map(({ title }) => title)).toEqual(['L']);
	await deleteBatch(migrated, id);
	expect(await answerFromStore(migrated, openQuery())).toEqual(await answerFromStore(now, openQuery()));
	now.close();
	migrated.close();
});

const EVENTS_OF_MAY = 'timestamp,event,pin_id,pin_title\n2026-05-24T10:00:00Z,impression,p,One\n';
const query = openQuery({ filter: openFilter({ from: '2026-05-22', to: '2026-05-28' }), grain: 'day' });

/** A workspace with events and reports of some of the same days, the reports stored last. */
async function workspaceWithReports(): Promise<WorkspaceDatabase> {
	const now = new WorkspaceDatabase('now');
	await storeFile(now, utf8(EVENTS_OF_MAY));
	await storeReport(now, reportedFile('overview-impressions.csv'), 1_000);
	await storeReport(now, reportedFile('overview-saves.csv'), 2_000);
	await storeReport(now, reportedFile('api-account-by-device.json'), 3_000);
	return now;
}

/** That it shows what today's shows, can be undone from, and takes in what version 2 knew nothing of. */
async function expectSameWorkspace(migrated: WorkspaceDatabase, now: WorkspaceDatabase): Promise<void> {
	const exports = (db: WorkspaceDatabase) => exportWithReports(db, 'reported', query);
	const shown = await answerWithReports(now, query);
	expect(shown.totals.saves.value).toBe(227 - 22); // the 24th holds events
	expect(await answerWithReports(migrated, query)).toEqual(shown);
	expect(await exports(migrated)).toEqual(await exports(now));
	expect(await exportWithReports(migrated, 'directory', query)).toEqual([]);
	for (const batch of await liveBatches(migrated)) expect(await isReadable(migrated, batch)).toBe(true);

	const said = { pins: [{ pinId: 'p', title: 'Listed', board: 'B' }], insights: [SNAPSHOT] };
	for (const db of [migrated, now]) {
		const { id } = await storeSaid(db, said);
		expect((await readCatalogue(db)).pin(0)).toMatchObject({ title: 'One', board: 'B' });
		expect(await exportWithReports(db, 'insights', query)).toHaveLength(2);
		await deleteBatch(db, id);
		await deleteBatch(db, 2);
	}
	expect(await answerWithReports(migrated, query)).toEqual(await answerWithReports(now, query));
	expect(await exports(migrated)).toEqual(await exports(now));
	expect(await migrated.snapshots.count()).toBe(0);
}

it('opens what version 2 stored: events and figures, all in force as before', async () => {
	const now = await workspaceWithReports();
	await storeAsVersion2(now, 'old');
	const migrated = new WorkspaceDatabase('old');
	await migrated.open();
	expect(migrated.verno).toBe(now.verno);
	expect(migrated.tables.map(({ name }) => name).sort()).toEqual(now.tables.map(({ name }) => name).sort());
	await expectSameWorkspace(migrated, now);
	now.close();
	migrated.close();
});

it('opens what version 4 stored, and takes notes, views and labels in', async () => {
	const now = await workspaceWithReports();
	const old = new Dexie(databaseName('old'));
	old.version(4).stores({ ...VERSION_1, ...SINCE_VERSION_1 });
	for (const { name } of old.tables) await old.table(name).bulkAdd(await now.table(name).toArray());
	old.close();
	const migrated = new WorkspaceDatabase('old');
	await migrated.open();
	expect(await readOwnWords(migrated)).toEqual({ notes: [], views: [], labels: [] });
	await expectSameWorkspace(migrated, now);
	const text = { from: '2026-05-24', to: '2026-05-24', text: 'Sale' };
	await changeOwnWords(migrated, 1, { kind: 'notes', id: 'n', text });
	expect((await readOwnWords(migrated)).notes).toMatchObject([text]);
	now.close();
	migrated.close();
});

/** What version 5 would have stored of a batch: in the order of ids, or in another one's place. */
function batchOfVersion5(batch: LiveBatch, place?: number): object {
	const { stamp, generation, ...rest } = batch;
	expect([stamp > 0, generation]).toEqual([true, 1]);
	return place === undefined ? rest : { ...rest, place };
}

it('opens what version 5 stored: the order of imports, and decisions with the time of the import', async () => {
	const now = new WorkspaceDatabase('now');
	const title = (word: string) => utf8(EVENTS_OF_MAY.replace('One', word));
	for (const word of ['First', 'Second', 'Third']) await storeFile(now, title(word), `${word}.csv`);
	const [first, second, third] = await liveBatches(now);
	const old = new Dexie(databaseName('old'));
	old.version(5).stores({ ...VERSION_1, ...SINCE_VERSION_1, notes: 'id', views: 'id', labels: 'id' });
	for (const table of ['texts', 'claims', 'segments', 'daySums'])
		await old.table(table).bulkAdd(await now.table(table).toArray());
	await old.table('batches').bulkAdd([
		batchOfVersion5({ ...first!, sameDays: 'leave_out' }),
		batchOfVersion5(second!),
		// Imported last, in the place of one that stood between them.
		{ ...batchOfVersion5(third!, 1.5), importedAt: third!.importedAt + 60_000 }
	]);
	await old.table('settings').add({ key: 'mapping:a|b', value: { kind: 'figures' } });
	old.close();

	const migrated = new WorkspaceDatabase('old');
	await migrated.open();
	const batches = await liveBatches(migrated);
	expect(batches.map(({ file }) => file)).toEqual(['First.csv', 'Third.csv', 'Second.csv']);
	expect(new Set(batches.map(({ stamp }) => stamp)).size).toBe(3);
	expect(batches.map((batch) => ['place' in batch, batch.generation])).toEqual(Array(3).fill([false, 1]));
	expect((await readCatalogue(migrated)).pin(0).title).toBe('Second');
	expect(await readMapping(migrated, 'a|b')).toEqual({ kind: 'figures' });
	expect(await migrated.settings.count()).toBe(0);
	expect(await migrated.choices.get(sameDaysKey(batches[0]!))).toMatchObject({
		changedAt: first!.importedAt,
		value: 'leave_out'
	});
	now.close();
	migrated.close();
});

it('restores a backup that version 2 made', async () => {
	const now = await workspaceWithReports();
	const { signal } = new AbortController();
	const backup = await checkBackup(signal, backupFile('tables-of-database-2'), '');
	await restoreInto(
		signal,
		backup,
		'restored',
		() => {},
		() => {}
	);
	const restored = new WorkspaceDatabase('restored');
	await restored.open();
	await expectSameWorkspace(restored, now);
	now.close();
	restored.close();
});

it('leaves a database of a newer version as it is', async () => {
	const newer = new Dexie(databaseName('newer'));
	newer.version(99).stores({ batches: '++id', unheardOf: 'key' });
	await newer.open();
	newer.close();

	const db = new WorkspaceDatabase('newer');
	const opening = await db.open().catch(problemOf);
	expect(opening).toEqual({ code: 'newer_version' });
	expect(await new WorkspaceDatabase('newer').batches.toArray().catch(problemOf)).toEqual(opening);

	const again = await new Dexie(databaseName('newer')).open();
	expect(again.verno).toBe(99);
	expect(again.tables.map(({ name }) => name)).toEqual(['batches', 'unheardOf']);
	again.close();
});

it('lets go of the database when a newer version wants it, and says so from then on', async () => {
	const db = new WorkspaceDatabase('wanted');
	await db.open();
	const newer = new Dexie(databaseName('wanted'));
	newer.version(99).stores({ batches: '++id' });
	await newer.open();
	expect(newer.verno).toBe(99);
	expect(await db.batches.toArray().catch(problemOf)).toEqual({ code: 'newer_version' });
	newer.close();
});
