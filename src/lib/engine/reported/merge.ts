import type { Answer, MetricSeries, SeriesByMetric, Series, Totals } from '../../model/answer';
import type { EventAnswer, EventSeries } from '../../model/event-answer';
import { emptyFigureColumns, type FigureColumns, type FigureId, type Figures } from '../../model/figures';
import { METRIC_IDS, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import type { DayReaders, DayValues } from './day-values';
import { evaluate, type Days } from './evaluate';
import type { Range } from './part-range';
import { sharesOf } from './shares';
import { readersOf, seriesOf } from './split-series';
import { moneyOf, totalOf, type Money } from './total-of';

/** Puts reported figures beside those of events, each on the days that are theirs (part-range.ts). */

/** The answer of events and reports together, with a rest after each metric; the top lists stay those of events. */
export function* withReported(
	counted: EventAnswer,
	query: Query,
	{ all, buckets, eventDays }: Range,
	readers: DayReaders
): Generator<void, Answer> {
	const { totals, overall, series: eventSeries, shares, ...same } = counted;
	const { split } = query;
	const { facts } = readers;
	const question = readers.questionOf(query.filter);
	const days = readers.of(question);
	const money = moneyOf(all, days, facts);
	const byMetric = yield* seriesByMetricOf(overall, buckets, days, money);
	const series: Series[] = split === null ? [{ value: null, isRest: false, byMetric }] : [];
	if (split !== null) {
		for (const one of seriesOf(eventSeries, question, query, split, readers, all.reported)) {
			const own = yield* seriesByMetricOf(figuresOf(eventSeries, one), buckets, one.days, money);
			series.push({ value: one.value, isRest: one.isRest, byMetric: own });
		}
	}
	return {
		...same,
		days: all.all.length,
		eventDays,
		reportedDays: all.reported.filter((day) => facts.isCovered(day)).length,
		totals: yield* totalsOf(totals, all, days, money),
		overall: byMetric,
		series,
		shares: sharesOf(shares, question, readers, all),
		listsInstead: []
	};
}

function figuresOf(
	series: readonly EventSeries[],
	{ value, isRest }: { readonly value: string | null; readonly isRest: boolean }
): FigureColumns {
	return series.find((own) => own.value === value && own.isRest === isRest)?.figures ?? NO_EVENTS;
}

/** Figures of one value of the split by day, with what was reported put in. */
export interface ReportedDaily {
	readonly value: string | null;
	readonly byMetric: SeriesByMetric;
}

/** The same for every value of the split that occurs, by name; `daily` are the events'. */
export function* dailyWithReported(
	daily: readonly { readonly value: string | null; readonly figures: FigureColumns }[],
	{ filter, split }: Query,
	range: Range,
	readers: DayReaders,
	compare: (a: string, b: string) => number
): Generator<void, ReportedDaily[]> {
	const question = readers.questionOf(filter);
	const money = moneyOf(range.all, readers.of(question), readers.facts);
	const reported = split === null ? [] : readersOf(question, split, readers, range.all.reported);
	const values =
		split === null
			? [null]
			: [...new Set([...daily.map(({ value }) => value ?? ''), ...reported.map(({ value }) => value)])].sort(
					compare
				);
	const result: ReportedDaily[] = [];
	for (const value of values) {
		const figures = daily.find((own) => own.value === value)?.figures ?? NO_EVENTS;
		const narrowed = split === null || value === null ? question : readers.narrowed(question, split, value);
		result.push({
			value,
			byMetric: yield* seriesByMetricOf(figures, range.buckets, readers.of(narrowed), money)
		});
	}
	return result;
}

const NO_EVENTS = emptyFigureColumns(0);

const at =
	(columns: FigureColumns, bucket: number) =>
	(id: FigureId): number =>
		columns[id][bucket] ?? 0;

/** Every metric by step. */
export function* seriesByMetricOf(
	columns: FigureColumns,
	buckets: readonly Days[],
	days: DayValues,
	money: Money
): Generator<void, SeriesByMetric> {
	return yield* eachMetric((metric): MetricSeries => {
		const [currency] = money.currenciesOf(metric);
		const evaluated = buckets.map((bucket, b) => evaluate(metric, bucket, at(columns, b), days, currency));
		const isEstimate = evaluated.map(({ isEstimate, value }) => isEstimate && value !== null);
		return {
			values: evaluated.map(({ value }) => value),
			isEstimate: isEstimate.includes(true) ? isEstimate : null
		};
	});
}

/** Every metric over all days. */
export function* totalsOf(
	events: Figures,
	all: Days,
	days: DayValues,
	money: Money
): Generator<void, Totals> {
	return yield* eachMetric((metric) => totalOf(metric, events, all, days, money));
}

function* eachMetric<T>(make: (metric: MetricId) => T): Generator<void, Readonly<Record<MetricId, T>>> {
	const made: [MetricId, T][] = [];
	for (const metric of METRIC_IDS) {
		made.push([metric, make(metric)]);
		yield;
	}
	return Object.fromEntries(made) as Record<MetricId, T>;
}
