import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/lib/model/own-words';
import { notesWithin, placeNotes } from '../../../src/lib/view/notes';

/** Notes beside the days and steps that are shown. */

const note = (text: string, from: string, to = from): Note => ({ id: text, changedAt: 1, text, from, to });
const NOTES = [
	note('before', '2026-05-31'),
	note('first day', '2026-06-01'),
	note('across the start', '2026-05-20', '2026-06-02'),
	note('around all', '2026-01-01', '2026-12-31'),
	note('last day', '2026-06-14'),
	note('after', '2026-06-15')
];
const texts = (notes: readonly Note[]) => notes.map(({ text }) => text);

describe('the notes of a range', () => {
	it('are those that share a day with it', () => {
		const within = notesWithin(NOTES, { from: '2026-06-01', to: '2026-06-14' });
		expect(texts(within)).toEqual(['first day', 'across the start', 'around all', 'last day']);
	});
});

describe('a note on a chart', () => {
	const buckets = (...days: string[]) => days.map((day) => ({ day }) as never);

	it('stands at the steps that its days lie in', () => {
		const chart = { buckets: buckets('2026-06-01', '2026-06-08'), grain: 'week' } as const;
		const placed = placeNotes(chart, NOTES).map(({ note, first, last }) => [note.text, first, last]);
		expect(placed).toEqual([
			['first day', 0, 0],
			['across the start', 0, 0],
			['around all', 0, 1],
			['last day', 1, 1]
		]);
	});

	it('stands at its month', () => {
		const chart = { buckets: buckets('2026-05-01', '2026-06-01', '2026-07-01'), grain: 'month' } as const;
		const [placed] = placeNotes(chart, [note('end of June', '2026-06-30')]);
		expect([placed?.first, placed?.last]).toEqual([1, 1]);
	});
});
