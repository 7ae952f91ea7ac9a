import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/lib/import/sample-random';
import { Dictionary } from '../../../src/lib/columns/dictionary';
import { textAt, textBlock, textCount } from '../../../src/lib/columns/text-block';

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

	it('knows texts that were appended as if each had been looked up, and those that come later', () => {
		fc.assert(
			fc.property(fc.uniqueArray(text), fc.nat(), fc.array(text), (distinct, cut, later) => {
				const [appended, known] = [new Dictionary(), new Dictionary()];
				const at = cut % (distinct.length + 1);
				for (const some of [distinct.slice(0, at), distinct.slice(at)]) {
					appended.append(textBlock(some));
					known.internBlock(textBlock(some));
				}
				const block = textBlock([...later, ...distinct]);
				expect(appended.internBlock(block)).toEqual(known.internBlock(block));
				expect(appended.blockFrom(0)).toEqual(known.blockFrom(0));
			}),
			{ seed: 20_261_129, numRuns: 300 }
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

	it('tells texts apart by any one byte', () => {
		const dictionary = new Dictionary();
		for (let length = 1; length <= 20; length++) {
			const bytes = Uint8Array.from({ length }, (_, i) => 97 + i);
			const number = dictionary.intern(bytes, 0, length);
			for (let at = 0; at < length; at++) {
				const other = bytes.slice();
				other[at] = 33;
				expect(dictionary.equals(number, other, 0, length), `byte ${at} of ${length}`).toBe(false);
			}
			expect(dictionary.equals(number, bytes, 0, length)).toBe(true);
		}
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

	it('numbers many texts at once as one by one, texts of equal hash included', () => {
		// With so many texts that have little in common, some hashes of 32 bits are equal.
		const random = seededRandom(16, 1);
		const part = () => random().toString(36).slice(2, 9);
		const words = Array.from({ length: 300_000 }, (_, i) => `${part()}${part()}${i}`);
		const bytes = encoder.encode(words.join(''));
		const ends = new Int32Array(words.length);
		const starts = new Int32Array(words.length);
		words.forEach((word, i) => {
			starts[i] = i === 0 ? 0 : (ends[i - 1] as number);
			ends[i] = (starts[i] as number) + word.length;
		});
		const dictionary = new Dictionary();
		for (let time = 0; time < 2; time++) {
			const numbers = dictionary.internSpans(bytes, starts, ends, words.length);
			expect(numbers.findIndex((number, i) => number !== i)).toBe(-1);
		}
		expect(dictionary.size).toBe(words.length);
		expect(words.findIndex((word, i) => dictionary.text(i) !== word)).toBe(-1);
	});

	it('numbers texts that stand in one call more than once by their first place', () => {
		const dictionary = new Dictionary();
		dictionary.internText('b');
		const at = (...places: number[]) => Int32Array.from(places);
		const bytes = encoder.encode('abacb');
		const numbers = dictionary.internSpans(bytes, at(0, 1, 2, 3, 4, 0), at(1, 2, 3, 4, 5, 0), 6);
		expect([...numbers]).toEqual([1, 0, 1, 2, 0, 3]);
		expect(dictionary.text(3)).toBe('');
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
