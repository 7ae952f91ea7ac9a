import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	countContributions,
	largestContributions,
	rateContributions,
	sumOf,
	type AmountColumns
} from '../../../../src/lib/engine/changes/contributions';

const columns = (...rows: (readonly [part: number, whole: number])[]): AmountColumns => ({
	parts: Float64Array.from(rows, ([part]) => part),
	wholes: Float64Array.from(rows, ([, whole]) => whole)
});

/** Parts and wholes of some values, often 0, large enough to show any rounding of counts. */
const amount = fc.oneof(fc.constant(0), fc.nat(50), fc.nat({ max: 2 ** 40 }));
const rows = fc.array(fc.tuple(amount, amount, amount, amount), { minLength: 1, maxLength: 40 });
const sides = rows.map((drawn) => ({
	now: columns(...drawn.map(([part, whole]) => [part, whole] as const)),
	then: columns(...drawn.map(([, , part, whole]) => [part, whole] as const))
}));

describe('contributions of a count', () => {
	it('add up to the change exactly', () => {
		fc.assert(
			fc.property(sides, ({ now, then }) => {
				const { own, mix } = countContributions(now, then);
				expect(sumOf(own)).toBe(sumOf(now.parts) - sumOf(then.parts));
				expect(sumOf(mix)).toBe(0);
			})
		);
	});
});

describe('contributions of a rate', () => {
	it('part what a value does from how much of the whole falls to it', () => {
		// Mobile: 64 of 100 at 0.5, then 70 of 100 at 0.4; desktop: 36 at 0.25, then 30 at 0.3.
		const then = columns([32, 64], [9, 36]);
		const now = columns([28, 70], [9, 30]);
		const { own, mix } = rateContributions(now, then)!;
		expect(own[0]).toBeCloseTo(0.7 * (0.4 - 0.5), 12);
		expect(mix[0]).toBeCloseTo((0.7 - 0.64) * (0.5 - 0.41), 12);
		expect(own[1]).toBeCloseTo(0.3 * (0.3 - 0.25), 12);
		expect(mix[1]).toBeCloseTo((0.3 - 0.36) * (0.25 - 0.41), 12);
		expect(sumOf(own) + sumOf(mix)).toBeCloseTo(0.37 - 0.41, 12);
	});

	it('have only a part of the mix for a value that is new or gone', () => {
		const then = columns([10, 100], [5, 50], [0, 0]);
		const now = columns([10, 100], [0, 0], [30, 60]);
		const { own, mix } = rateContributions(now, then)!;
		expect([own[1], own[2]]).toEqual([0, 0]);
		expect(mix[1]).toBeCloseTo((0 - 50 / 150) * (0.1 - 0.1), 12);
		expect(mix[2]).toBeCloseTo((60 / 160) * (0.5 - 0.1), 12);
	});

	it('count a part that has no whole as its own', () => {
		const then = columns([10, 100], [4, 0], [0, 0]);
		const now = columns([10, 100], [0, 0], [6, 0]);
		const { own, mix } = rateContributions(now, then)!;
		expect([own[1], own[2]]).toEqual([-4 / 100, 6 / 100]);
		expect([mix[1], mix[2]]).toEqual([0, 0]);
		expect(sumOf(own) + sumOf(mix)).toBeCloseTo(16 / 100 - 14 / 100, 12);
	});

	it('add up to the change within the rounding of doubles', () => {
		fc.assert(
			fc.property(sides, ({ now, then }) => {
				const found = rateContributions(now, then);
				if (sumOf(now.wholes) === 0 || sumOf(then.wholes) === 0) {
					expect(found).toBeNull();
					return;
				}
				const [rateNow, rateThen] = [now, then].map((side) => sumOf(side.parts) / sumOf(side.wholes)) as [
					number,
					number
				];
				const { own, mix } = found!;
				const largest = [...own, ...mix].reduce((most, each) => Math.max(most, Math.abs(each)), 0);
				const off = Math.abs(sumOf(own) + sumOf(mix) - (rateNow - rateThen));
				expect(off).toBeLessThanOrEqual(1e-12 * (rateNow + rateThen + largest));
			})
		);
	});

	it('are none where a period has no whole', () => {
		expect(rateContributions(columns([1, 0]), columns([1, 2]))).toBeNull();
		expect(rateContributions(columns([1, 2]), columns([1, 0]))).toBeNull();
	});
});

describe('the largest contributions', () => {
	it('are so many up and so many down, in one order', () => {
		const own = Float64Array.of(3, -1, 0, 9, -7, 5, -2);
		const chosen = largestContributions({ own, mix: new Float64Array(7) }, 2, String);
		expect(chosen.map((i) => own[i])).toEqual([9, 5, -2, -7]);
	});

	it('of equal size are in the order of their names', () => {
		const own = Float64Array.of(5, 5, 5, -5, -5);
		const names = ['c', 'a', 'b', 'e', 'd'];
		const chosen = largestContributions({ own, mix: own.map(() => 0) }, 2, (i) => names[i]!);
		expect(chosen.map((i) => names[i])).toEqual(['a', 'b', 'e', 'd']);
	});

	it('are those of a full sort, whatever there is', () => {
		fc.assert(
			fc.property(
				fc.array(fc.integer({ min: -9, max: 9 })),
				fc.integer({ min: 1, max: 5 }),
				(drawn, each) => {
					const own = Float64Array.from(drawn);
					const chosen = largestContributions({ own, mix: own.map(() => 0) }, each, String).map(
						(i) => own[i]!
					);
					const sorted = drawn.filter((value) => value !== 0).sort((a, b) => b - a);
					const up = sorted.filter((value) => value > 0).slice(0, each);
					const down = sorted.filter((value) => value < 0).slice(-each);
					expect(chosen).toEqual([...up, ...down]);
				}
			)
		);
	});
});
