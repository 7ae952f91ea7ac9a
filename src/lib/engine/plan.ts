import type { SegmentHead } from '../columns/segment';
import { axisOf, type Axis } from '../model/axis';
import type { Bucket } from '../model/answer';
import type { Filter, Grain } from '../model/query';

/** What a query needs, worked out before anything is read. */
export interface Plan extends Axis {
	readonly grain: Grain;
	/** The segments that hold an instant of the range, in the order in which they were imported. */
	readonly segments: readonly SegmentRef[];
}

/** The Pins that count, by number: 1 where a Pin does; null where all do. */
export type PinMask = Uint8Array | null;

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
	const turnOf = grain === 'month' ? monthOf : halfMonthOf;
	const own = Array.from({ length: count }, (): number[] => []);
	buckets.forEach((bucket, b) => own[turnOf(bucket) % count]!.push(b));
	return own.map((own) => {
		const fromMs = Float64Array.from(own, (b) => bucketStarts[b] as number);
		const toMs = Float64Array.from(own, (b) => bucketStarts[b + 1] as number);
		const isOwn = ({ head }: SegmentRef) => {
			const next = firstAbove(toMs, head.firstMs); // the first bucket that ends after it starts
			return next < toMs.length && (fromMs[next] as number) <= head.lastMs;
		};
		return { buckets: own, fromMs, toMs, segments: segments.filter(isOwn) };
	});
}

/**
 * Shares a plan by day out among `count` scanners, so that each has days that follow each other, and about as many rows
 * as the others.
 */
export function cutDays({ buckets, bucketStarts, segments }: Plan, count: number): Share[] {
	const byTime = [...segments].sort((a, b) => a.head.firstMs - b.head.firstMs);
	const rows = byTime.reduce((sum, { head }) => sum + head.rows, 0);
	const borders = [0];
	let seen = 0;
	for (const { head } of byTime) {
		if (borders.length < count && seen >= (rows * borders.length) / count) {
			const day = firstAbove(bucketStarts, head.firstMs) - 1;
			borders.push(Math.max(day, borders[borders.length - 1]!));
		}
		seen += head.rows;
	}
	while (borders.length <= count) borders.push(buckets.length);
	return Array.from({ length: count }, (_, i) => {
		const [from, to] = [borders[i] as number, borders[i + 1] as number];
		return {
			buckets: Array.from({ length: to - from }, (_, day) => from + day),
			fromMs: bucketStarts.slice(from, to),
			toMs: bucketStarts.slice(from + 1, to + 1),
			segments: segments.filter(
				({ head }) => from < to && holdsInstant(head, bucketStarts[from]!, bucketStarts[to]!)
			)
		};
	});
}

/** Whether a segment reaches into [fromMs, toMs). */
function holdsInstant({ firstMs, lastMs }: SegmentHead, fromMs: number, toMs: number): boolean {
	return firstMs < toMs && lastMs >= fromMs;
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
	const axis = axisOf(filter, grain);
	const { bucketStarts } = axis;
	const fromMs = bucketStarts[0] as number;
	const toMs = bucketStarts[bucketStarts.length - 1] as number;
	const segments = batches.flatMap(({ id, segments }) =>
		segments.flatMap((head) =>
			holdsInstant(head, fromMs, toMs) ? [{ batchId: id, seq: head.seq, head }] : []
		)
	);
	return { grain, ...axis, segments };
}
