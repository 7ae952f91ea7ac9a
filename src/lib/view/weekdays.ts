import { dayNumber, type Day } from '../model/calendar';
import { additionOf } from '../model/fact-metric';
import { METRICS, type MetricId } from '../model/metric';
import type { Pattern } from '../model/page-request';
import type { ViewState } from './address';
import { heatMapOf, hourMetric } from './subject';

/** The pattern of the week where reports have days but no hours: a metric by weekday. */

const WEEKDAYS = 7;

/** A weekday over the days of the range that have a figure. */
export interface WeekdayRow {
	/** 0 is Monday. */
	readonly weekday: number;
	/** How many such days have a figure. */
	readonly days: number;
	/** Over these days; null where there are none. */
	readonly sum: number | null;
	/** Sum ÷ days; null where there are none. */
	readonly average: number | null;
	/** The average against the largest average, from 0 to 1. */
	readonly part: number;
	/**
	 * The sum over as many such days of the days that are compared with; null where nothing is, or another number of them is
	 * known.
	 */
	readonly before: number | null;
}

export interface WeekdayTable {
	readonly metric: MetricId;
	/** Monday to Sunday. */
	readonly rows: readonly WeekdayRow[];
	/** How many days have a figure. */
	readonly days: number;
	/** Over all of these days. */
	readonly average: number;
	/** That average against the largest average of a weekday, from 0 to 1. */
	readonly averagePart: number;
	/** The weekday with the largest average; null where several have it, or a weekday is not known. */
	readonly best: number | null;
}

/** What a weekday can show of a metric: people, rates and levels do not add up over days. */
export function weekdayMetric(metric: MetricId): MetricId {
	const { formula } = METRICS[metric];
	if (formula.kind !== 'amount') return 'impressions';
	const adds = additionOf(formula.of);
	return adds === 'sum' || adds === 'money' ? metric : 'impressions';
}

/** The seven weekdays, beginning with one of them; 0 is Monday. */
export function weekdaysFrom(first: number): readonly number[] {
	return Array.from({ length: WEEKDAYS }, (_, place) => (first + place) % WEEKDAYS);
}

/** The weekday of a day; 0 is Monday. */
export function weekdayOf(day: Day): number {
	const THURSDAY = 3; // 1970-01-01
	return ((((dayNumber(day) ?? 0) + THURSDAY) % WEEKDAYS) + WEEKDAYS) % WEEKDAYS;
}

/**
 * The table of a metric that adds up; null where the pattern is by hour, or no day has a figure.
 * @param before of the days that are compared with; null where nothing is
 */
export function weekdaysOf(
	pattern: Pattern,
	metric: MetricId,
	before: Pattern | null = null
): WeekdayTable | null {
	if (pattern.kind !== 'days') return null;
	const { sums, days } = sumsOf(pattern, metric);
	const then = before?.kind === 'days' ? sumsOf(before, metric) : null;
	const known = days.reduce((all, each) => all + each, 0);
	if (known === 0) return null;
	const averages = sums.map((sum, weekday) => (days[weekday] === 0 ? null : sum / days[weekday]!));
	const max = Math.max(...averages.map((average) => average ?? 0));
	const partOfMax = (average: number | null) => (max > 0 ? (average ?? 0) / max : 0);
	const average = sums.reduce((all, each) => all + each, 0) / known;
	const isBest = (each: number | null) => max > 0 && each === max;
	const hasBest = !averages.includes(null) && averages.filter(isBest).length === 1;
	return {
		metric,
		rows: averages.map((each, weekday) => ({
			weekday,
			days: days[weekday]!,
			sum: each === null ? null : sums[weekday]!,
			average: each,
			part: partOfMax(each),
			before: then && days[weekday]! > 0 && then.days[weekday] === days[weekday] ? then.sums[weekday]! : null
		})),
		days: known,
		average,
		averagePart: partOfMax(average),
		best: hasBest ? averages.findIndex(isBest) : null
	};
}

/** Per weekday the sum of a metric over the days that have a figure, and how many these are. */
function sumsOf({ buckets, byMetric }: Pattern & { readonly kind: 'days' }, metric: MetricId) {
	const sums = new Array<number>(WEEKDAYS).fill(0);
	const days = new Array<number>(WEEKDAYS).fill(0);
	const { values } = byMetric[metric];
	buckets.forEach(({ day }, bucket) => {
		const value = values[bucket] ?? null;
		if (value === null) return;
		const weekday = weekdayOf(day);
		sums[weekday]! += value;
		days[weekday]! += 1;
	});
	return { sums, days };
}

/** Whether a pattern has anything to show of the metric on the chart. */
export function hasPattern(pattern: Pattern, metric: MetricId): boolean {
	if (pattern.kind === 'hours') return heatMapOf(pattern.hours, hourMetric(metric)).best !== null;
	return weekdaysOf(pattern, weekdayMetric(metric)) !== null;
}

/** The weekday that does best, on average. */
export interface WeekdayInsight {
	readonly metric: MetricId;
	/** 0 is Monday. */
	readonly weekday: number;
	/** Of a day, in the metric's unit. */
	readonly average: number;
	/** How much more than an average day, as a fraction. */
	readonly above: number;
}

/** Fewer days, or a weekday that is known only once, say more of chance than of the week. */
const LEAST_DAYS = 14;
const LEAST_DAYS_A_WEEKDAY = 2;

/** The best weekday by the metric on the chart; null where too few days are known, or none is best. */
export function weekdayInsight(pattern: Pattern, view: Pick<ViewState, 'metric'>): WeekdayInsight | null {
	const metric = weekdayMetric(view.metric);
	const table = weekdaysOf(pattern, metric);
	if (table === null || table.best === null || table.days < LEAST_DAYS) return null;
	if (table.rows.some(({ days }) => days < LEAST_DAYS_A_WEEKDAY)) return null;
	const average = table.rows[table.best]!.average!;
	return { metric, weekday: table.best, average, above: average / table.average - 1 };
}
