import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../src/lib/model/problem';
import type { InsightsSnapshot } from '../../../src/lib/model/insights';
import { checkBackup, restoreInto, writeBackup } from '../../../src/lib/store/backup/backup';
import { BackupWriter } from '../../../src/lib/store/backup/container';
import { decodeRecords, encodeRecord } from '../../../src/lib/store/backup/records';
import { deleteBatch, isReadable, liveBatches } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { readDirectory } from '../../../src/lib/store/directory';
import { Registry } from '../../../src/lib/store/registry';
import { readSnapshots } from '../../../src/lib/store/snapshots';
import { inventFile } from '../../support/invented-file';
import { openQuery } from '../../support/memory-workspace';
import { storeSaid } from '../../support/report-contents';
import { fact } from '../../support/reported-answer';
import { answerFromStore, storeFile } from '../../support/stored-workspace';
import { byLength } from '../../support/test-length';

const { signal } = new AbortController();
let db: WorkspaceDatabase;

beforeEach(async () => {
	db = new WorkspaceDatabase('source');
	await db.open();
	for (const seed of [1, 2]) {
		const bytes = inventFile({
			rows: 300,
			seed,
			from: '2024-05-01',
			to: '2024-06-30',
			order: 'none',
			badEvery: 40
		});
		await storeFile(db, bytes, `${seed}.csv`);
	}
	await db.settings.put({ key: 'a mapping', value: { columns: ['ä', '"'], nested: [{ deep: true }] } });
});

afterEach(async () => {
	db.close();
	for (const name of await Dexie.getDatabaseNames()) await Dexie.delete(name);
});

async function tablesOf(database: WorkspaceDatabase) {
	const tables = database.tables.map(async (table) => [table.name, await table.toArray()] as const);
	return Object.fromEntries(await Promise.all(tables));
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
	return new Uint8Array(await blob.arrayBuffer());
}

const backUp = (passphrase = '') => writeBackup(signal, db, { workspace: 'Shop', passphrase }, () => {});

async function problemOfCheck(blob: Blob, passphrase = ''): Promise<ProblemCode | null> {
	return checkBackup(signal, blob, passphrase).then(
		() => null,
		(error: { problem: { code: ProblemCode } }) => error.problem.code
	);
}

describe('a backup', () => {
	it.each(['', 'three plain words'])(
		'restored holds every record of every table, and gives the same answers (passphrase: "%s")',
		async (passphrase) => {
			const progress: number[] = [];
			const blob = await writeBackup(signal, db, { workspace: 'Shop', passphrase }, ({ done, all }) =>
				progress.push(done / all)
			);
			expect(progress.at(-1)).toBe(1);
			const reader = await checkBackup(signal, blob, passphrase);
			expect(reader.header).toMatchObject({ workspace: 'Shop', schema: db.verno });
			await restoreInto(signal, reader, 'target', () => {});
			const restored = new WorkspaceDatabase('target');
			await restored.open();
			expect(await tablesOf(restored)).toEqual(await tablesOf(db));
			const query = openQuery({ split: 'account' });
			expect(await answerFromStore(restored, query)).toEqual(await answerFromStore(db, query));
			restored.close();
		}
	);

	it('holds reports, directories and insights too, and what is undone afterwards is undone there', async () => {
		const insights: InsightsSnapshot[] = [
			{ audience: 'total', day: '2026-05-20', size: null, isUpTo: false, rows: [] }
		];
		const said = {
			facts: [fact('2026-06-01', 'saves', 3, { subject: { kind: 'pin', id: 'reported' } })],
			pins: [{ pinId: 'listed', title: 'ä"', boardId: '1' }],
			boards: [{ id: '1', name: 'Shelves' }],
			insights
		};
		const batch = await storeSaid(db, said);
		await restoreInto(signal, await checkBackup(signal, await backUp(), ''), 'target', () => {});
		const restored = new WorkspaceDatabase('target');
		await restored.open();
		expect(await tablesOf(restored)).toEqual(await tablesOf(db));
		for (const each of await liveBatches(restored)) expect(await isReadable(restored, each)).toBe(true);
		expect(await readDirectory(restored)).toMatchObject([{ pinId: 'listed', title: 'ä"', board: 'Shelves' }]);
		expect(await readSnapshots(restored, await liveBatches(restored))).toHaveLength(1);
		for (const database of [db, restored]) await deleteBatch(database, batch.id);
		expect(await tablesOf(restored)).toEqual(await tablesOf(db));
		expect(await restored.snapshots.count()).toBe(0);
		restored.close();
	});

	it('goes on where the other left off: what is imported next is numbered after what is there', async () => {
		await restoreInto(signal, await checkBackup(signal, await backUp(), ''), 'target', () => {});
		const restored = new WorkspaceDatabase('target');
		await restored.open();
		const next = inventFile({ rows: 200, seed: 3, from: '2024-07-01', to: '2024-07-09', order: 'none' });
		for (const database of [db, restored]) await storeFile(database, next);
		const query = openQuery({ split: 'device' });
		expect(await answerFromStore(restored, query)).toEqual(await answerFromStore(db, query));
		restored.close();
	});

	it('does not show what is in it to someone without the passphrase', async () => {
		const open = new TextDecoder('latin1').decode(await bytesOf(await backUp()));
		const sealed = new TextDecoder('latin1').decode(await bytesOf(await backUp('secret')));
		expect([open.includes('1.csv'), sealed.includes('1.csv')]).toEqual([true, false]);
		const blob = await backUp('secret');
		expect(await problemOfCheck(blob)).toBe('passphrase_needed');
		expect(await problemOfCheck(blob, 'secrets')).toBe('wrong_passphrase');
		expect(await problemOfCheck(blob, 'secret')).toBeNull();
	});

	it.each(['', 'secret'])(
		'with any byte changed, or any missing, is refused (passphrase: "%s")',
		async (passphrase) => {
			const whole = await bytesOf(await backUp(passphrase));
			await fc.assert(
				fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
					const changed = whole.slice();
					changed[at]! ^= by;
					expect(await problemOfCheck(new Blob([changed]), passphrase)).not.toBeNull();
					expect(await problemOfCheck(new Blob([whole.slice(0, at)]), passphrase)).not.toBeNull();
				}),
				{ seed: 4, numRuns: passphrase === '' ? 150 : 8 }
			);
			expect(await problemOfCheck(new Blob([whole, 'x']), passphrase)).toBe('backup_damaged');
		},
		60_000
	);

	it('of a later database or program is refused as such, and other files as none', async () => {
		const header = { workspace: '', madeAt: 1, schema: db.verno + 1 };
		expect(await problemOfCheck(await (await BackupWriter.begin(header, '')).finish())).toBe('backup_newer');
		const writer = await BackupWriter.begin({ ...header, schema: db.verno }, '');
		const [lengths, ...rest] = encodeRecord(200, { id: 1 });
		await writer.block(Uint8Array.from([...lengths!, ...rest.flatMap((part) => [...part])]));
		expect(await problemOfCheck(await writer.finish())).toBe('backup_newer');
		expect(await problemOfCheck(new Blob(['timestamp,event,pin_id']))).toBe('not_a_backup');
		expect(await problemOfCheck(new Blob([]))).toBe('not_a_backup');
	});
});

describe('records', () => {
	it('come back as they were, whatever texts and arrays they hold', () => {
		const array = fc.oneof(fc.uint8Array(), fc.uint16Array(), fc.uint32Array(), fc.float64Array());
		const record = fc.array(
			fc.record({
				id: fc.integer(),
				name: fc.string({ unit: 'binary' }),
				nested: fc.record({ array, none: fc.constant(null) })
			})
		);
		fc.assert(
			fc.property(record, fc.nat(7), (records, table) => {
				const parts = records.flatMap((each) => encodeRecord(table, each));
				const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
				const read = [...decodeRecords(bytes)];
				expect(read).toEqual(records.map((each) => ({ table, record: each })));
			}),
			{ seed: 6, numRuns: byLength(40, 100) }
		);
	});
});

describe('a workspace that is being restored', () => {
	it('is known to nobody until it is finished, and swept if it never is', async () => {
		const registry = new Registry();
		await registry.make('Shop');
		const begun = await registry.begin('Shop');
		expect(begun.name).toBe('Shop 2');
		await restoreInto(signal, await checkBackup(signal, await backUp(), ''), begun.key, () => {});
		expect((await registry.list()).map(({ name }) => name)).toEqual(['', 'Shop']);
		await registry.sweepUnfinished();
		expect(await Dexie.exists(`tackboard-${begun.key}`)).toBe(false);

		const again = await registry.begin('Shop');
		await registry.finish(again.key);
		await registry.sweepUnfinished();
		expect((await registry.list()).map(({ name }) => name)).toEqual(['', 'Shop', 'Shop 2']);
	});

	it('goes with everything else when all is erased', async () => {
		const registry = new Registry();
		await registry.make('Shop');
		db.close();
		await registry.eraseAll();
		expect(await Dexie.getDatabaseNames()).toEqual([]);
	});
});
