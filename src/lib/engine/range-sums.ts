import { rowAt, type Segment } from '../columns/segment';
import type { SumsByCode } from './combinations';
import type { Pace } from './pace';
import type { Share } from './plan';

/** Σ n per combination over the buckets of a share, whatever the filter. */
export async function sumByCode(pace: Pace, segments: readonly Segment[], share: Share): Promise<SumsByCode> {
	const sums = new Map<number, number>();
	const add = (code: number, n: number) => sums.set(code, (sums.get(code) ?? 0) + n);
	const stretches = joinBuckets(share);
	for (const segment of segments) {
		await pace();
		const { codes } = segment;
		for (const { fromMs, toMs } of stretches) {
			if (segment.firstMs >= toMs || segment.lastMs < fromMs) continue;
			if (fromMs <= segment.firstMs && toMs > segment.lastMs) {
				for (let c = 0; c < codes.length; c++) add(codes[c] as number, segment.sums[c] as number);
				continue;
			}
			const part = sumRows(segment, rowAt(segment, fromMs), rowAt(segment, toMs));
			for (let c = 0; c < codes.length; c++) if (part[c] !== 0) add(codes[c] as number, part[c] as number);
		}
	}
	return sums;
}

/** Adds sums up. */
export function mergeSums(all: readonly SumsByCode[]): SumsByCode {
	const [first, ...others] = all;
	const merged = new Map(first);
	for (const sums of others) for (const [code, n] of sums) merged.set(code, (merged.get(code) ?? 0) + n);
	return merged;
}

/** The stretches of time that a share covers: buckets that follow each other are one. */
function joinBuckets({ fromMs, toMs }: Share): { fromMs: number; toMs: number }[] {
	const stretches: { fromMs: number; toMs: number }[] = [];
	for (let b = 0; b < fromMs.length; b++) {
		const last = stretches.at(-1);
		if (last && last.toMs === fromMs[b]) last.toMs = toMs[b] as number;
		else stretches.push({ fromMs: fromMs[b] as number, toMs: toMs[b] as number });
	}
	return stretches;
}

/** Σ n per combination over rows [start, end): for a segment that the range cuts. */
function sumRows({ codes, combinations, counts }: Segment, start: number, end: number): Float64Array {
	const sums = new Float64Array(codes.length);
	for (let row = start; row < end; row++) {
		sums[combinations[row] as number]! += counts === null ? 1 : (counts[row] as number);
	}
	return sums;
}
