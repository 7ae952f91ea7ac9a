import type { MetricId } from '../model/metric';
import type { Answer, Bucket, MetricSeries } from '../model/answer';
import type { Dimension } from '../model/dimension';
import type { Grain, Query } from '../model/query';
import { endOfBucket, type DayRange } from './range';

/** What the chart draws: finished arrays, so that the library that draws them works nothing out. */
export interface Chart {
	readonly metric: MetricId;
	readonly grain: Grain;
	readonly buckets: readonly Bucket[];
	readonly series: readonly ChartSeries[];
	/** Steps of which no report has anything, first and last by their places. */
	readonly gaps: readonly ChartGap[];
}

export interface ChartGap {
	readonly first: number;
	readonly last: number;
}

export interface ChartSeries {
	/** The split's value; null for the one series of a chart without a split, and for the rest. */
	readonly value: string | null;
	readonly isRest: boolean;
	/** One value a bucket; null where the metric has none. */
	readonly values: readonly (number | null)[];
	/** Per bucket, whether its value is an estimate that may be put right later; null where none is. */
	readonly isEstimate: readonly boolean[] | null;
	/** Which of the look's series colours, from 1; 0 is the muted one of the rest. */
	readonly colour: number;
	/** A second round of the colours is distinguished by dashes, and so are the days that are compared with. */
	readonly isDashed: boolean;
	/** Of the days that are compared with: their own steps, in the places of the chart's; null for the chart's own. */
	readonly comparedBuckets: readonly Bucket[] | null;
}

/** Whether a series is of one value of a split, or of the rest of them. */
export function isOfSplit({ value, isRest }: ChartSeries): boolean {
	return value !== null || isRest;
}

/** How many series colours the look has. */
const COLOUR_COUNT = 6;

/** The arrays of one metric, out of an answer. */
export function chartOf(answer: Answer, query: Query, metric: MetricId): Chart {
	return {
		metric,
		grain: query.grain,
		buckets: answer.buckets,
		series: answer.series.map((series, index) => ({
			value: series.value,
			isRest: series.isRest,
			...series.byMetric[metric],
			colour: series.isRest ? 0 : (index % COLOUR_COUNT) + 1,
			isDashed: !series.isRest && index >= COLOUR_COUNT,
			comparedBuckets: null
		})),
		gaps: gapsOf(answer, query, metric)
	};
}

/** The stretches of steps of which all days are missing. */
function gapsOf({ buckets, overall, totals }: Answer, { grain }: Query, metric: MetricId): ChartGap[] {
	const { missing } = totals[metric];
	const gaps: { first: number; last: number }[] = [];
	buckets.forEach(({ day }, place) => {
		if (overall[metric].values[place] !== null) return;
		const end = endOfBucket(day, grain);
		if (!missing.some(({ from, to }) => from <= end && day <= to)) return;
		const last = gaps.at(-1);
		if (last?.last === place - 1) last.last = place;
		else gaps.push({ first: place, last: place });
	});
	return gaps;
}

/** Whether a split has no value in any step, though there is one of the whole. */
export function isUnanswered({ overall, series }: Answer, { split }: Query, metric: MetricId): boolean {
	if (split === null || overall[metric].values.every((value) => value === null)) return false;
	return series.every(({ byMetric }) => byMetric[metric].values.every((value) => value === null));
}

/** Whether a metric has a value over the range, but in no step: reports give it by longer periods. */
export function hasOnlyPeriods({ overall, totals }: Answer, metric: MetricId): boolean {
	return totals[metric].value !== null && overall[metric].values.every((value) => value === null);
}

/** Whether there is no value of a metric at all, some days being missing. */
export function hasNoValue({ overall, totals }: Answer, metric: MetricId): boolean {
	return totals[metric].missing.length > 0 && overall[metric].values.every((value) => value === null);
}

/**
 * The chart with the days that are compared with, step by step beside its own: one more line, or under a split one for
 * each value, in the value's colour.
 */
export function withComparison(chart: Chart, now: Answer, compared: Answer, split: Dimension | null): Chart {
	const beside = ({ values }: MetricSeries, colour: number, own: Pick<ChartSeries, 'value' | 'isRest'>) => ({
		...own,
		values: chart.buckets.map((_, bucket) => values[bucket] ?? null),
		isEstimate: null,
		colour,
		isDashed: true,
		comparedBuckets: compared.buckets
	});
	const { metric } = chart;
	if (split === null) {
		const line = beside(compared.overall[metric], 0, { value: null, isRest: false });
		return { ...chart, series: [...chart.series, line] };
	}
	let colours = chart.series.filter(({ isRest }) => !isRest).length;
	const lines = compared.series.flatMap(({ value, isRest, byMetric }) => {
		if (isRest && !isRestTheSame(now, compared)) return [];
		const own = chart.series.find((series) => series.value === value && series.isRest === isRest);
		// Of a rest there is no earlier line where a value of its own was part of it.
		if (!own && (isRest || now.series.some((series) => series.isRest))) return [];
		return [beside(byMetric[metric], own?.colour ?? (colours++ % COLOUR_COUNT) + 1, { value, isRest })];
	});
	return { ...chart, series: [...chart.series, ...lines] };
}

/** Whether the rest of two splits is of the same values, as far as these occur. */
export function isRestTheSame(now: Answer, then: Answer): boolean {
	const own = new Set(now.series.map(({ value }) => value));
	const hasRest = now.series.some(({ isRest }) => isRest);
	return then.series.every(({ value, isRest }) => isRest || own.has(value) || !hasRest);
}

/** The largest value that is shown; series that are `hidden` (by index) do not count. */
export function chartMax(chart: Chart, hidden: ReadonlySet<number>): number {
	let max = 0;
	chart.series.forEach((series, index) => {
		if (hidden.has(index)) return;
		for (const value of series.values) if (value !== null && value > max) max = value;
	});
	return max;
}

/** The days of the buckets `first` to `last` (indices, both included), within the days that were asked for. */
export function bucketDays(chart: Chart, query: Query, first: number, last: number): DayRange {
	const start = chart.buckets[Math.min(first, last)]?.day ?? query.filter.from;
	const end = endOfBucket(chart.buckets[Math.max(first, last)]?.day ?? query.filter.to, chart.grain);
	return {
		from: start < query.filter.from ? query.filter.from : start,
		to: end > query.filter.to ? query.filter.to : end
	};
}

/** One value a bucket over all that passes, whatever the split. */
export function overallValues(answer: Answer, metric: MetricId): readonly (number | null)[] {
	return answer.overall[metric].values;
}
