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
	for (const segment of segments) {
		await pace();
		const { codes, combinations, counts } = segment;
		const start = fromMs <= segment.firstMs ? 0 : rowAt(segment, fromMs);
		const end = toMs > segment.lastMs ? segment.rows : rowAt(segment, toMs);
		const local = new Float64Array(codes.length);
		const seen = new Uint8Array(codes.length);
		for (let row = start; row < end; row++) {
			const combination = combinations[row] as number;
			local[combination]! += counts === null ? 1 : (counts[row] as number);
			seen[combination] = 1;
		}
		for (let c = 0; c < codes.length; c++) {
			if (seen[c] === 1)
				sums.set(codes[c] as number, (sums.get(codes[c] as number) ?? 0) + (local[c] as number));
		}
	}
	return sums;
}
