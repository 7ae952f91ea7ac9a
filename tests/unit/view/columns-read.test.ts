import { expect, it } from 'vitest';
import { columnsOf, folded } from '../../../src/lib/view/columns-read';

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
