import { addBits, type Bitmap } from '../columns/bitmap';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { KIND_COUNT, type Dimension } from '../model/event';
import { COUNTS, COUNTS_OF_KIND, FIGURE_IDS, emptyFigureColumns, type FigureId } from '../model/figures';
import type { Filter } from '../model/query';
import { CELLS, OVERALL_SLOT, cellOf, slotOfCell } from './cells';
import { compileFilter } from './combinations';
import {
	CELL_MASK,
	COLUMN_MASK,
	COLUMN_SHIFT,
	LookupWords,
	MARK_SHIFT,
	PIN_STRIDE,
	type Lookup
} from './lookup';
import type { Pace } from './pace';
import { BUCKET_SHIFT, EVER_ENGAGED, People } from './people';
import type { Share } from './plan';

/**
 * The scan: one pass over the rows of the range, bucket by bucket, which counts everything that the page shows. Within
 * a bucket all segments are read before the next one, so that a person's mark tells whether they were met in it.
 */

/** What is to be counted. */
export interface ScanTask {
	readonly filter: Filter;
	/** Names of the accounts, by their numbers. */
	readonly accounts: readonly string[];
	readonly split: Dimension | null;
	/** Slot of each value of the split, by its index; 0 leaves its rows out. */
	readonly slotOfValue: Uint8Array;
	readonly slots: number;
	readonly pinCount: number;
	/** People with a number; a person's number plus one is at most this. */
	readonly userCount: number;
}

export interface ScanResult {
	/** Per slot the figures of each bucket of the share. */
	readonly series: readonly Record<FigureId, Float64Array>[];
	/** Who was met in slot 0 in any bucket, and who engaged. */
	readonly met: Bitmap;
	readonly engaged: Bitmap;
	/** Counts of Pin p at pins[p * PIN_STRIDE + event], events in the order of EVENTS. */
	readonly pins: Float64Array;
}

/** @param segments the share's segments, read */
export async function scan(
	pace: Pace,
	segments: readonly Segment[],
	share: Share,
	task: ScanTask
): Promise<ScanResult> {
	const { slots } = task;
	const buckets = share.buckets.length;
	const series = Array.from({ length: slots }, () => emptyFigureColumns(buckets));
	const pins = new Float64Array(task.pinCount * PIN_STRIDE);
	const people = new People(task.userCount);
	const sums = { n: new Float64Array(CELLS), watchMs: new Float64Array(slots) };
	const filter = compileFilter(task.filter, task.accounts);
	const words = new LookupWords(filter, task);
	const lookups = segments.map(({ codes }) => words.of(codes));
	// Segments by the time they start, so that each bucket looks only at those that have begun and not ended.
	const waiting = segments.map((_, s) => s).sort((a, b) => segments[b]!.firstMs - segments[a]!.firstMs);
	let open: number[] = [];

	for (let bucket = 0; bucket < buckets; bucket++) {
		const fromMs = share.fromMs[bucket] as number;
		const toMs = share.toMs[bucket] as number;
		while (waiting.length > 0 && segments[waiting[waiting.length - 1]!]!.firstMs < toMs)
			open.push(waiting.pop()!);
		if (open.length === 0) continue;
		people.begin(bucket + 1);
		sums.n.fill(0);
		sums.watchMs.fill(0);
		for (const s of open) {
			const turn = pace();
			if (turn) await turn; // seldom: an await alone costs as much as some rows
			const segment = segments[s]!;
			const start = fromMs <= segment.firstMs ? 0 : rowAt(segment, fromMs);
			const end = toMs > segment.lastMs ? segment.rows : rowAt(segment, toMs);
			if (start === end) continue;
			countRows(segment, lookups[s]!, start, end, sums.n, pins, people);
			addWatchTime(segment, lookups[s]!, start, end, sums.watchMs);
		}
		people.finish();
		for (let slot = 0; slot < slots; slot++) {
			addSlot(series, slot, bucket, sums);
			series[slot]!.total_audience[bucket] = people.total[slot] as number;
			series[slot]!.engaged_audience[bucket] = people.engaged[slot] as number;
		}
		open = open.filter((s) => segments[s]!.lastMs >= toMs);
	}
	const { met, engaged } = people.wholeRange();
	people.release();
	return { series, pins, met, engaged };
}

/**
 * The results of all shares as one of the whole plan.
 * @param buckets how many the plan has
 */
export function mergeScans(
	buckets: number,
	results: readonly { readonly share: Share; readonly result: ScanResult }[]
): ScanResult {
	const [first, ...others] = results.map(({ result }) => result) as [ScanResult, ...ScanResult[]];
	const series = first.series.map(() => emptyFigureColumns(buckets));
	for (const { share, result } of results) {
		result.series.forEach((columns, slot) => {
			for (const id of FIGURE_IDS) {
				share.buckets.forEach((bucket, i) => (series[slot]![id][bucket] = columns[id][i] as number));
			}
		});
	}
	for (const other of others) {
		for (let i = 0; i < first.pins.length; i++) first.pins[i]! += other.pins[i] as number;
		addBits(first.met, other.met);
		addBits(first.engaged, other.engaged);
	}
	return { ...first, series };
}

/** So many rows' marks are read before the rows are counted: their waits for memory overlap then. */
const ROWS_AHEAD = 256;

/** Counts events, Pins and people, row by row. The hot loop. */
function countRows(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	sums: Float64Array,
	pinCounts: Float64Array,
	people: People
): void {
	const { combinations, pins, users, counts } = segment;
	const { marks, fresh, bucket } = people;
	const bucketMark = bucket << BUCKET_SHIFT;
	for (let first = start; first < end; first += ROWS_AHEAD) {
		const stop = Math.min(first + ROWS_AHEAD, end);
		let touched = 0;
		for (let row = first; row < stop; row++) touched ^= marks[users[row] as number] as number;
		people.touched = touched;
		for (let row = first; row < stop; row++) {
			const found = lookup[combinations[row] as number] as number;
			if (found === 0) continue;
			const n = counts === null ? 1 : (counts[row] as number);
			sums[found & CELL_MASK]! += n;
			pinCounts[(pins[row] as number) * PIN_STRIDE + ((found >>> COLUMN_SHIFT) & COLUMN_MASK)]! += n;
			const user = users[row] as number;
			if (user === 0) continue;
			const mark = marks[user] as number;
			const added = found >>> MARK_SHIFT;
			if (mark >>> BUCKET_SHIFT !== bucket) {
				// nearly always: few people are met twice a day
				marks[user] = bucketMark | (mark & EVER_ENGAGED) | added;
				fresh[found & CELL_MASK]!++;
			} else if ((added & ~mark) !== 0) people.meetAgain(user, added);
		}
	}
}

/** Adds Σ n × watch time per slot, over the video plays among rows [start, end). */
function addWatchTime(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	sums: Float64Array
): void {
	const { video, combinations, counts } = segment;
	const { rows, watchMs } = video;
	for (let i = videoFrom(video, start); i < rows.length && (rows[i] as number) < end; i++) {
		const row = rows[i] as number;
		const cell = (lookup[combinations[row] as number] as number) & CELL_MASK;
		if (cell === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		sums[slotOfCell(cell)]! += n * (watchMs[i] as number);
	}
}

/** Adds what a bucket summed up in a slot to the slot's series, and to the overall one. */
function addSlot(
	series: readonly Record<FigureId, Float64Array>[],
	slot: number,
	bucket: number,
	sums: { readonly n: Float64Array; readonly watchMs: Float64Array }
): void {
	for (const target of slot === OVERALL_SLOT ? [OVERALL_SLOT] : [OVERALL_SLOT, slot]) {
		const columns = series[target]!;
		for (let kind = 0; kind < KIND_COUNT; kind++) {
			const n = sums.n[cellOf(slot, kind)] as number;
			if (n !== 0) for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][bucket]! += n;
		}
		columns.watch_ms[bucket]! += sums.watchMs[slot] as number;
	}
}
