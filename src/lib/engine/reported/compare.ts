import type { ComparedTotal } from '../../model/answer';
import { forEachMetric } from '../../model/event-answer';
import { additionOf } from '../../model/fact-metric';
import type { FigureColumns, FigureId, Figures } from '../../model/figures';
import { METRICS, eventAmount, isEventMetric, type MetricId } from '../../model/metric';
import type { DayValues } from './day-values';
import { evaluate, type Days, type Evaluated, type KnownPart } from './evaluate';
import type { Money } from './total-of';

/** One of two ranges that are compared. */
export interface Side {
	readonly days: Days;
	/** Of the days that events cover. */
	readonly totals: Figures;
	/** The same by day, a row a day of the range; people are not needed. */
	readonly daily: FigureColumns;
	readonly values: DayValues;
}

/** Where nothing is reported. */
export const NOTHING_REPORTED: DayValues = {
	of: () => null,
	periods: () => [],
	lastLevel: () => null,
	pair: () => null,
	filtersThere: () => []
};

/**
 * Two ranges over the days that both have. Days stand side by side from the first on; a period of several days counts
 * where all of it does. People and levels are only compared as a whole.
 * @param money of the first range: amounts are compared in its currency
 */
export function compareTotals(
	now: Side,
	then: Side,
	money: Money
): Readonly<Record<MetricId, ComparedTotal>> {
	return forEachMetric((metric) => compareTotal(metric, now, then, money.currenciesOf(metric)[0]));
}

/** The same of one metric, in the currency of this number. */
export function compareTotal(metric: MetricId, now: Side, then: Side, currency?: number): ComparedTotal {
	const of = ({ days, totals, values }: Side) => evaluate(metric, days, (id) => totals[id], values, currency);
	return compared(metric, [now, of(now)], [then, of(then)]);
}

/** A range, and a metric over it. */
export type Evaluation = readonly [side: Side, evaluated: Evaluated];

function compared(metric: MetricId, now: Evaluation, then: Evaluation): ComparedTotal {
	const days = Math.min(now[0].days.all.length, then[0].days.all.length);
	const isWhole = ({ missing }: Evaluated) => missing.length === 0;
	if (isWhole(now[1]) && isWhole(then[1])) return { now: now[1].value, then: then[1].value, days };
	const common = commonDays(now, then);
	const { formula } = METRICS[metric];
	const adds = formula.kind === 'amount' ? additionOf(formula.of) : 'ratio';
	if (adds === 'people') return { now: null, then: null, days: common.size };
	if (adds === 'level') return { now: now[1].value, then: then[1].value, days: common.size };
	return {
		now: valueOver(metric, now, common),
		then: valueOver(metric, then, common),
		days: common.size
	};
}

/** Whether what is known is of events, day by day. */
function daysOfEvents(metric: MetricId, { fromEvents }: Days): readonly number[] {
	return isEventMetric(metric) ? fromEvents : [];
}

/** The places of the days, from 0, that both ranges have wholly. */
export function commonDays(now: Evaluation, then: Evaluation): ReadonlySet<number> {
	const places = (known: readonly Pick<KnownPart, 'from' | 'to'>[], first: number) =>
		known.map(({ from, to }) => ({ from: from - first, to: to - first }));
	const stretches = [now, then].map(([{ days }, { known, missing }]) => {
		const first = days.all[0] ?? 0;
		const fromEvents = new Set(days.all.map((day) => day - first));
		for (const day of missing) fromEvents.delete(day - first);
		return { there: fromEvents, periods: places(known, first) };
	});
	const [here, there] = stretches as [(typeof stretches)[0], (typeof stretches)[0]];
	const common = new Set([...here.there].filter((place) => there.there.has(place)));
	// A period that is cut is not known of the days that are left, which may cut another.
	const periods = [...here.periods, ...there.periods].filter(({ from, to }) => to > from);
	for (let isSettled = false; !isSettled;) {
		isSettled = true;
		for (const { from, to } of periods) {
			let inside = 0;
			for (let place = from; place <= to; place++) if (common.has(place)) inside++;
			if (inside === 0 || inside === to - from + 1) continue;
			for (let place = from; place <= to; place++) common.delete(place);
			isSettled = false;
		}
	}
	return common;
}

/** A metric over some days of a range, which cut no period. */
function valueOver(metric: MetricId, evaluation: Evaluation, places: ReadonlySet<number>): number | null {
	if (places.size === 0) return null;
	const { formula } = METRICS[metric];
	const { part, whole } = amountsOver(metric, evaluation, places);
	if (formula.kind === 'amount') return part / formula.per;
	return whole === 0 ? null : part / (whole * formula.per);
}

/** What a metric is made of over some days of a range, which cut no period; the whole of an amount is 0. */
export function amountsOver(
	metric: MetricId,
	[{ days, daily }, { known }]: Evaluation,
	places: ReadonlySet<number>
): { readonly part: number; readonly whole: number } {
	const { formula } = METRICS[metric];
	const first = days.all[0] ?? 0;
	let part = 0;
	let whole = 0;
	for (const one of known) {
		if (!places.has(one.from - first)) continue;
		part += one.part;
		whole += one.whole;
	}
	for (const day of daysOfEvents(metric, days)) {
		const place = day - first;
		if (!places.has(place)) continue;
		const figure = (id: FigureId) => daily[id][place] ?? 0;
		part += eventAmount(formula.kind === 'amount' ? formula.of : formula.part, figure);
		if (formula.kind === 'ratio') whole += eventAmount(formula.whole, figure);
	}
	return { part, whole };
}
