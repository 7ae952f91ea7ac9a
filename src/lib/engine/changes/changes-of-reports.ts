import type { Change, ChangePart, PartChanges } from '../../model/change';
import { additionOf } from '../../model/fact-metric';
import { METRICS, eventAmount, isEventMetric, type MetricId } from '../../model/metric';
import { amountsOver, commonDays, compareTotal, type Evaluation, type Side } from '../reported/compare';
import { evaluate } from '../reported/evaluate';
import { emptyAmounts } from './contributions';
import { changeOfPeople, peopleChanges } from './changes-of-people';
import { partChanges, totalChange, type PartAmounts } from './part-changes';

/**
 * A change where reports have a part in it: over the days that both periods have of the whole. A value is listed where it
 * is known on each of these days too; what the values that are listed do not make up is the rest.
 */

/** Two ranges that are compared. */
export interface Sides {
	readonly now: Side;
	readonly then: Side;
}

/** A value, Pin or board that reports may have. */
export interface ReportedValue extends Sides {
	readonly name: string;
}

interface Amounts {
	readonly part: number;
	readonly whole: number;
}

/** The whole change, and what its parts are measured by. */
export interface ReportedTotal {
	readonly total: Change;
	/** How many days it is over. */
	readonly days: number;
	/** Null where it can only be stated, not taken apart. */
	readonly base: Base | null;
}

interface Base {
	readonly now: Amounts;
	readonly then: Amounts;
	/** The places of the days that both have; null where both have all. */
	readonly places: ReadonlySet<number> | null;
}

/** The change of the whole. @param currency the number of the one that money is in */
export function reportedTotal(metric: MetricId, sides: Sides, currency: number): ReportedTotal {
	const { now, then, days } = compareTotal(metric, sides.now, sides.then, currency);
	const stated = changeOfPeople(now, then);
	if (!addsUp(metric)) return { total: stated, days, base: null };
	const [a, b] = evaluations(metric, sides, currency);
	const isWhole = a[1].missing.length === 0 && b[1].missing.length === 0;
	const places = isWhole ? null : commonDays(a, b);
	const amounts = { now: amountsIn(metric, a, places), then: amountsIn(metric, b, places) };
	if (now === null || then === null || !amounts.now || !amounts.then)
		return { total: stated, days, base: null };
	return {
		total: totalChange(metric, columnsOf([amounts.now]), columnsOf([amounts.then])),
		days,
		base: { now: amounts.now, then: amounts.then, places }
	};
}

/** What one part made of it; null where no value of it is known on all of the days. */
export function reportedPart(
	metric: MetricId,
	part: ChangePart,
	values: readonly ReportedValue[],
	base: Base,
	currency: number
): PartChanges | null {
	const found = values.flatMap((value) => {
		const known = valueAmounts(metric, value, base.places, currency);
		return known ? [{ name: value.name, ...known }] : [];
	});
	if (found.every(({ now, then }) => isNothing(now) && isNothing(then))) return null;
	const left = (side: 'now' | 'then'): Amounts => ({
		part: found.reduce((rest, known) => rest - known[side].part, base[side].part),
		whole: found.reduce((rest, known) => rest - known[side].whole, base[side].whole)
	});
	// The first of them is what no listed value makes up.
	const all = [{ now: left('now'), then: left('then') }, ...found];
	const occurs = Uint8Array.from(all, ({ now, then }) => (isNothing(now) && isNothing(then) ? 0 : 1));
	const amounts: PartAmounts = {
		part,
		now: { ...columnsOf(all.map(({ now }) => now)), occurs },
		then: { ...columnsOf(all.map(({ then }) => then)), occurs },
		name: (value) => found[value - 1]?.name ?? '',
		firstListed: 1
	};
	const changes = partChanges(metric, amounts);
	if (!changes || changes.rows.length === 0) return null;
	return occurs[0] === 1 && changes.rest ? { ...changes, rest: { ...changes.rest, count: null } } : changes;
}

/** Audiences of one part that reports have of both ranges, listed; null where there is none. */
export function reportedPeople(
	metric: MetricId,
	part: ChangePart,
	values: readonly ReportedValue[],
	currency: number
): PartChanges | null {
	const found = values.flatMap(({ name, ...sides }) => {
		const { now, then } = compareTotal(metric, sides.now, sides.then, currency);
		return now === null || then === null || (now === 0 && then === 0) ? [] : [{ name, now, then }];
	});
	if (found.length === 0) return null;
	const occurs = new Uint8Array(found.length).fill(1);
	const columns = (of: 'now' | 'then') => ({
		...columnsOf(found.map((value) => ({ part: value[of], whole: 0 }))),
		occurs
	});
	const name = (value: number) => found[value]!.name;
	return peopleChanges({ part, now: columns('now'), then: columns('then'), name, firstListed: 0 });
}

/** Whether a metric is a sum or follows from sums. */
function addsUp(metric: MetricId): boolean {
	const { formula } = METRICS[metric];
	if (formula.kind === 'ratio') return true;
	const adds = additionOf(formula.of);
	return adds === 'sum' || adds === 'money';
}

function evaluations(metric: MetricId, { now, then }: Sides, currency: number): [Evaluation, Evaluation] {
	const of = (side: Side): Evaluation => [
		side,
		evaluate(metric, side.days, (id) => side.totals[id], side.values, currency)
	];
	return [of(now), of(then)];
}

/** What a value amounts to on the days of the whole; null where it is not known on all of them. */
function valueAmounts(
	metric: MetricId,
	sides: Sides,
	places: ReadonlySet<number> | null,
	currency: number
): { readonly now: Amounts; readonly then: Amounts } | null {
	const [a, b] = evaluations(metric, sides, currency);
	if (places === null) {
		if (a[1].missing.length > 0 || b[1].missing.length > 0) return null;
	} else {
		const common = commonDays(a, b);
		if ([...places].some((place) => !common.has(place))) return null;
		if (cutsPeriod(a, places) || cutsPeriod(b, places)) return null;
	}
	const [now, then] = [amountsIn(metric, a, places), amountsIn(metric, b, places)];
	return now && then && { now, then };
}

/** Whether some days hold only a part of a period that is known as a whole. */
function cutsPeriod([{ days }, { known }]: Evaluation, places: ReadonlySet<number>): boolean {
	const first = days.all[0] ?? 0;
	return known.some(({ from, to }) => {
		let inside = 0;
		for (let day = from; day <= to; day++) if (places.has(day - first)) inside++;
		return inside > 0 && inside <= to - from;
	});
}

/** What a metric is made of; null where only the ratio itself is known. */
function amountsIn(
	metric: MetricId,
	evaluation: Evaluation,
	places: ReadonlySet<number> | null
): Amounts | null {
	const amounts =
		places === null ? amountsOfAll(metric, evaluation) : amountsOver(metric, evaluation, places);
	const isLone =
		METRICS[metric].formula.kind === 'ratio' && amounts.whole === 0 && evaluation[1].value !== null;
	return isLone ? null : amounts;
}

/** Of all days: those of events need no figures by day. */
function amountsOfAll(metric: MetricId, [{ totals }, { known }]: Evaluation): Amounts {
	const { formula } = METRICS[metric];
	const ofEvents = (of: Parameters<typeof eventAmount>[0]) =>
		isEventMetric(metric) ? eventAmount(of, (id) => totals[id]) : 0;
	return known.reduce<Amounts>(
		(sum, one) => ({ part: sum.part + one.part, whole: sum.whole + one.whole }),
		formula.kind === 'amount'
			? { part: ofEvents(formula.of), whole: 0 }
			: { part: ofEvents(formula.part), whole: ofEvents(formula.whole) }
	);
}

function columnsOf(amounts: readonly Amounts[]) {
	const columns = emptyAmounts(amounts.length);
	amounts.forEach(({ part, whole }, i) => {
		columns.parts[i] = part;
		columns.wholes[i] = whole;
	});
	return columns;
}

function isNothing({ part, whole }: Amounts): boolean {
	return part === 0 && whole === 0;
}
