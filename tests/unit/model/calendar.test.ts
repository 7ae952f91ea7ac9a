import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	addDays,
	dayAt,
	dayFromNumber,
	dayNumber,
	dayStarts,
	daysBetween,
	daysFromCivil,
	daysInMonth,
	hoursOf,
	isTimeZone
} from '../../../src/lib/model/calendar';

const HOUR = 3_600_000;

/** The date that a wall clock in the zone shows, by the runtime's own formatting. */
function wallDate(zone: string): (ms: number) => string {
	const format = new Intl.DateTimeFormat('sv-SE', {
		timeZone: zone,
		year: 'numeric',
		month: '2-digit',
		day: '2-digit'
	});
	return (ms) => format.format(ms);
}

describe('dayNumber', () => {
	it.each([
		['1970-01-01', 0],
		['1969-12-31', -1],
		['1990-01-01', 7_305],
		['2000-02-29', 11_016],
		['2024-02-29', 19_782],
		['2099-12-31', 47_481]
	])('counts %s as day %i, and back', (day, number) => {
		expect(dayNumber(day)).toBe(number);
		expect(dayFromNumber(number)).toBe(day);
	});

	it.each([
		'2023-02-29',
		'1900-02-29',
		'2100-02-29',
		'2024-04-31',
		'2024-13-01',
		'2024-00-01',
		'2024-01-00',
		'2024-1-1',
		'20240101',
		' 2024-01-01',
		'2024-01-01T00:00',
		''
	])('does not take “%s” for a date', (text) => {
		expect(dayNumber(text)).toBeNull();
	});

	it('agrees with Date on every day of four centuries', () => {
		const days = Array.from({ length: 146_097 }, (_, i) => new Date(Date.UTC(1800, 0, 1 + i)));
		const wrong = days.filter(
			(date) =>
				daysFromCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()) * 24 * HOUR !==
				date.getTime()
		);
		expect(wrong).toEqual([]);
	});
});

describe('daysInMonth', () => {
	it.each([
		[2023, 2, 28],
		[2024, 2, 29],
		[2000, 2, 29],
		[2100, 2, 28],
		[2024, 1, 31],
		[2024, 4, 30],
		[2024, 12, 31]
	])('gives month %i-%i %i days', (year, month, days) => {
		expect(daysInMonth(year, month)).toBe(days);
	});
});

describe('moving and counting days', () => {
	it('crosses months, leap days and years', () => {
		expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
		expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
		expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
		expect(addDays('2024-03-31', 0)).toBe('2024-03-31');
	});

	it('counts both ends', () => {
		expect(daysBetween('2024-03-31', '2024-03-31')).toBe(1);
		expect(daysBetween('2024-02-28', '2024-03-01')).toBe(3);
	});

	it('moves there and back', () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 7_305, max: 47_481 }),
				fc.integer({ min: -900, max: 900 }),
				(number, days) => {
					const day = dayFromNumber(number);
					const moved = addDays(day, days);
					expect(addDays(moved, -days)).toBe(day);
					expect(daysBetween(day, moved)).toBe(days + 1);
				}
			)
		);
	});
});

describe('isTimeZone', () => {
	it.each([
		['UTC', true],
		['Europe/Stockholm', true],
		['asia/kolkata', true],
		['Mars/Olympus', false],
		['', false]
	])('knows whether “%s” is one: %s', (zone, expected) => {
		expect(isTimeZone(zone)).toBe(expected);
	});
});

describe('dayAt', () => {
	it.each([
		['2024-03-30T22:59:59.999Z', 'Europe/Stockholm', '2024-03-30'],
		['2024-03-30T23:00:00.000Z', 'Europe/Stockholm', '2024-03-31'],
		['2024-03-31T22:00:00.000Z', 'Europe/Stockholm', '2024-04-01'],
		['2024-06-01T18:29:59.999Z', 'Asia/Kolkata', '2024-06-01'],
		['2024-06-01T18:30:00.000Z', 'Asia/Kolkata', '2024-06-02'],
		['2024-06-01T23:59:59.999Z', 'UTC', '2024-06-01'],
		['2024-01-01T10:00:00.000Z', 'Pacific/Kiritimati', '2024-01-02']
	])('puts %s in %s on %s', (instant, zone, day) => {
		expect(dayAt(Date.parse(instant), zone)).toBe(day);
	});
});

describe('dayStarts', () => {
	it.each([
		{ zone: 'Europe/Stockholm', day: '2024-03-31', start: '2024-03-30T23:00Z', hours: 23 },
		{ zone: 'Europe/Stockholm', day: '2024-10-27', start: '2024-10-26T22:00Z', hours: 25 },
		{ zone: 'Asia/Kolkata', day: '2024-10-27', start: '2024-10-26T18:30Z', hours: 24 },
		{ zone: 'UTC', day: '2024-03-31', start: '2024-03-31T00:00Z', hours: 24 },
		// Clocks go from 23:59 to 01:00: the day begins at one o'clock.
		{ zone: 'America/Sao_Paulo', day: '2017-10-15', start: '2017-10-15T03:00Z', hours: 23 },
		{ zone: 'Africa/Cairo', day: '2024-04-26', start: '2024-04-25T22:00Z', hours: 23 },
		// Clocks go back at midnight: the day before has an hour more.
		{ zone: 'America/Sao_Paulo', day: '2018-02-17', start: '2018-02-17T02:00Z', hours: 25 },
		{ zone: 'Australia/Lord_Howe', day: '2024-04-07', start: '2024-04-06T13:00Z', hours: 24.5 },
		// Samoa moved over the date line and left a day out.
		{ zone: 'Pacific/Apia', day: '2011-12-30', start: '2011-12-30T10:00Z', hours: 0 }
	])('gives $day in $zone $hours hours', ({ zone, day, start, hours }) => {
		const number = dayNumber(day)!;
		const [from, to] = dayStarts(number, number, zone);
		expect(new Date(from!).toISOString()).toBe(new Date(start).toISOString());
		expect((to! - from!) / HOUR).toBe(hours);
	});

	it('gives one start more than days, the same however long the range', () => {
		const zone = 'Europe/Stockholm';
		const [first, last] = [dayNumber('2024-01-01')!, dayNumber('2024-12-31')!];
		const year = dayStarts(first, last, zone);
		expect(year).toHaveLength(367);
		for (let day = first; day <= last; day++) {
			expect([...dayStarts(day, day, zone)]).toEqual([year[day - first], year[day - first + 1]]);
		}
	});

	it('starts every day at the instant at which the zone’s wall date reaches it', () => {
		const zones = [
			'America/New_York',
			'America/Havana',
			'Africa/Casablanca',
			'Asia/Tehran',
			'Asia/Kathmandu'
		];
		fc.assert(
			fc.property(
				fc.constantFrom(
					...Intl.supportedValuesOf('timeZone'),
					...zones.flatMap((zone) => Array<string>(20).fill(zone))
				),
				fc.integer({ min: dayNumber('1990-01-01')!, max: dayNumber('2099-12-01')! }),
				fc.integer({ min: 0, max: 40 }),
				(zone, first, days) => {
					const dateAt = wallDate(zone);
					const starts = dayStarts(first, first + days, zone);
					starts.forEach((start, i) => {
						const day = dayFromNumber(first + i);
						expect(dateAt(start) >= day, `${zone} ${day} has begun at ${start}`).toBe(true);
						expect(dateAt(start - 1) < day, `${zone} ${day} has not begun before ${start}`).toBe(true);
					});
				}
			),
			{ seed: 7, numRuns: 300 }
		);
	});
});

describe('hoursOf', () => {
	it.each(['UTC', 'Europe/Stockholm', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'])(
		'names in %s the weekday and hour that the wall clock shows, without a gap',
		(zone) => {
			const clock = new Intl.DateTimeFormat('en-GB', {
				timeZone: zone,
				weekday: 'short',
				hour: '2-digit',
				hourCycle: 'h23'
			});
			const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
			const hourAt = (ms: number) => {
				const parts = clock.formatToParts(ms);
				const part = (type: string) => parts.find((each) => each.type === type)!.value;
				return 24 * weekdays.indexOf(part('weekday')) + Number(part('hour'));
			};
			// St. John's moved its clocks a minute after midnight until 2011.
			for (const [from, to] of [
				['2010-11-05', '2010-11-09'],
				['2024-03-29', '2024-04-08'],
				['2024-10-05', '2024-10-08'],
				['2024-10-26', '2024-10-29']
			] as const) {
				const fromMs = Date.parse(from) + 1_234;
				const toMs = Date.parse(to);
				let next = fromMs;
				for (const { startMs, endMs, hourOfWeek } of hoursOf(fromMs, toMs, zone)) {
					expect(startMs).toBe(next);
					expect(endMs).toBeGreaterThan(startMs);
					expect([hourAt(startMs), hourAt(endMs - 1)]).toEqual([hourOfWeek, hourOfWeek]);
					next = endMs;
				}
				expect(next).toBe(toMs);
			}
		}
	);
});
