import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, parseScaled, parseWhole } from '../../../../src/lib/import/cells/number';
import { utf8 } from '../../../support/memory-workspace';

function inCell<T>(text: string, parse: (bytes: Uint8Array, start: number, end: number) => T): T {
	const bytes = utf8(`1,${text},2`);
	return parse(bytes, 2, bytes.length - 2);
}
const scaled = (text: string, scale: number) =>
	inCell(text, (bytes, start, end) => parseScaled(bytes, start, end, scale));
const whole = (text: string) => inCell(text, parseWhole);

describe('parseScaled', () => {
	it.each([
		['0', 3, 0],
		['2', 3, 2_000],
		['2.', 3, 2_000],
		['.5', 3, 500],
		['1.25', 3, 1_250],
		['0001.250', 3, 1_250],
		['+1.25', 3, 1_250],
		[' 1.25 ', 3, 1_250],
		['1e1', 3, 10_000],
		['1E+1', 3, 10_000],
		['125e-2', 3, 1_250],
		['.5e3', 3, 500_000],
		// half up, by the decimal text: the double nearest to 1.0005 is below it
		['1.0005', 3, 1_001],
		['1.0004999999999999999999', 3, 1_000],
		['1.00050000000000000000001', 3, 1_001],
		['0.0005', 3, 1],
		['0.00049', 3, 0],
		['5e-4', 3, 1],
		['4.9999e-4', 3, 0],
		['49.995', 2, 5_000],
		['49.994', 2, 4_999],
		['94.9949999', 2, 9_499],
		['94.995', 2, 9_500],
		['8.345', 2, 835],
		['1.005', 2, 101],
		// nothing, however it is written
		['-0', 3, 0],
		['-0.000', 3, 0],
		['-0e9', 3, 0],
		['0e999999999', 3, 0],
		['1e-999999999', 3, 0],
		// the limit of what is exact
		['9007199254740.991', 3, Number.MAX_SAFE_INTEGER],
		['9007199254740.9914', 3, Number.MAX_SAFE_INTEGER],
		['9007199254740991', 0, Number.MAX_SAFE_INTEGER]
	])('reads %j times 10^%i as %i', (text, scale, expected) => {
		expect(scaled(text, scale)).toBe(expected);
	});

	it.each([
		'9007199254740.992',
		'9007199254740.9915',
		'1e13',
		'1e400',
		'1e999999999',
		'99999999999999999999'
	])('finds %j too large to be exact', (text) => {
		expect(scaled(text, 3)).toBe(Infinity);
	});

	it.each(['-1', '-0.0000001', '-1e-30', ' -5 '])('finds %j below 0', (text) => {
		expect(scaled(text, 3)).toBe(-1);
	});

	it.each([
		'',
		' ',
		'.',
		'+',
		'-',
		'e5',
		'.e5',
		'1e',
		'1e+',
		'1,5',
		'1 000',
		'1_000',
		'1.2.3',
		'--1',
		'0x10',
		'1e5.5',
		'NaN',
		'Infinity',
		'1n',
		'50%',
		'five',
		'١',
		'1'.repeat(401)
	])('takes %j for no number', (text) => {
		expect(scaled(text, 3)).toBeNaN();
	});

	it('rounds every decimal half up, as whole-number arithmetic does', () => {
		const parts = fc.record({
			digits: fc.bigInt({ min: 0n, max: 10n ** 15n }),
			places: fc.integer({ min: 0, max: 14 }),
			scale: fc.constantFrom(2, 3)
		});
		fc.assert(
			fc.property(parts, ({ digits, places, scale }) => {
				const text = digits.toString().padStart(places + 1, '0');
				const at = text.length - places;
				const number = places === 0 ? text : `${text.slice(0, at)}.${text.slice(at)}`;
				const unit = 10n ** BigInt(places);
				const times = digits * 10n ** BigInt(scale);
				const expected = times / unit + ((times % unit) * 2n >= unit ? 1n : 0n);
				const shown = expected > BigInt(Number.MAX_SAFE_INTEGER) ? Infinity : Number(expected);
				expect(scaled(number, scale)).toBe(shown);
				expect(scaled(`${digits}e-${places}`, scale)).toBe(shown);
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('parseWhole', () => {
	it.each([
		['1', 1],
		['0', 0],
		['007', 7],
		['+4', 4],
		[' 12 ', 12],
		['3.0', 3],
		['3.', 3],
		['3.000', 3],
		['4294967295', 4_294_967_295],
		['9999999999', 9_999_999_999],
		['-0', 0],
		['-3', -1],
		['-3.0', -1]
	])('reads %j as %i', (text, expected) => {
		expect(whole(text)).toBe(expected);
	});

	it.each(['', ' ', '1.5', '1e3', '.0', '1,000', '1 000', '0x10', 'one', '--1', 'Infinity', '1'.repeat(401)])(
		'takes %j for no whole number',
		(text) => {
			expect(whole(text)).toBeNaN();
		}
	);
});

describe('isBlank', () => {
	it.each([
		['', true],
		['   ', true],
		['\t', true],
		[' 0 ', false],
		['.', false]
	])('says of %j: %s', (text, expected) => {
		expect(inCell(text, isBlank)).toBe(expected);
	});
});
