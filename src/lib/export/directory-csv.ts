import { csvRow, csvText } from '../model/csv-cell';
import type { ListedPin } from '../model/directory';
import { CsvFile } from './csv-file';

/**
 * What directories say of Pins, as CSV: a row a Pin.
 * @param pins in the order of the rows
 * @returns null where there is none
 */
export function directoryCsv(pins: readonly ListedPin[]): Blob | null {
	if (pins.length === 0) return null;
	const file = new CsvFile();
	file.write(csvRow(['pin_id', 'pin_title', 'board', 'link', 'format', 'created_at']));
	for (const { pinId, title, board, link, format, createdAt } of pins)
		file.write(csvRow([pinId, title, board, link, format, createdAt].map(csvText)));
	return file.finish();
}
