import { kindOf, valueOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { FIRST_VIDEO_KIND, KIND_COUNT, type Dimension } from '../model/event';
import { COUNTS, COUNTS_OF_KIND, emptyFigureColumns, isEngagement, type FigureId } from '../model/figures';
import { PASSES, type FilterTable } from './combinations';
import type { Pace } from './pace';
import type { Plan } from './plan';

/**
 * The scan: one pass over the rows of the range, bucket by bucket, which counts everything that the page shows. Within
 * a bucket all segments are read before the next one, so that a person's mark tells whether they were met in it.
 */

/** Slot 0 holds all rows that pass; the others one value of the split each, or the rest of the values. */
export const OVERALL_SLOT = 0;
/** A person's mark has 16 bits for audiences and 16 for engaged ones. */
export const MAX_SLOTS = 16;

/** Columns of a Pin's counts: the five events before video plays, and the plays. */
export const PIN_STRIDE = 8;
const PIN_PLAYS = FIRST_VIDEO_KIND;

export interface ScanRequest {
	readonly plan: Plan;
	/** The plan's segments, read. */
	readonly segments: readonly Segment[];
	readonly filter: FilterTable;
	readonly split: Dimension | null;
	/** Slot of each value of the split, by its index; 0 leaves its rows to the overall figures alone. */
	readonly slotOfValue: Uint8Array;
	readonly slots: number;
	readonly pinCount: number;
	/** People with a number; a person's number plus one is at most this. */
	readonly userCount: number;
}

export interface ScanResult {
	/** Per slot the figures of each bucket. */
	readonly series: readonly Readonly<Record<FigureId, Float64Array>>[];
	/** Distinct people over the whole range, in slot 0. */
	readonly totalAudience: number;
	readonly engagedAudience: number;
	/** Counts of Pin p at pins[p * PIN_STRIDE + event], events in the order of EVENTS. */
	readonly pins: Float64Array;
}

export async function scan(pace: Pace, request: ScanRequest): Promise<ScanResult> {
	const { plan, segments, slots } = request;
	const buckets = plan.buckets.length;
	const series = Array.from({ length: slots }, () => emptyFigureColumns(buckets));
	const pins = new Float64Array(request.pinCount * PIN_STRIDE);
	const people = new People(request.userCount);
	const sums = { n: new Float64Array(slots * CELLS_PER_SLOT), watchMs: new Float64Array(slots) };
	const lookups = segments.map((segment) => lookupOf(segment, request));
	// Segments by the time they start, so that each bucket looks only at those that have begun and not ended.
	const waiting = segments.map((_, s) => s).sort((a, b) => segments[b]!.firstMs - segments[a]!.firstMs);
	let open: number[] = [];

	for (let bucket = 0; bucket < buckets; bucket++) {
		const fromMs = plan.bucketStarts[bucket] as number;
		const toMs = plan.bucketStarts[bucket + 1] as number;
		while (waiting.length > 0 && segments[waiting[waiting.length - 1]!]!.firstMs < toMs)
			open.push(waiting.pop()!);
		if (open.length === 0) continue;
		people.begin(bucket + 1);
		sums.n.fill(0);
		sums.watchMs.fill(0);
		for (const s of open) {
			await pace();
			const segment = segments[s]!;
			const start = fromMs <= segment.firstMs ? 0 : rowAt(segment, fromMs);
			const end = toMs > segment.lastMs ? segment.rows : rowAt(segment, toMs);
			if (start === end) continue;
			countRows(segment, lookups[s]!, start, end, sums.n, pins, people);
			addWatchTime(segment, lookups[s]!, start, end, sums.watchMs);
		}
		for (let slot = 0; slot < slots; slot++) {
			addSlot(series, slot, bucket, sums);
			series[slot]!.total_audience[bucket] = people.met[slot] as number;
			series[slot]!.engaged_audience[bucket] = people.met[MAX_SLOTS + slot] as number;
		}
		open = open.filter((s) => segments[s]!.lastMs >= toMs);
	}
	return { series, pins, ...people.wholeRange() };
}

/** Sums of a bucket are kept per slot and kind, in cells numbered slot × this + kind. */
const CELLS_PER_SLOT = 16;

/** What the scan looks up per combination of a segment. */
interface Lookup {
	/** 0 where the filter stops it, else its cell plus one, and above CELL_BITS the column of its event in a Pin's counts. */
	readonly cell: Uint16Array;
	/** Bits that a person gets: of the overall and the split's slot, in both halves for engagements. */
	readonly bits: Uint32Array;
}

const CELL_BITS = 9;
const CELL_MASK = (1 << CELL_BITS) - 1;

function lookupOf(segment: Segment, { filter, split, slotOfValue }: ScanRequest): Lookup {
	const { codes } = segment;
	const cell = new Uint16Array(codes.length);
	const bits = new Uint32Array(codes.length);
	for (let c = 0; c < codes.length; c++) {
		const code = codes[c] as number;
		if (filter.misses(code) !== PASSES) continue;
		const kind = kindOf(code);
		const slot = split === null ? OVERALL_SLOT : (slotOfValue[valueOf(code, split)] as number);
		cell[c] = (slot * CELLS_PER_SLOT + kind + 1) | (Math.min(kind, PIN_PLAYS) << CELL_BITS);
		const audience = (1 << OVERALL_SLOT) | (1 << slot);
		bits[c] = (isEngagement(kind) ? audience | (audience << MAX_SLOTS) : audience) >>> 0;
	}
	return { cell, bits };
}

/** Counts events, Pins and people, row by row. The hot loop. */
function countRows(
	segment: Segment,
	{ cell, bits }: Lookup,
	start: number,
	end: number,
	sums: Float64Array,
	pinCounts: Float64Array,
	people: People
): void {
	const { combinations, pins, users, counts } = segment;
	for (let row = start; row < end; row++) {
		const c = combinations[row] as number;
		const own = cell[c] as number;
		if (own === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		sums[(own & CELL_MASK) - 1]! += n;
		pinCounts[(pins[row] as number) * PIN_STRIDE + (own >>> CELL_BITS)]! += n;
		const user = users[row] as number;
		if (user !== 0) people.meet(user, bits[c] as number);
	}
}

/** Adds Σ n × watch time per slot, over the video plays among rows [start, end). */
function addWatchTime(
	segment: Segment,
	{ cell }: Lookup,
	start: number,
	end: number,
	sums: Float64Array
): void {
	const { video, combinations, counts } = segment;
	const { rows, watchMs } = video;
	for (let i = videoFrom(video, start); i < rows.length && (rows[i] as number) < end; i++) {
		const row = rows[i] as number;
		const own = (cell[combinations[row] as number] as number) & CELL_MASK;
		if (own === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		sums[Math.floor((own - 1) / CELLS_PER_SLOT)]! += n * (watchMs[i] as number);
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
			const n = sums.n[slot * CELLS_PER_SLOT + kind] as number;
			if (n !== 0) for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][bucket]! += n;
		}
		columns.watch_ms[bucket]! += sums.watchMs[slot] as number;
	}
}

/** Who was met: in the current bucket per slot, and in the whole range. */
class People {
	/** Distinct people of the current bucket: of slot s at [s], the engaged ones at [MAX_SLOTS + s]. */
	readonly met = new Uint32Array(2 * MAX_SLOTS);
	/** Per person two words: the bucket in which they were last met, and the bits that they got there. */
	readonly #marks: Uint32Array;
	/** Per person the bits that they got in any bucket, of slot 0 only: 1, and 2 where they engaged. */
	readonly #ever: Uint8Array;
	#bucket = 0;

	constructor(userCount: number) {
		this.#marks = new Uint32Array((userCount + 1) * 2);
		this.#ever = new Uint8Array(userCount + 1);
	}

	/** Starts a bucket; `bucket` is any number but 0 that was not used before. */
	begin(bucket: number): void {
		this.#bucket = bucket;
		this.met.fill(0);
	}

	meet(user: number, bits: number): void {
		const marks = this.#marks;
		const at = user * 2;
		const known = marks[at] === this.#bucket ? (marks[at + 1] as number) : 0;
		let news = bits & ~known;
		if (news === 0) return;
		marks[at] = this.#bucket;
		marks[at + 1] = known | bits;
		this.#ever[user]! |= (news & 1) | ((news >>> (MAX_SLOTS - 1)) & 2);
		for (; news !== 0; news &= news - 1) this.met[31 - Math.clz32(news & -news)]!++;
	}

	wholeRange(): { totalAudience: number; engagedAudience: number } {
		let totalAudience = 0;
		let engagedAudience = 0;
		for (const bits of this.#ever) {
			totalAudience += bits & 1;
			engagedAudience += bits >> 1;
		}
		return { totalAudience, engagedAudience };
	}
}
