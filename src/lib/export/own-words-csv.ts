import { csvRow, csvText } from '../model/csv-cell';
import type { LabelledPin, Note } from '../model/own-words';
import { CsvFile } from './csv-file';

/**
 * Labels as CSV: a row a Pin and label, in the order given. Such a file can be imported.
 * @returns null where no Pin bears a label
 */
export function labelsCsv(rows: Iterable<LabelledPin>): Blob | null {
	const file = new CsvFile();
	file.write(csvRow(['label', 'pin_id']));
	let count = 0;
	for (const { label, pinId } of rows) {
		file.write(csvRow([csvText(label), csvText(pinId)]));
		count++;
	}
	return count === 0 ? null : file.finish();
}

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
