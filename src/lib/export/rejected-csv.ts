import { textAt } from '../columns/text-block';
import type { RejectedBlock } from '../columns/rejected-block';
import { csvRow, csvText } from '../model/csv-cell';
import { CsvFile } from './csv-file';

/** What is added to the file's own columns; the reason comes last. */
const REJECTED_COLUMNS = ['rejected_line', 'rejected_column', 'rejected_reason'];

/**
 * Rejected rows to be put right and imported again: the file's own columns, then where and why each was rejected.
 * @param columns the names of the file's columns
 * @param blocks in the order of the file, each with the physical line that its part starts on
 */
export function rejectedCsv(
	columns: readonly string[],
	blocks: readonly { readonly rows: RejectedBlock; readonly firstLine: number }[]
): Blob {
	const file = new CsvFile();
	file.write(csvRow([...columns.map(csvText), ...REJECTED_COLUMNS]));
	for (const { rows, firstLine } of blocks) {
		rows.lines.forEach((line, i) => {
			const where = [String(firstLine + line), rows.columns[i] ?? '', rows.reasons[i] ?? ''];
			file.write(csvRow([textAt(rows.cells, i), ...where]));
		});
	}
	return file.finish();
}
