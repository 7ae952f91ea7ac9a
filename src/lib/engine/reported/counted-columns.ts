import { FACT_METRIC_IDS, type FactMetric } from '../../model/fact-metric';
import { SUBJECT_KINDS } from './fact-identity';

/**
 * Facts that count, as columns in the order of metric and kind of subject (`head`), first day, last day, subject and
 * terms. Entry i of every column belongs together.
 */
export interface CountedColumns {
	/** Entries of head h are headStarts[h] to headStarts[h + 1]. */
	readonly headStarts: Uint32Array;
	readonly from: Int32Array;
	readonly to: Int32Array;
	/** What it is about: a place in `subjects` and `terms` of CountedFacts. */
	readonly about: Uint32Array;
	readonly values: Float64Array;
	/** Sum of ESTIMATE of fact-columns.ts and COMPLETE << d where the list is broken down completely by NATIVE_DIMENSIONS[d]. */
	readonly flags: Uint8Array;
	/** The place among all rows of all batches; -1 - i for figure i that follows from two levels. */
	readonly row: Int32Array;
}

/** Of flags of counted facts, the bit of the first dimension. */
export const COMPLETE = 4;

/** A stretch of entries of CountedColumns. */
export interface FactRange {
	readonly start: number;
	readonly end: number;
}

const METRIC_NUMBERS = new Map(FACT_METRIC_IDS.map((metric, m) => [metric, m]));

/** The place of a metric and a kind of subject in the order of counted facts. */
export function headOf(metric: FactMetric, kind: number): number {
	return METRIC_NUMBERS.get(metric)! * SUBJECT_KINDS.length + kind;
}

/** The metric of such a place. */
export function metricOfHead(head: number): FactMetric {
	return FACT_METRIC_IDS[Math.floor(head / SUBJECT_KINDS.length)]!;
}

export const HEADS = FACT_METRIC_IDS.length * SUBJECT_KINDS.length;

/** The entries of a metric and a kind of subject. */
export function rangeOfHead({ headStarts }: CountedColumns, metric: FactMetric, kind: number): FactRange {
	const head = headOf(metric, kind);
	return { start: headStarts[head] as number, end: headStarts[head + 1] as number };
}

/** The first number from `start` to `end` for which something that holds up to there no longer holds. */
export function firstWhereNot(start: number, end: number, holds: (place: number) => boolean): number {
	let low = start;
	let high = end;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (holds(middle)) low = middle + 1;
		else high = middle;
	}
	return low;
}
