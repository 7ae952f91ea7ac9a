import { describe, expect, it } from 'vitest';
import { DateOrders } from '../../../../src/lib/import/tables/date-orders';

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
