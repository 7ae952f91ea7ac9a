import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../src/lib/model/calendar';
import { dayTicks, valueTicks } from '../../../src/lib/view/ticks';

const days = (from: string, length: number) => Array.from({ length }, (_, i) => addDays(from, i));

describe('ticks', () => {
	it.each([
		{ max: 0, unit: 'count', ticks: [0, 1] },
		{ max: 1, unit: 'count', ticks: [0, 1] },
		{ max: 3, unit: 'count', ticks: [0, 1, 2, 3] },
		{ max: 52_000, unit: 'count', ticks: [0, 20_000, 40_000, 60_000] },
		{ max: 7, unit: 'people', ticks: [0, 2, 4, 6, 8] },
		{ max: 0.034, unit: 'fraction', ticks: [0, 0.01, 0.02, 0.03, 0.04] },
		{ max: 0, unit: 'fraction', ticks: [0, 0.01] },
		{ max: 9.6, unit: 'seconds', ticks: [0, 2.5, 5, 7.5, 10] }
	] as const)('measures $unit up to $max', ({ max, unit, ticks }) => {
		expect(valueTicks(max, unit, 4)).toEqual(ticks);
	});

	it('reaches the largest value in even, few steps from 0', () => {
		fc.assert(
			fc.property(
				fc.double({ min: 1e-6, max: 1e15, noNaN: true }),
				fc.integer({ min: 2, max: 8 }),
				(max, count) => {
					const ticks = valueTicks(max, 'seconds', count);
					expect(ticks[0]).toBe(0);
					expect(ticks.at(-1)).toBeGreaterThanOrEqual(max * (1 - 1e-6));
					expect(ticks.length).toBeLessThanOrEqual(count + 2);
				}
			)
		);
	});

	it('labels every day where there is room', () => {
		expect(dayTicks(days('2026-01-01', 5), 'day', 8)).toEqual([0, 1, 2, 3, 4]);
	});

	it('labels days at even distances', () => {
		expect(dayTicks(days('2026-01-01', 30), 'day', 6)).toEqual([0, 5, 10, 15, 20, 25]);
	});

	it('labels the beginnings of months over a long stretch', () => {
		const all = days('2024-11-24', 730);
		const labelled = dayTicks(all, 'day', 8).map((index) => all[index]);
		expect(labelled).toEqual([
			'2025-01-01',
			'2025-04-01',
			'2025-07-01',
			'2025-10-01',
			'2026-01-01',
			'2026-04-01',
			'2026-07-01',
			'2026-10-01'
		]);
	});

	it('never labels more than there is room for', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 14 }), (length, limit) => {
				const ticks = dayTicks(days('2019-03-07', length), 'day', limit);
				expect(ticks.length).toBeLessThanOrEqual(limit);
				expect(length === 0 || ticks.length > 0).toBe(true);
			}),
			{ numRuns: 50 }
		);
	});
});
