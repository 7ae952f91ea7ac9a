import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinationCode } from '../../../src/lib/columns/combination';
import { FAILS, PASSES, compileFilter } from '../../../src/lib/engine/combinations';
import { compareText } from '../../../src/lib/model/text-order';
import { NATIVE_DIMENSIONS } from '../../../src/lib/model/event';
import { openFilter } from '../../support/memory-workspace';

describe('compareText', () => {
	it('orders texts by code point, as their UTF-8 bytes are', () => {
		const text = fc.string({
			unit: fc.oneof(
				fc.constantFrom('a', '\uFF5E', '\uD7FF', '\uE000', '\uFFFD', '\u{10000}', '\u{1F4CC}'),
				fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
			)
		});
		fc.assert(
			fc.property(text, text, (a, b) => {
				expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
			}),
			{ numRuns: 2_000 }
		);
	});

	it('does not order by UTF-16 units, case or language', () => {
		const sorted = ['a', 'B', 'ä', 'z', '\uFF5E', '\u{1F4CC}', '', 'Z', 'aa'].sort(compareText);
		expect(sorted).toEqual(['', 'B', 'Z', 'a', 'aa', 'z', 'ä', '\uFF5E', '\u{1F4CC}']);
	});
});

describe('compileFilter', () => {
	const accounts = ['unknown', 'example.com', 'shop.example'];
	const code = combinationCode(3, 1, 0, 2, 1, 1); // paid, own, tablet, example.com, video

	it.each([
		[{}, PASSES],
		[
			{
				content_type: ['paid'],
				source: ['own'],
				device: ['tablet'],
				account: ['example.com'],
				format: ['video']
			},
			PASSES
		],
		[{ device: ['mobile', 'tablet'], format: ['idea', 'video'] }, PASSES],
		[{ content_type: ['organic'] }, 1],
		[{ source: ['other'], device: ['tablet'] }, 2],
		[{ device: ['mobile', 'desktop'] }, 3],
		[{ account: ['unknown', 'shop.example'] }, 4],
		[{ format: ['standard'] }, 5],
		[{ format: ['standard'], account: ['unknown'] }, FAILS],
		[{ content_type: ['organic'], source: ['other'], device: ['mobile'] }, FAILS],
		[{ account: ['nobody.example'] }, 4],
		[{ account: ['nobody.example', 'example.com'] }, PASSES]
	])('says which one filter of %j an event misses', (values, missed) => {
		expect(compileFilter(openFilter({ values }), accounts).misses(code)).toBe(missed);
		if (missed > 0 && missed <= NATIVE_DIMENSIONS.length) {
			const own = NATIVE_DIMENSIONS[missed - 1] as keyof typeof values;
			const rest = { ...values, [own]: [] };
			expect(compileFilter(openFilter({ values: rest }), accounts).misses(code)).toBe(PASSES);
		}
	});
});
