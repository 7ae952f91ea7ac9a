import { problemOf } from '../model/problem';
import { timeAfterImport } from './batch-order';
import { deleteBatch, liveBatches } from './batches';
import type { BatchId, StoredBatch, StoredUndoMark, WorkspaceDatabase } from './database';
import type { Pause } from './day-marks';
import { settle, spanOf, unionOf, wholeBatches, wholeOf, writeSettled } from './hidden-rows';
import { compareMarks, countingMarks, hasMarkAhead, isCovered, putMark } from './undo-marks';

/** Undoing an import, here or as it was undone in another copy of the workspace. Call only while nobody else writes. */

/**
 * Takes a batch out as if it had never been imported; rows that it hid count again. All or nothing. Its mark stays, so that
 * no other copy of the workspace brings it back. Undoing is how users make room, so it must not need any: the mark of a batch
 * that an earlier version imported, which has to be written now, is left out on a full disk and follows where there is room.
 */
export async function undoBatch(db: WorkspaceDatabase, pause: Pause, batchId: BatchId): Promise<void> {
	const batches = await wholeBatches(db);
	const batch = batches.find(({ id }) => id === batchId);
	const others = batches.filter((other) => other !== batch);
	const settled = batch ? await settle(db, pause, others, spanOf(batch)) : [];
	const gone = await db.batches.get(batchId);
	const isMarked = gone !== undefined && (await hasMarkAhead(db, gone));
	const takeOut = ({ isMarkedNow }: { readonly isMarkedNow: boolean }) =>
		db.transaction('rw', db.tables, async () => {
			if (isMarkedNow) await markUndone(db, gone);
			await deleteBatch(db, batchId);
			await writeSettled(db, settled);
		});
	try {
		await takeOut({ isMarkedNow: !isMarked });
	} catch (error) {
		if (isMarked || problemOf(error).code !== 'storage_full') throw error;
		await takeOut({ isMarkedNow: false });
		await markUndone(db, gone).catch(() => {});
	}
}

/**
 * Takes in the mark of an undone import from another copy of the workspace: what it covers goes, as if undone here.
 * @returns whether that was not known yet
 */
export async function takeInMark(
	db: WorkspaceDatabase,
	pause: Pause,
	mark: StoredUndoMark
): Promise<boolean> {
	const live = await liveBatches(db);
	const stored = await db.undoMarks.get(mark.fingerprint);
	const [known] = countingMarks(stored ? [stored] : [], live);
	if (known && compareMarks(known, mark) >= 0) return false;
	const batches = live.flatMap(wholeOf);
	const gone = live.find((batch) => isCovered(mark, batch));
	const others = batches.filter(({ id }) => id !== gone?.id);
	const days = batches.filter(({ id }) => id === gone?.id).map(spanOf);
	const settled = await settle(db, pause, others, unionOf(days));
	await db.transaction('rw', db.tables, async () => {
		await putMark(db, mark);
		// Its labels travel by themselves.
		if (gone) await deleteBatch(db, gone.id, { keepsLabels: true });
		await writeSettled(db, settled);
	});
	return true;
}

async function markUndone(db: WorkspaceDatabase, batch: StoredBatch | undefined): Promise<void> {
	// Sample data never leave this database.
	if (batch?.state !== 'live' || batch.isSample) return;
	const { fingerprint, generation } = batch;
	const markedAt = timeAfterImport(Date.now(), batch);
	const known = await db.undoMarks.get(fingerprint);
	if ((known?.generation ?? 0) < generation) await putMark(db, { fingerprint, generation, markedAt });
}
