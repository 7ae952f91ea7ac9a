import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary, textAt, textCount } from '../../../src/lib/columns/dictionary';

const encoder = new TextEncoder();

/** Short texts of few characters, so that many are equal, have equal starts or equal ends. */
const text = fc.oneof(
	fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', 'é', '\u{1F4CC}', '\uFEFF'), maxLength: 9 }),
	fc.string({ unit: 'grapheme', maxLength: 40 })
);

describe('Dictionary', () => {
	it('numbers texts in the order of first sight, as a Map would', () => {
		fc.assert(
			fc.property(fc.array(text, { maxLength: 200 }), (texts) => {
				const dictionary = new Dictionary();
				const numbers = new Map<string, number>();
				for (const word of texts) {
					if (!numbers.has(word)) numbers.set(word, numbers.size);
					expect(dictionary.internText(word)).toBe(numbers.get(word));
				}
				expect(dictionary.size).toBe(numbers.size);
				for (const [word, number] of numbers) {
					const bytes = encoder.encode(`<${word}>`);
					expect(dictionary.text(number)).toBe(word);
					expect(dictionary.find(bytes, 1, bytes.length - 1)).toBe(number);
					expect(dictionary.equals(number, bytes, 1, bytes.length - 1)).toBe(true);
					expect(dictionary.equals(number, bytes, 0, bytes.length - 1)).toBe(false);
				}
			}),
			{ seed: 9, numRuns: 300 }
		);
	});

	it('does not find what it has not seen', () => {
		const dictionary = new Dictionary();
		dictionary.internText('abcd');
		const found = ['', 'abc', 'abce', 'abcde', 'bcd', 'dcba'].map((word) => {
			const bytes = encoder.encode(word);
			return dictionary.find(bytes, 0, bytes.length);
		});
		expect(found).toEqual([-1, -1, -1, -1, -1, -1]);
		expect(dictionary.size).toBe(1);
	});

	it('keeps its numbers while it grows to many texts and many bytes', () => {
		const dictionary = new Dictionary();
		const word = (i: number) => `user-${i}-${'x'.repeat(i % 50)}`;
		for (let i = 0; i < 60_000; i++) expect(dictionary.internText(word(i))).toBe(i);
		for (let i = 0; i < 60_000; i += 7) {
			expect(dictionary.internText(word(i))).toBe(i);
			expect(dictionary.text(i)).toBe(word(i));
		}
		expect(dictionary.size).toBe(60_000);
	});

	it('takes a text that is longer than all it has room for', () => {
		const dictionary = new Dictionary();
		const long = 'é'.repeat(300_000);
		expect([dictionary.internText('a'), dictionary.internText(long), dictionary.internText('b')]).toEqual([
			0, 1, 2
		]);
		expect(dictionary.text(1)).toBe(long);
		expect(dictionary.text(2)).toBe('b');
	});

	it('reads bytes wherever they lie, also in the same buffer after it was written anew', () => {
		const dictionary = new Dictionary();
		const buffer = encoder.encode('--first--').subarray(2);
		expect(dictionary.intern(buffer, 0, 5)).toBe(0);
		buffer.set(encoder.encode('other'));
		expect(dictionary.intern(buffer, 0, 5)).toBe(1);
		expect([dictionary.text(0), dictionary.text(1)]).toEqual(['first', 'other']);
	});

	it('gives blocks of what is new, which others number as they like', () => {
		const dictionary = new Dictionary();
		for (const word of ['a', '', '\uFEFFbom', '\u{1F4CC}']) dictionary.internText(word);
		const block = dictionary.blockFrom(1);
		expect(Array.from({ length: textCount(block) }, (_, i) => textAt(block, i))).toEqual([
			'',
			'\uFEFFbom',
			'\u{1F4CC}'
		]);
		const other = new Dictionary();
		other.internText('\u{1F4CC}');
		expect([...other.internBlock(block)]).toEqual([1, 2, 0]);
		expect(textCount(dictionary.blockFrom(4))).toBe(0);
	});
});
