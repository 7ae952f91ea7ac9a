import type { Note } from '$lib/model/own-words';
import { notesWithin } from '$lib/view/notes';
import type { DayRange } from '$lib/view/range';
import { noteDays } from './note-days';

/** The notes on some days as lines of a picture. */
export function pictureNotes(notes: readonly Note[], range: DayRange): readonly string[] {
	return notesWithin(notes, range).map((note) => `${noteDays(note)}: ${note.text.replace(/\s+/g, ' ')}`);
}
