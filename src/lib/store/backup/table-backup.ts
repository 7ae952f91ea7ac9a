import { Dexie, type Table } from 'dexie';
import { ProblemError } from '../../model/problem';
import { WorkspaceDatabase, databaseName } from '../database';
import { fromVersion2, type FactsOfVersion2 } from '../from-version-2';
import { fromVersion5 } from '../from-version-5';
import type { BackupReader } from './container';
import { recordsOf } from './records';

/** Backups of earlier versions of the app: a copy of the tables of a database. They are read, and no longer written. */

/** The tables by the number that stands in a backup. */
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

/**
 * Reads such a backup to its end without changing anything.
 * @param tell gets how many bytes were read
 * @throws ProblemError backup_newer, backup_damaged, wrong_passphrase
 */
export async function checkTables(
	signal: AbortSignal,
	reader: BackupReader,
	tell: (bytes: number) => void
): Promise<void> {
	for await (const { bytes, end } of reader.blocks()) {
		signal.throwIfAborted();
		for (const { kind } of recordsOf(bytes))
			if (!TABLES[kind]) throw new ProblemError({ code: 'backup_newer' });
		tell(end);
	}
}

/**
 * Writes what such a backup holds, which was checked, into the database of a workspace that is not listed yet; whatever it
 * held before is deleted.
 * @param key of the workspace (registry.ts)
 * @param tell gets how many bytes were read
 */
export async function restoreTables(
	signal: AbortSignal,
	reader: BackupReader,
	key: string,
	tell: (bytes: number) => void
): Promise<void> {
	await Dexie.delete(databaseName(key));
	const db = new WorkspaceDatabase(key);
	try {
		await db.open();
		for await (const { bytes, end } of reader.blocks()) {
			signal.throwIfAborted();
			const records = TABLES.map((): unknown[] => []);
			for (const { kind, record } of recordsOf(bytes)) records[kind]!.push(...todaysForm(kind, record));
			await db.transaction('rw', [...TABLES], async () => {
				for (const [number, table] of TABLES.entries()) await tableOf(db, table).bulkPut(records[number]!);
			});
			tell(end);
		}
		await db.transaction('rw', [db.batches, db.settings, db.choices], () => fromVersion5(db));
	} finally {
		db.close();
	}
}

const FACTS = TABLES.indexOf('factBlocks');

/** A record as this version keeps it: backups of version 2 of the database hold a batch's facts in one record. */
function todaysForm(table: number, record: unknown): unknown[] {
	const isOld = table === FACTS && !Object.hasOwn(record as object, 'seq');
	return isOld ? fromVersion2(record as FactsOfVersion2) : [record];
}

function tableOf(db: WorkspaceDatabase, name: (typeof TABLES)[number]): Table<unknown, unknown> {
	return db[name] as unknown as Table<unknown, unknown>;
}
