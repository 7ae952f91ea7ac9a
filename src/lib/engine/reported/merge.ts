import type {
	Alternative,
	Answer,
	MetricSeries,
	SeriesByMetric,
	Series,
	Total,
	Totals
} from '../../model/answer';
import { dayFromNumber } from '../../model/calendar';
import type { EventAnswer, EventSeries } from '../../model/event-answer';
import {
	emptyFigureColumns,
	isFigureId,
	type FigureColumns,
	type FigureId,
	type Figures
} from '../../model/figures';
import { METRIC_IDS, isEventMetric, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import { filtersKey, spansOf } from '../../model/reported';
import type { Plan } from '../plan';
import type { DayReaders, DayValues } from './day-values';
import { evaluate, isOfMoney, sourcesOf, type Days } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { moneyOrder } from './money-order';
import type { ResolvedFacts } from './resolved-facts';
import { sharesOf } from './shares';
import { readersOf, seriesOf } from './split-series';

/**
 * Puts reported figures beside those of events: a day that holds any event has the events' figures, whatever the
 * filter; every other day has what was reported of it, or none.
 */

/** What is known of days by events. */
export interface EventDays {
	/** Whether a day holds any event. */
	readonly holds: (day: number) => boolean;
	/** Whether events of a day would be stored if there were any, so that its figures are 0 without. */
	readonly covers: (day: number) => boolean;
}

/** A range and its steps, parted by where the figures are from. */
export interface Range {
	readonly all: Days;
	readonly buckets: readonly Days[];
	/** How many days hold events. */
	readonly eventDays: number;
}

/** What only reports have. */
const REPORT_SOURCES = [
	...new Set(METRIC_IDS.filter((metric) => !isEventMetric(metric)).flatMap((metric) => sourcesOf(metric)))
].filter((source) => !isFigureId(source));

/** Whether a day's figures are those of events: it holds any, or would if there were any and no report covers it. */
export function isFromEvents(day: number, events: EventDays, facts: ResolvedFacts | null): boolean {
	return events.holds(day) || (events.covers(day) && facts?.isCovered(day) !== true);
}

/** Parts the days of a plan; null where reported figures have no part in it. */
export function partRange(
	{ buckets, bucketDays }: Pick<Plan, 'buckets' | 'bucketDays'>,
	facts: ResolvedFacts,
	events: EventDays
): Range | null {
	let eventDays = 0;
	const parted = buckets.map((_, bucket): Days => {
		const all: number[] = [];
		const fromEvents: number[] = [];
		const reported: number[] = [];
		for (let day = bucketDays[bucket]!; day < bucketDays[bucket + 1]!; day++) {
			all.push(day);
			if (events.holds(day)) eventDays++;
			if (isFromEvents(day, events, facts)) fromEvents.push(day);
			else reported.push(day);
		}
		return { all, fromEvents, reported };
	});
	const all = {
		all: parted.flatMap((days) => days.all),
		fromEvents: parted.flatMap(({ fromEvents }) => fromEvents),
		reported: parted.flatMap(({ reported }) => reported)
	};
	const hasPart =
		all.reported.length > 0 || facts.hasAny(REPORT_SOURCES, all.all[0] ?? 0, all.all.at(-1) ?? -1);
	return hasPart ? { all, buckets: parted, eventDays } : null;
}

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

/** Of each metric of money, the currencies that it has values in: the tile's own first. */
export interface Money {
	readonly currenciesOf: (metric: MetricId) => readonly number[];
	readonly codeOf: (currency: number) => string;
}

export function moneyOf(all: Days, days: DayValues, facts: ResolvedFacts): Money {
	const { currencies } = facts.identity;
	const order = facts.hasMoney ? moneyOrder(all, days, currencies) : [UNKNOWN_CURRENCY];
	const known = new Map<MetricId, readonly number[]>();
	return {
		codeOf: (currency) => currencies[currency] as string,
		currenciesOf: (metric) => {
			if (!facts.hasMoney || !isOfMoney(metric)) return [UNKNOWN_CURRENCY];
			let found = known.get(metric);
			if (!found) {
				const has = (currency: number) => evaluate(metric, all, () => 0, days, currency).value !== null;
				found = order.filter(has);
				known.set(metric, (found = found.length > 0 ? found : order.slice(0, 1)));
			}
			return found;
		}
	};
}

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

/** A metric over all days. */
export function totalOf(metric: MetricId, events: Figures, all: Days, days: DayValues, money: Money): Total {
	const [currency = UNKNOWN_CURRENCY, ...more] = money.currenciesOf(metric);
	const total = evaluate(metric, all, (id) => events[id], days, currency);
	const { value, known, missing, isOfPins, isOfUnnamed, bounds, asOf } = total;
	const others = more.flatMap((other) => {
		const found = evaluate(metric, all, () => 0, days, other).value;
		return found === null ? [] : [{ currency: money.codeOf(other), value: found }];
	});
	const estimated = known.filter(({ isEstimate }) => isEstimate);
	return {
		value,
		missing: spansOf(missing),
		estimated: spansOf(estimated.flatMap(({ from, to }) => daysOf(from, to))),
		isOfPins,
		isOfUnnamed,
		bounds,
		asOf: asOf === null ? null : dayFromNumber(asOf),
		currency: money.codeOf(currency),
		others,
		...insteadOf(metric, missing, days, currency)
	};
}

function* eachMetric<T>(make: (metric: MetricId) => T): Generator<void, Readonly<Record<MetricId, T>>> {
	const made: [MetricId, T][] = [];
	for (const metric of METRIC_IDS) {
		made.push([metric, make(metric)]);
		yield;
	}
	return Object.fromEntries(made) as Record<MetricId, T>;
}

function daysOf(from: number, to: number): number[] {
	return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Of days without a value, those that have figures, but not under the filters that were asked for; and under which. */
function insteadOf(
	metric: MetricId,
	missing: readonly number[],
	days: DayValues,
	currency: number
): Pick<Total, 'daysLeftOut' | 'instead'> {
	let daysLeftOut = 0;
	const found = new Map<string, { filters: Alternative['filters']; days: number }>();
	for (const day of missing) {
		const there = new Map(
			days.filtersThere(sourcesOf(metric), day).map((filters) => [filtersKey(filters), filters])
		);
		if (there.size === 0) continue;
		const alone = evaluate(metric, { all: [day], fromEvents: [], reported: [day] }, () => 0, days, currency);
		if (alone.missing.length === 0) continue;
		daysLeftOut++;
		for (const [key, filters] of there) {
			const entry = found.get(key);
			if (entry) entry.days++;
			else found.set(key, { filters, days: 1 });
		}
	}
	return { daysLeftOut, instead: [...found.values()].sort((a, b) => b.days - a.days) };
}
