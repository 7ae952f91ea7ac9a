import { timeAfterImport } from './batch-order';
import { liveBatches } from './batches';
import type { StoredBatch, StoredMark, StoredUndoMark, WorkspaceDatabase } from './database';

/**
 * Marks of undone imports. Each import brings its own mark along, which counts once the import is gone: so an undo only
 * deletes, which needs no room, and cannot be without its mark even on a full disk.
 */

type Named = Pick<StoredBatch, 'fingerprint' | 'generation'>;

/** The marks that count. */
export async function readMarks(db: WorkspaceDatabase): Promise<StoredUndoMark[]> {
	return db.transaction('r', db.undoMarks, db.batches, async () =>
		countingMarks(await db.undoMarks.toArray(), await liveBatches(db))
	);
}

/** Of stored marks those that count, as long as some batches are live. */
export function countingMarks(stored: readonly StoredMark[], live: readonly Named[]): StoredUndoMark[] {
	const there = new Set(live.map(nameOf));
	return stored.flatMap(({ ahead, ...mark }) => {
		const { fingerprint } = mark;
		if (ahead && !there.has(nameOf({ fingerprint, ...ahead }))) return { fingerprint, ...ahead };
		return mark.generation > 0 ? mark : [];
	});
}

/** Whether a batch brought its mark along. Imports of earlier versions did not. */
export async function hasMarkAhead(db: WorkspaceDatabase, batch: Named): Promise<boolean> {
	const stored = await db.undoMarks.get(batch.fingerprint);
	return stored?.ahead?.generation === batch.generation;
}

/**
 * Stores the marks of batches that go live, or that an earlier version imported, within a transaction that may write marks.
 * @param counting the marks that count before they are live, by fingerprint
 */
export async function putMarksAhead(
	db: WorkspaceDatabase,
	batches: readonly (Named & Pick<StoredBatch, 'stamp' | 'importedAt' | 'isSample'>)[],
	counting: ReadonlyMap<string, StoredUndoMark>
): Promise<void> {
	const marks = batches.flatMap((batch): StoredMark[] => {
		const { fingerprint, generation, isSample } = batch;
		// Sample data never leave this database.
		if (isSample) return [];
		const known = counting.get(fingerprint) ?? { fingerprint, generation: 0, markedAt: 0 };
		return [{ ...known, ahead: { generation, markedAt: timeAfterImport(0, batch) } }];
	});
	await db.undoMarks.bulkPut(marks);
}

/** Stores a mark that counts from now on, within a transaction that may write marks. */
export async function putMark(db: WorkspaceDatabase, mark: StoredUndoMark): Promise<void> {
	const { fingerprint, generation, markedAt } = mark;
	const ahead = (await db.undoMarks.get(fingerprint))?.ahead;
	const keeps = ahead !== undefined && ahead.generation > generation;
	await db.undoMarks.put({ fingerprint, generation, markedAt, ...(keeps ? { ahead } : {}) });
}

/** Whether a mark undoes a batch. Sample data is not undone by what comes from elsewhere. */
export function isCovered(
	mark: StoredUndoMark | undefined,
	batch: Pick<StoredBatch, 'fingerprint' | 'generation'> & { readonly isSample?: boolean }
): boolean {
	if (!mark || batch.isSample) return false;
	return batch.fingerprint === mark.fingerprint && batch.generation <= mark.generation;
}

/** Compares two marks of one file: above 0 where the first one undoes more. */
export function compareMarks(a: StoredUndoMark, b: StoredUndoMark): number {
	return a.generation - b.generation || a.markedAt - b.markedAt;
}

function nameOf({ fingerprint, generation }: Named): string {
	return `${generation} ${fingerprint}`;
}
