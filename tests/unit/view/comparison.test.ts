import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, daysBetween } from '../../../src/lib/model/calendar';
import { DEFAULT_VIEW, type Comparison } from '../../../src/lib/view/address';
import { changeOf, comparisonRange } from '../../../src/lib/view/comparison';
import { comparisonQuery, queryOf } from '../../../src/lib/view/query';

interface Case {
	readonly compare: Comparison;
	readonly match?: boolean;
	readonly from: string;
	readonly to: string;
	readonly then: readonly [string, string];
}

describe('comparison', () => {
	it.each<Case>([
		{ compare: 'previous', from: '2026-06-01', to: '2026-06-30', then: ['2026-05-02', '2026-05-31'] },
		{ compare: 'previous', from: '2026-03-01', to: '2026-03-01', then: ['2026-02-28', '2026-02-28'] },
		{
			compare: 'previous',
			match: true,
			from: '2026-06-01',
			to: '2026-06-07',
			then: ['2026-05-25', '2026-05-31']
		},
		{
			compare: 'previous',
			match: true,
			from: '2026-06-01',
			to: '2026-06-08',
			then: ['2026-05-18', '2026-05-25']
		},
		{
			compare: 'previous',
			match: true,
			from: '2026-06-03',
			to: '2026-06-03',
			then: ['2026-05-27', '2026-05-27']
		},
		{ compare: 'year', from: '2026-01-15', to: '2026-02-28', then: ['2025-01-15', '2025-02-28'] },
		{ compare: 'year', from: '2024-02-29', to: '2024-02-29', then: ['2023-02-28', '2023-02-28'] },
		{ compare: 'year', from: '2025-02-28', to: '2025-03-01', then: ['2024-02-28', '2024-03-01'] },
		{
			compare: 'year',
			match: true,
			from: '2024-02-29',
			to: '2024-03-06',
			then: ['2023-03-02', '2023-03-08']
		},
		{ compare: 'previous', from: '1990-01-01', to: '1990-01-02', then: ['1989-12-30', '1989-12-31'] }
	])('compares $from – $to with $then ($compare, weekdays: $match)', ({ compare, match, from, to, then }) => {
		expect(comparisonRange({ from, to }, compare, match ?? false)).toEqual({ from: then[0], to: then[1] });
	});

	it('matches weekdays with days that do not overlap, and no further back than they must be', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 800 }), (start, length) => {
				const from = addDays('1990-01-01', start);
				const range = { from, to: addDays(from, length) };
				const then = comparisonRange(range, 'previous', true);
				const back = (dayNumber(range.from) ?? NaN) - (dayNumber(then.from) ?? NaN);
				expect(daysBetween(then.from, then.to)).toBe(daysBetween(range.from, range.to));
				expect(back % 7).toBe(0);
				expect(then.to < range.from).toBe(true);
				expect(addDays(then.to, 7) >= range.from).toBe(true);
			})
		);
	});

	it.each([
		{ now: 12, then: 10, change: 0.2 },
		{ now: 5, then: 10, change: -0.5 },
		{ now: 0, then: 10, change: -1 },
		{ now: 10, then: 0, change: null },
		{ now: 0, then: 0, change: null },
		{ now: null, then: 10, change: null },
		{ now: 10, then: null, change: null }
	])('goes from $then to $now by $change', ({ now, then, change }) => {
		expect(changeOf(now, then)).toBe(change);
	});

	it('asks the same of the other days, without lists', () => {
		const view = { ...DEFAULT_VIEW, range: '7d', split: 'device', compare: 'previous' } as const;
		const day = Date.UTC(2026, 5, 30);
		const query = queryOf(view, { firstMs: day, lastMs: day, events: 1, metrics: [] });
		expect(comparisonQuery(view, query)).toEqual({
			...query,
			filter: { ...query.filter, from: '2026-06-17', to: '2026-06-23' },
			top: 0
		});
		expect(comparisonQuery({ ...view, compare: null }, query)).toBe(null);
	});
});
