import { RowPool, type RowRange } from '../columns/equal-rows';
import { rowAt, type Segment } from '../columns/segment';
import { MS_PER_DAY } from '../model/calendar';
import type { SameDaysChoice } from '../model/same-days';
import { readSegments } from './batches';
import type { BatchId, StoredHead, WorkspaceDatabase } from './database';

/**
 * Which rows of batches do not count, worked out day by day (UTC) from what was chosen for each batch: never from what
 * was hidden before, so that choices and undos in any order lead to the same.
 */

/** Why a row does not count: it equals one of an earlier batch, or a later batch replaced its day. Stored. */
export const LEFT_OUT = 1;
export const REPLACED = 2;

/** Called between steps: lets others have a turn, and throws where the work is no longer wanted. */
export type Pause = () => Promise<void> | void;

/** A batch with all its rows. */
export interface WholeBatch {
	readonly id: BatchId;
	readonly heads: readonly StoredHead[];
	readonly choice: SameDaysChoice;
}

/** Numbers of days (UTC), both included. */
export interface Days {
	readonly first: number;
	readonly last: number;
}

/** Rows of a batch on one day. */
export interface DayTally {
	readonly rows: number;
	readonly hidden: number;
}

/** Marks per batch, and in it per place of a segment. */
export type Marks = Map<BatchId, Map<number, Uint8Array>>;

interface Waiting {
	readonly batch: WholeBatch;
	readonly head: StoredHead;
}

interface Opened extends Waiting {
	readonly segment: Segment;
	readonly marks: Uint8Array;
	/** As they are stored. */
	readonly old: Uint8Array | undefined;
}

/** The rows of a segment on the current day. */
type DayRows = RowRange & Pick<Opened, 'marks'>;

/**
 * Marks the rows on some days. Holds in memory what touches the current day.
 * @param batches in the order of their import
 * @param onDay gets what came of each batch on each day
 * @returns marks of the segments whose marks are others than those stored; segments that cannot be read have none
 */
export async function markDays(
	db: WorkspaceDatabase,
	pause: Pause,
	batches: readonly WholeBatch[],
	{ first, last }: Days,
	onDay?: (day: number, tallies: ReadonlyMap<BatchId, DayTally>) => void
): Promise<Marks> {
	const changed: Marks = new Map();
	const waiting = batches
		.flatMap((batch) => batch.heads.map((head): Waiting => ({ batch, head })))
		.filter(({ head }) => dayOf(head.lastMs) >= first && dayOf(head.firstMs) <= last)
		.sort((a, b) => b.head.firstMs - a.head.firstMs); // the next one is at the end
	let opened: Opened[] = [];
	for (let day = first; day <= last; day++) {
		if (opened.length === 0) {
			const next = waiting.at(-1);
			if (!next) break;
			day = Math.max(day, dayOf(next.head.firstMs));
		}
		while (waiting.length > 0 && dayOf(waiting.at(-1)!.head.firstMs) <= day) {
			await pause();
			opened.push(...(await open(db, waiting.pop()!)));
		}
		await pause();
		const tallies = markDay(rowsOfDay(batches, opened, day));
		onDay?.(day, tallies);
		const isOver = ({ head }: Opened) => day === last || dayOf(head.lastMs) <= day;
		for (const segment of opened.filter(isOver)) noteChange(changed, segment);
		opened = opened.filter((segment) => !isOver(segment));
	}
	return changed;
}

/** The day (UTC) of an instant. */
export function dayOf(ms: number): number {
	return Math.floor(ms / MS_PER_DAY);
}

async function open(db: WorkspaceDatabase, waiting: Waiting): Promise<Opened[]> {
	const { batch, head } = waiting;
	const [segment] = await readSegments(db, [[batch.id, head.seq]]);
	if (!segment) return [];
	const old = (await db.hiddenRows.get([batch.id, head.seq]))?.marks;
	return [{ ...waiting, segment, old, marks: old?.slice() ?? new Uint8Array(segment.rows) }];
}

function rowsOfDay(batches: readonly WholeBatch[], opened: readonly Opened[], day: number) {
	return batches.flatMap((batch) => {
		const rows = opened
			.filter((own) => own.batch === batch)
			.map(({ segment, marks }): DayRows => ({
				segment,
				marks,
				from: rowAt(segment, day * MS_PER_DAY),
				to: rowAt(segment, (day + 1) * MS_PER_DAY)
			}))
			.filter(({ from, to }) => from < to);
		return rows.length > 0 ? [{ ...batch, rows }] : [];
	});
}

function markDay(batches: ReturnType<typeof rowsOfDay>): Map<BatchId, DayTally> {
	const replacer = batches.findLastIndex(({ choice }) => choice === 'replace');
	const lastLeaver = batches.findLastIndex(({ choice }) => choice === 'leave_out');
	const counted = batches.slice(Math.max(0, replacer), Math.max(0, lastLeaver));
	const pool = new RowPool(counted.reduce((sum, { rows }) => sum + rowCount(rows), 0));
	const tallies = new Map<BatchId, DayTally>();
	batches.forEach(({ id, choice, rows }, index) => {
		const isReplaced = index < replacer;
		let hidden = isReplaced ? rowCount(rows) : 0;
		for (const { marks, from, to } of rows) marks.fill(isReplaced ? REPLACED : 0, from, to);
		if (!isReplaced && choice === 'leave_out')
			for (const range of rows) hidden += pool.markEqual(range, index + 1, range.marks, LEFT_OUT);
		if (!isReplaced && index < lastLeaver) for (const range of rows) pool.add(range, range.marks);
		tallies.set(id, { rows: rowCount(rows), hidden });
	});
	return tallies;
}

function rowCount(ranges: readonly RowRange[]): number {
	return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

function noteChange(changed: Marks, { batch, head, marks, old }: Opened): void {
	if (old ? marks.every((mark, row) => mark === old[row]) : marks.every((mark) => mark === 0)) return;
	const ofBatch = changed.get(batch.id) ?? new Map<number, Uint8Array>();
	changed.set(batch.id, ofBatch.set(head.seq, marks));
}
