import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { msOfWords } from '../../../../../src/lib/import/formats/parquet/parquet-cells';

const msOf = (value: bigint, perMs: number) =>
	msOfWords(Number(value >> 32n), Number(value & 0xffff_ffffn), perMs);

describe('msOfWords', () => {
	it.each([1, 1_000, 1_000_000])('cuts off what is finer than a millisecond, at %i units of one', (perMs) => {
		const most = 4_102_444_800_000n * BigInt(perMs); // of the year 2100
		fc.assert(
			fc.property(fc.bigInt({ min: -most, max: most }), (value) => {
				const rest = ((value % BigInt(perMs)) + BigInt(perMs)) % BigInt(perMs);
				expect(BigInt(msOf(value, perMs))).toBe((value - rest) / BigInt(perMs));
			}),
			{ seed: 16, numRuns: 2_000 }
		);
	});

	it('says of instants that no year has that they are as far away', () => {
		for (const perMs of [1, 1_000, 1_000_000]) {
			expect(msOf(2n ** 63n - 1n, perMs)).toBeCloseTo(2 ** 63 / perMs, -5);
			expect(msOf(-(2n ** 63n), perMs)).toBeCloseTo(-(2 ** 63) / perMs, -5);
		}
	});
});
