import type { Total } from '../model/answer';
import { METRICS, metricAt, type MetricId } from '../model/metric';
import { WEEK_HOURS, type HourFigures } from '../model/query';
import { changeOf } from './comparison';

/** What the page of one Pin or board asks besides, and what it draws of the answers. */

/** Hours of the week with a metric's value in each. */
export interface HeatMap {
	readonly metric: MetricId;
	/** By weekday from Monday, then by hour. */
	readonly values: readonly (readonly (number | null)[])[];
	readonly max: number;
	/** The hour of the largest value, from 0 on Monday; null where all are nothing. */
	readonly best: number | null;
	/** In the same order, against the days that are compared with, as a fraction; null where there is none. */
	readonly changes: readonly (readonly (number | null)[])[];
}

/** What an hour can show of a metric: people are not counted by the hour. */
export function hourMetric(metric: MetricId): MetricId {
	return METRICS[metric].unit === 'people' ? 'impressions' : metric;
}

/**
 * The heat map of a metric.
 * @param before of the days that are compared with; null where nothing is
 */
export function heatMapOf(hours: HourFigures, metric: MetricId, before: HourFigures | null = null): HeatMap {
	const flat = valuesByHour(hours, metric);
	const then = before && valuesByHour(before, metric);
	const changes = flat.map((value, hour) => then && changeOf(value, then[hour] ?? null));
	const max = flat.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
	return {
		metric,
		values: byWeekday(flat),
		max,
		best: max > 0 ? flat.indexOf(max) : null,
		changes: byWeekday(changes)
	};
}

function valuesByHour(hours: HourFigures, metric: MetricId): (number | null)[] {
	const none = new Float64Array(WEEK_HOURS).fill(NaN);
	const columns = { ...hours, total_audience: none, engaged_audience: none };
	return Array.from({ length: WEEK_HOURS }, (_, hour) => metricAt(metric, columns, hour));
}

function byWeekday<T>(flat: readonly T[]): T[][] {
	return Array.from({ length: 7 }, (_, weekday) => flat.slice(weekday * 24, weekday * 24 + 24));
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
