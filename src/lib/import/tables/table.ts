/**
 * Tables: what every file of figures is once its rows are found, whoever made it. Rows can be gone through more than
 * once, so that what a file says as a whole (how it writes dates and numbers) is settled before its rows are read.
 */

/** What stands in a cell. Numbers and truth values are those of JSON, workbooks and Parquet; texts are trimmed. */
export type Cell = string | number | boolean | null;

export interface TableRow {
	/** The physical line that it starts on, or its place among the rows where there are no lines; from 1. */
	readonly line: number;
	/** In the order of the table's columns; cells that are missing at the end are empty. */
	readonly cells: readonly Cell[];
}

export interface Table {
	/** What distinguishes it from other tables of its file; '' for the only one. */
	readonly name: string;
	/** The columns' names as written; nested ones joined by dots. Grows while rows are read, where keys are names. */
	readonly columns: readonly string[];
	/** Lines above the header, without empty ones. */
	readonly preamble: readonly string[];
	/** The sign between cells; null where the table is no delimited text. */
	readonly delimiter: string | null;
	/** Days that stand beside the rows rather than in them; null where there are none. */
	readonly from?: string | null;
	readonly to?: string | null;
	/** Whether its figures are totals since a first day. */
	readonly isLevels: boolean;
	/** Whether its rows are about one Pin that they do not name. */
	readonly lacksPin: boolean;
	/**
	 * All rows, some at a time.
	 * @throws ProblemError where the file cannot be read to its end; AbortError on abort
	 */
	rows(signal: AbortSignal): AsyncIterable<readonly TableRow[]>;
}

/** The text of a cell; '' where it is empty. */
export function cellText(cell: Cell | undefined): string {
	return cell === null || cell === undefined ? '' : String(cell);
}

/** A table whose rows come by group, read elsewhere. */
export function parquetTable(
	columns: readonly string[],
	groups: readonly number[],
	read: (signal: AbortSignal, from: number, to: number) => Promise<readonly TableRow[]>
): Table {
	return {
		name: '',
		columns,
		preamble: [],
		delimiter: null,
		isLevels: false,
		lacksPin: false,
		rows: async function* (signal) {
			let from = 0;
			for (const rows of groups) {
				yield await read(signal, from, from + rows);
				from += rows;
			}
		}
	};
}
