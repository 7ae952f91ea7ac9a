import { describe, expect, it } from 'vitest';
import { daysNamedIn, spanNamedIn } from '../../../../src/lib/import/tables/days-named-in';
import { dayFromNumber } from '../../../../src/lib/model/calendar';

describe('a day', () => {
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
});
