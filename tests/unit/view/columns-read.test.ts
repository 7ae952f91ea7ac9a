import { expect, it } from 'vitest';
import { columnsOf, folded, inSentence } from '../../../src/lib/view/columns-read';

it('tells what was read from what was left out, each name once', () => {
	const columnsRead = [
		{ name: 'Spend', role: 'spend' },
		{ name: 'CPM', role: '' },
		{ name: 'Frequency', role: '' }
	];
	expect(columnsOf({ columnsRead, unknownColumns: ['Frequency', 'Results', ' '] })).toEqual({
		read: [{ name: 'Spend', role: 'spend' }],
		leftOut: ['CPM', 'Frequency', 'Results']
	});
});

it('folds what is beyond the first, but never one alone', () => {
	expect(folded([1, 2, 3, 4], 2)).toEqual([
		[1, 2],
		[3, 4]
	]);
	expect(folded([1, 2, 3], 2)).toEqual([[1, 2, 3], []]);
	expect(folded([], 2)).toEqual([[], []]);
});

it('writes labels as in a sentence, short forms as they are', () => {
	expect(inSentence('en-GB', 'Link clicks')).toBe('link clicks');
	expect(inSentence('sv-SE', 'Ändrad')).toBe('ändrad');
	expect(inSentence('en-GB', 'CPM')).toBe('CPM');
	expect(inSentence('en-GB', '95% views')).toBe('95% views');
	expect(inSentence('en-GB', '')).toBe('');
});
