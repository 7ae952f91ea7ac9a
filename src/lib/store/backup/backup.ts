import { Dexie, type Table } from 'dexie';
import { ProblemError } from '../../model/problem';
import { WorkspaceDatabase, databaseName, fromVersion2, type FactsOfVersion2 } from '../database';
import { fromVersion5 } from '../from-version-5';
import { BackupReader, BackupWriter } from './container';
import { concat } from './seal';
import { decodeRecords, encodeRecord } from './records';

/** A workspace as one file, and back. */

/** The tables of a backup, by the number that stands in it: append only. */
const TABLES = [
	'batches',
	'segments',
	'texts',
	'claims',
	'rejectedRows',
	'settings',
	'daySums',
	'factBlocks',
	'hiddenRows',
	'snapshots',
	'notes',
	'views',
	'labels',
	'undoMarks',
	'choices'
] as const satisfies readonly (keyof WorkspaceDatabase)[];

/** Records are gathered into blocks of about this many bytes. */
const BLOCK_BYTES = 8 << 20;
const READ_AT_ONCE = 16;

export interface Progress {
	readonly done: number;
	readonly all: number;
}

/**
 * Everything of a workspace as a file. Call only while nobody writes to it.
 * @param passphrase '' leaves it unencrypted
 */
export async function writeBackup(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	{ workspace, passphrase }: { readonly workspace: string; readonly passphrase: string },
	tell: (progress: Progress) => void
): Promise<Blob> {
	const header = { workspace, madeAt: Date.now(), schema: db.verno };
	const writer = await BackupWriter.begin(header, passphrase);
	const keys: unknown[][] = [];
	for (const table of TABLES) keys.push(await tableOf(db, table).toCollection().primaryKeys());
	const all = keys.reduce((sum, { length }) => sum + length, 0);
	let done = 0;
	let block: Uint8Array[] = [];
	let bytes = 0;
	for (const [number, table] of TABLES.entries()) {
		for (let first = 0; first < keys[number]!.length; first += READ_AT_ONCE) {
			signal.throwIfAborted();
			const some = keys[number]!.slice(first, first + READ_AT_ONCE);
			for (const record of await tableOf(db, table).bulkGet(some)) {
				const parts = encodeRecord(number, record);
				block.push(...parts);
				bytes += parts.reduce((sum, { length }) => sum + length, 0);
			}
			done += some.length;
			if (bytes < BLOCK_BYTES) continue;
			await writer.block(concat(block));
			block = [];
			bytes = 0;
			tell({ done, all });
		}
	}
	if (bytes > 0) await writer.block(concat(block));
	tell({ done: all, all });
	return writer.finish();
}

/**
 * Reads a backup to its end without changing anything.
 * @throws ProblemError not_a_backup, backup_newer, backup_damaged, passphrase_needed, wrong_passphrase
 */
export async function checkBackup(
	signal: AbortSignal,
	blob: Blob,
	passphrase: string
): Promise<BackupReader> {
	const reader = await BackupReader.open(blob, passphrase);
	if (reader.header.schema > latestSchema()) throw new ProblemError({ code: 'backup_newer' });
	for await (const block of reader.blocks()) {
		signal.throwIfAborted();
		for (const { table } of recordsOf(block))
			if (!TABLES[table]) throw new ProblemError({ code: 'backup_newer' });
	}
	return reader;
}

/**
 * Writes what a checked backup holds into the database of a workspace that nobody knows of yet; whatever it held before
 * is gone.
 * @param key of the workspace (registry.ts)
 */
export async function restoreInto(
	signal: AbortSignal,
	reader: BackupReader,
	key: string,
	tell: (bytesDone: number) => void
): Promise<void> {
	await Dexie.delete(databaseName(key));
	const db = new WorkspaceDatabase(key);
	try {
		await db.open();
		let bytes = 0;
		for await (const block of reader.blocks()) {
			signal.throwIfAborted();
			const records = TABLES.map((): unknown[] => []);
			for (const { table, record } of recordsOf(block)) records[table]!.push(...todaysForm(table, record));
			await db.transaction('rw', [...TABLES], async () => {
				for (const [number, table] of TABLES.entries()) await tableOf(db, table).bulkPut(records[number]!);
			});
			bytes += block.length;
			tell(bytes);
		}
		await db.transaction('rw', [db.batches, db.settings, db.choices], () => fromVersion5(db));
	} finally {
		db.close();
	}
}

/** The version of the database that this program writes. */
function latestSchema(): number {
	return new WorkspaceDatabase('').verno;
}

const FACTS = TABLES.indexOf('factBlocks');

/** A record as this version keeps it: backups of version 2 hold a batch's facts in one record. */
function todaysForm(table: number, record: unknown): unknown[] {
	const isOld = table === FACTS && !Object.hasOwn(record as object, 'seq');
	return isOld ? fromVersion2(record as FactsOfVersion2) : [record];
}

function tableOf(db: WorkspaceDatabase, name: (typeof TABLES)[number]): Table<unknown, unknown> {
	return db[name] as unknown as Table<unknown, unknown>;
}

function recordsOf(block: Uint8Array) {
	try {
		return [...decodeRecords(block)];
	} catch (error) {
		if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
			throw new ProblemError({ code: 'backup_damaged' });
		throw error;
	}
}
