import { csvRow, csvText } from '../model/csv-cell';
import type { Note } from '../model/own-words';
import { CsvFile } from './csv-file';

/**
 * Notes as CSV: a row a note, in the order given.
 * @returns null where there is none
 */
export function notesCsv(notes: readonly Pick<Note, 'from' | 'to' | 'text'>[]): Blob | null {
	if (notes.length === 0) return null;
	const file = new CsvFile();
	file.write(csvRow(['from', 'to', 'text']));
	for (const { from, to, text } of notes) file.write(csvRow([from, to, csvText(text)]));
	return file.finish();
}
