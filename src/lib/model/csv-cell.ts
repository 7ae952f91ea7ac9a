/**
 * Cells of CSV files, as every part writes and reads them: RFC 4180 quoting, and a guard for what a spreadsheet would
 * take for a formula. Guarded cells are written with one more `'` in front, and reading takes one such `'` off again,
 * so that nothing changes between export and import: revealFormula(guardFormula(text)) = text for every text.
 */

const FORMULA = /^'*[=+\-@\t\r\n]/;
const PLAIN_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const NEEDS_QUOTES = /[",\r\n]|^\s|\s$/;

function isFormula(text: string): boolean {
	return FORMULA.test(text) && !PLAIN_NUMBER.test(text);
}

/** The text as an export writes it. */
export function guardFormula(text: string): string {
	return isFormula(text) ? `'${text}` : text;
}

/** The text that an exported cell stands for. */
export function revealFormula(cell: string): string {
	return cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell;
}

/** A text as a cell: guarded and, where it must be, quoted. */
export function csvText(text: string): string {
	const cell = guardFormula(text);
	return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** A row of cells that are ready, with its line end. */
export function csvRow(cells: readonly string[]): string {
	return `${cells.join(',')}\r\n`;
}
