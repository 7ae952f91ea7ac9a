import { problemOf, type Problem } from '../../model/problem';
import type { TakenInReport } from '../../model/taken-in';
import type { LiveBatch, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { ImportSession } from '../import-session';
import { isCovered } from '../same-days';
import { readMarks } from '../undo-marks';
import { itemKey, readItems, takeInItem, type PortableItem } from './items';
import { compareReadings, type PortableHead, type PortablePiece } from './portable-batch';
import { WorkspaceTexts, readHead } from './read-batch';
import { writeBatch } from './write-batch';

/** What another copy of the workspace holds: a folder, or a backup. */
export interface OtherCopy {
	readonly items: readonly PortableItem[];
	/** In any order; several may be readings of one file. */
	readonly batches: readonly OtherBatch[];
}

export interface OtherBatch {
	readonly head: PortableHead;
	/** Read only where it is wanted. */
	readonly pieces: () => AsyncIterable<PortablePiece>;
}

/** What came of it. */
export interface TakenIn {
	/** Batches that are here now and were not before. */
	readonly batches: readonly LiveBatch[];
	/** Imports that were undone elsewhere, and are here too now. */
	readonly undone: number;
	/** Notes, views, labels and decisions that are newer now. */
	readonly items: number;
	/** Batches that could not be taken in. */
	readonly refused: readonly { readonly head: PortableHead; readonly problem: Problem }[];
}

/**
 * Takes in all that another copy has and this one lacks. Each batch and item is all or nothing, and doing it again, after
 * an end at any moment, goes on where it ended. Nobody else may write meanwhile.
 * @param tell told how many of all batches are done
 * @throws AbortError; QuotaExceededError and the like where the disk takes no more
 */
export async function takeIn(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	pause: Pause,
	{ items, batches }: OtherCopy,
	tell: (done: number, all: number) => void = () => {}
): Promise<TakenIn> {
	const known = new Map((await readItems(db)).map((item) => [itemKey(item), item]));
	const before = await db.batches.count();
	let changed = 0;
	for (const item of marksFirst(items)) {
		signal.throwIfAborted();
		if (!(await takeInItem(db, pause, known.get(itemKey(item)), item))) continue;
		if (item.of !== 'marks') changed++;
	}
	const undone = before - (await db.batches.count());
	const marks = new Map((await readMarks(db)).map((mark) => [mark.fingerprint, mark]));
	const wanted = batches
		.filter(({ head }) => !isCovered(marks.get(head.fingerprint), head))
		.sort((a, b) => a.head.stamp - b.head.stamp);
	const taken: LiveBatch[] = [];
	const refused: { head: PortableHead; problem: Problem }[] = [];
	let session: ImportSession | null = null;
	for (const [done, { head, pieces }] of wanted.entries()) {
		tell(done, wanted.length);
		signal.throwIfAborted();
		session ??= await ImportSession.open(db);
		const instead = session.batches.find((own) => own.fingerprint === head.fingerprint && !own.isSample);
		if (instead && !(await isLater(signal, db, head, instead))) continue;
		try {
			taken.push(await writeBatch(session, db, head, pieces(), { instead, pause }));
		} catch (error) {
			const problem = problemOf(error);
			if (signal.aborted || !isOfBatch(problem)) throw error;
			refused.push({ head, problem });
			session = null; // its numbers may be of texts that were given up
		}
	}
	return { batches: taken, undone, items: changed, refused };
}

/** Marks first: what is undone need not be written. */
function marksFirst(items: readonly PortableItem[]): readonly PortableItem[] {
	return [...items.filter(({ of }) => of === 'marks'), ...items.filter(({ of }) => of !== 'marks')];
}

async function isLater(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	head: PortableHead,
	own: LiveBatch
): Promise<boolean> {
	const order = compareReadings({ ...head, contentHash: '' }, { ...own, contentHash: '' });
	if (order !== 0) return order > 0;
	if (head.contentHash === own.contentHash) return false;
	return compareReadings(head, await readHead(signal, new WorkspaceTexts(db), db, own)) > 0;
}

/** Whether a problem is of one batch, so that others can be taken in. */
function isOfBatch({ code }: Problem): boolean {
	return (
		code === 'backup_damaged' ||
		code === 'backup_newer' ||
		code === 'too_many_values' ||
		code === 'damaged_data' ||
		code === 'wrong_passphrase'
	);
}

/** What came of it, as people are told. */
export function takenInReport({ batches, undone, items, refused }: TakenIn): TakenInReport {
	return {
		files: batches.map(({ file }) => file),
		undone,
		items,
		refused: refused.map(({ head, problem }) => ({ file: head.file, problem }))
	};
}
