import { createHash } from 'node:crypto';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { generateEventFile, SAMPLE_COLUMNS, type SampleOptions } from '../../../src/lib/import/sample';
import { MS_PER_DAY } from '../../../src/lib/model/calendar';
import { CLOSED_VALUES, EVENTS } from '../../../src/lib/model/event';

type Row = Record<(typeof SAMPLE_COLUMNS)[number], string>;

function bytesOf(options: SampleOptions): Buffer {
	return Buffer.concat([...generateEventFile(options)]);
}

function rowsOf(options: SampleOptions): Row[] {
	const parsed = Papa.parse<string[]>(bytesOf(options).toString('utf8'), { skipEmptyLines: 'greedy' });
	expect(parsed.errors).toEqual([]);
	const [header, ...rows] = parsed.data;
	expect(header).toEqual(SAMPLE_COLUMNS);
	expect(rows.every((row) => row.length === SAMPLE_COLUMNS.length)).toBe(true);
	return rows.map((row) => Object.fromEntries(SAMPLE_COLUMNS.map((name, i) => [name, row[i] ?? ''])) as Row);
}

const occurring = (rows: readonly Row[], column: keyof Row) => new Set(rows.map((row) => row[column]));
const share = (rows: readonly Row[], test: (row: Row) => boolean) => rows.filter(test).length / rows.length;

const EVENT_COUNT = 20_000;
const rows = rowsOf({ events: EVENT_COUNT });

describe('generateEventFile', () => {
	it('gives the same bytes for the same options, on every platform', () => {
		const digest = createHash('sha256')
			.update(bytesOf({ events: EVENT_COUNT }))
			.digest('hex');
		// A change of the generator changes this on purpose only: figures of benchmarks would no longer compare.
		expect(digest).toBe('91f4610563ecf911a983e954ed41c70d2163fff3ced1086464bc68d6ad9ab0f9');
	});

	it('gives other bytes for another seed', () => {
		expect(bytesOf({ events: 100, seed: 2 }).equals(bytesOf({ events: 100 }))).toBe(false);
	});

	it('writes as many rows as asked for, down to one of everything', () => {
		expect(rows).toHaveLength(EVENT_COUNT);
		expect(rowsOf({ events: 1, pins: 1, people: 1, days: 1 })).toHaveLength(1);
	});

	it('ends every chunk with the end of a row, in a buffer of its own', () => {
		const chunks = [...generateEventFile({ events: EVENT_COUNT })];
		expect(chunks.length).toBeGreaterThan(1);
		expect(chunks.map((chunk) => chunk.at(-1))).toEqual(chunks.map(() => 0x0a));
		expect(new Set(chunks.map((chunk) => chunk.buffer)).size).toBe(chunks.length);
	});

	it('takes about 148 bytes a row', () => {
		const perRow = bytesOf({ events: 200_000 }).length / 200_000;
		expect(perRow).toBeGreaterThan(144);
		expect(perRow).toBeLessThan(152);
	});

	it('lets every value of every closed list occur', () => {
		expect(occurring(rows, 'event')).toEqual(new Set(EVENTS));
		for (const [column, values] of Object.entries(CLOSED_VALUES))
			expect(occurring(rows, column as keyof typeof CLOSED_VALUES), column).toEqual(new Set(values));
		expect(occurring(rows, 'account').size).toBe(5);
	});

	it('gives the events realistic shares', () => {
		const impressions = share(rows, (row) => row.event === 'impression');
		expect(impressions).toBeGreaterThan(0.65);
		expect(impressions).toBeLessThan(0.78);
		const mobile = share(rows, (row) => row.device === 'mobile');
		expect(mobile).toBeGreaterThan(0.67);
		expect(mobile).toBeLessThan(0.73);
		const nobody = share(rows, (row) => row.user_id === '');
		expect(nobody).toBeGreaterThan(0.02);
		expect(nobody).toBeLessThan(0.04);
	});

	it('writes rows in the order of time, over the days asked for', () => {
		const stamps = rowsOf({ events: 5_000, days: 30, lastDay: '2024-03-10' }).map((row) => row.timestamp);
		expect(stamps).toEqual([...stamps].sort());
		expect(stamps.at(0)?.slice(0, 10)).toBe('2024-02-10');
		expect(stamps.at(-1)?.slice(0, 10)).toBe('2024-03-10');
		expect(new Set(stamps.map((stamp) => stamp.slice(0, 10))).size).toBe(30);
		expect(stamps.filter((stamp) => !/^2024-0[23]-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(stamp))).toEqual([]);
	});

	it('is busier on Sundays than on Wednesdays, and at the end than at the start', () => {
		const onWeekday = (weekday: number) =>
			rows.filter((row) => new Date(row.timestamp).getUTCDay() === weekday).length;
		expect(onWeekday(0)).toBeGreaterThan(onWeekday(3));
		const middle = Date.parse(rows.at(-1)?.timestamp ?? '') - 365 * MS_PER_DAY;
		expect(share(rows, (row) => Date.parse(row.timestamp) >= middle)).toBeGreaterThan(0.5);
	});

	it('plays only videos, and swipes only carousels', () => {
		const formats = (event: string) =>
			occurring(
				rows.filter((row) => row.event === event),
				'format'
			);
		expect(formats('video_play')).toEqual(new Set(['video']));
		expect(formats('carousel_swipe')).toEqual(new Set(['carousel']));
	});

	it('gives video plays values on both sides of every limit, and other events none', () => {
		const plays = rows.filter((row) => row.event === 'video_play');
		const sides = (test: (row: Row) => boolean) => new Set(plays.map(test)).size;
		expect(sides((row) => Number(row.watch_seconds) >= 2)).toBe(2);
		expect(sides((row) => Number(row.watch_seconds) >= 10)).toBe(2);
		expect(sides((row) => Number(row.view_percent) >= 50)).toBe(2);
		expect(sides((row) => Number(row.played_percent) >= 95)).toBe(2);
		expect(plays.filter((row) => Number(row.played_percent) > 100 || Number(row.view_percent) > 100)).toEqual(
			[]
		);
		const others = rows.filter((row) => row.event !== 'video_play');
		expect(occurring(others, 'watch_seconds')).toEqual(new Set(['']));
	});

	it('gives each of 50 Pins an id of 18 or 19 digits', () => {
		const ids = [...occurring(rows, 'pin_id')];
		expect(ids.filter((id) => !/^[1-9]\d{17,18}$/.test(id))).toEqual([]);
		expect(new Set(ids.map((id) => id.length))).toEqual(new Set([18, 19]));
		expect(ids).toHaveLength(50);
	});

	it('holds titles that need quotes, commas, more than ASCII and more than two bytes', () => {
		const titles = [...occurring(rows, 'pin_title')].join('\n');
		expect(titles).toMatch(/"/);
		expect(titles).toMatch(/,/);
		expect(titles).toMatch(/[åäö]/i);
		expect(titles).toContain('🌿');
	});

	it('gives some Pins another title or board later on', () => {
		const titles = new Map<string, Set<string>>();
		for (const row of rows)
			titles.set(row.pin_id, (titles.get(row.pin_id) ?? new Set()).add(`${row.pin_title} on ${row.board}`));
		expect([...titles.values()].some((values) => values.size === 2)).toBe(true);
	});

	it.each([
		[{ events: 0 }, 'sample events must be a whole number'],
		[{ events: 1.5 }, 'sample events must be a whole number'],
		[{ events: 1, days: -1 }, 'sample days must be a whole number'],
		[{ events: 1, pins: NaN }, 'sample pins must be a whole number'],
		[{ events: 1, seed: 0.5 }, 'sample seed must be a whole number'],
		[{ events: 1, lastDay: '2023-02-29' }, 'sample lastDay must be a date']
	])('refuses %j', (options, message) => {
		expect(() => generateEventFile(options).next()).toThrow(message);
	});
});
