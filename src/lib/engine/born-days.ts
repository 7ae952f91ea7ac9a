import type { Catalogue } from '../columns/catalogue';
import { MS_PER_DAY, dayNumberAt, dayStarts } from '../model/calendar';
import { firstDays, type Days } from './pin-lives';
import type { Pace } from './pace';

/**
 * The day that each Pin was made, in a zone: that of `created_at`, else of its first event, whatever the filters.
 * @param days all that hold events
 */
export async function bornDays(
	pace: Pace,
	days: Days,
	catalogue: Catalogue,
	tz: string
): Promise<Int32Array> {
	const born = await firstDays(pace, days, catalogue.pinCount);
	const dayOf = daysOfInstants(tz);
	for (let pin = 0; pin < born.length; pin++) {
		const createdMs = Date.parse(catalogue.attribute('created_at', pin));
		if (!Number.isNaN(createdMs)) born[pin] = dayOf(createdMs);
	}
	return born;
}

/** The day of an instant. Days of a zone cost as much as many Pins, so each is looked for once. */
function daysOfInstants(tz: string): (ms: number) => number {
	const starts = new Map<number, number>();
	return (ms) => {
		// Within a day of the zone's midnight: that of the day in UTC, or of one beside it.
		const utc = Math.floor(ms / MS_PER_DAY);
		const startOf = (day: number) => {
			const known = starts.get(day);
			if (known !== undefined) return known;
			const start = dayStarts(day, day, tz)[0] as number;
			starts.set(day, start);
			return start;
		};
		for (const day of [utc, utc + 1, utc - 1]) if (startOf(day) <= ms && ms < startOf(day + 1)) return day;
		return dayNumberAt(ms, tz);
	};
}
