import { END_MS, FIRST_MS, MS_PER_DAY, dayFromNumber, dayNumber, daysFromCivil, dayStarts } from './calendar';
import type { Bucket } from './answer';
import type { Filter, Grain } from './query';

/** The axis of a series: the stretches that a range of days is cut into. The same for every engine. */
export interface Axis {
	readonly buckets: readonly Bucket[];
	/** Bucket b covers the instants [bucketStarts[b], bucketStarts[b + 1]). */
	readonly bucketStarts: Float64Array;
	/** Numbers of the days of bucket b: [bucketDays[b], bucketDays[b + 1]). */
	readonly bucketDays: Int32Array;
}

// No event lies further out, in any zone; a range that does is cut, so that an address cannot ask for a million days.
const FIRST_DAY = FIRST_MS / MS_PER_DAY - 1;
const LAST_DAY = END_MS / MS_PER_DAY;

/** The instants that the days of a filter cover: [fromMs, toMs). */
export function instantsOf(filter: Pick<Filter, 'tz' | 'from' | 'to'>): {
	readonly fromMs: number;
	readonly toMs: number;
} {
	const { first, last } = daysOf(filter);
	const [fromMs] = dayStarts(first, first, filter.tz) as unknown as [number];
	const [toMs] = dayStarts(last + 1, last + 1, filter.tz) as unknown as [number];
	return { fromMs, toMs };
}

/** Cuts the days of a filter into days, weeks or months. */
export function axisOf(filter: Pick<Filter, 'tz' | 'from' | 'to'>, grain: Grain): Axis {
	const { first, last } = daysOf(filter);
	const starts = dayStarts(first, last, filter.tz);

	const buckets: Bucket[] = [];
	const bucketStarts: number[] = [];
	const bucketDays: number[] = [];
	for (let day = first; day <= last;) {
		const [from, next] = bucketOf(day, grain);
		buckets.push({ day: dayFromNumber(from), partial: from < first || next > last + 1 });
		bucketStarts.push(starts[day - first] as number);
		bucketDays.push(day);
		day = next;
	}
	bucketStarts.push(starts[last + 1 - first] as number);
	bucketDays.push(last + 1);
	return {
		buckets,
		bucketStarts: Float64Array.from(bucketStarts),
		bucketDays: Int32Array.from(bucketDays)
	};
}

/** Numbers of the first and the last day. */
function daysOf(filter: Pick<Filter, 'from' | 'to'>): { readonly first: number; readonly last: number } {
	const first = clamp(dayNumber(filter.from) ?? FIRST_DAY);
	return { first, last: Math.max(clamp(dayNumber(filter.to) ?? LAST_DAY), first) };
}

function clamp(day: number): number {
	return Math.min(Math.max(day, FIRST_DAY), LAST_DAY);
}

/** First day of the bucket that a day is in, and of the next one. */
function bucketOf(day: number, grain: Grain): [number, number] {
	if (grain === 'day') return [day, day + 1];
	if (grain === 'week') {
		const monday = day - ((day + 3) % 7); // day 0 was a Thursday
		return [monday, monday + 7];
	}
	const date = new Date(day * MS_PER_DAY);
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth() + 1;
	const next = month === 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
	return [daysFromCivil(year, month, 1), next];
}
