import { rowAt, type Segment } from '../columns/segment';
import type { SumsByCode } from './combinations';
import type { Pace } from './pace';

/** Σ n per combination over the instants [fromMs, toMs). */
export async function sumByCode(
	pace: Pace,
	segments: readonly Segment[],
	fromMs: number,
	toMs: number
): Promise<SumsByCode> {
	const sums = new Map<number, number>();
	const add = (code: number, n: number) => sums.set(code, (sums.get(code) ?? 0) + n);
	for (const segment of segments) {
		await pace();
		const { codes } = segment;
		if (fromMs <= segment.firstMs && toMs > segment.lastMs) {
			for (let c = 0; c < codes.length; c++) add(codes[c] as number, segment.sums[c] as number);
			continue;
		}
		const part = sumRows(segment, rowAt(segment, fromMs), rowAt(segment, toMs));
		for (let c = 0; c < codes.length; c++) if (part[c] !== 0) add(codes[c] as number, part[c] as number);
	}
	return sums;
}

/** Σ n per combination over rows [start, end): for a segment that the range cuts. */
function sumRows({ codes, combinations, counts }: Segment, start: number, end: number): Float64Array {
	const sums = new Float64Array(codes.length);
	for (let row = start; row < end; row++) {
		sums[combinations[row] as number]! += counts === null ? 1 : (counts[row] as number);
	}
	return sums;
}
