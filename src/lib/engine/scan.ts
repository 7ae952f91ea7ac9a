import { addBits, emptyBitmap, type Bitmap } from '../columns/bitmap';
import { CODES_PER_ACCOUNT, kindOf, valueOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { FIRST_VIDEO_KIND, KIND_COUNT, type Dimension } from '../model/event';
import {
	COUNTS,
	COUNTS_OF_KIND,
	FIGURE_IDS,
	emptyFigureColumns,
	isEngagement,
	type FigureId
} from '../model/figures';
import type { Filter } from '../model/query';
import { PASSES, compileFilter, type FilterTable } from './combinations';
import type { Pace } from './pace';
import type { Share } from './plan';

/**
 * The scan: one pass over the rows of the range, bucket by bucket, which counts everything that the page shows. Within
 * a bucket all segments are read before the next one, so that a person's mark tells whether they were met in it.
 */

/** Slot 0 holds all rows that pass; the others one value of the split each, or the rest of the values. */
export const OVERALL_SLOT = 0;
/** The overall slot and seven more: a person's mark has no bits for more. */
export const MAX_SLOTS = 8;

/** Columns of a Pin's counts: the five events before video plays, and the plays. */
export const PIN_STRIDE = 8;
const PIN_PLAYS = FIRST_VIDEO_KIND;

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
	const people = new People(takeMarks(task.userCount + 1));
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
	spareMarks = people.marks;
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

/** Marks of a scan that is over: to clear them costs far less than to have the system hand out new memory. */
let spareMarks: Uint32Array | null = null;

function takeMarks(length: number): Uint32Array {
	const marks = spareMarks?.length === length ? spareMarks : new Uint32Array(length);
	spareMarks = null; // two scans may run by turns
	return marks.fill(0);
}

/** Sums of a bucket are kept per slot and kind, in cells numbered slot × this + kind + 1; cell 0 stays empty. */
const CELLS_PER_SLOT = 16;
const CELLS = MAX_SLOTS * CELLS_PER_SLOT + 1;

/**
 * What the scan looks up per combination of a segment, in one word: 0 where the filter stops it, else its cell in the
 * low 8 bits, then 8 for the column of its event in a Pin's counts, then 16 for what it adds to a person's mark.
 */
type Lookup = Uint32Array;
const CELL_MASK = 0xff;
const COLUMN_SHIFT = 8;
const COLUMN_MASK = 0xff;
const MARK_SHIFT = 16;

/** With fewer codes than this, what is looked up for one segment is kept for the next. */
const MAX_KEPT_CODES = 1 << 20;

/** Makes look-ups; most combinations occur in many segments, and are worked out once. */
class LookupWords {
	readonly #filter: FilterTable;
	readonly #task: ScanTask;
	/** By code: the word plus one, 0 where it is not known yet; null where there would be too many. */
	readonly #kept: Float64Array | null;

	constructor(filter: FilterTable, task: ScanTask) {
		this.#filter = filter;
		this.#task = task;
		const codes = task.accounts.length * CODES_PER_ACCOUNT;
		this.#kept = codes <= MAX_KEPT_CODES ? new Float64Array(codes) : null;
	}

	of(codes: Uint32Array): Lookup {
		const kept = this.#kept;
		const lookup = new Uint32Array(codes.length);
		for (let c = 0; c < codes.length; c++) {
			const code = codes[c] as number;
			if (!kept) lookup[c] = this.#wordOf(code);
			else {
				if (kept[code] === 0) kept[code] = this.#wordOf(code) + 1;
				lookup[c] = (kept[code] as number) - 1;
			}
		}
		return lookup;
	}

	#wordOf(code: number): number {
		const { split, slotOfValue } = this.#task;
		if (this.#filter.misses(code) !== PASSES) return 0;
		const kind = kindOf(code);
		const slot = split === null ? OVERALL_SLOT : (slotOfValue[valueOf(code, split)] as number);
		if (split !== null && slot === OVERALL_SLOT) return 0;
		const cell = slot * CELLS_PER_SLOT + kind + 1;
		const column = Math.min(kind, PIN_PLAYS);
		return ((markOf(slot, isEngagement(kind)) << MARK_SHIFT) | (column << COLUMN_SHIFT) | cell) >>> 0;
	}
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

function slotOfCell(cell: number): number {
	return Math.floor((cell - 1) / CELLS_PER_SLOT);
}

function kindOfCell(cell: number): number {
	return (cell - 1) % CELLS_PER_SLOT;
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
			const n = sums.n[slot * CELLS_PER_SLOT + kind + 1] as number;
			if (n !== 0) for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][bucket]! += n;
		}
		columns.watch_ms[bucket]! += sums.watchMs[slot] as number;
	}
}

/**
 * A person's mark, in one word: the bucket in which they were last met in the high 16 bits, and below what they did.
 * Bit 0: have they engaged in any bucket? Then two bits a slot: were they met in this bucket, and did they engage? The
 * overall slot has no bits of its own: every row that passes is in some slot.
 */
const BUCKET_SHIFT = 16;
const EVER_ENGAGED = 1;

/** What a row adds to a mark. */
function markOf(slot: number, isEngaged: boolean): number {
	const met = 2 << (2 * Math.max(slot - 1, 0));
	return isEngaged ? met | (met << 1) | EVER_ENGAGED : met;
}

/** The bits of a mark that say "engaged in this bucket". */
const ENGAGED_BITS = 0b0101_0101_0101_0100;

/** Who was met: in the current bucket per slot, and in the whole range. */
class People {
	/** Distinct people of the current bucket, and engaged ones, per slot. */
	readonly total = new Uint32Array(MAX_SLOTS);
	readonly engaged = new Uint32Array(MAX_SLOTS);
	readonly marks: Uint32Array;
	/** People met for the first time in the current bucket, by the cell of the row that they were met in. */
	readonly fresh = new Uint32Array(CELLS);
	/** What reading marks ahead came to; kept so that the reading is not left out. */
	touched = 0;
	/** Any number from 1 to 65,535 that was not used before. */
	bucket = 0;

	constructor(marks: Uint32Array) {
		this.marks = marks;
	}

	begin(bucket: number): void {
		this.bucket = bucket;
		this.total.fill(0);
		this.engaged.fill(0);
		this.fresh.fill(0);
	}

	/** Someone who was met in this bucket before does in it what they had not done. */
	meetAgain(user: number, added: number): void {
		const mark = this.marks[user] as number;
		const news = added & ~mark;
		this.marks[user] = mark | added;
		if ((added & ENGAGED_BITS) !== 0 && (mark & ENGAGED_BITS) === 0) this.engaged[OVERALL_SLOT]!++;
		for (let slot = OVERALL_SLOT + 1; slot < MAX_SLOTS; slot++) {
			const met = markOf(slot, false);
			if (news & met) this.total[slot]!++;
			if (news & (met << 1)) this.engaged[slot]!++;
		}
	}

	/** Ends the bucket: those met for the first time join those met again. */
	finish(): void {
		for (let cell = 1; cell < CELLS; cell++) {
			const people = this.fresh[cell] as number;
			if (people === 0) continue;
			const slot = slotOfCell(cell);
			for (const counts of isEngagement(kindOfCell(cell)) ? [this.total, this.engaged] : [this.total]) {
				counts[OVERALL_SLOT]! += people;
				if (slot !== OVERALL_SLOT) counts[slot]! += people;
			}
		}
	}

	/** Who was met in any bucket, and who engaged in any. */
	wholeRange(): { met: Bitmap; engaged: Bitmap } {
		const { marks } = this;
		const met = emptyBitmap(marks.length);
		const engaged = emptyBitmap(marks.length);
		for (let word = 0; word < met.length; word++) {
			let metBits = 0;
			let engagedBits = 0;
			const end = Math.min(32, marks.length - word * 32);
			for (let bit = 0; bit < end; bit++) {
				const mark = marks[word * 32 + bit] as number;
				metBits |= ((mark | -mark) >>> 31) << bit; // 1 unless the mark is 0, without a branch to guess
				engagedBits |= (mark & EVER_ENGAGED) << bit;
			}
			met[word] = metBits;
			engaged[word] = engagedBits;
		}
		return { met, engaged };
	}
}
