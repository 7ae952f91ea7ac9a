import type { UnusualDay } from '../../model/change';
import { dayFromNumber } from '../../model/calendar';

/**
 * Days whose figure lies far outside what their weekday had in the weeks before: x is unusual where
 * |x − m| > 3.5 × max(1.4826 × MAD, √m, 1), m being the median of the same weekday in the eight weeks before it, MAD the
 * median of the distances from m. 1.4826 makes a MAD comparable with a standard deviation; 3.5 is the usual limit of such
 * scores. √m is how far a count strays by chance.
 * Source: Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993), with the product's own lower bound.
 */
const WEEKS = 8;
const LEAST_WEEKS = 4;
const LIMIT = 3.5;
const SCALE = 1.4826;

/** How many days before a range its days are measured by. */
export const DAYS_MEASURED_BY = 7 * WEEKS;

/**
 * The unusual days among all but the first DAYS_MEASURED_BY, in the order of time.
 * @param firstDay the number of the first value's day; the others follow it day by day
 * @param values NaN where a day has no figure, or only an estimate
 */
export function unusualDays(firstDay: number, values: Float64Array): UnusualDay[] {
	const found: UnusualDay[] = [];
	for (let i = DAYS_MEASURED_BY; i < values.length; i++) {
		const value = values[i] as number;
		if (Number.isNaN(value)) continue;
		const places: number[] = [];
		for (let week = WEEKS; week > 0; week--)
			if (!Number.isNaN(values[i - 7 * week])) places.push(i - 7 * week);
		if (places.length < LEAST_WEEKS) continue;
		const usual = places.map((place) => values[place] as number);
		const median = medianOf(usual);
		const spread = medianOf(usual.map((each) => Math.abs(each - median)));
		const most = LIMIT * Math.max(SCALE * spread, Math.sqrt(median), 1);
		if (!(Math.abs(value - median) > most)) continue;
		found.push({
			day: dayFromNumber(firstDay + i),
			value,
			median,
			low: Math.max(0, median - most),
			high: median + most,
			weekdays: places.map((place) => ({
				day: dayFromNumber(firstDay + place),
				value: values[place] as number
			}))
		});
	}
	return found;
}

/** The middle one of some values, or the mean of the middle two. */
function medianOf(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >>> 1;
	const upper = sorted[middle] as number;
	return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
