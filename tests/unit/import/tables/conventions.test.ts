import { describe, expect, it } from 'vitest';
import {
	DateOrders,
	daysNamedIn,
	isBlankCell,
	readDateText,
	readDays,
	readFigure,
	readNumber,
	spanNamedIn
} from '../../../../src/lib/import/tables/conventions';
import type { Cell } from '../../../../src/lib/import/tables/table';
import { dayFromNumber } from '../../../../src/lib/model/calendar';
import type { DateOrder } from '../../../../src/lib/model/mapping';

const impressions = { metric: 'impressions', times: 1, per: 1 } as const;
const rate = { metric: 'closeup_rate', times: 1, per: 1 } as const;
const spend = { metric: 'spend', times: 1_000_000, per: 1 } as const;
const dotted = { decimal: '.', isPercentage: false } as const;
const withComma = { decimal: ',', isPercentage: false } as const;

/** Days by name; or why there are none. */
function daysIn(cell: Cell, order: DateOrder = 'ymd') {
	const days = readDays(cell, order);
	if ('reason' in days) return days.reason;
	const [from, to] = [dayFromNumber(days.from), dayFromNumber(days.to)];
	return from === to ? from : `${from}..${to}`;
}

describe('a figure', () => {
	it.each([
		['1204', impressions, 1204],
		[1204, impressions, 1204],
		[' 1,204,000 ', impressions, 1_204_000],
		['1\u202f204\u00a0000', impressions, 1_204_000],
		["1'204", impressions, 1204],
		['1.2e3', impressions, 1200],
		['[1,204]', impressions, 1204],
		['3.1%', rate, 0.031],
		['2.78 %', rate, 0.0278],
		['[0.031]', rate, 0.031],
		['0.031', rate, 0.031],
		['.5', rate, 0.5],
		['5310', { metric: 'avg_watch_seconds', times: 1, per: 1_000 } as const, 5.31],
		['1.5', { metric: 'watch_ms', times: 60_000, per: 1 } as const, 90_000],
		['0.1', spend, 100_000],
		['$12.34', spend, 12_340_000],
		['12.34 SEK', spend, 12_340_000],
		['1234567', { metric: 'spend', times: 1_000_000, per: 1_000_000 } as const, 1_234_567],
		['12.5', impressions, 'not_a_whole_number'],
		['-3', impressions, 'out_of_range'],
		['9007199254740993', impressions, 'out_of_range'],
		['1,2', impressions, 'not_a_number'],
		['1,23,456', impressions, 'not_a_number'],
		['1.204.000', impressions, 'not_a_number'],
		['12.4k', impressions, 'rounded'],
		['12,4 K', impressions, 'rounded'],
		['1.2M', impressions, 'rounded'],
		['many', impressions, 'not_a_number'],
		[true, impressions, 'not_a_number'],
		[NaN, impressions, 'not_a_number']
	])('%j is read as %j', (cell, metric, value) => {
		const figure = readFigure(cell, metric, dotted);
		expect(typeof figure === 'number' ? figure : figure.reason).toBe(value);
	});

	it.each([
		['1.204.000', impressions, 1_204_000],
		['3,1%', rate, 0.031],
		['[0,5]', rate, 0.5],
		['1.234,56', spend, 1_234_560_000],
		['1.5', rate, 'not_a_number'],
		['1,204', impressions, 'not_a_whole_number'],
		['1,204,000', impressions, 'not_a_number']
	])('%j is read as %j where a comma is decimal', (cell, metric, value) => {
		const figure = readFigure(cell, metric, withComma);
		expect(typeof figure === 'number' ? figure : figure.reason).toBe(value);
	});

	it('of a column of percentages is one without a sign too', () => {
		expect(readFigure('3.1', rate, { decimal: '.', isPercentage: true })).toBe(0.031);
		expect(readFigure('3.1%', rate, { decimal: '.', isPercentage: true })).toBe(0.031);
		expect(readNumber('3.1%', '.')).toEqual({ digits: '3.1', isPercent: true });
	});

	it('is no figure where the cell is blank, which 0 is not', () => {
		const blank = ['', ' ', '-', '–', 'N/A', 'null', 'None', 'NaN', null, undefined];
		expect(blank.map(isBlankCell)).toEqual(blank.map(() => true));
		expect(['0', 0, false, 'no', '-1'].map(isBlankCell)).toEqual(Array(5).fill(false));
	});
});

describe('a day', () => {
	it.each([
		['2026-09-01', '2026-09-01'],
		['2026/9/1', '2026-09-01'],
		['20260901', '2026-09-01'],
		[20260901, '2026-09-01'],
		['Sep 1, 2026', '2026-09-01'],
		['1 September 2026', '2026-09-01'],
		['1. März 2026', '2026-03-01'],
		['1 de mayo de 2026', '2026-05-01'],
		['Tuesday, Sep 1, 2026', '2026-09-01'],
		['2026-09-01T00:00:00Z', '2026-09-01'],
		['2026-09-01 23:59:59+02:00', '2026-09-01'],
		[1788220800, '2026-09-01'],
		['1788220800000', '2026-09-01'],
		['2026-W36', '2026-08-31..2026-09-06'],
		['2020-W53', '2020-12-28..2021-01-03'],
		['2026-W53', '2026-12-28..2027-01-03'],
		['2025-W53', 'not_a_time'],
		['2026-02', '2026-02-01..2026-02-28'],
		['Feb 2024', '2024-02-01..2024-02-29'],
		['2026-02-30', 'not_a_time'],
		['2026-13', 'not_a_time'],
		['From January 3, 2026 on', 'not_a_time'],
		['1989-01-01', 'year_out_of_range'],
		['', 'missing_value']
	])('%j is read as %j', (cell, day) => {
		expect(daysIn(cell)).toBe(day);
	});

	it.each([
		['03/04/2026', 'dmy', '2026-04-03'],
		['03/04/2026', 'mdy', '2026-03-04'],
		['3.4.26', 'dmy', '2026-04-03'],
		['13/04/2026', 'mdy', 'not_a_time'],
		['2026-04-03', 'mdy', '2026-04-03']
	] as const)('%j is by %s %s', (cell, order, day) => {
		expect(daysIn(cell, order)).toBe(day);
	});

	it('is found in a sentence, and two make a span', () => {
		const named = daysNamedIn('Figures from January 3, 2026 on are estimates.').map(dayFromNumber);
		expect(named).toEqual(['2026-01-03']);
		const span = { from: '2026-05-22', to: '2026-05-28' };
		expect(spanNamedIn('Top Pins 2026-05-28 – 2026-05-22')).toEqual(span);
		expect(spanNamedIn('Pinterest Analytics overview 20260522-20260528')).toEqual(span);
		expect(spanNamedIn('report 2026-W36')).toEqual({ from: '2026-08-31', to: '2026-09-06' });
		expect(spanNamedIn('figures 2026-09')).toEqual({ from: '2026-09-01', to: '2026-09-30' });
		expect(spanNamedIn('Top Pins')).toBeNull();
		expect(spanNamedIn('1091700765947216952')).toBeNull();
	});

	it('is none where a text is no date', () => {
		expect(['1204', 'Spring', '1.5', '12'].map(readDateText)).toEqual([null, null, null, null]);
	});
});

describe('the order of day and month', () => {
	const orders = (...cells: string[]) => {
		const own = new DateOrders();
		for (const cell of cells) own.look(cell);
		return own;
	};
	const possible = (...cells: string[]) => orders(...cells).possible(null, ',');

	it('is plain where the year comes first', () => {
		expect(possible('2026-04-03', 'Sep 1, 2026')).toEqual(['ymd']);
	});

	it('is settled by a day above 12', () => {
		expect(possible('03/04/2026', '13/04/2026')).toEqual(['dmy']);
		expect(possible('03/04/2026', '04/13/2026')).toEqual(['mdy']);
		expect(possible('13/04/2026', '04/13/2026')).toEqual([]);
	});

	it('is settled by dots and semicolons', () => {
		expect(possible('03.04.2026')).toEqual(['dmy']);
		expect(orders('03.04.2026').hasDots).toBe(true);
		expect(orders('03/04/2026').possible(null, ';')).toEqual(['dmy']);
	});

	it('is settled by the days that the file names elsewhere', () => {
		const march = { from: '2026-03-01', to: '2026-03-31' };
		expect(orders('03/04/2026', '03/05/2026').possible(march, ',')).toEqual(['mdy']);
		const year = { from: '2026-01-01', to: '2026-12-31' };
		expect(orders('03/04/2026').possible(year, ',')).toEqual(['dmy', 'mdy']);
	});

	it('stays open with slashes alone, and both readings have their days', () => {
		const open = orders('03/04/2026', '05/04/2026');
		expect(open.possible(null, ',')).toEqual(['dmy', 'mdy']);
		expect(open.spanBy('dmy')).toEqual({ from: '2026-04-03', to: '2026-04-05' });
		expect(open.spanBy('mdy')).toEqual({ from: '2026-03-04', to: '2026-05-04' });
	});

	it('is not settled by a date that exists by neither', () => {
		expect(possible('03/04/2026', '31/02/2026', '45/03/2026', '00/00/2026')).toEqual(['dmy', 'mdy']);
	});
});
