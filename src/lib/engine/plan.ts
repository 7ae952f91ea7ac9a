import type { SegmentHead } from '../columns/segment';
import {
	END_MS,
	FIRST_MS,
	MS_PER_DAY,
	dayFromNumber,
	dayNumber,
	daysFromCivil,
	dayStarts
} from '../model/calendar';
import type { Bucket, Filter, Grain } from '../model/query';

/** What a query needs, worked out before anything is read. */
export interface Plan {
	readonly grain: Grain;
	readonly buckets: readonly Bucket[];
	/** Bucket b covers the instants [bucketStarts[b], bucketStarts[b + 1]). */
	readonly bucketStarts: Float64Array;
	/** Numbers of the days of bucket b: [bucketDays[b], bucketDays[b + 1]). */
	readonly bucketDays: Int32Array;
	/** The segments that hold an instant of the range, in the order in which they were imported. */
	readonly segments: readonly SegmentRef[];
}

/** A segment that is not read yet. */
export interface SegmentRef {
	readonly batchId: number;
	readonly seq: number;
	readonly head: SegmentHead;
}

/** The segments of a batch. */
export interface BatchSegments {
	readonly id: number;
	readonly segments: readonly (SegmentHead & { readonly seq: number })[];
}

// No event lies further out, in any zone; a range that does is cut, so that an address cannot ask for a million days.
const FIRST_DAY = FIRST_MS / MS_PER_DAY - 1;
const LAST_DAY = END_MS / MS_PER_DAY;

/** The part of a plan that one scanner works on: some of the buckets, whole. */
export interface Share {
	/** Places of its buckets in the plan; they rise. */
	readonly buckets: readonly number[];
	/** Bucket i of the share covers the instants [fromMs[i], toMs[i]). */
	readonly fromMs: Float64Array;
	readonly toMs: Float64Array;
	/** The segments that hold an instant of them. */
	readonly segments: readonly SegmentRef[];
}

/**
 * Shares a plan out among `count` scanners. A bucket goes to the same scanner in every plan of its grain, by the half of
 * the month that it starts in (a month, by the month), so that each keeps its own segments in memory; a bucket's people
 * are all counted in one place.
 */
export function cutShares({ grain, buckets, bucketStarts, segments }: Plan, count: number): Share[] {
	const turnOf = (bucket: Bucket) => (grain === 'month' ? monthOf(bucket) : halfMonthOf(bucket));
	return Array.from({ length: count }, (_, scanner) => {
		const own = [...buckets.keys()].filter((b) => turnOf(buckets[b]!) % count === scanner);
		const fromMs = Float64Array.from(own, (b) => bucketStarts[b] as number);
		const toMs = Float64Array.from(own, (b) => bucketStarts[b + 1] as number);
		const isOwn = ({ head }: SegmentRef) => {
			const next = firstAbove(toMs, head.firstMs); // the first bucket that ends after it starts
			return next < toMs.length && (fromMs[next] as number) <= head.lastMs;
		};
		return { buckets: own, fromMs, toMs, segments: segments.filter(isOwn) };
	});
}

/** The place of the first value above `limit`; values rise. */
function firstAbove(values: Float64Array, limit: number): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((values[middle] as number) > limit) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** Months since the year 0. */
function monthOf({ day }: Bucket): number {
	return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
}

function halfMonthOf(bucket: Bucket): number {
	return 2 * monthOf(bucket) + (Number(bucket.day.slice(8, 10)) > 15 ? 1 : 0);
}

/** @param batches the live batches, in the order of their import */
export function planQuery(filter: Filter, grain: Grain, batches: readonly BatchSegments[]): Plan {
	const first = clamp(dayNumber(filter.from) ?? FIRST_DAY);
	const last = Math.max(clamp(dayNumber(filter.to) ?? LAST_DAY), first);
	const starts = dayStarts(first, last, filter.tz);

	const buckets: Bucket[] = [];
	const bucketStarts: number[] = [];
	const bucketDays: number[] = [];
	for (let day = first; day <= last;) {
		const [from, next] = bucketOf(day, grain);
		buckets.push({ day: dayFromNumber(from), partial: from < first || next > last + 1 });
		bucketStarts.push(starts[day - first] as number);
		bucketDays.push(day);
		day = next;
	}
	bucketStarts.push(starts[last + 1 - first] as number);
	bucketDays.push(last + 1);

	const fromMs = bucketStarts[0] as number;
	const toMs = bucketStarts[bucketStarts.length - 1] as number;
	const segments = batches.flatMap(({ id, segments }) =>
		segments.flatMap((head) =>
			head.firstMs < toMs && head.lastMs >= fromMs ? [{ batchId: id, seq: head.seq, head }] : []
		)
	);
	return {
		grain,
		buckets,
		bucketStarts: Float64Array.from(bucketStarts),
		bucketDays: Int32Array.from(bucketDays),
		segments
	};
}

function clamp(day: number): number {
	return Math.min(Math.max(day, FIRST_DAY), LAST_DAY);
}

/** First day of the bucket that a day is in, and of the next one. */
function bucketOf(day: number, grain: Grain): [number, number] {
	if (grain === 'day') return [day, day + 1];
	if (grain === 'week') {
		const monday = day - ((day + 3) % 7); // day 0 was a Thursday
		return [monday, monday + 7];
	}
	const date = new Date(day * MS_PER_DAY);
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth() + 1;
	const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
	return [daysFromCivil(year, month, 1), next];
}
