import {
	isDimension,
	type Change,
	type ChangePart,
	type ChangeRest,
	type ChangedRow,
	type PartChanges,
	type RateChange
} from '../../model/change';
import { LABEL } from '../../model/dimension';
import { METRICS, type MetricId } from '../../model/metric';
import { compareText } from '../../model/text-order';
import type { EventAmounts } from './amounts-of-events';
import {
	countContributions,
	largestContributions,
	rateContributions,
	sumOf,
	type AmountColumns,
	type Contributions
} from './contributions';

/** How many rows a part lists up and down at most. */
export const ROWS_EACH_WAY = 8;

/** A dimension, Pins, boards or links in two periods; a value has the same number in both. */
export interface PartAmounts {
	readonly part: ChangePart;
	readonly now: EventAmounts;
	readonly then: EventAmounts;
	readonly name: (value: number) => string;
	/** Numbers below this are not listed, such as the Pins without a link, or what no report names. */
	readonly firstListed: number;
}

/** What made the change of a metric, by one part; null where a rate has no whole in a period. */
export function partChanges(
	metric: MetricId,
	{ part, now, then, name, firstListed }: PartAmounts
): PartChanges | null {
	const all = contributionsOf(metric, now, then);
	if (!all) return null;
	const contribution = (value: number) => (all.own[value] as number) + (all.mix[value] as number);
	const chosen = chosenValues({ part, now, then, name, firstListed }, all);
	const rates = ratesOf(metric, now, then, all);
	const rows = chosen.map((value): ChangedRow => {
		const [side, before] = [amountsAt(now, value), amountsAt(then, value)];
		return {
			name: name(value),
			title: '',
			board: '',
			...changeOf(metric, side, before, contribution(value), rates && rates(value)),
			presence: then.occurs[value] === 0 ? 'new' : now.occurs[value] === 0 ? 'gone' : null
		};
	});
	const isChosen = new Set(chosen);
	// A Pin may bear several labels, so what is not listed of them makes no rest.
	if (part === LABEL) return { part, rows, rest: null };
	const others = occurringValues(now, then).filter((value) => !isChosen.has(value));
	return { part, rows, rest: restOf(metric, now, then, all, others, firstListed) };
}

/**
 * The values that are listed, the largest contribution first: of a dimension all, where they are few; else those that add
 * most and take most away.
 */
export function chosenValues(
	{ part, now, then, name, firstListed }: PartAmounts,
	all: Contributions
): number[] {
	const listable = occurringValues(now, then).filter((value) => value >= firstListed);
	if (!isDimension(part) || listable.length > 2 * ROWS_EACH_WAY)
		return largestContributions(listed(all, firstListed), ROWS_EACH_WAY, name);
	const contribution = (value: number) => (all.own[value] as number) + (all.mix[value] as number);
	return listable.sort((a, b) => contribution(b) - contribution(a) || compareText(name(a), name(b)));
}

/** The values of which anything passes in either period. */
function occurringValues(now: EventAmounts, then: EventAmounts): number[] {
	const occurring: number[] = [];
	for (let value = 0; value < now.occurs.length; value++)
		if (now.occurs[value] === 1 || then.occurs[value] === 1) occurring.push(value);
	return occurring;
}

/** The change of a whole: all of it is its own. */
export function totalChange(metric: MetricId, now: AmountColumns, then: AmountColumns): Change {
	const [all, before] = [total(now), total(then)];
	const [valueNow, valueThen] = [valueOf(metric, all), valueOf(metric, before)];
	if (METRICS[metric].formula.kind === 'amount') {
		return changeOf(metric, all, before, all.part - before.part, null);
	}
	const change = valueNow === null || valueThen === null ? null : valueNow - valueThen;
	return {
		then: valueThen,
		now: valueNow,
		contribution: change,
		ofRate: change === null ? null : { own: change, mix: 0, shareThen: 1, shareNow: 1 }
	};
}

/** Part and whole of one value in one period. */
interface Amounts {
	readonly part: number;
	readonly whole: number;
}

function contributionsOf(metric: MetricId, now: AmountColumns, then: AmountColumns): Contributions | null {
	return METRICS[metric].formula.kind === 'amount'
		? countContributions(now, then)
		: rateContributions(now, then);
}

/** The same without what is not listed. */
function listed({ own, mix }: Contributions, first: number): Contributions {
	if (first === 0) return { own, mix };
	return { own: own.slice().fill(0, 0, first), mix: mix.slice().fill(0, 0, first) };
}

function amountsAt({ parts, wholes }: AmountColumns, value: number): Amounts {
	return { part: parts[value] as number, whole: wholes[value] as number };
}

function total({ parts, wholes }: AmountColumns): Amounts {
	return { part: sumOf(parts), whole: sumOf(wholes) };
}

/** The metric's value of amounts; null for a rate without a whole. */
function valueOf(metric: MetricId, { part, whole }: Amounts): number | null {
	const { formula } = METRICS[metric];
	if (formula.kind === 'amount') return part / formula.per;
	return whole === 0 ? null : part / (whole * formula.per);
}

/** @param contribution before it is divided to be in the metric's unit */
function changeOf(
	metric: MetricId,
	now: Amounts,
	then: Amounts,
	contribution: number,
	ofRate: RateChange | null
): Change {
	const { per } = METRICS[metric].formula;
	return {
		then: valueOf(metric, then),
		now: valueOf(metric, now),
		contribution: contribution / per,
		ofRate: ofRate && { ...ofRate, own: ofRate.own / per, mix: ofRate.mix / per }
	};
}

/** The parts of a rate's contributions by value; null for all that is no rate. */
function ratesOf(
	metric: MetricId,
	now: AmountColumns,
	then: AmountColumns,
	{ own, mix }: Contributions
): ((value: number) => RateChange) | null {
	if (METRICS[metric].formula.kind === 'amount') return null;
	const [wholeNow, wholeThen] = [sumOf(now.wholes), sumOf(then.wholes)];
	return (value) => ({
		own: own[value] as number,
		mix: mix[value] as number,
		shareThen: (then.wholes[value] as number) / wholeThen,
		shareNow: (now.wholes[value] as number) / wholeNow
	});
}

/** All values that are not listed, as one; null where there is none. */
function restOf(
	metric: MetricId,
	now: AmountColumns,
	then: AmountColumns,
	all: Contributions,
	others: readonly number[],
	firstListed: number
): ChangeRest | null {
	if (others.length === 0) return null;
	const sum = (column: Float64Array) => others.reduce((sum, value) => sum + (column[value] as number), 0);
	const amounts = ({ parts, wholes }: AmountColumns): Amounts => ({ part: sum(parts), whole: sum(wholes) });
	const [side, before] = [amounts(now), amounts(then)];
	const [own, mix] = [sum(all.own), sum(all.mix)];
	const ofRate =
		METRICS[metric].formula.kind === 'amount'
			? null
			: {
					own,
					mix,
					shareThen: before.whole / sumOf(then.wholes),
					shareNow: side.whole / sumOf(now.wholes)
				};
	const count = others.filter((value) => value >= firstListed).length;
	return { ...changeOf(metric, side, before, own + mix, ofRate), count };
}
