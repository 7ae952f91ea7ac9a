import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAYS_MEASURED_BY, unusualDays } from '../../../../src/lib/engine/changes/unusual-days';
import { dayNumber } from '../../../../src/lib/model/calendar';

const FIRST = dayNumber('2026-01-05')!;

/** One day, and the same weekday of the weeks before it, oldest first; the days between have no figure. */
function ofWeekday(value: number, ...before: number[]) {
	const values = new Float64Array(DAYS_MEASURED_BY + 1).fill(NaN);
	values[DAYS_MEASURED_BY] = value;
	before.forEach((each, i) => (values[DAYS_MEASURED_BY - 7 * (before.length - i)] = each));
	return unusualDays(FIRST, values);
}

describe('an unusual day', () => {
	it('lies more than 3.5 spreads from the median of its weekday', () => {
		// median 105, distances 5 5 3 3 1 1 7 7: their median is 4, so that the limit is √105 × 3.5 = 35.9
		const before = [100, 110, 102, 108, 104, 106, 98, 112];
		expect(ofWeekday(140, ...before)).toEqual([]);
		const [found] = ofWeekday(141, ...before);
		expect(found).toMatchObject({ day: '2026-03-02', value: 141, median: 105 });
		expect(found!.low).toBeCloseTo(105 - 3.5 * Math.sqrt(105), 9);
		expect(found!.high).toBeCloseTo(105 + 3.5 * Math.sqrt(105), 9);
		expect(found!.weekdays.map(({ value }) => value)).toEqual(before);
		expect(found!.weekdays[0]!.day).toBe('2026-01-05');
		expect(ofWeekday(69, ...before)).toHaveLength(1);
	});

	it('is measured by how far its weekday strays where that is more', () => {
		const before = [0, 200, 0, 200, 0, 200, 0, 200]; // median 100, MAD 100
		expect(ofWeekday(100 + 518, ...before)).toEqual([]);
		expect(ofWeekday(100 + 519, ...before)).toHaveLength(1);
	});

	it('is never closer than 3.5, and never below nothing', () => {
		const nothing = [0, 0, 0, 0];
		expect(ofWeekday(3.5, ...nothing)).toEqual([]);
		expect(ofWeekday(4, ...nothing)).toMatchObject([{ low: 0, high: 3.5 }]);
	});

	it('needs four such weeks, and a figure', () => {
		expect(ofWeekday(900, 1, 1, 1)).toEqual([]);
		expect(ofWeekday(900, 1, 1, 1, 1)).toHaveLength(1);
		expect(ofWeekday(900, 1, NaN, 1, 1)).toEqual([]);
		expect(ofWeekday(NaN, 1, 1, 1, 1)).toEqual([]);
	});

	it('is not found among the days that others are measured by', () => {
		const values = new Float64Array(DAYS_MEASURED_BY + 20).fill(5);
		values[20] = 900;
		expect(unusualDays(FIRST, values)).toEqual([]);
	});

	it('lies outside of what would have been usual, and no other does', () => {
		const figures = fc.array(fc.oneof(fc.nat(30), fc.nat(5_000), fc.constant(NaN)), {
			minLength: DAYS_MEASURED_BY,
			maxLength: DAYS_MEASURED_BY + 30
		});
		fc.assert(
			fc.property(figures, (drawn) => {
				for (const { value, low, high, median } of unusualDays(FIRST, Float64Array.from(drawn))) {
					expect(value < low || value > high).toBe(true);
					expect(low <= median && median <= high).toBe(true);
				}
			})
		);
	});
});
