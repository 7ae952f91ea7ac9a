import { Dexie } from 'dexie';
import { ProblemError, unlessFull } from '../../model/problem';
import { liveBatches } from '../batches';
import { WorkspaceDatabase, databaseName, type BatchId, type LiveBatch, type StoredHead } from '../database';
import type { Pause } from '../day-marks';
import { readItems } from '../portable/items';
import { portableHead, type PortableEnd } from '../portable/portable-batch';
import {
	ContentHasher,
	blocksOf,
	bytesOf,
	pieceParts,
	recordParts,
	type Parts
} from '../portable/portable-bytes';
import { WorkspaceTexts, readPieces } from '../portable/read-batch';
import { takeInAll } from '../portable/take-in';
import { missingOf } from '../report-damage';
import { readCopy, type BackupCopy } from './backup-copy';
import { BackupReader, BackupWriter, VERSION_OF_TABLES, type BackupHeader } from './container';
import { checkTables, restoreTables } from './table-backup';

/**
 * A workspace as one file, and back. The file holds what travels between copies of a workspace (portable/), item by item and
 * batch by batch in the order of their imports, and what belongs to this one: its settings, and of batches what does not
 * travel. What follows from all that is not in it: sums by day, and which rows are hidden.
 */

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
	const writer = await BackupWriter.begin({ workspace, madeAt: Date.now(), schema: db.verno }, passphrase);
	for await (const block of blocksOf(recordsOf(signal, db, tell))) {
		signal.throwIfAborted();
		await writer.block(block);
	}
	return writer.finish();
}

async function* recordsOf(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	tell: (progress: Progress) => void
): AsyncGenerator<Parts> {
	for (const item of await readItems(db)) yield recordParts('item', item);
	for (const setting of await db.settings.toArray()) yield recordParts('setting', setting);
	const batches = await liveBatches(db);
	const all = batches.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
	const texts = new WorkspaceTexts(db);
	const hashes = new Map<BatchId, string>();
	let done = 0;
	for (const batch of batches) {
		let written = 0;
		for await (const record of recordsOfBatch(signal, texts, db, batch, hashes)) {
			yield record;
			written += bytesOf(record);
			tell({ done: done + Math.min(written, batch.storedBytes), all });
		}
		done += batch.storedBytes;
	}
	await keepHashes(db, hashes);
	tell({ done: all, all });
}

/**
 * A batch, the hash of its content, and what does not travel. What can no longer be read is left out.
 * @param hashes gets the hash where it was worked out
 */
async function* recordsOfBatch(
	signal: AbortSignal,
	texts: WorkspaceTexts,
	db: WorkspaceDatabase,
	batch: LiveBatch,
	hashes: Map<BatchId, string>
): AsyncGenerator<Parts> {
	const head = portableHead(batch);
	const lost: StoredHead[] = [];
	const hasher = batch.contentHash === undefined ? await ContentHasher.begin(head) : null;
	yield recordParts('batch', head);
	for await (const piece of readPieces(signal, texts, db, batch, (each) => lost.push(each))) {
		const parts = pieceParts(piece);
		hasher?.add(parts);
		yield parts;
	}
	const isDamaged = lost.length > 0 || (await missingOf(db, batch)) > 0;
	const contentHash = batch.contentHash ?? (isDamaged ? null : hasher!.finish());
	if (contentHash !== null && hasher) hashes.set(batch.id, contentHash);
	const end: PortableEnd = { contentHash, isSample: batch.isSample, lost: isDamaged ? lost : null };
	yield recordParts('end', end);
}

/** Keeps hashes with their batches. On a full disk there may be no room for them; a backup must need none. */
async function keepHashes(db: WorkspaceDatabase, hashes: ReadonlyMap<BatchId, string>): Promise<void> {
	if (hashes.size === 0) return;
	const keep = async () => {
		for (const [id, contentHash] of hashes) await db.batches.update(id, { contentHash });
	};
	await db.transaction('rw', db.batches, keep).catch(unlessFull);
}

/** A backup that was read to its end: a copy of the workspace, or tables where an earlier version of the app made it. */
export type CheckedBackup = { readonly header: BackupHeader; readonly byteLength: number } & (
	{ readonly copy: BackupCopy } | { readonly tables: BackupReader }
);

/**
 * Reads a backup to its end without changing anything.
 * @param tell gets which part of it was read, from 0 to 1
 * @throws ProblemError not_a_backup, backup_newer, backup_damaged, passphrase_needed, wrong_passphrase
 */
export async function checkBackup(
	signal: AbortSignal,
	blob: Blob,
	passphrase: string,
	tell: (fraction: number) => void = () => {}
): Promise<CheckedBackup> {
	const reader = await BackupReader.open(blob, passphrase);
	const { header, version } = reader;
	if (header.schema > latestSchema()) throw new ProblemError({ code: 'backup_newer' });
	const tellBytes = (bytes: number) => tell(bytes / blob.size);
	const about = { header, byteLength: blob.size };
	if (version > VERSION_OF_TABLES) return { ...about, copy: await readCopy(signal, reader, tellBytes) };
	await checkTables(signal, reader, tellBytes);
	return { ...about, tables: reader };
}

/**
 * Writes what a checked backup holds into the database of a workspace that is not listed yet; whatever it held before is
 * deleted.
 * @param key of the workspace (registry.ts)
 * @param tell gets which part of it is written, from 0 to 1
 */
export async function restoreInto(
	signal: AbortSignal,
	backup: CheckedBackup,
	key: string,
	pause: Pause,
	tell: (fraction: number) => void
): Promise<void> {
	if ('tables' in backup)
		return restoreTables(signal, backup.tables, key, (bytes) => tell(bytes / backup.byteLength));
	await Dexie.delete(databaseName(key));
	const db = new WorkspaceDatabase(key);
	try {
		await db.open();
		await takeInAll(signal, db, pause, backup.copy, (done, all) => tell(all === 0 ? 1 : done / all));
		await db.settings.bulkPut([...backup.copy.settings]);
	} finally {
		db.close();
	}
}

/** The version of the database that this program writes. */
function latestSchema(): number {
	return new WorkspaceDatabase('').verno;
}
