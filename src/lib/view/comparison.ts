import { addDays, dayNumber, daysBetween, type Day } from '../model/calendar';
import type { Comparison } from './address';
import type { DayRange } from './range';

/** Which days a range is compared with, and what came of it. */

const WEEKS_OF_A_YEAR = 52;

/**
 * The days that a range is compared with: as many right before it, or the same dates a year before.
 * With matching weekdays the range is moved back by whole weeks instead: the fewest that do not overlap, or 52.
 */
export function comparisonRange(range: DayRange, compare: Comparison, matchWeekdays: boolean): DayRange {
	const days = daysBetween(range.from, range.to);
	if (matchWeekdays)
		return movedBack(range, 7 * (compare === 'year' ? WEEKS_OF_A_YEAR : Math.ceil(days / 7)));
	if (compare === 'previous') return movedBack(range, days);
	return { from: yearBefore(range.from), to: yearBefore(range.to) };
}

/** The change as a fraction of what was; null where either has no value, or was 0. */
export function changeOf(now: number | null, then: number | null): number | null {
	if (now === null || then === null || then === 0) return null;
	return (now - then) / then;
}

function movedBack(range: DayRange, days: number): DayRange {
	return { from: addDays(range.from, -days), to: addDays(range.to, -days) };
}

function yearBefore(day: Day): Day {
	const date = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
	// 29 February becomes the 28th.
	return dayNumber(date) === null ? `${date.slice(0, 8)}28` : date;
}
