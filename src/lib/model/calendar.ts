/**
 * Days and time zones. A day is a `YYYY-MM-DD` string in the report's zone, or its number: whole days since
 * 1970-01-01. Which instants a day covers depends on the zone; days of 23 and 25 hours are ordinary.
 */
export type Day = string;

export const MS_PER_DAY = 86_400_000;

/** Events lie in these years (UTC). */
export const FIRST_YEAR = 1990;
export const LAST_YEAR = 2099;
export const FIRST_MS = Date.UTC(FIRST_YEAR, 0, 1);
export const END_MS = Date.UTC(LAST_YEAR + 1, 0, 1); // exclusive

/**
 * Days since 1970-01-01 of a date in the proleptic Gregorian calendar; `month` from 1. Does not check the date.
 * Algorithm: days_from_civil, Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 */
export function daysFromCivil(year: number, month: number, day: number): number {
	const y = month <= 2 ? year - 1 : year;
	const era = Math.floor(y / 400);
	const yearOfEra = y - era * 400;
	const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

/** How many days a month has; `month` from 1. */
export function daysInMonth(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The number of a day, or null where the text is not a date that exists. */
export function dayNumber(day: Day): number | null {
	const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	if (!match) return null;
	const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
	if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
	return daysFromCivil(year, month, date);
}

/** The day with this number, as `YYYY-MM-DD`. */
export function dayFromNumber(number: number): Day {
	return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

/** `day` moved by whole days. */
export function addDays(day: Day, days: number): Day {
	return dayFromNumber((dayNumber(day) ?? NaN) + days);
}

/** Days from `from` to `to`, both included. */
export function daysBetween(from: Day, to: Day): number {
	return (dayNumber(to) ?? NaN) - (dayNumber(from) ?? NaN) + 1;
}

/** Whether the runtime has this IANA time zone. */
export function isTimeZone(zone: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: zone });
		return true;
	} catch {
		return false;
	}
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's wall clock is ahead of UTC at an instant, in milliseconds. */
function offsetAt(ms: number, zone: string): number {
	let clock = clocks.get(zone);
	if (!clock) {
		clock = new Intl.DateTimeFormat('en-US', {
			timeZone: zone,
			hourCycle: 'h23',
			year: 'numeric',
			month: 'numeric',
			day: 'numeric',
			hour: 'numeric',
			minute: 'numeric',
			second: 'numeric'
		});
		clocks.set(zone, clock);
	}
	const whole = Math.floor(ms / 1000) * 1000;
	const wall = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(clock.format(whole));
	if (!wall) throw new Error(`time zone clock: unexpected text for ${zone}`);
	const [month, day, year, hour, minute, second] = wall.slice(1).map(Number) as [
		number,
		number,
		number,
		number,
		number,
		number
	];
	return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
}

/** The number of the day that an instant falls on in a zone. */
export function dayNumberAt(ms: number, zone: string): number {
	return Math.floor((ms + (zone === 'UTC' ? 0 : offsetAt(ms, zone))) / MS_PER_DAY);
}

/** The day that an instant falls on in a zone. */
export function dayAt(ms: number, zone: string): Day {
	return dayFromNumber(dayNumberAt(ms, zone));
}

/** The first instant of a day: where clocks jump over midnight, the first one that the day has. */
function startOfDay(number: number, zone: string): number {
	// The zone is within a day of UTC, so the start lies between these; the wall date never runs backwards here by a day.
	let before = (number - 1) * MS_PER_DAY - 1; // surely on an earlier day
	let after = (number + 1) * MS_PER_DAY; // surely on this day or later
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (dayNumberAt(middle, zone) >= number) after = middle;
		else before = middle;
	}
	return after;
}

/**
 * The first instants of the days `first`, `first + 1`, …, `last + 1` in a zone: day `first + i` covers
 * [starts[i], starts[i + 1]). One entry more than there are days.
 */
export function dayStarts(first: number, last: number, zone: string): Float64Array {
	const starts = new Float64Array(last - first + 2);
	if (zone === 'UTC') return starts.map((_, i) => (first + i) * MS_PER_DAY);
	// Offsets are looked up once a week; only a week in which they change is searched day by day.
	for (let i = 0; i < starts.length; i += 7) {
		const end = Math.min(i + 7, starts.length);
		const offset = offsetAt((first + i - 1) * MS_PER_DAY, zone);
		let steady = true;
		for (let probe = 0; steady && probe <= 3; probe++)
			steady = offsetAt((first + i - 1 + probe * 3) * MS_PER_DAY, zone) === offset;
		for (let j = i; j < end; j++)
			starts[j] = steady ? (first + j) * MS_PER_DAY - offset : startOfDay(first + j, zone);
	}
	return starts;
}

const MS_PER_HOUR = 3_600_000;

/** An hour of the wall clock, or the part of one that clocks leave. */
export interface WallHour {
	readonly startMs: number;
	readonly endMs: number; // exclusive
	/** 0 for Monday 00:00–01:00, … 167 for Sunday 23:00–24:00. */
	readonly hourOfWeek: number;
}

/** The hours of the wall clock in [fromMs, toMs), a day or more in a zone; where clocks change, they are cut. */
export function* hoursOf(fromMs: number, toMs: number, zone: string): Generator<WallHour> {
	let startMs = fromMs;
	while (startMs < toMs) {
		const offset = zone === 'UTC' ? 0 : offsetAt(startMs, zone);
		const steadyMs = zone === 'UTC' ? toMs : steadyUntil(startMs, Math.min(toMs, startMs + MS_PER_DAY), zone);
		while (startMs < steadyMs) {
			const wall = startMs + offset;
			const hour = Math.floor(wall / MS_PER_HOUR);
			const endMs = Math.min((hour + 1) * MS_PER_HOUR - offset, steadyMs);
			// 1970-01-01 was a Thursday: the week's Monday began 72 hours before.
			yield { startMs, endMs, hourOfWeek: (((hour + 72) % 168) + 168) % 168 };
			startMs = endMs;
		}
	}
}

/** Until when, at most `toMs`, the zone keeps the offset that it has at `fromMs`; they lie a day apart at most. */
function steadyUntil(fromMs: number, toMs: number, zone: string): number {
	const offset = offsetAt(fromMs, zone);
	if (offsetAt(toMs, zone) === offset) return toMs;
	let before = fromMs;
	let after = toMs;
	while (after - before > 1) {
		const middle = Math.floor((before + after) / 2);
		if (offsetAt(middle, zone) === offset) before = middle;
		else after = middle;
	}
	return after;
}
