import { additionOf, type FactMetric } from '../../model/fact-metric';
import type { Day } from '../../model/calendar';
import type { Audience, FigureId } from '../../model/figures';
import {
	METRICS,
	eventAmount,
	isEventMetric,
	valueFrom,
	type MetricFormula,
	type MetricId
} from '../../model/metric';
import type { DayValue, DayValues } from './day-values';

/** The days of a stretch, by where their figures are from. */
export interface Days {
	/** How many days have events, or none where others have: of these the events' figures say all. */
	readonly told: number;
	/** The others, for which there is what was reported or nothing. */
	readonly reported: readonly Day[];
}

/** A metric over a stretch of days. */
export interface Evaluated {
	readonly value: number | null;
	readonly daysMissing: number;
	readonly isEstimate: boolean;
	readonly isOfPins: boolean;
	readonly bounds: { readonly least: number; readonly most: number | null } | null;
}

/** The reported metrics that a metric is made of. */
export function sourcesOf(metric: MetricId): readonly FactMetric[] {
	const { formula } = METRICS[metric];
	if (formula.kind === 'amount')
		return formula.of === 'engagements' ? ['engagements', 'saves', 'closeups', 'link_clicks'] : [formula.of];
	const { part, whole, reportedAs } = formula;
	return reportedAs === null ? [part, whole] : [part, whole, reportedAs];
}

/**
 * A metric over days of which some have events and others have what was reported: what is known is added up, and what
 * is missing is counted.
 * @param events figures of the days that have events; NaN where they have no value
 */
export function evaluate(
	metric: MetricId,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const { formula } = METRICS[metric];
	// Of what only reports have, days with events say nothing.
	if (!isEventMetric(metric)) days = { told: 0, reported: days.reported };
	if (days.reported.length === 0) return { ...NOTHING, value: valueFrom(metric, events) };
	if (formula.kind === 'ratio') return ratio(formula, days, events, reported);
	if (additionOf(formula.of) === 'people') return people(formula.of as Audience, days, events, reported);
	const { known, ...sum } = addUp(formula.of, days, events, reported);
	return { ...sum, value: known ? sum.value / formula.per : null, bounds: null };
}

/** A figure over the same days, as the figures of an answer have it: NaN where it has no value. */
export function evaluateFigure(
	id: FigureId,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): number {
	if (days.reported.length === 0) return events(id);
	if (id === 'total_audience' || id === 'engaged_audience') {
		return people(id, days, events, reported).value ?? NaN;
	}
	const { known, value } = addUp(id, days, events, reported);
	return known ? value : NaN;
}

const NOTHING: Evaluated = { value: null, daysMissing: 0, isEstimate: false, isOfPins: false, bounds: null };

function addUp(
	metric: FactMetric,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Omit<Evaluated, 'value' | 'bounds'> & { known: boolean; value: number } {
	const values = days.reported.map((day) => reported.value(metric, day)).filter((value) => value !== null);
	return {
		value: eventAmount(metric, events) + sumOf(values),
		known: days.told + values.length > 0,
		daysMissing: days.reported.length - values.length,
		...marksOf(values)
	};
}

/** Over the days of which both parts are known. What was reported as a ratio stands for one day only. */
function ratio(
	{ part, whole, per, reportedAs }: Extract<MetricFormula, { kind: 'ratio' }>,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const pairs = days.reported.flatMap((day) => {
		const [above, below] = [reported.value(part, day), reported.value(whole, day)];
		return above && below ? [[above, below] as const] : [];
	});
	if (days.told + pairs.length === 0) {
		const isOne = days.reported.length === 1 && reportedAs !== null;
		const lone = isOne ? reported.value(reportedAs, days.reported[0]!) : null;
		return lone
			? { ...NOTHING, value: lone.value, ...marksOf([lone]) }
			: { ...NOTHING, daysMissing: days.reported.length };
	}
	const above = eventAmount(part, events) + sumOf(pairs.map(([value]) => value));
	const below = eventAmount(whole, events) + sumOf(pairs.map(([, value]) => value));
	return {
		value: below === 0 ? null : above / (below * per),
		daysMissing: days.reported.length - pairs.length,
		...marksOf(pairs.flat()),
		bounds: null
	};
}

/** People are never added up: those of one day are known, those of several lie between bounds. */
function people(
	metric: Audience,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const values = days.reported.map((day) => reported.value(metric, day)).filter((value) => value !== null);
	const daysMissing = days.reported.length - values.length;
	if (days.told + days.reported.length === 1) {
		return { ...NOTHING, value: values[0]?.value ?? null, daysMissing, ...marksOf(values) };
	}
	const met = events(metric);
	const isKnown = !Number.isNaN(met) && (values.length > 0 || met > 0);
	const least = values.reduce((most, { value }) => Math.max(most, value), met);
	const most = daysMissing === 0 ? met + sumOf(values) : null;
	return { ...NOTHING, daysMissing, ...marksOf(values), bounds: isKnown ? { least, most } : null };
}

function sumOf(values: readonly DayValue[]): number {
	return values.reduce((sum, { value }) => sum + value, 0);
}

function marksOf(values: readonly DayValue[]) {
	return {
		isEstimate: values.some(({ isEstimate }) => isEstimate),
		isOfPins: values.some(({ isOfPins }) => isOfPins)
	};
}
