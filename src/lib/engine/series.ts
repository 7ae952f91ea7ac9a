import { kindOf } from '../columns/combination';
import type { PeriodSums } from '../columns/period-sums';
import { KIND_COUNT } from '../model/event';
import { COUNTS, COUNTS_OF_KIND, FIGURE_IDS, isAudience, type FigureColumns } from '../model/figures';
import { MAX_SLOTS, OVERALL_SLOT } from './cells';
import type { SumsByCode } from './combinations';
import type { Plan } from './plan';

/** What follows from sums alone, without a look at any row: counts, series of counts, shares. Not people, not Pins. */

/** Sums of a plan's range, and in which of its buckets each of their periods is. */
export interface RangeSums {
	readonly sums: PeriodSums;
	/** Per period its bucket; -1 outside the range. */
	readonly bucketOf: Int32Array;
}

/** Sums by day, as a plan sees them. */
export function daysInPlan(sums: PeriodSums, { bucketDays }: Plan): RangeSums {
	const last = bucketDays.length - 1;
	let bucket = 0;
	const bucketOf = sums.periods.map((day) => {
		if (day < bucketDays[0]! || day >= bucketDays[last]!) return -1;
		while (day >= bucketDays[bucket + 1]!) bucket++; // days rise
		return bucket;
	});
	return { sums, bucketOf };
}

/** Sums by bucket, as their own plan sees them. */
export function bucketsInPlan(sums: PeriodSums): RangeSums {
	return { sums, bucketOf: sums.periods };
}

/** Σ n per combination over the range. */
export function sumsByCode(all: readonly RangeSums[]): SumsByCode {
	const byCode = new Map<number, number>();
	for (const { sums, bucketOf } of all) {
		const { starts, codes, combinations, n } = sums;
		const totals = new Float64Array(codes.length);
		for (let p = 0; p < bucketOf.length; p++) {
			if ((bucketOf[p] as number) < 0) continue;
			const end = starts[p + 1] as number;
			for (let e = starts[p] as number; e < end; e++) totals[combinations[e] as number]! += n[e] as number;
		}
		for (let c = 0; c < codes.length; c++) {
			const code = codes[c] as number;
			const sum = totals[c] as number;
			if (sum !== 0) byCode.set(code, (byCode.get(code) ?? 0) + sum);
		}
	}
	return byCode;
}

/** Leaves a combination out of all slots. */
export const NO_SLOT = 255;

/**
 * The counts of each slot, a row a bucket; the overall slot holds what is in any. People are NaN: sums contain none.
 * @param slotOf the slot of a combination by its code, NO_SLOT where it is left out
 */
export function countSeries(
	all: readonly RangeSums[],
	buckets: number,
	slots: number,
	slotOf: (code: number) => number
): FigureColumns[] {
	const series = Array.from({ length: slots }, () => columnsWithoutPeople(buckets));
	const n = new Float64Array(MAX_SLOTS * KIND_COUNT);
	const watchMs = new Float64Array(MAX_SLOTS);
	for (const { sums, bucketOf } of all) {
		const { starts, codes, combinations } = sums;
		const slotOfCode = Uint8Array.from(codes, slotOf);
		const cellOfCode = codes.map((code, c) => (slotOfCode[c] as number) * KIND_COUNT + kindOf(code));
		for (let p = 0; p < bucketOf.length; p++) {
			const bucket = bucketOf[p] as number;
			if (bucket < 0) continue;
			const end = starts[p + 1] as number;
			for (let e = starts[p] as number; e < end; e++) {
				const c = combinations[e] as number;
				const slot = slotOfCode[c] as number;
				if (slot === NO_SLOT) continue;
				n[cellOfCode[c] as number]! += sums.n[e] as number;
				watchMs[slot]! += sums.watchMs[e] as number;
			}
			if (bucketOf[p + 1] === bucket) continue;
			for (let slot = 0; slot < slots; slot++) addSlot(series, slot, bucket, n, watchMs);
			n.fill(0);
			watchMs.fill(0);
		}
	}
	return series;
}

/** Adds what was summed up in a slot to the slot's series, and to the overall one. */
function addSlot(
	series: readonly FigureColumns[],
	slot: number,
	bucket: number,
	n: Float64Array,
	watchMs: Float64Array
): void {
	for (const target of slot === OVERALL_SLOT ? [OVERALL_SLOT] : [OVERALL_SLOT, slot]) {
		const columns = series[target]!;
		for (let kind = 0; kind < KIND_COUNT; kind++) {
			const sum = n[slot * KIND_COUNT + kind] as number;
			if (sum !== 0) for (const count of COUNTS_OF_KIND[kind]!) columns[COUNTS[count]!][bucket]! += sum;
		}
		columns.watch_ms[bucket]! += watchMs[slot] as number;
	}
}

function columnsWithoutPeople(length: number): FigureColumns {
	return Object.fromEntries(
		FIGURE_IDS.map((id) => [id, new Float64Array(length).fill(isAudience(id) ? NaN : 0)])
	) as unknown as FigureColumns;
}
