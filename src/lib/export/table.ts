/** Tables as exports write them: as CSV (csv-file.ts) and as sheets of a workbook (workbook/). */

/**
 * What the cells of a column hold:
 * - `text`: text that many rows share, such as a title;
 * - `id`: text that is an id, which spreadsheets must not take for a number;
 * - `number`: a number, or the digits of one where a number would not be exact;
 * - `share`: a number that is a fraction: 0.5 is 50 %;
 * - `day`: a calendar day, `2025-01-31`;
 * - `stamp`: an instant, `2025-01-31T18:04:05.123Z`.
 */
export type ColumnType = 'text' | 'id' | 'number' | 'share' | 'day' | 'stamp';

export interface Column {
	readonly name: string;
	readonly type: ColumnType;
}

/** Null, and '' too, where there is no value. */
export type Cell = string | number | null;

/** In the order of the columns. */
export type Row = readonly Cell[];

/** Its rows can be gone through once. */
export interface Table {
	readonly columns: readonly Column[];
	readonly rows: Iterable<Row>;
}

/** Columns of one type. */
export function columnsOf(type: ColumnType, names: readonly string[]): Column[] {
	return names.map((name) => ({ name, type }));
}

/** The table; null where it has no row. */
export function unlessEmpty({ columns, rows }: Table): Table | null {
	const rest = rows[Symbol.iterator]();
	const first = rest.next();
	if (first.done) return null;
	return { columns, rows: behind(first.value, rest) };
}

function* behind(first: Row, rest: Iterator<Row>): Generator<Row> {
	yield first;
	for (let next = rest.next(); !next.done; next = rest.next()) yield next.value;
}
