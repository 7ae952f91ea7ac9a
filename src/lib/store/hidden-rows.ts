import { withoutHidden } from '../columns/narrow-segment';
import { PeriodSumsBuilder, dayBorders, type PeriodSums } from '../columns/period-sums';
import { headOf } from '../columns/segment';
import { compareImports } from './batch-order';
import { deleteRowsOf, liveBatches, readSegments } from './batches';
import type {
	BatchId,
	LiveBatch,
	StoredBatch,
	StoredHead,
	StoredHidden,
	WorkspaceDatabase
} from './database';
import { LEFT_OUT, REPLACED, dayOf, markDays, type Days, type Pause, type WholeBatch } from './day-marks';

/**
 * No row is ever thrown away: those that do not count are hidden by marks beside their segments, and count again when what
 * hides them is undone or chosen otherwise. The names of Pins still come from all rows, hidden ones too.
 *
 * What is hidden follows from the batches, in the order of their import, and the choice for each:
 * - of a day that a batch replaces, no row of an earlier batch counts;
 * - of a batch that leaves out equal rows, a row does not count that equals one of an earlier batch which does.
 *
 * It is worked out first (`settle`), and then stored in the transaction of the change that it follows from
 * (`writeSettled`). Call only while nobody else writes.
 */

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
		await writeSettled(db, settled);
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
	await db.transaction('rw', [db.batches, db.daySums, db.hiddenRows], () => writeSettled(db, settled));
}

/** A batch of events with all its rows, and its record. */
type Whole = WholeBatch & { readonly batch: LiveBatch };

/** The live batches of events, with all their rows. */
export async function wholeBatches(db: WorkspaceDatabase): Promise<Whole[]> {
	return (await liveBatches(db)).flatMap(wholeOf);
}

/** A batch of events with all its rows; none where it is a report. */
export function wholeOf(batch: LiveBatch): Whole[] {
	if (batch.report) return [];
	const heads = batch.hidden?.segments ?? batch.segments;
	return [{ id: batch.id, heads, choice: batch.sameDays ?? 'add_all', batch }];
}

/** From the first to the last of some days; null where there are none. */
export function unionOf(spans: readonly (Days | null)[]): Days | null {
	return spans.reduce((all, days) => {
		if (!all || !days) return all ?? days;
		return { first: Math.min(all.first, days.first), last: Math.max(all.last, days.last) };
	}, null);
}

/** From a batch's first to its last day; null where it has no rows. */
export function spanOf({ heads }: WholeBatch): Days | null {
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

/** Works out what is hidden on some days, by the choices that `batches` have. */
export async function settle(
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

/** Stores what was worked out, within a transaction over batches, day sums and hidden rows. */
export async function writeSettled(db: WorkspaceDatabase, settled: readonly Settled[]): Promise<void> {
	for (const { id, changes, hidden, shown, daySums } of settled) {
		await db.batches.update(id, changes);
		await db.hiddenRows.bulkDelete([...shown]);
		await db.hiddenRows.bulkPut(hidden);
		// Other zones' sums are counted anew when they are asked for.
		await db.daySums.where('batchId').equals(id).delete();
		await db.daySums.add({ zone: 'UTC', batchId: id, part: 0, sums: daySums });
	}
}
