import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { Audience, FigureId } from '../../model/figures';
import {
	METRICS,
	eventAmount,
	isEventMetric,
	valueFrom,
	type MetricFormula,
	type MetricId
} from '../../model/metric';
import type { Amount } from './amount';
import { bestOfDays, type Known } from './cover';
import type { DayNumbers, DayValues } from './day-values';
import { UNKNOWN_CURRENCY } from './fact-identity';

/** The days of a stretch, by where their figures are from. */
export interface Days {
	/** Numbers of all days of the stretch, one after the other. */
	readonly all: readonly number[];
	/** Those that hold events, or none where events would be known of: their figures are those of events. */
	readonly fromEvents: readonly number[];
	/** The others, for which there is what was reported or nothing. */
	readonly reported: readonly number[];
}

/** What is known of a reported day or period: an amount, or the two parts of a ratio. */
export interface KnownPart extends DayNumbers {
	readonly part: number;
	/** 0 for an amount. */
	readonly whole: number;
	readonly isEstimate: boolean;
}

/** A metric over a stretch of days. */
export interface Evaluated {
	readonly value: number | null;
	/** What is known of the reported days, no day twice, in the order of time; none for levels. */
	readonly known: readonly KnownPart[];
	/** Numbers of the days that have no value. */
	readonly missing: readonly number[];
	readonly isEstimate: boolean;
	readonly isOfPins: boolean;
	readonly isOfUnnamed: boolean;
	readonly bounds: { readonly least: number; readonly most: number | null } | null;
	/** Of a level, the number of its day. */
	readonly asOf: number | null;
}

/** The reported metrics that a metric is made of. */
export function sourcesOf(metric: MetricId): readonly FactMetric[] {
	const { formula } = METRICS[metric];
	if (formula.kind === 'amount')
		return formula.of === 'engagements' ? ['engagements', 'saves', 'closeups', 'link_clicks'] : [formula.of];
	const { part, whole, reportedAs } = formula;
	return reportedAs === null ? [part, whole] : [part, whole, reportedAs];
}

/** Whether a metric is money or made of it, so that it has a value for each currency. */
export function isOfMoney(metric: MetricId): boolean {
	return sourcesOf(metric).some((source) => additionOf(source) === 'money');
}

/**
 * A metric over days of which some have events and others have what was reported: what is known is added up, and what
 * is missing is counted. Figures of several days count where they lie wholly inside, none of their days twice.
 * @param events figures of the days that have events; NaN where they have no value
 * @param currency the number of the one that money is in
 */
export function evaluate(
	metric: MetricId,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues,
	currency = UNKNOWN_CURRENCY
): Evaluated {
	const { formula } = METRICS[metric];
	if (!isEventMetric(metric)) {
		// Events do not have these metrics: on every day they are those of reports.
		days = { ...days, fromEvents: [], reported: days.all };
		events = () => 0;
	}
	if (days.reported.length === 0) return { ...NOTHING, value: valueFrom(metric, events) };
	if (formula.kind === 'ratio') {
		const isPaid = !isEventMetric(metric);
		return ratio(formula, isPaid, days, events, reported, currency);
	}
	switch (additionOf(formula.of)) {
		case 'people':
			return people(formula.of as Audience, days, events, reported);
		case 'level':
			return level(formula.of, days, reported);
		default: {
			const { isKnown, sum, ...evaluated } = addUp(formula.of, days, events, reported, currency);
			return { ...evaluated, value: isKnown ? sum / formula.per : null };
		}
	}
}

const NOTHING: Evaluated = {
	value: null,
	known: [],
	missing: [],
	isEstimate: false,
	isOfPins: false,
	isOfUnnamed: false,
	bounds: null,
	asOf: null
};

function addUp(
	metric: FactMetric,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues,
	currency: number
): Evaluated & { isKnown: boolean; sum: number } {
	const at = (stretch: DayNumbers) => reported.of(metric, stretch, currency);
	const chosen = chosenOf(days.reported, metric, at, reported);
	const values = chosen.map(({ value }) => value);
	return {
		...NOTHING,
		sum: eventAmount(metric, events) + sumOf(values),
		isKnown: days.fromEvents.length + chosen.length > 0,
		known: chosen.map(({ from, to, value }) => ({ from, to, ...amountPart(value) })),
		missing: missingOf(days.reported, chosen),
		...marksOf(values)
	};
}

function amountPart({ value, isEstimate }: Amount) {
	return { part: value, whole: 0, isEstimate };
}

/** What is known of days and of periods inside them, no day twice. */
function chosenOf<T>(
	days: readonly number[],
	metric: FactMetric,
	at: (stretch: DayNumbers) => T | null,
	reported: DayValues
): Known<T>[] {
	const ofDay = days.map((day) => at({ from: day, to: day }));
	if (days.length < 2) return bestOfDays(days, ofDay, []);
	const inside = { from: days[0]!, to: days.at(-1)! };
	const known = reported.periods(metric, inside).flatMap(({ from, to }): Known<T>[] => {
		const value = at({ from, to });
		return value === null ? [] : [{ from, to, value }];
	});
	return bestOfDays(days, ofDay, known);
}

function missingOf(days: readonly number[], chosen: readonly DayNumbers[]): number[] {
	const missing: number[] = [];
	let next = 0;
	for (const day of days) {
		while (next < chosen.length && chosen[next]!.to < day) next++;
		const known = chosen[next];
		if (!known || known.from > day) missing.push(day);
	}
	return missing;
}

/** The days of a stretch as one period, where all of it is from reports. */
function asOne({ fromEvents, reported }: Days): DayNumbers | null {
	return fromEvents.length > 0 ? null : { from: reported[0]!, to: reported.at(-1)! };
}

/**
 * Over the days of which both parts are known. What was reported as a ratio stands for its own period only.
 * @param isPaid whether the parts are those of the finest subjects of ads of which both are known
 */
function ratio(
	{ part, whole, per, reportedAs }: Extract<MetricFormula, { kind: 'ratio' }>,
	isPaid: boolean,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues,
	currency: number
): Evaluated {
	const at = (stretch: DayNumbers): readonly [Amount, Amount] | null => {
		if (isPaid) {
			const pair = reported.pair(part, whole, stretch, currency);
			return pair && [pair.part, pair.whole];
		}
		const [above, below] = [reported.of(part, stretch, currency), reported.of(whole, stretch, currency)];
		return above && below ? [above, below] : null;
	};
	const pairs = chosenOf(days.reported, part, at, reported);
	if (days.fromEvents.length + pairs.length === 0) {
		const stretch = asOne(days);
		const lone = stretch && reportedAs !== null ? reported.of(reportedAs, stretch, currency) : null;
		return lone
			? { ...NOTHING, value: lone.value, known: [{ ...stretch!, ...amountPart(lone) }], ...marksOf([lone]) }
			: { ...NOTHING, missing: days.reported };
	}
	const above = eventAmount(part, events) + sumOf(pairs.map(({ value }) => value[0]));
	const below = eventAmount(whole, events) + sumOf(pairs.map(({ value }) => value[1]));
	return {
		...NOTHING,
		value: below === 0 ? null : above / (below * per),
		known: pairs.map(({ from, to, value: [above, below] }) => ({
			from,
			to,
			part: above.value,
			whole: below.value,
			isEstimate: above.isEstimate || below.isEstimate
		})),
		missing: missingOf(days.reported, pairs),
		...marksOf(pairs.flatMap(({ value }) => value))
	};
}

/** People are never added up: those of one day or of one reported period are known, those of several lie between bounds. */
function people(
	metric: Audience,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const stretch = asOne(days);
	const whole = stretch && reported.of(metric, stretch, UNKNOWN_CURRENCY);
	if (whole) {
		const known = [{ ...stretch!, ...amountPart(whole) }];
		return { ...NOTHING, value: whole.value, known, ...marksOf([whole]) };
	}
	const ofDays = days.reported.flatMap((day): Known<Amount>[] => {
		const value = reported.of(metric, { from: day, to: day }, UNKNOWN_CURRENCY);
		return value === null ? [] : [{ from: day, to: day, value }];
	});
	const values = ofDays.map(({ value }) => value);
	const missing = missingOf(days.reported, ofDays);
	if (days.fromEvents.length + days.reported.length === 1) return { ...NOTHING, missing };
	const met = events(metric);
	// Where no report answers any day, those of the events are all who are known.
	if (ofDays.length === 0 && days.fromEvents.length > 0 && !Number.isNaN(met))
		return { ...NOTHING, value: met, missing };
	const isKnown = !Number.isNaN(met) && (values.length > 0 || met > 0);
	const least = values.reduce((most, { value }) => Math.max(most, value), met);
	const most = missing.length === 0 ? met + sumOf(values) : null;
	return {
		...NOTHING,
		known: ofDays.map(({ from, to, value }) => ({ from, to, ...amountPart(value) })),
		missing,
		...marksOf(values),
		bounds: isKnown ? { least, most } : null
	};
}

/** The last total that is known. */
function level(metric: FactMetric, { reported: days }: Days, reported: DayValues): Evaluated {
	const last = reported.lastLevel(metric, { from: days[0]!, to: days.at(-1)! });
	return last
		? { ...NOTHING, value: last.value, asOf: last.day, ...marksOf([last]) }
		: { ...NOTHING, missing: days };
}

function sumOf(values: readonly Amount[]): number {
	return values.reduce((sum, { value }) => sum + value, 0);
}

function marksOf(values: readonly Amount[]) {
	return {
		isEstimate: values.some(({ isEstimate }) => isEstimate),
		isOfPins: values.some(({ isOfPins }) => isOfPins),
		isOfUnnamed: values.some(({ isOfUnnamed }) => isOfUnnamed)
	};
}
