import type { About, Answer, PeriodFigure, ReportedLevel, ReportedPeriod, Total } from '../model/answer';
import { daysBetween, type Day } from '../model/calendar';
import { METRIC_IDS, type MetricId } from '../model/metric';
import type { DaySpan } from '../model/reported';
import { formatDayShort, formatRange } from './format';
import { isSameYear } from './range';

/** What reports say of other days than those that are shown, and of a Pin's or board's time as a whole. */

/** `1 Jun – 31 Aug`: with its years only where they are not that of the days shown. */
export function formatOwnDays(locale: string, period: DaySpan, shown: DaySpan): string {
	const isPlain = [period.to, shown.from, shown.to].every((day) => isSameYear(day, period.from));
	if (!isPlain) return formatRange(locale, period);
	const from = formatDayShort(locale, period.from);
	return period.from === period.to ? from : `${from} – ${formatDayShort(locale, period.to)}`;
}

/** A period with its figures by metric. */
export interface PeriodRow extends DaySpan {
	readonly days: number;
	/** Of money one a currency. */
	readonly figures: Readonly<Partial<Record<MetricId, readonly PeriodFigure[]>>>;
	/** Length of its bar, from 0 to 1. */
	readonly part: number;
}

export interface PeriodTable {
	/** The metrics that any period has, in the order of all metrics. */
	readonly metrics: readonly MetricId[];
	/** The metric of the bars. */
	readonly barMetric: MetricId;
	/** In the order of the periods. */
	readonly rows: readonly PeriodRow[];
}

/**
 * The periods as a table; null where there are none.
 * @param metric on the chart: bars are of it where any period has it, else of the first metric that is there
 */
export function periodTable(periods: readonly ReportedPeriod[], metric: MetricId): PeriodTable | null {
	const there = new Set(periods.flatMap(({ figures }) => figures.map((figure) => figure.metric)));
	const metrics = METRIC_IDS.filter((id) => there.has(id));
	const barMetric = there.has(metric) ? metric : metrics[0];
	if (barMetric === undefined) return null;
	const rows = periods.map(({ from, to, figures }) => ({
		from,
		to,
		days: daysBetween(from, to),
		figures: Object.fromEntries(
			metrics.map((id) => [id, figures.filter((figure) => figure.metric === id)])
		) as PeriodRow['figures']
	}));
	const valueOf = (row: Pick<PeriodRow, 'figures'>) => row.figures[barMetric]?.[0]?.value ?? 0;
	const max = Math.max(...rows.map(valueOf));
	return {
		metrics,
		barMetric,
		rows: rows.map((row) => ({ ...row, part: max > 0 ? valueOf(row) / max : 0 }))
	};
}

/** The day on which all totals stood so; null where they are of several days. */
export function dayOfLevels(levels: readonly ReportedLevel[]): Day | null {
	const days = new Set(levels.map(({ day }) => day));
	return days.size === 1 ? [...days][0]! : null;
}

/** Whether an answer has a figure of any metric. */
export function hasAnyFigure({ totals, overall }: Answer): boolean {
	return METRIC_IDS.some(
		(metric) => hasFigure(totals[metric]) || overall[metric].values.some((each) => each !== null)
	);
}

function hasFigure({ value, bounds, others }: Total): boolean {
	return value !== null || bounds !== null || others.length > 0;
}

/** The longest step of the chart, in days. */
const LONGEST_STEP = 31;

/**
 * Whether a chart can show anything of an answer: a step that has a figure, or a period that is as short as a week or
 * month, which longer steps show.
 * @param about what is known of the Pin or board besides; null while it is awaited
 */
export function hasStepOrPeriod({ overall }: Answer, about: Pick<About, 'periods'> | null): boolean {
	if (about === null || about.periods.some(({ from, to }) => daysBetween(from, to) <= LONGEST_STEP))
		return true;
	return METRIC_IDS.some((metric) => overall[metric].values.some((value) => value !== null));
}

/**
 * Of a page's tiles those that have a figure. No report brings people of a single Pin or board, and no export lists
 * every Pin: a tile without a figure names an export that does not have it.
 */
export function metricsThere(answer: Answer, metrics: readonly MetricId[]): readonly MetricId[] {
	if (answer.reportedDays === 0) return metrics;
	return metrics.filter((metric) => hasFigure(answer.totals[metric]));
}

/** Why a Pin or board has no figures in the days that are shown, and what view has some. */
export type NoFigures =
	| { readonly kind: 'period'; readonly period: DaySpan }
	| { readonly kind: 'filtered' }
	| { readonly kind: 'levels' }
	| { readonly kind: 'other_days' }
	| { readonly kind: 'none' };

/**
 * @param about what is known besides
 * @param isFiltered whether filters other than the days are set
 * @param isAllDays whether all days that hold data are shown
 */
export function noFigures(
	{ periods, levels }: Pick<About, 'periods' | 'levels'>,
	isFiltered: boolean,
	isAllDays: boolean
): NoFigures {
	const [newest] = periods;
	if (newest) return { kind: 'period', period: { from: newest.from, to: newest.to } };
	if (isFiltered) return { kind: 'filtered' };
	if (levels.length > 0) return { kind: 'levels' };
	return { kind: isAllDays ? 'none' : 'other_days' };
}
