import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textBlock } from '../../../src/lib/columns/text-block';
import { TextBlocks } from '../../../src/lib/columns/text-blocks';
import { compareText } from '../../../src/lib/model/text-order';

describe('the order of texts', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.string({ unit: fc.constantFrom('a', 'b', '\0'), maxLength: 16 }),
		fc.integer({ min: 0, max: 999_999 }).map((n) => `900000000000${n}`)
	);
	const alike = fc.integer({ min: 0, max: 999_999 }).map((n) => `900000000000${n}`);

	it('is that of their code points, over all blocks', () => {
		fc.assert(
			fc.property(fc.oneof(fc.array(text), fc.array(alike)), fc.nat(10), (texts, cut) => {
				const blocks = new TextBlocks([textBlock(texts.slice(0, cut)), textBlock(texts.slice(cut))]);
				const ordered = [...blocks.inOrder()].map((number) => blocks.text(number));
				expect(ordered).toEqual([...texts].sort(compareText));
			}),
			{ seed: 20_261_128 }
		);
	});
});

it('picks texts of any blocks, in any order and more than once', () => {
	const word = fc.string({ unit: 'grapheme', maxLength: 12 });
	fc.assert(
		fc.property(fc.array(word, { minLength: 1 }), fc.nat(10), fc.array(fc.nat()), (texts, cut, wanted) => {
			const blocks = new TextBlocks([textBlock(texts.slice(0, cut)), textBlock(texts.slice(cut))]);
			const numbers = wanted.map((number) => number % texts.length);
			expect(blocks.pick(Uint32Array.from(numbers))).toEqual(
				textBlock(numbers.map((number) => texts[number]!))
			);
		}),
		{ seed: 20_261_129 }
	);
});
