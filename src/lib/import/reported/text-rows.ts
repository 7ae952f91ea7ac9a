import Papa from 'papaparse';
import { ProblemError } from '../../model/problem';

/** A row of a text, with the physical line that it starts on, from 1. Blank lines are rows of one empty cell. */
export interface TextRow {
	readonly line: number;
	/** Without the space around them. */
	readonly cells: readonly string[];
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The character that parts the cells of a header line: the one that makes most of it. */
export function delimiterOf(header: string): string {
	const count = (delimiter: string) => header.split(delimiter).length;
	return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/**
 * All rows of a text.
 * @throws ProblemError unclosed_quote
 */
export function readTextRows(text: string, delimiter: string): TextRow[] {
	const { data, errors } = Papa.parse<string[]>(text, { delimiter });
	const unclosed = errors.find((error) => error.code === 'MissingQuotes');
	const rows: TextRow[] = [];
	let line = 1;
	for (const [index, cells] of data.entries()) {
		if (unclosed?.row === index) throw new ProblemError({ code: 'unclosed_quote', line });
		rows.push({ line, cells: cells.map((cell) => cell.trim()) });
		line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
	}
	return rows;
}

/** Whether nothing stands in a row. */
export function isEmptyRow({ cells }: TextRow): boolean {
	return cells.every((cell) => cell === '');
}
