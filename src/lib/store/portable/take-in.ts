import { ProblemError, problemOf, type Problem } from '../../model/problem';
import type { TakenInReport } from '../../model/taken-in';
import { compareImports } from '../batch-order';
import type { LiveBatch, WorkspaceDatabase } from '../database';
import type { Pause } from '../day-marks';
import { settleAll } from '../hidden-rows';
import { isCovered, readMarks } from '../undo-marks';
import { takeInItems } from './items';
import type { OtherBatch, OtherCopy } from './other-copy';
import { compareReadings, type PortableHead } from './portable-batch';
import { WorkspaceTexts, readHead } from './read-batch';
import { BatchesWriter } from './write-batch';

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
 * an end at any moment, goes on where it ended. Nobody else may write meanwhile. Sample data are left where they are.
 * @param tell gets how much of all batches is done
 * @throws AbortError; QuotaExceededError and the like where the disk takes no more
 */
export async function takeIn(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	pause: Pause,
	{ items, batches }: OtherCopy,
	tell: (done: number, all: number) => void = () => {}
): Promise<TakenIn> {
	const before = await db.batches.count();
	const changed = await takeInItems(signal, db, pause, items);
	const undone = before - (await db.batches.count());
	const marks = new Map((await readMarks(db)).map((mark) => [mark.fingerprint, mark]));
	const wanted = batches.filter(
		({ head, state }) => !state?.isSample && !isCovered(marks.get(head.fingerprint), head)
	);
	const refused: { head: PortableHead; problem: Problem }[] = [];
	let writer: BatchesWriter | null = null;
	for (const { batch, onRows } of inOrder(signal, wanted, tell)) {
		const { head, state } = batch;
		writer ??= await BatchesWriter.open(db, { pause, isNew: false });
		const instead = await writer.readingOf(head.fingerprint);
		if (instead && !(await isLater(signal, db, head, instead))) continue;
		try {
			if (state?.lost) throw new ProblemError({ code: 'damaged_data' });
			await writer.write(batch, instead, onRows);
		} catch (error) {
			const problem = problemOf(error);
			if (signal.aborted || !isOfBatch(problem)) throw error;
			refused.push({ head, problem });
		}
	}
	return { batches: (await writer?.finish()) ?? [], undone, items: changed, refused };
}

/**
 * Takes in all of another copy, into a database that holds nothing, of a workspace that is not listed yet: sample data and
 * batches of which some could no longer be read are as they were there. Where it fails, what was written by then is of no use.
 * @param tell gets how much of all batches is done
 */
export async function takeInAll(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	pause: Pause,
	{ items, batches }: OtherCopy,
	tell: (done: number, all: number) => void = () => {}
): Promise<void> {
	await takeInItems(signal, db, pause, items);
	const writer = await BatchesWriter.open(db, { pause, isNew: true });
	for (const { batch, onRows } of inOrder(signal, batches, tell))
		await writer.write(batch, undefined, onRows);
	await writer.finish();
	await settleAll(db, pause);
}

/** Batches in the order of their imports, each with what takes the number of its rows that are read. */
function* inOrder(
	signal: AbortSignal,
	batches: readonly OtherBatch[],
	tell: (done: number, all: number) => void
): Generator<{ readonly batch: OtherBatch; readonly onRows: (rows: number) => void }> {
	const all = batches.reduce((sum, { head }) => sum + weightOf(head), 0);
	let done = 0;
	for (const batch of [...batches].sort((a, b) => compareImports(a.head, b.head))) {
		signal.throwIfAborted();
		tell(done, all);
		const end = done + weightOf(batch.head);
		let rowsRead = 0;
		yield { batch, onRows: (rows) => tell(Math.min(end, done + (rowsRead += rows)), all) };
		done = end;
	}
	tell(all, all);
}

/** How much there is to be done for a batch, about. */
function weightOf({ accepted, rejected }: PortableHead): number {
	return 1 + accepted + rejected;
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
	try {
		return compareReadings(head, await readHead(signal, new WorkspaceTexts(db), db, own)) > 0;
	} catch (error) {
		// The same reading, and it can no longer be read here.
		if (problemOf(error).code === 'damaged_data') return true;
		throw error;
	}
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

/** What came of it, as it is shown. */
export function takenInReport({ batches, undone, items, refused }: TakenIn): TakenInReport {
	return {
		files: batches.map(({ file }) => file),
		undone,
		items,
		refused: refused.map(({ head, problem }) => ({ file: head.file, problem }))
	};
}
