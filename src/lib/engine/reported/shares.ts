import type { Shares, ValueShare } from '../../model/answer';
import { CLOSED_VALUES, NATIVE_DIMENSIONS, type NativeDimension } from '../../model/event';
import type { EventAnswer } from '../../model/event-answer';
import { compareText } from '../../model/text-order';
import type { DayReaders } from './day-values';
import { evaluate, type Days, type KnownPart } from './evaluate';
import { UNKNOWN_CURRENCY } from './fact-identity';
import { narrowedTo, widenedBy, type Question } from './question';

/**
 * The values of every dimension that occur, each with its impressions under the filters of the other dimensions: of
 * events, and of every reported day or period that has a figure. Where any of these lacks a value, no value of that
 * dimension has impressions: parts of an unknown whole are no shares.
 */
export function sharesOf(
	events: EventAnswer['shares'],
	question: Question,
	readers: DayReaders,
	days: Days
): Shares {
	const share = (dimension: NativeDimension): readonly ValueShare[] => {
		const others = widenedBy(question, dimension);
		const { known, missing } = evaluate('impressions', days, () => 0, readers.of(others));
		const sums = new Map(events[dimension].map(({ value, impressions }) => [value, impressions]));
		const isWhole =
			addReported(sums, dimension, others, readers, known) &&
			!isPartKnown(dimension, others, readers, missing);
		for (const value of readers.facts.filteredBy[dimension]) if (!sums.has(value)) sums.set(value, 0);
		return [...sums]
			.map(([value, impressions]) => ({ value, impressions: isWhole ? impressions : null }))
			.sort((a, b) => (b.impressions ?? 0) - (a.impressions ?? 0) || compareText(a.value, b.value));
	};
	return Object.fromEntries(
		NATIVE_DIMENSIONS.map((dimension) => [dimension, share(dimension)])
	) as unknown as Shares;
}

/** Whether any value has a figure on days of which the whole is not known. */
function isPartKnown(
	dimension: NativeDimension,
	question: Question,
	readers: DayReaders,
	missing: readonly number[]
): boolean {
	return [...readers.facts.filteredBy[dimension]].some((value) => {
		const reader = readers.of(narrowedTo(question, dimension, value));
		return missing.some((day) => reader.of('impressions', { from: day, to: day }, UNKNOWN_CURRENCY) !== null);
	});
}

/** Adds what is reported of every value; false where one is not known. */
function addReported(
	sums: Map<string, number>,
	dimension: NativeDimension,
	question: Question,
	readers: DayReaders,
	known: readonly KnownPart[]
): boolean {
	if (known.length === 0) return true;
	// The list of accounts is open: those that are reported need not be all.
	if (dimension === 'account') return false;
	const values = CLOSED_VALUES[dimension].map((value) => ({
		value,
		days: readers.of(narrowedTo(question, dimension, value))
	}));
	return known.every(({ from, to, part }) => {
		let left = part;
		let isWhole = true;
		for (const { value, days } of values) {
			const found = days.of('impressions', { from, to }, UNKNOWN_CURRENCY);
			if (!found) isWhole = false;
			else if (found.value > 0 || !sums.has(value)) sums.set(value, (sums.get(value) ?? 0) + found.value);
			left -= found?.value ?? 0;
		}
		// Where those that are known make the whole, the others have 0.
		return isWhole || left === 0;
	});
}
