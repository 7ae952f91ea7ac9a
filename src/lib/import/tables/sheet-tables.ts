import type { Sheet } from '../workbook/sheet';
import { findHeader } from './delimited-table';
import { csvRow, csvText } from '../../model/csv-cell';
import { isBlankCell } from './is-blank-cell';
import { cellText, type Table } from './table';

/** Rows in which the header of a sheet is looked for. */
const ROWS_LOOKED_AT = 31;

/** The text of a sheet's first rows, as formats of text are recognised by it. */
export function sheetText({ rows }: Sheet, count = Infinity): string {
	return rows
		.slice(0, count)
		.map(({ cells }) => csvRow(cells.map((cell) => csvText(cellText(cell)))))
		.join('');
}

/** The table of a sheet; null where it holds none. */
export function sheetTable(sheet: Sheet): Table | null {
	const filled = sheet.rows.filter(({ cells }) => cells.some((cell) => !isBlankCell(cell)));
	const head = new TextEncoder().encode(sheetText({ ...sheet, rows: filled }, ROWS_LOOKED_AT));
	const header = findHeader(head, true);
	if (!header || header.names.length < 2 || header.known === 0) return null;
	const index = filled.findIndex(({ cells }) => {
		const names = cells.map((cell) => cellText(cell).trim());
		return header.names.every((name, i) => name === (names[i] ?? ''));
	});
	if (index < 0) return null;
	const below = filled.slice(index + 1);
	return {
		name: sheet.name,
		columns: header.names,
		preamble: header.preamble,
		delimiter: null,
		isLevels: false,
		lacksPin: false,
		rows: async function* () {
			yield below;
		}
	};
}
