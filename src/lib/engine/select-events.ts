import { rowAt, type Segment } from '../columns/segment';
import { PASSES, type FilterTable } from './combinations';
import type { Pace } from './pace';
import type { Plan } from './plan';

/** Rows in the order of time: row rows[i] of segments[segmentOf[i]]. */
export interface EventSelection {
	readonly segmentOf: Uint32Array;
	readonly rows: Uint32Array;
	readonly length: number;
}

/**
 * The events that pass, oldest first; events of the same millisecond in the order of their import and of their file.
 * Comes in pieces, one a bucket of the plan, so that memory is bounded by the busiest day.
 */
export async function* selectEvents(
	pace: Pace,
	plan: Plan,
	segments: readonly Segment[],
	filter: FilterTable
): AsyncGenerator<EventSelection> {
	const passes = segments.map(({ codes }) =>
		Uint8Array.from(codes, (code) => (filter.misses(code) === PASSES ? 1 : 0))
	);
	for (let bucket = 0; bucket < plan.buckets.length; bucket++) {
		await pace();
		const fromMs = plan.bucketStarts[bucket] as number;
		const toMs = plan.bucketStarts[bucket + 1] as number;
		const stretches = segments.map((segment, s) => {
			const isOutside = segment.firstMs >= toMs || segment.lastMs < fromMs;
			return isOutside
				? { s, start: 0, end: 0 }
				: { s, start: rowAt(segment, fromMs), end: rowAt(segment, toMs) };
		});
		const capacity = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
		if (capacity === 0) continue;

		const segmentOf = new Uint32Array(capacity);
		const rows = new Uint32Array(capacity);
		const times = new Float64Array(capacity);
		let length = 0;
		let isSorted = true;
		for (const { s, start, end } of stretches) {
			const segment = segments[s]!;
			for (let row = start; row < end; row++) {
				if (passes[s]![segment.combinations[row] as number] === 0) continue;
				segmentOf[length] = s;
				rows[length] = row;
				times[length] = segment.firstMs + (segment.times[row] as number);
				if (length > 0 && (times[length] as number) < (times[length - 1] as number)) isSorted = false;
				length++;
			}
		}
		if (length === 0) continue;
		if (isSorted) yield { segmentOf, rows, length };
		else {
			const order = Uint32Array.from({ length }, (_, i) => i);
			order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
			yield { segmentOf: order.map((i) => segmentOf[i]!), rows: order.map((i) => rows[i]!), length };
		}
	}
}
