import { kindOf, valueOf } from '../columns/combination';
import { rowAt, videoFrom, type Segment } from '../columns/segment';
import { FIRST_VIDEO_KIND, type Dimension } from '../model/event';
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
	const people = new People(request.userCount, slots);
	const lookups = segments.map((segment) => lookupOf(segment, request));
	// Segments by the time they start, so that each bucket looks only at those that have begun and not ended.
	const waiting = segments.map((_, s) => s).sort((a, b) => segments[b]!.firstMs - segments[a]!.firstMs);
	let open: number[] = [];

	for (let bucket = 0; bucket < buckets; bucket++) {
		const fromMs = plan.bucketStarts[bucket] as number;
		const toMs = plan.bucketStarts[bucket + 1] as number;
		while (waiting.length > 0 && segments[waiting[waiting.length - 1]!]!.firstMs < toMs)
			open.push(waiting.pop()!);
		people.begin(bucket + 1);
		for (const s of open) {
			await pace();
			const segment = segments[s]!;
			const start = fromMs <= segment.firstMs ? 0 : rowAt(segment, fromMs);
			const end = toMs > segment.lastMs ? segment.rows : rowAt(segment, toMs);
			if (start === end) continue;
			countRows(segment, lookups[s]!, start, end, pins, people);
			addCounts(segment, lookups[s]!, start, end, series, bucket);
		}
		for (let slot = 0; slot < slots; slot++) {
			series[slot]!.total_audience[bucket] = people.total[slot] as number;
			series[slot]!.engaged_audience[bucket] = people.engaged[slot] as number;
		}
		open = open.filter((s) => segments[s]!.lastMs >= toMs);
	}
	return { series, pins, ...people.wholeRange() };
}

/** What the scan looks up per combination of a segment. */
interface Lookup {
	/** 0 where the filter stops it, else its slot plus one. */
	readonly slot: Uint8Array;
	/** Bits that a person gets: of the overall and the split's slot, in both halves for engagements. */
	readonly bits: Uint32Array;
	readonly kind: Uint8Array;
	/** Scratch: Σ n of a stretch of rows. */
	readonly sums: Float64Array;
	readonly watch: Float64Array;
}

function lookupOf(segment: Segment, { filter, split, slotOfValue }: ScanRequest): Lookup {
	const { codes } = segment;
	const length = codes.length;
	const slot = new Uint8Array(length);
	const bits = new Uint32Array(length);
	const kind = new Uint8Array(length);
	for (let c = 0; c < length; c++) {
		const code = codes[c] as number;
		kind[c] = kindOf(code);
		if (filter.misses(code) !== PASSES) continue;
		const own = split === null ? OVERALL_SLOT : (slotOfValue[valueOf(code, split)] as number);
		slot[c] = own + 1;
		const audience = (1 << OVERALL_SLOT) | (1 << own);
		bits[c] = (isEngagement(kind[c] as number) ? audience | (audience << MAX_SLOTS) : audience) >>> 0;
	}
	return { slot, bits, kind, sums: new Float64Array(length), watch: new Float64Array(length) };
}

/** Counts Pins and people, row by row. The hot loop. */
function countRows(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	pinCounts: Float64Array,
	people: People
): void {
	const { combinations, pins, users, counts } = segment;
	const { slot, bits, kind, sums } = lookup;
	for (let row = start; row < end; row++) {
		const c = combinations[row] as number;
		if (slot[c] === 0) continue;
		const n = counts === null ? 1 : (counts[row] as number);
		sums[c]! += n;
		const event = Math.min(kind[c] as number, PIN_PLAYS);
		pinCounts[(pins[row] as number) * PIN_STRIDE + event]! += n;
		const user = users[row] as number;
		if (user !== 0) people.meet(user, bits[c] as number);
	}
}

/** Adds what a stretch of rows summed up per combination to the series, and clears the sums. */
function addCounts(
	segment: Segment,
	lookup: Lookup,
	start: number,
	end: number,
	series: readonly Record<FigureId, Float64Array>[],
	bucket: number
): void {
	sumWatchTime(segment, lookup, start, end);
	for (let c = 0; c < lookup.sums.length; c++) {
		const n = lookup.sums[c] as number;
		if (n === 0) continue;
		const own = (lookup.slot[c] as number) - 1;
		const kind = lookup.kind[c] as number;
		for (const slot of own === OVERALL_SLOT ? [OVERALL_SLOT] : [OVERALL_SLOT, own]) {
			const columns = series[slot]!;
			for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][bucket]! += n;
			columns.watch_ms[bucket]! += lookup.watch[c] as number;
		}
		lookup.sums[c] = 0;
		lookup.watch[c] = 0;
	}
}

/** Σ n × watch time per combination, over the video plays among rows [start, end). */
function sumWatchTime(
	{ video, combinations, counts }: Segment,
	lookup: Lookup,
	start: number,
	end: number
): void {
	const { rows, watchMs } = video;
	for (let i = videoFrom(video, start); i < rows.length && (rows[i] as number) < end; i++) {
		const row = rows[i] as number;
		const c = combinations[row] as number;
		if (lookup.slot[c] !== 0)
			lookup.watch[c]! += (counts === null ? 1 : (counts[row] as number)) * (watchMs[i] as number);
	}
}

/** Who was met: in the current bucket per slot, and in the whole range. */
class People {
	/** Distinct people of the current bucket, per slot. */
	readonly total: Float64Array;
	readonly engaged: Float64Array;
	/** Per person two words: the bucket in which they were last met, and the bits that they got there. */
	readonly #marks: Uint32Array;
	/** Per person the bits of slot 0 that they got in any bucket. */
	readonly #ever: Uint8Array;
	#bucket = 0;

	constructor(userCount: number, slots: number) {
		this.#marks = new Uint32Array((userCount + 1) * 2);
		this.#ever = new Uint8Array(userCount + 1);
		this.total = new Float64Array(slots);
		this.engaged = new Float64Array(slots);
	}

	/** Starts a bucket; `bucket` is any number but 0 that was not used before. */
	begin(bucket: number): void {
		this.#bucket = bucket;
		this.total.fill(0);
		this.engaged.fill(0);
	}

	meet(user: number, bits: number): void {
		const marks = this.#marks;
		const at = user * 2;
		let known = 0;
		if (marks[at] === this.#bucket) known = marks[at + 1] as number;
		else marks[at] = this.#bucket;
		const news = bits & ~known;
		if (news === 0) return;
		marks[at + 1] = known | bits;
		this.#count(user, news);
	}

	#count(user: number, news: number): void {
		for (let slot = 0; slot < this.total.length; slot++) {
			if (news & (1 << slot)) this.total[slot]!++;
			if ((news >>> MAX_SLOTS) & (1 << slot)) this.engaged[slot]!++;
		}
		this.#ever[user]! |= (news & 1) | ((news >>> (MAX_SLOTS - 1)) & 2);
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
