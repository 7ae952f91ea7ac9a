import { dayFromNumber, dayNumber, daysBetween, type Day } from '../model/calendar';
import type { Query } from '../model/query';
import type { DayRange } from './range';

/** The range as a stretch of a line of days: what dragging its edges, or moving it by key, makes of it. */

/** What is taken hold of: one end, or the whole. */
export type Hold = 'from' | 'to' | 'both';

/** The days that the line shows: all that hold data, and the range. */
export function lineOfDays(data: DayRange, range: DayRange): DayRange {
	return {
		from: range.from < data.from ? range.from : data.from,
		to: range.to > data.to ? range.to : data.to
	};
}

/** Where a day begins on the line, as a fraction of its length. */
export function placeOnLine(line: DayRange, day: Day): number {
	return (numberOf(day) - numberOf(line.from)) / daysBetween(line.from, line.to);
}

/** The day at a fraction of the line. */
export function dayOnLine(line: DayRange, place: number): Day {
	const [first, last] = numbersOf(line);
	return dayFromNumber(clamp(first + Math.floor(place * (last - first + 1)), first, last));
}

/** The range from one day to another, in whichever order. */
export function between(a: Day, b: Day): DayRange {
	return a <= b ? { from: a, to: b } : { from: b, to: a };
}

/** The range after what is held has moved by days: an end stops at the other one, and all stays on the line. */
export function moved(line: DayRange, range: DayRange, hold: Hold, days: number): DayRange {
	const [first, last] = numbersOf(line);
	const [from, to] = numbersOf(range);
	const step = hold === 'both' ? clamp(days, first - from, last - to) : 0;
	return {
		from: dayFromNumber(hold === 'from' ? clamp(from + days, first, to) : from + step),
		to: dayFromNumber(hold === 'to' ? clamp(to + days, from, last) : to + step)
	};
}

/** How far a key moves what is held, in days; null where the key means something else. */
export function stepOfKey(key: string, range: DayRange, hold: Hold): number | null {
	const far = hold === 'both' ? daysBetween(range.from, range.to) : 7;
	switch (key) {
		case 'ArrowLeft':
		case 'ArrowDown':
			return -1;
		case 'ArrowRight':
		case 'ArrowUp':
			return 1;
		case 'PageDown':
			return -far;
		case 'PageUp':
			return far;
		case 'Home':
			return -Infinity;
		case 'End':
			return Infinity;
		default:
			return null;
	}
}

/** The question whose course by day is drawn on the line. */
export function lineQuery(query: Query, line: DayRange): Query {
	return { ...query, filter: { ...query.filter, ...line }, grain: 'day', split: null, top: 0 };
}

function numbersOf({ from, to }: DayRange): readonly [first: number, last: number] {
	return [numberOf(from), numberOf(to)];
}

function numberOf(day: Day): number {
	return dayNumber(day) ?? 0;
}

function clamp(value: number, least: number, most: number): number {
	return Math.min(most, Math.max(least, value));
}
