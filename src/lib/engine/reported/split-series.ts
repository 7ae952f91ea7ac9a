import { CLOSED_VALUES, type Dimension } from '../../model/event';
import { FIGURE_IDS } from '../../model/figures';
import type { EventSeries } from '../../model/event-answer';
import type { Query } from '../../model/query';
import { JoinedDays, type DayReaders, type DayValues } from './day-values';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { narrowedTo, type Question } from './question';

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
	const there = readers.facts.filteredBy[dimension];
	const order = dimension === 'account' ? [...there].sort() : CLOSED_VALUES[dimension];
	const wanted = question.filters[dimension] ?? order;
	return order
		.filter((value) => there.has(value) && wanted.includes(value))
		.map((value) => ({
			value,
			days: readers.of(narrowedTo(question, dimension, value))
		}))
		.filter(({ days }) => isAnyReported(days, reported))
		.map(({ value, days }) => ({
			value,
			days,
			impressions: reported.reduce(
				(sum, day) => sum + (days.of('impressions', { from: day, to: day }, UNKNOWN_CURRENCY)?.value ?? 0),
				0
			)
		}))
		.sort((a, b) => b.impressions - a.impressions);
}

function isAnyReported(days: DayValues, reported: readonly number[]): boolean {
	return reported.some((day) =>
		FIGURES.some((metric) => days.of(metric, { from: day, to: day }, UNKNOWN_CURRENCY) !== null)
	);
}

const FIGURES = [...FIGURE_IDS, 'engagements'] as const;

/** The series of a split: those of events in their order, then values that are only reported, as far as there is room. */
export function seriesOf(
	events: readonly EventSeries[],
	question: Question,
	{ splitLimit }: Query,
	split: Dimension,
	readers: DayReaders,
	reported: readonly number[]
): { value: string | null; isRest: boolean; days: DayValues }[] {
	const found = readersOf(question, split, readers, reported);
	const hasRest = events.some(({ isRest }) => isRest);
	const named = events.flatMap(({ value, isRest }) => (isRest || value === null ? [] : [value]));
	const more = found.map(({ value }) => value).filter((value) => !named.includes(value));
	const own = [...named, ...(hasRest ? [] : more.slice(0, Math.max(0, splitLimit - named.length)))];
	const rest = found.filter(({ value }) => !own.includes(value));
	const series: { value: string | null; isRest: boolean; days: DayValues }[] = own.map((value) => ({
		value,
		isRest: false,
		days: readers.of(narrowedTo(question, split, value))
	}));
	if (hasRest || rest.length > 0) {
		series.push({ value: null, isRest: true, days: new JoinedDays(rest.map(({ days }) => days)) });
	}
	return series;
}
