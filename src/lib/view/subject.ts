import type { Answer, Total } from '../model/answer';
import { METRICS, metricAt, type MetricId } from '../model/metric';
import { WEEK_HOURS, type HourFigures } from '../model/query';

/** What the page of one Pin or board asks besides, and what it draws of the answers. */

/** What the tables of a split show. */
export const SPLIT_METRICS = ['impressions', 'engagements', 'link_clicks'] as const;

/** The figures of one value of a dimension over the whole range. */
export interface SplitRow {
	/** Null for the rest of the values. */
	readonly value: string | null;
	/** Null where there is none. */
	readonly figures: Readonly<Record<(typeof SPLIT_METRICS)[number], number | null>>;
	/** Its part of the impressions; null where there are none. */
	readonly share: number | null;
}

/** The rows of a dimension, largest impressions first, out of an answer that is split by it. */
export function splitRows({ totals, series }: Answer): readonly SplitRow[] {
	// Parts of a whole that covers other days are no shares.
	const sums = series.map(({ byMetric }) => sumOf(byMetric.impressions.values) ?? 0);
	const all = sums.reduce((sum, each) => sum + each, 0);
	const whole = all === totals.impressions.value ? all : null;
	return series.map(({ value, byMetric }) => {
		const figures = Object.fromEntries(
			SPLIT_METRICS.map((metric) => [metric, sumOf(byMetric[metric].values)])
		) as SplitRow['figures'];
		return { value, figures, share: partOf(figures.impressions, whole) };
	});
}

/** The rows that have a figure. */
export function rowsThere(rows: readonly SplitRow[]): readonly SplitRow[] {
	return rows.filter(({ figures }) => SPLIT_METRICS.some((metric) => figures[metric] !== null));
}

/** The sum of what is known; null where nothing is. */
function sumOf(values: readonly (number | null)[]): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

/** Hours of the week with a metric's value in each. */
export interface HeatMap {
	readonly metric: MetricId;
	/** By weekday from Monday, then by hour. */
	readonly values: readonly (readonly (number | null)[])[];
	readonly max: number;
	/** The hour of the largest value, from 0 on Monday; null where all are nothing. */
	readonly best: number | null;
}

/** What an hour can show of a metric: people are not counted by the hour. */
export function hourMetric(metric: MetricId): MetricId {
	return METRICS[metric].unit === 'people' ? 'impressions' : metric;
}

/** The heat map of a metric. */
export function heatMapOf(hours: HourFigures, metric: MetricId): HeatMap {
	const none = new Float64Array(WEEK_HOURS).fill(NaN);
	const columns = { ...hours, total_audience: none, engaged_audience: none };
	const flat = Array.from({ length: WEEK_HOURS }, (_, hour) => metricAt(metric, columns, hour));
	const max = flat.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	return {
		metric,
		values: Array.from({ length: 7 }, (_, weekday) => flat.slice(weekday * 24, weekday * 24 + 24)),
		max,
		best: max > 0 ? flat.indexOf(max) : null
	};
}

/** What part of everything a total is. */
export interface ShareOfAll {
	/** Null where everything is nothing. */
	readonly share: number | null;
}

/**
 * Part of everything; null where it is not known: a value is missing, the two are of different days, or what stands for
 * everything is only the sum over the Pins that reports name.
 */
export function shareOfAll(own: Total, all: Total): ShareOfAll | null {
	if (own.value === null || all.value === null || all.isOfPins) return null;
	if (JSON.stringify(own.missing) !== JSON.stringify(all.missing)) return null;
	return { share: partOf(own.value, all.value) };
}

/** A part of a whole; null where the whole is nothing or unknown. */
export function partOf(part: number | null, whole: number | null): number | null {
	return part === null || whole === null || whole === 0 ? null : part / whole;
}
