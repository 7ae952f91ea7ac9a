import { withoutHidden } from '../columns/narrow-segment';
import { PeriodSumsBuilder, dayBorders, type PeriodSums } from '../columns/period-sums';
import { headOf } from '../columns/segment';
import { dayFromNumber } from '../model/calendar';
import { problemOf } from '../model/problem';
import type { OverlapDay, OverlapReport, SameDaysChoice } from '../model/same-days';
import { compareImports, timeAfterImport } from './batch-order';
import { deleteBatch, deleteRowsOf, liveBatches, readSegments } from './batches';
import { putChoice, sameDaysKey } from './choices';
import type {
	BatchId,
	LiveBatch,
	StoredBatch,
	StoredChoice,
	StoredHead,
	StoredHidden,
	StoredUndoMark,
	WorkspaceDatabase
} from './database';
import { countingMarks, hasMarkAhead, putMark } from './undo-marks';
import { LEFT_OUT, REPLACED, dayOf, markDays, type Days, type Pause, type WholeBatch } from './day-marks';

/**
 * Batches of events on days that earlier ones hold too. No row is ever thrown away: those that do not count are hidden
 * by marks beside their segments, and come back when what hides them is undone or chosen otherwise. What Pins are called
 * is still told by all rows, hidden ones too.
 *
 * What is hidden follows from the batches, in the order of their import, and the choice for each:
 * - of a day that a batch replaces, no row of an earlier batch counts;
 * - of a batch that leaves out equal rows, a row does not count that equals one of an earlier batch which does.
 *
 * Call what writes only while nobody else does.
 */

/**
 * How a batch meets the earlier ones, whatever was chosen for it.
 * @returns null where there is no such batch of events, or none of its days is held by an earlier one
 */
export async function overlapOf(
	db: WorkspaceDatabase,
	pause: Pause,
	batchId: BatchId
): Promise<OverlapReport | null> {
	const all = await wholeBatches(db);
	const batches = all.slice(0, all.findIndex(({ id }) => id === batchId) + 1);
	const batch = batches.at(-1);
	const span = batch && spanOf(batch);
	if (batch?.id !== batchId || !span) return null;
	const days: OverlapDay[] = [];
	const asked = [...batches.slice(0, -1), { ...batch, choice: 'leave_out' as const }];
	await markDays(db, pause, asked, span, (number, tallies) => {
		const own = tallies.get(batchId);
		if (!own) return;
		let earlier = own.hidden - own.rows;
		for (const { rows, hidden } of tallies.values()) earlier += rows - hidden;
		if (earlier > 0) days.push({ day: dayFromNumber(number), rows: own.rows, equal: own.hidden, earlier });
	});
	if (days.length === 0) return null;
	return {
		days,
		rows: batch.heads.reduce((sum, { rows }) => sum + rows, 0),
		equal: days.reduce((sum, { equal }) => sum + equal, 0),
		earlier: days.reduce((sum, { earlier }) => sum + earlier, 0)
	};
}

/**
 * Makes a choice for a batch of events. All or nothing.
 * @param decided the same choice as it was made in another copy of the workspace; one that is made now where it is not given
 */
export async function chooseSameDays(
	db: WorkspaceDatabase,
	pause: Pause,
	batchId: BatchId,
	choice: SameDaysChoice,
	decided?: StoredChoice
): Promise<void> {
	const batches = await wholeBatches(db);
	const batch = batches.find(({ id }) => id === batchId);
	if (!batch || batch.choice === choice) {
		if (decided) await db.choices.put(decided);
		return;
	}
	const changed = batches.map((other) => (other === batch ? { ...other, choice } : other));
	const settled = await settle(db, pause, changed, spanOf(batch));
	await db.transaction('rw', [db.batches, db.daySums, db.hiddenRows, db.choices], async () => {
		await (decided ? db.choices.put(decided) : putChoice(db, sameDaysKey(batch.batch), choice));
		await db.batches.update(batchId, { sameDays: choice });
		await write(db, settled);
	});
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
		await write(db, settled);
	});
	return true;
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

/**
 * Takes a batch out as if it had never been imported; rows that it hid count again. All or nothing. Its mark stays, so that
 * no other copy of the workspace brings it back. An undo is how room is made, so it must not need any: the mark of a batch
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
			await write(db, settled);
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
 * Works out what follows where a batch is about to go live elsewhere than at the end of the order of imports, or in the
 * place of another reading of its file. What was chosen for it is set.
 * @param other the batch that goes
 * @param batch as it will be stored; its segments are written by now
 * @returns what is to be done once it is live, within the transaction (over all tables) that makes it so
 */
export async function takeOver(
	db: WorkspaceDatabase,
	pause: Pause,
	other: LiveBatch | null,
	batch: LiveBatch
): Promise<() => Promise<void>> {
	const [whole, taker] = [await wholeBatches(db), wholeOf(batch)];
	const days = [...whole.filter(({ id }) => id === other?.id), ...taker].map(spanOf);
	const batches = [...whole.filter(({ id }) => id !== other?.id && id !== batch.id), ...taker];
	batches.sort((a, b) => compareImports(a.batch, b.batch));
	const settled = await settle(db, pause, batches, unionOf(days));
	return async () => {
		if (other) await deleteRowsOf(db, other.id);
		await write(db, settled);
	};
}

/** Whether rows of some batches do not count, or may hide others. */
export function mayHide(batches: readonly StoredBatch[]): boolean {
	return batches.some(({ sameDays = 'add_all', hidden }) => sameDays !== 'add_all' || hidden);
}

/** Hides what follows from the choices of all batches, where nothing was worked out as they were stored. All or nothing. */
export async function settleAll(db: WorkspaceDatabase, pause: Pause): Promise<void> {
	const batches = await wholeBatches(db);
	const settled = await settle(db, pause, batches, unionOf(batches.map(spanOf)));
	await db.transaction('rw', [db.batches, db.daySums, db.hiddenRows], () => write(db, settled));
}

async function markUndone(db: WorkspaceDatabase, batch: StoredBatch | undefined): Promise<void> {
	// Sample data never leave this database.
	if (batch?.state !== 'live' || batch.isSample) return;
	const { fingerprint, generation } = batch;
	const markedAt = timeAfterImport(Date.now(), batch);
	const known = await db.undoMarks.get(fingerprint);
	if ((known?.generation ?? 0) < generation) await putMark(db, { fingerprint, generation, markedAt });
}

type Whole = WholeBatch & { readonly batch: LiveBatch };

/** The live batches of events, with all their rows. */
async function wholeBatches(db: WorkspaceDatabase): Promise<Whole[]> {
	return (await liveBatches(db)).flatMap(wholeOf);
}

/** A batch of events with all its rows. */
function wholeOf(batch: LiveBatch): Whole[] {
	if (batch.report) return [];
	const heads = batch.hidden?.segments ?? batch.segments;
	return [{ id: batch.id, heads, choice: batch.sameDays ?? 'add_all', batch }];
}

/** From the first to the last of some days; null where there are none. */
function unionOf(spans: readonly (Days | null)[]): Days | null {
	return spans.reduce((all, days) => {
		if (!all || !days) return all ?? days;
		return { first: Math.min(all.first, days.first), last: Math.max(all.last, days.last) };
	}, null);
}

/** From a batch's first to its last day; null where it has no rows. */
function spanOf({ heads }: WholeBatch): Days | null {
	if (heads.length === 0) return null;
	return { first: dayOf(firstOf(heads)), last: dayOf(lastOf(heads)) };
}

function firstOf(heads: readonly StoredHead[]): number {
	return heads.reduce((least, { firstMs }) => Math.min(least, firstMs), Infinity);
}

function lastOf(heads: readonly StoredHead[]): number {
	return heads.reduce((most, { lastMs }) => Math.max(most, lastMs), -Infinity);
}

/** What is to be written of a batch of which other rows are hidden than before. */
interface Settled {
	readonly id: BatchId;
	readonly changes: Partial<StoredBatch>;
	/** Hidden rows of its segments, and the places of those where none is hidden any more. */
	readonly hidden: readonly StoredHidden[];
	readonly shown: readonly [BatchId, number][];
	/** By day in UTC. */
	readonly daySums: PeriodSums;
}

/** Works out what is hidden on some days by now. */
async function settle(
	db: WorkspaceDatabase,
	pause: Pause,
	batches: readonly Whole[],
	days: Days | null
): Promise<Settled[]> {
	if (!days || !mayHide(batches.map(({ choice, batch }) => ({ ...batch, sameDays: choice })))) return [];
	const marks = await markDays(db, pause, batches, days);
	const settled: Settled[] = [];
	for (const whole of batches) {
		const changed = marks.get(whole.id);
		if (changed) settled.push(await settledBatch(db, pause, whole, changed));
	}
	return settled;
}

async function settledBatch(
	db: WorkspaceDatabase,
	pause: Pause,
	{ id, heads: wholeHeads, batch }: Whole,
	changed: ReadonlyMap<number, Uint8Array>
): Promise<Settled> {
	const newest = (batch.edition ?? 0) + 1;
	const heads: StoredHead[] = [];
	const hidden: StoredHidden[] = [];
	const shown: [BatchId, number][] = [];
	const daySums = new PeriodSumsBuilder();
	let [leftOut, replaced, bytes] = [0, 0, batch.storedBytes];
	for (const whole of wholeHeads) {
		await pause();
		const { seq, storedBytes } = whole;
		const old = await db.hiddenRows.get([id, seq]);
		const marks = changed.get(seq) ?? old?.marks;
		const [out, gone] = [countOf(marks, LEFT_OUT), countOf(marks, REPLACED)];
		const isHiding = out + gone > 0;
		const edition = changed.has(seq) ? newest : old?.edition;
		if (marks && changed.has(seq)) {
			if (isHiding) hidden.push({ batchId: id, seq, edition: newest, marks });
			else shown.push([id, seq]);
			bytes += (isHiding ? marks.length : 0) - (old?.marks.length ?? 0);
		}
		leftOut += out;
		replaced += gone;
		const [segment] = await readSegments(db, [[id, seq]]);
		if (!segment) {
			// It stays known as damaged.
			heads.push(...batch.segments.filter((head) => head.seq === seq));
			continue;
		}
		const counting = marks && isHiding ? withoutHidden(segment, marks) : segment;
		if (!counting) continue;
		daySums.addSegment(counting, dayBorders(counting, 'UTC'));
		heads.push(
			isHiding && edition !== undefined ? { ...headOf(counting), seq, storedBytes, edition } : whole
		);
	}
	const isAnyHidden = leftOut + replaced > 0;
	const changes = {
		edition: newest,
		segments: heads,
		firstMs: heads.length > 0 ? firstOf(heads) : null,
		lastMs: heads.length > 0 ? lastOf(heads) : null,
		storedBytes: bytes,
		hidden: isAnyHidden ? { segments: wholeHeads, leftOut, replaced } : undefined
	};
	return { id, changes: changes as Partial<StoredBatch>, hidden, shown, daySums: daySums.finish() };
}

function countOf(marks: Uint8Array | undefined, wanted: number): number {
	let count = 0;
	if (marks) for (const mark of marks) if (mark === wanted) count++;
	return count;
}

async function write(db: WorkspaceDatabase, settled: readonly Settled[]): Promise<void> {
	for (const { id, changes, hidden, shown, daySums } of settled) {
		await db.batches.update(id, changes);
		await db.hiddenRows.bulkDelete([...shown]);
		await db.hiddenRows.bulkPut(hidden);
		// Other zones' sums are counted anew when they are asked for.
		await db.daySums.where('batchId').equals(id).delete();
		await db.daySums.add({ zone: 'UTC', batchId: id, part: 0, sums: daySums });
	}
}
