import { LABEL, isNative, type Dimension } from '../../model/dimension';
import { CLOSED_VALUES } from '../../model/event';
import { FACT_METRIC_IDS, additionOf, isAdditive } from '../../model/fact-metric';
import type { EventSeries } from '../../model/event-answer';
import type { Query } from '../../model/query';
import { JoinedDays, type DayReaders, type DayValues } from './day-values';
import { evaluate } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import type { Question } from './question';

/** Reported figures of the values of a dimension, as series of a split. */

interface SplitReader {
	readonly value: string;
	readonly days: DayValues;
	readonly impressions: number;
}

/** The values of a dimension of which anything is reported on these days, the largest by impressions first. */
export function readersOf(
	question: Question,
	dimension: Dimension,
	readers: DayReaders,
	reported: readonly number[]
): SplitReader[] {
	const currencies = [...readers.facts.identity.currencies.keys()];
	return valuesThere(question, dimension, readers)
		.map((value) => ({
			value,
			days: readers.of(readers.narrowed(question, dimension, value))
		}))
		.filter(({ days }) => isAnyReported(days, reported, currencies))
		.map(({ value, days }) => ({
			value,
			days,
			impressions: impressionsOf(days, reported)
		}))
		.sort((a, b) => b.impressions - a.impressions);
}

/** The values that any figure may be of. */
function valuesThere(question: Question, dimension: Dimension, readers: DayReaders): readonly string[] {
	if (dimension === LABEL) return readers.labels?.names ?? [];
	if (!isNative(dimension)) return []; // no report has others
	const there = readers.facts.filteredBy[dimension];
	const order = dimension === 'account' ? [...there].sort() : CLOSED_VALUES[dimension];
	const wanted = question.filters[dimension] ?? order;
	return order.filter((value) => there.has(value) && wanted.includes(value));
}

/** Whether anything that adds up is reported of a value on some days, or of a period within them. */
function isAnyReported(days: DayValues, reported: readonly number[], currencies: readonly number[]): boolean {
	const inside = { from: reported[0] ?? 0, to: reported.at(-1) ?? -1 };
	return ADDITIVE.some((metric) =>
		(additionOf(metric) === 'money' ? currencies : [UNKNOWN_CURRENCY]).some(
			(currency) =>
				reported.some((day) => days.of(metric, { from: day, to: day }, currency) !== null) ||
				days.periods(metric, inside).some((period) => days.of(metric, period, currency) !== null)
		)
	);
}

const ADDITIVE = FACT_METRIC_IDS.filter(isAdditive);

/** The impressions of a value over days and the periods within them. */
function impressionsOf(days: DayValues, reported: readonly number[]): number {
	const { known } = evaluate('impressions', { all: reported, fromEvents: [], reported }, () => 0, days);
	return known.reduce((sum, { part }) => sum + part, 0);
}

/** The series of a split: those of events in their order, then values that are only reported, as far as there is room. */
export function seriesOf(
	events: readonly EventSeries[],
	question: Question,
	{ splitLimit, splitFirst = [] }: Query,
	split: Dimension,
	readers: DayReaders,
	reported: readonly number[]
): { value: string | null; isRest: boolean; days: DayValues }[] {
	const found = readersOf(question, split, readers, reported);
	const hasRest = events.some(({ isRest }) => isRest);
	const named = events.flatMap(({ value, isRest }) => (isRest || value === null ? [] : [value]));
	const more = found.map(({ value }) => value).filter((value) => !named.includes(value));
	const others = more.filter((value) => !splitFirst.includes(value));
	const room = Math.max(0, splitLimit - new Set([...named, ...splitFirst]).size);
	const added = [...more.filter((value) => splitFirst.includes(value)), ...others.slice(0, room)];
	const own = [...named, ...(hasRest ? [] : added)];
	const rest = found.filter(({ value }) => !own.includes(value));
	const series: { value: string | null; isRest: boolean; days: DayValues }[] = own.map((value) => ({
		value,
		isRest: false,
		days: readers.of(readers.narrowed(question, split, value))
	}));
	// Labels overlap, so the others make no rest.
	if (split !== LABEL && (hasRest || rest.length > 0)) {
		series.push({ value: null, isRest: true, days: new JoinedDays(rest.map(({ days }) => days)) });
	}
	return series;
}
