import {
	FIGURE_IDS,
	emptyFigureColumns,
	isFigureId,
	type FigureColumns,
	type FigureId,
	type Figures
} from '../../model/figures';
import { METRIC_IDS, isEventMetric, type MetricId } from '../../model/metric';
import type { Answer, Query, Series } from '../../model/query';
import {
	filtersKey,
	type MetricSeries,
	type ReportedAlternative,
	type ReportedAnswer,
	type ReportedTotal
} from '../../model/reported';
import type { Plan } from '../plan';
import type { DayReaders, DayValues } from './day-values';
import { evaluate, evaluateFigure, isOfMoney, sourcesOf, type Days } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { moneyOrder } from './money-order';
import { narrowedTo, questionOf } from './question';
import type { ResolvedFacts } from './resolved-facts';
import { readersOf, seriesOf, sharesOf } from './split-series';

/**
 * Puts reported figures beside those of events: a day that holds any event has the events' figures, whatever the
 * filter; every other day has what was reported of it, or none.
 */

/** Which days hold events. */
export interface EventDays {
	/** Whether any event is stored at all: without, no day's figures are known to be 0. */
	readonly any: boolean;
	/** Numbers of the days that hold any. */
	readonly days: ReadonlySet<number>;
}

/** A range and its steps, parted by where the figures are from. */
export interface Range {
	readonly all: Days;
	readonly buckets: readonly Days[];
	readonly eventDays: number;
}

/** What only reports have. */
const REPORT_SOURCES = [
	...new Set(METRIC_IDS.filter((metric) => !isEventMetric(metric)).flatMap((metric) => sourcesOf(metric)))
].filter((source) => !isFigureId(source));

/** Parts the days of a plan; null where reported figures have no part in it. */
export function partRange(
	{ buckets, bucketDays }: Pick<Plan, 'buckets' | 'bucketDays'>,
	facts: ResolvedFacts,
	events: EventDays
): Range | null {
	let eventDays = 0;
	const parted = buckets.map((_, bucket): Days => {
		const all: number[] = [];
		const reported: number[] = [];
		let told = 0;
		for (let day = bucketDays[bucket]!; day < bucketDays[bucket + 1]!; day++) {
			all.push(day);
			if (events.days.has(day)) {
				eventDays++;
				told++;
			} else if (events.any && !facts.isCovered(day)) told++;
			else reported.push(day);
		}
		return { all, told, reported };
	});
	const all = {
		all: parted.flatMap((days) => days.all),
		told: parted.reduce((sum, { told }) => sum + told, 0),
		reported: parted.flatMap(({ reported }) => reported)
	};
	const hasPart =
		all.reported.length > 0 || facts.hasAny(REPORT_SOURCES, all.all[0] ?? 0, all.all.at(-1) ?? -1);
	return hasPart ? { all, buckets: parted, eventDays } : null;
}

/** An answer of events alone, with reported figures put in; the top lists stay what they are. */
export function withReported(
	answer: Answer,
	query: Query,
	range: Range,
	readers: DayReaders
): Answer & { readonly reported: ReportedAnswer } {
	const { split } = query;
	const { facts } = readers;
	const question = questionOf(query.filter.values);
	const days = readers.of(question);
	const money = moneyOf(range.all, days, facts);
	const totals = totalsOf(answer.totals, range.all, days, money);
	const series =
		split === null
			? [{ value: null, isRest: false, days }]
			: seriesOf(answer.series, question, query, split, readers, range.all.reported);
	const figuresOf = ({ value, isRest }: Pick<Series, 'value' | 'isRest'>) =>
		split === null
			? answer.overall
			: (answer.series.find((own) => own.value === value && own.isRest === isRest)?.figures ?? NO_EVENTS);
	return {
		...answer,
		totals: figuresOfRange(answer.totals, range.all, days),
		overall: columnsOf(answer.overall, range.buckets, days),
		series: series.map((one) => ({
			value: one.value,
			isRest: one.isRest,
			figures: columnsOf(figuresOf(one), range.buckets, one.days)
		})),
		shares: sharesOf(answer.shares, question, readers, range.all.reported),
		reported: {
			eventDays: range.eventDays,
			reportedDays: range.all.reported.filter((day) => facts.isCovered(day)).length,
			totals,
			overall: coursesOf(answer.overall, range.buckets, days, money),
			series: series.map((one) => coursesOf(figuresOf(one), range.buckets, one.days, money)),
			lists: null
		}
	};
}

/** Figures of one value of the split by day, with what was reported put in. */
export interface ReportedDaily {
	readonly value: string | null;
	readonly courses: Readonly<Record<MetricId, MetricSeries>>;
}

/** The same for every value of the split that occurs, by name; `daily` are the events'. */
export function dailyWithReported(
	daily: readonly { readonly value: string | null; readonly figures: FigureColumns }[],
	{ filter, split }: Query,
	range: Range,
	readers: DayReaders,
	compare: (a: string, b: string) => number
): ReportedDaily[] {
	const question = questionOf(filter.values);
	const money = moneyOf(range.all, readers.of(question), readers.facts);
	const reported = split === null ? [] : readersOf(question, split, readers, range.all.reported);
	const values =
		split === null
			? [null]
			: [...new Set([...daily.map(({ value }) => value ?? ''), ...reported.map(({ value }) => value)])].sort(
					compare
				);
	return values.map((value) => {
		const figures = daily.find((own) => own.value === value)?.figures ?? NO_EVENTS;
		const narrowed = split === null || value === null ? question : narrowedTo(question, split, value);
		return { value, courses: coursesOf(figures, range.buckets, readers.of(narrowed), money) };
	});
}

const NO_EVENTS = emptyFigureColumns(0);

const at =
	(columns: FigureColumns, bucket: number) =>
	(id: FigureId): number =>
		columns[id][bucket] ?? 0;

function forEachMetric<T>(make: (metric: MetricId) => T): Readonly<Record<MetricId, T>> {
	return Object.fromEntries(METRIC_IDS.map((metric) => [metric, make(metric)])) as Record<MetricId, T>;
}

/** Of each metric of money, the currencies that it has values in: the tile's own first. */
interface Money {
	readonly currenciesOf: (metric: MetricId) => readonly number[];
	readonly codeOf: (currency: number) => string;
}

function moneyOf(all: Days, days: DayValues, facts: ResolvedFacts): Money {
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

function coursesOf(columns: FigureColumns, buckets: readonly Days[], days: DayValues, money: Money) {
	return forEachMetric((metric): MetricSeries => {
		const [currency] = money.currenciesOf(metric);
		const evaluated = buckets.map((bucket, b) => evaluate(metric, bucket, at(columns, b), days, currency));
		return {
			values: evaluated.map(({ value }) => value),
			isEstimate: evaluated.map(({ isEstimate, value }) => isEstimate && value !== null)
		};
	});
}

function columnsOf(columns: FigureColumns, buckets: readonly Days[], days: DayValues): FigureColumns {
	return Object.fromEntries(
		FIGURE_IDS.map((id) => [
			id,
			Float64Array.from(buckets, (bucket, b) => evaluateFigure(id, bucket, at(columns, b), days))
		])
	) as unknown as FigureColumns;
}

function figuresOfRange(events: Figures, all: Days, days: DayValues): Figures {
	return Object.fromEntries(
		FIGURE_IDS.map((id) => [id, evaluateFigure(id, all, (figure) => events[figure], days)])
	) as unknown as Figures;
}

function totalsOf(events: Figures, all: Days, days: DayValues, money: Money) {
	return forEachMetric((metric): ReportedTotal => {
		const [currency = UNKNOWN_CURRENCY, ...more] = money.currenciesOf(metric);
		const total = evaluate(metric, all, (id) => events[id], days, currency);
		const { value, missing, isEstimate, isOfPins, isOfUnnamed, bounds } = total;
		const others = more.flatMap((other) => {
			const found = evaluate(metric, all, () => 0, days, other).value;
			return found === null ? [] : [{ currency: money.codeOf(other), value: found }];
		});
		return {
			value,
			daysMissing: missing.length,
			hasEstimates: isEstimate && value !== null,
			isOfPins,
			isOfUnnamed,
			bounds,
			currency: money.codeOf(currency),
			others,
			...insteadOf(metric, missing, days, currency)
		};
	});
}

/** Of days without a value, those that have figures, but not under the filters that were asked for; and under which. */
function insteadOf(
	metric: MetricId,
	missing: readonly number[],
	days: DayValues,
	currency: number
): Pick<ReportedTotal, 'daysLeftOut' | 'instead'> {
	let daysLeftOut = 0;
	const found = new Map<string, { filters: ReportedAlternative['filters']; days: number }>();
	for (const day of missing) {
		const there = new Map(
			days.filtersThere(sourcesOf(metric), day).map((filters) => [filtersKey(filters), filters])
		);
		if (there.size === 0) continue;
		const alone = evaluate(metric, { all: [day], told: 0, reported: [day] }, () => 0, days, currency);
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
