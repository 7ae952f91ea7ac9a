import type { Alternative, Total } from '../../model/answer';
import { dayFromNumber } from '../../model/calendar';
import type { Figures } from '../../model/figures';
import type { MetricId } from '../../model/metric';
import { filtersKey, spansOf } from '../../model/reported';
import type { DayValues } from './day-values';
import { evaluate, isOfMoney, sourcesOf, type Days } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { moneyOrder } from './money-order';
import type { ResolvedFacts } from './resolved-facts';

/** Of each metric of money, the currencies that it has values in: the tile's own first. */
export interface Money {
	readonly currenciesOf: (metric: MetricId) => readonly number[];
	readonly codeOf: (currency: number) => string;
}

/** The currencies that metrics of money have values in. */
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
