import { PeriodSumsBuilder, type PeriodSums } from '../columns/period-sums';
import type { Segment } from '../columns/segment';
import type { Pace } from './pace';
import type { Share } from './plan';

/** Sums per combination over each bucket of a share; a period is a bucket's place in the plan. */
export async function sumBuckets(
	pace: Pace,
	segments: readonly Segment[],
	share: Share
): Promise<PeriodSums> {
	const builder = new PeriodSumsBuilder();
	const stretches = joinBuckets(share);
	for (const segment of segments) {
		await pace();
		for (const borders of stretches) {
			const { starts } = borders;
			if (segment.firstMs < starts[starts.length - 1]! && segment.lastMs >= starts[0]!)
				builder.addSegment(segment, borders);
		}
	}
	return builder.finish();
}

/** The stretches of time that a share covers: buckets that follow each other are borders of one. */
export function joinBuckets({ buckets, fromMs, toMs }: Share) {
	const stretches: { first: number; starts: Float64Array }[] = [];
	for (let start = 0; start < buckets.length;) {
		let end = start + 1;
		while (end < buckets.length && buckets[end] === buckets[end - 1]! + 1) end++;
		const starts = new Float64Array(end - start + 1);
		starts.set(fromMs.subarray(start, end));
		starts[end - start] = toMs[end - 1] as number;
		stretches.push({ first: buckets[start] as number, starts });
		start = end;
	}
	return stretches;
}
