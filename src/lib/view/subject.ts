import { AUDIENCES, COUNTS, type Figures } from '../model/figures';
import { metricAt, METRICS, type MetricId } from '../model/metric';
import type { Answer, HourFigures, Query } from '../model/query';
import { WEEK_HOURS } from '../model/query';
import type { Dimension } from '../model/event';

/** What the page of one Pin or board asks besides, and what it draws of the answers. */

/** The same question about everything that passes the filters. */
export function wholeQuery(query: Query): Query {
	return { ...query, subject: null, grain: 'month', split: null, top: 0 };
}

/** The same question, for the figures of each value of a dimension. */
export function splitQuery(query: Query, split: Dimension): Query {
	return { ...query, grain: 'month', split, top: 0 };
}

/** The figures of one value of a dimension over the whole range. People do not add up: they have no value. */
export interface SplitRow {
	/** Null for the rest of the values. */
	readonly value: string | null;
	readonly figures: Figures;
	/** Its part of the impressions; null where there are none. */
	readonly share: number | null;
}

/** The rows of a dimension, largest impressions first, out of the answer to its `splitQuery`. */
export function splitRows(answer: Answer): readonly SplitRow[] {
	const all = answer.totals.impressions;
	return answer.series.map(({ value, figures: columns }) => {
		const sums = COUNTS.map((id) => [id, columns[id].reduce((sum, n) => sum + n, 0)] as const);
		const people = AUDIENCES.map((id) => [id, NaN] as const);
		const figures = Object.fromEntries([...sums, ...people]) as Figures;
		return { value, figures, share: all > 0 ? figures.impressions / all : null };
	});
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

/** A part of a whole; null where the whole is nothing or unknown. */
export function partOf(part: number | null, whole: number | null): number | null {
	return part === null || whole === null || whole === 0 ? null : part / whole;
}
