import { DAY_STATES, type CoverageMap, type DayState } from '../model/answer';
import { dayFromNumber, dayNumber, daysInMonth, type Day } from '../model/calendar';
import type { MetricId } from '../model/metric';
import type { DayRange } from './range';

/** Which days of which metric are there, laid out as months × metrics. */

/** `YYYY-MM` */
export type Month = string;

/** Days that follow each other and are in one state. */
export interface StateStretch {
	readonly state: DayState;
	readonly from: Day;
	readonly to: Day;
	readonly days: number;
}

/** A metric in a month. */
export interface CoverageCell {
	readonly metric: MetricId;
	readonly month: Month;
	/** In the order of time, from the month's first day on; days after the newest that holds data are in none. */
	readonly stretches: readonly StateStretch[];
	/** The month's days up to the newest day that holds data. */
	readonly days: number;
	/** How many of them are known; estimates are. */
	readonly known: number;
	readonly estimated: number;
	/** Days of the month after the newest day that holds data. */
	readonly toCome: number;
}

/** A metric over all months. */
export interface CoverageRow {
	readonly metric: MetricId;
	readonly cells: readonly CoverageCell[];
	/** Days from the first that holds data to the newest that are known. */
	readonly known: number;
}

export const COVERAGE_GROUPS = ['account', 'video', 'ads'] as const;
export type CoverageGroupName = (typeof COVERAGE_GROUPS)[number];

/** Metrics that belong together. */
export interface CoverageGroup {
	readonly name: CoverageGroupName;
	readonly rows: readonly CoverageRow[];
}

export interface CoverageTable {
	readonly months: readonly Month[];
	/** Days from the first that holds data to the newest. */
	readonly days: number;
	readonly groups: readonly CoverageGroup[];
}

const VIDEO: ReadonlySet<MetricId> = new Set<MetricId>([
	'video_plays',
	'video_views',
	'views_10s',
	'views_25',
	'views_50',
	'views_75',
	'views_95',
	'views_100',
	'total_watch_minutes'
]);
const ADS: ReadonlySet<MetricId> = new Set<MetricId>([
	'spend',
	'page_visits',
	'add_to_carts',
	'checkouts',
	'order_value'
]);

/** Which of the groups a metric is in. */
export function coverageGroupOf(metric: MetricId): CoverageGroupName {
	if (VIDEO.has(metric)) return 'video';
	return ADS.has(metric) ? 'ads' : 'account';
}

/** How many days a month has. */
export function lengthOfMonth(month: Month): number {
	return daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5, 7)));
}

/** The days of a month, as a range. */
export function daysOfMonth(month: Month): DayRange {
	return { from: `${month}-01`, to: `${month}-${String(lengthOfMonth(month)).padStart(2, '0')}` };
}

/** The months from that of one day to that of another. */
export function monthsBetween(from: Day, to: Day): readonly Month[] {
	const number = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
	const first = number(from);
	return Array.from({ length: number(to) - first + 1 }, (_, i) => {
		const month = first + i;
		return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
	});
}

/**
 * Stretches of equal state.
 * @param first number of the day that `states` begins with
 */
export function stretchesOf(states: Iterable<DayState>, first: number): readonly StateStretch[] {
	const stretches: StateStretch[] = [];
	let day = first;
	for (const state of states) {
		const last = stretches.at(-1);
		const to = dayFromNumber(day++);
		if (last?.state === state) stretches[stretches.length - 1] = { ...last, to, days: last.days + 1 };
		else stretches.push({ state, from: to, to, days: 1 });
	}
	return stretches;
}

/** The state of each day of a metric, by its number in CoverageMap. */
export function statesOf(days: Uint8Array): readonly DayState[] {
	return Array.from(days, (state) => DAY_STATES[state] ?? 'missing');
}

/** Lays out what is there. Days of the first month before the first day that holds data are missing in it. */
export function coverageTable(map: CoverageMap): CoverageTable {
	const months = monthsBetween(map.from, map.to);
	const first = dayNumber(map.from) as number;
	const newest = dayNumber(map.to) as number;
	const rows = map.metrics.map(({ metric, days }): CoverageRow => {
		const states = statesOf(days);
		const cells = months.map((month) => cellOf(metric, month, (day) => states[day - first], newest));
		return { metric, cells, known: states.filter((state) => state !== 'missing').length };
	});
	const groups = COVERAGE_GROUPS.map((name) => ({
		name,
		rows: rows.filter(({ metric }) => coverageGroupOf(metric) === name)
	}));
	return { months, days: newest - first + 1, groups: groups.filter((group) => group.rows.length > 0) };
}

function cellOf(
	metric: MetricId,
	month: Month,
	stateOf: (day: number) => DayState | undefined,
	newest: number
): CoverageCell {
	const { from, to } = daysOfMonth(month);
	const [first, end] = [dayNumber(from) as number, dayNumber(to) as number];
	const days = Math.min(end, newest) - first + 1;
	const states = Array.from({ length: days }, (_, i) => stateOf(first + i) ?? 'missing');
	return {
		metric,
		month,
		stretches: stretchesOf(states, first),
		days,
		known: states.filter((state) => state !== 'missing').length,
		estimated: states.filter((state) => state === 'estimate').length,
		toCome: end - first + 1 - days
	};
}
