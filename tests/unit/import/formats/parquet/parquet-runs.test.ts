import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRuns } from '../../../../../src/lib/import/formats/parquet/parquet-runs';

/** Runs of numbers: each either one that comes `times` times, or eight or more side by side. */
type Run = { readonly value: number; readonly times: number } | { readonly values: readonly number[] };

function varInt(value: number): number[] {
	return value < 128 ? [value] : [(value % 128) + 128, ...varInt(Math.floor(value / 128))];
}

function littleEndian(value: bigint, bytes: number): number[] {
	return Array.from({ length: bytes }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
}

function encode(runs: readonly Run[], width: number): Uint8Array {
	return Uint8Array.from(
		runs.flatMap((run) => {
			if ('times' in run)
				return [...varInt(run.times * 2), ...littleEndian(BigInt(run.value), Math.ceil(width / 8))];
			const bits = run.values.reduce((all, value, i) => all | (BigInt(value) << BigInt(i * width)), 0n);
			const { length } = run.values;
			return [...varInt((length / 8) * 2 + 1), ...littleEndian(bits, (length / 8) * width)];
		})
	);
}

const valuesOf = (runs: readonly Run[]) =>
	runs.flatMap((run) => ('times' in run ? Array.from({ length: run.times }, () => run.value) : run.values));

const runs = (width: number) => {
	const value = fc.integer({ min: 0, max: 2 ** width - 1 });
	return fc.array(
		fc.oneof(
			fc.record({ value, times: fc.integer({ min: 1, max: 300 }) }),
			fc
				.integer({ min: 1, max: 4 })
				.chain((eights) => fc.array(value, { minLength: eights * 8, maxLength: eights * 8 }))
				.map((values) => ({ values }))
		),
		{ minLength: 1, maxLength: 6 }
	);
};
const some = fc.integer({ min: 1, max: 32 }).chain((width) => fc.tuple(fc.constant(width), runs(width)));

function read(bytes: Uint8Array, width: number, count: number): number[] {
	const numbers = new Int32Array(count + 1);
	readRuns(bytes, 0, width, numbers, 1, count);
	return Array.from(numbers.subarray(1), (number) => number >>> 0);
}

describe('readRuns', () => {
	it('reads numbers of any width, and leaves those behind them', () => {
		fc.assert(
			fc.property(some, fc.nat({ max: 7 }), ([width, of], left) => {
				const values = valuesOf(of);
				const count = Math.max(1, values.length - left);
				expect(read(encode(of, width), width, count)).toEqual(values.slice(0, count));
			}),
			{ seed: 14, numRuns: 2_000 }
		);
	});

	it('refuses bytes that end before the numbers do', () => {
		fc.assert(
			fc.property(some, ([width, of]) => {
				const values = valuesOf(of);
				const bytes = encode(of, width);
				expect(() => read(bytes.subarray(0, -1), width, values.length)).toThrow(RangeError);
				expect(() => read(bytes, width, values.length + 1)).toThrow(RangeError);
			}),
			{ seed: 15, numRuns: 500 }
		);
	});

	it('takes a last run of eights whose padding is cut off', () => {
		expect(read(Uint8Array.of(3, 0b10101010), 2, 4)).toEqual([2, 2, 2, 2]);
	});

	it.each([
		['no numbers', [0, 1]],
		['far more numbers than there are', [0xfe, 0xff, 0xff, 0xff, 0x0f, 1]],
		['a number that does not end', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1]]
	])('refuses a run of %s', (_, bytes) => {
		expect(() => read(Uint8Array.from(bytes), 8, 4)).toThrow(RangeError);
	});

	it('refuses numbers wider than 32 bits, and reads none at all where they have no bits', () => {
		expect(() => read(new Uint8Array(100), 33, 4)).toThrow(RangeError);
		expect(read(new Uint8Array(0), 0, 3)).toEqual([0, 0, 0]);
	});
});
