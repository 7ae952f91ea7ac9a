import { describe, expect, it } from 'vitest';
import { readDateText } from '../../../../src/lib/import/tables/date-text';
import { readDays } from '../../../../src/lib/import/tables/read-days';
import type { Cell } from '../../../../src/lib/import/tables/table';
import { dayFromNumber } from '../../../../src/lib/model/calendar';
import type { DateOrder } from '../../../../src/lib/model/mapping';

/** Days by name; or why there are none. */
function daysIn(cell: Cell, order: DateOrder = 'ymd') {
	const days = readDays(cell, order);
	if ('reason' in days) return days.reason;
	const [from, to] = [dayFromNumber(days.from), dayFromNumber(days.to)];
	return from === to ? from : `${from}..${to}`;
}

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

	it('is none where a text is no date', () => {
		expect(['1204', 'Spring', '1.5', '12'].map(readDateText)).toEqual([null, null, null, null]);
	});
});
