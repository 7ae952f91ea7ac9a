import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProblemCode } from '../../../src/lib/model/problem';
import type { InsightsSnapshot } from '../../../src/lib/model/insights';
import { checkBackup, restoreInto, writeBackup } from '../../../src/lib/store/backup/backup';
import { BackupReader, BackupWriter } from '../../../src/lib/store/backup/container';
import { decodeRecords, encodeRecord } from '../../../src/lib/store/backup/records';
import { deleteBatch, isReadable, liveBatches } from '../../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../../src/lib/store/database';
import { readDirectory } from '../../../src/lib/store/directory';
import { readItems } from '../../../src/lib/store/portable/items';
import type { OtherCopy } from '../../../src/lib/store/portable/other-copy';
import { WorkspaceTexts, readHead } from '../../../src/lib/store/portable/read-batch';
import { takeIn } from '../../../src/lib/store/portable/take-in';
import { Registry } from '../../../src/lib/store/registry';
import { readFactBatches } from '../../../src/lib/store/reports';
import { readSnapshots } from '../../../src/lib/store/snapshots';
import { readMarks } from '../../../src/lib/store/undo-marks';
import { backupFile, seenBefore } from '../../support/backup-file';
import { inventFile } from '../../support/invented-file';
import { openQuery, utf8 } from '../../support/memory-workspace';
import { storeSaid } from '../../support/report-contents';
import { fact } from '../../support/reported-answer';
import { answerFromStore, storeFile } from '../../support/stored-workspace';
import { byLength } from '../../support/test-length';
import { asJson, seenOf, storeOneOfEverything } from '../../support/whole-workspace';

const { signal } = new AbortController();
const pause = () => {};
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

/** The workspace of a backup, restored. */
async function restored(backup: Blob, passphrase = '', tell: (fraction: number) => void = () => {}) {
	const checked = await checkBackup(signal, backup, passphrase);
	await restoreInto(signal, checked, 'target', pause, tell);
	const database = new WorkspaceDatabase('target');
	await database.open();
	return database;
}

async function problemOfCheck(blob: Blob, passphrase = ''): Promise<ProblemCode | null> {
	return checkBackup(signal, blob, passphrase).then(
		() => null,
		(error: { problem: { code: ProblemCode } }) => error.problem.code
	);
}

/** What has no part in how it is numbered and cut here: the bytes of everything, as they travel. */
async function travelling(database: WorkspaceDatabase) {
	await database.batches.toCollection().modify({ contentHash: undefined });
	const texts = new WorkspaceTexts(database);
	const batches = await liveBatches(database);
	return {
		batches: await Promise.all(batches.map((batch) => readHead(signal, texts, database, batch))),
		items: await readItems(database),
		settings: await database.settings.toArray()
	};
}

describe('a backup', () => {
	it.each(['', 'three plain words'])(
		'holds one of everything: restored, all of it is there and shows the same (passphrase: "%s")',
		async (passphrase) => {
			db.close();
			db = new WorkspaceDatabase('everything');
			await db.open();
			await storeOneOfEverything(db);
			const made: number[] = [];
			const blob = await writeBackup(signal, db, { workspace: 'Shop', passphrase }, ({ done, all }) =>
				made.push(done / all)
			);
			const { header } = await checkBackup(signal, blob, passphrase);
			expect(header).toMatchObject({ workspace: 'Shop', schema: db.verno });
			const told: number[] = [];
			const target = await restored(blob, passphrase, (fraction) => told.push(fraction));
			for (const progress of [made, told]) {
				expect(progress.at(-1)).toBe(1);
				expect(progress).toEqual(progress.toSorted((a, b) => a - b));
			}
			expect(await seenOf(target)).toEqual(await seenOf(db));
			expect(await travelling(target)).toEqual(await travelling(db));
			for (const each of await liveBatches(target)) expect(await isReadable(target, each)).toBe(true);
			target.close();
		},
		30_000
	);

	it('of an earlier form, a copy of the tables, restores to the same', async () => {
		for (const [name, passphrase] of [
			['tables', ''],
			['tables-sealed', 'three plain words']
		] as const) {
			const target = await restored(backupFile(name), passphrase);
			expect(asJson(await seenOf(target))).toEqual(seenBefore());
			// And from today's form again.
			const again = await writeBackup(signal, target, { workspace: '', passphrase: '' }, () => {});
			target.close();
			const second = await restored(again);
			expect(asJson(await seenOf(second))).toEqual(seenBefore());
			second.close();
		}
	}, 30_000);

	it('of what was restored is the same: its bytes do not depend on numbers of a database', async () => {
		const target = await restored(await backUp());
		const of = { workspace: 'Shop', passphrase: '' };
		const blocksOf = async (backup: Blob) => {
			const blocks: Uint8Array[] = [];
			for await (const { bytes } of (await BackupReader.open(backup, '')).blocks()) blocks.push(bytes);
			return blocks;
		};
		expect(await blocksOf(await writeBackup(signal, target, of, () => {}))).toEqual(
			await blocksOf(await backUp())
		);
		target.close();
	});

	it('restored can be undone from, and nothing of what is undone stays but its mark', async () => {
		const said = {
			facts: [fact('2026-06-01', 'saves', 3, { subject: { kind: 'pin', id: 'reported' } })],
			pins: [{ pinId: 'listed', title: 'ä"', boardId: '1' }],
			boards: [{ id: '1', name: 'Shelves' }],
			insights: [
				{ audience: 'total', day: '2026-05-20', size: null, isUpTo: false, rows: [] } as InsightsSnapshot
			]
		};
		await storeSaid(db, said);
		const target = await restored(await backUp());
		expect(await readDirectory(target)).toMatchObject([{ pinId: 'listed', title: 'ä"', board: 'Shelves' }]);
		expect(await readSnapshots(target, await liveBatches(target))).toHaveLength(1);
		const imports = await liveBatches(target);
		for (const { id } of [...imports].reverse()) {
			await deleteBatch(target, id);
			const left = await liveBatches(target);
			for (const each of left) expect(await isReadable(target, each)).toBe(true);
			const own = (await liveBatches(db)).at(-1)!;
			await deleteBatch(db, own.id);
			expect(await answerFromStore(target, openQuery())).toEqual(await answerFromStore(db, openQuery()));
		}
		const rows = Object.entries<unknown[]>(await tablesOf(target)).filter(([name]) => name !== 'undoMarks');
		expect(rows.flatMap(([, own]) => own)).toEqual([]);
		const fingerprints = (some: readonly { readonly fingerprint: string }[]) =>
			some.map(({ fingerprint }) => fingerprint).sort();
		expect(fingerprints(await readMarks(target))).toEqual(fingerprints(imports));
		target.close();
	});

	it('of a batch with a damaged part holds the others, and says of the same part that it is missing', async () => {
		db.close();
		db = new WorkspaceDatabase('damaged');
		await db.open();
		const days = (day: number) => `timestamp,event,pin_id\n2024-05-0${day}T10:00:00Z,save,p${day}\n`;
		await storeFile(db, utf8(days(1)), 'whole.csv');
		const id = await storeFile(db, utf8(days(2)), 'damaged.csv');
		const report = await storeSaid(db, {
			facts: [fact('2024-06-01', 'saves', 3), fact('2024-06-02', 'saves', 4)]
		});
		await db.segments
			.where('[batchId+seq]')
			.between([id], [id, Dexie.maxKey])
			.modify({ checksum: 'changed' });
		await db.factBlocks.toCollection().modify({ checksum: 'changed' });
		const blob = await backUp();
		const target = await restored(blob);
		const damagedIn = async (database: WorkspaceDatabase) => {
			const batches = await liveBatches(database);
			const facts = await readFactBatches(database, batches);
			return {
				batches: await Promise.all(
					batches.map(async (batch) => [batch.file, await isReadable(database, batch), batch.segments.length])
				),
				facts: facts.map(({ file, damagedFacts }) => [file, damagedFacts])
			};
		};
		expect(await damagedIn(target)).toEqual(await damagedIn(db));
		expect((await damagedIn(target)).batches.map(([, isWhole]) => isWhole)).toEqual([true, false, false]);
		expect(await damagedIn(target)).toMatchObject({ facts: [['report.csv', 2]] });
		expect((await liveBatches(target)).map(({ firstMs }) => firstMs)).toEqual(
			(await liveBatches(db)).map(({ firstMs }) => firstMs)
		);
		// Merged, what is whole is taken in, and the rest named.
		const { copy } = (await checkBackup(signal, blob, '')) as { copy: OtherCopy };
		const other = new WorkspaceDatabase('other');
		await other.open();
		const taken = await takeIn(signal, other, pause, copy);
		expect(taken.batches.map(({ file }) => file)).toEqual(['whole.csv']);
		expect(taken.refused.map(({ head, problem }) => [head.file, problem.code])).toEqual([
			['damaged.csv', 'damaged_data'],
			[report.file, 'damaged_data']
		]);
		other.close();
		target.close();
	});

	it('goes on where the other left off: what is imported next is numbered after what is there', async () => {
		const target = await restored(await backUp());
		const next = inventFile({ rows: 200, seed: 3, from: '2024-07-01', to: '2024-07-09', order: 'none' });
		for (const database of [db, target]) await storeFile(database, next);
		const query = openQuery({ split: 'device' });
		expect(await answerFromStore(target, query)).toEqual(await answerFromStore(db, query));
		target.close();
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
				{ seed: 4, numRuns: passphrase === '' ? byLength(60, 150) : 8 }
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
			fc.property(record, fc.nat(7), (records, kind) => {
				const parts = records.flatMap((each) => encodeRecord(kind, each));
				const bytes = Uint8Array.from(parts.flatMap((part) => [...part]));
				const read = [...decodeRecords(bytes)];
				expect(read).toEqual(records.map((each) => ({ kind, record: each })));
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
		await restoreInto(signal, await checkBackup(signal, await backUp(), ''), begun.key, pause, () => {});
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
