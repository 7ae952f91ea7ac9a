import type { Note } from '../model/own-words';
import type { Chart } from './chart';
import { endOfBucket, type DayRange } from './range';

/** Notes beside figures: which of them are about the days that are shown, and at which steps of a chart. */

/** A note on a chart: the steps that its days lie in, first and last by their places. */
export interface PlacedNote {
	readonly note: Note;
	readonly first: number;
	readonly last: number;
}

/** The notes on any day of a range, in their order. */
export function notesWithin(notes: readonly Note[], { from, to }: DayRange): readonly Note[] {
	return notes.filter((note) => note.from <= to && from <= note.to);
}

/** The notes on any day of a chart's steps. */
export function placeNotes(
	{ buckets, grain }: Pick<Chart, 'buckets' | 'grain'>,
	notes: readonly Note[]
): readonly PlacedNote[] {
	return notes.flatMap((note) => {
		const first = buckets.findIndex(({ day }) => note.from <= endOfBucket(day, grain));
		const last = buckets.findLastIndex(({ day }) => day <= note.to);
		return first < 0 || last < first ? [] : [{ note, first, last }];
	});
}
