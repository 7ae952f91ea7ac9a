import { withoutSurroundings } from '../cells/surroundings';
import { pinIdIn } from '../reported/cells';
import { valueNamed } from '../reported/filter-names';
import { meaningOf, type ColumnMeaning } from './column-names';
import { DateOrders } from './date-orders';
import { readDateText } from './date-text';
import { isBlankCell } from './is-blank-cell';
import { readNumber } from './read-number';
import { cellText, type Cell, type Table, type TableRow } from './table';

/** What the cells of a column are, over the rows that were looked at. */
export interface ColumnProfile {
	filled: number;
	/** Addresses of Pins, and ids long enough to be those of Pins. */
	pinAddresses: number;
	longIds: number;
	digitsOnly: number;
	days: number;
	numbers: number;
	/** The largest number without a percent sign; -Infinity where there is none. */
	largest: number;
	hasPercentSign: boolean;
	/** Objects as JSON text. */
	objects: number;
	/** Cells that are values of the dimension that the column is named after. */
	knownValues: number;
	/** Dates of digits alone, over all rows. */
	readonly orders: DateOrders;
}

export interface TableProfile {
	readonly columns: readonly ColumnProfile[];
	readonly rows: number;
	/** The first rows, for a preview. */
	readonly first: readonly TableRow[];
}

/** Columns are recognised by so many of their cells; the order of dates is settled over all rows. */
const LOOKED_AT = 2_000;
const PREVIEW_ROWS = 20;

/** Looks at a table's rows. */
export async function profileOf(signal: AbortSignal, table: Table): Promise<TableProfile> {
	const columns: ColumnProfile[] = [];
	const meanings: (ColumnMeaning | null)[] = [];
	const first: TableRow[] = [];
	let rows = 0;
	for await (const block of table.rows(signal)) {
		while (columns.length < table.columns.length) {
			meanings.push(meaningOf(table.columns[columns.length] as string));
			columns.push(emptyProfile());
		}
		for (const row of block) {
			if (isTotalRow(row)) continue;
			if (first.length < PREVIEW_ROWS) first.push(row);
			const isLooked = rows++ < LOOKED_AT;
			for (let i = 0; i < columns.length; i++) {
				const cell = row.cells[i];
				if (isBlankCell(cell)) continue;
				const column = columns[i] as ColumnProfile;
				const meaning = meanings[i] ?? null;
				if (isLooked) look(column, cell as Cell, meaning);
				if (meaning?.kind !== 'metric' && column.days > 0) column.orders.look(cell as Cell);
			}
		}
	}
	return { columns, rows, first };
}

function emptyProfile(): ColumnProfile {
	return {
		filled: 0,
		pinAddresses: 0,
		longIds: 0,
		digitsOnly: 0,
		days: 0,
		numbers: 0,
		largest: -Infinity,
		hasPercentSign: false,
		objects: 0,
		knownValues: 0,
		orders: new DateOrders()
	};
}

function look(column: ColumnProfile, cell: Cell, meaning: ColumnMeaning | null): void {
	const text = withoutSurroundings(cellText(cell));
	column.filled++;
	if (/^\d+$/.test(text)) {
		column.digitsOnly++;
		if (text.length >= 15 && text.length <= 20) column.longIds++;
	} else if (text.includes('/pin/') && pinIdIn(text) !== null) column.pinAddresses++;
	else if (text.startsWith('{')) column.objects++;
	if (typeof cell === 'string' && readDateText(text) !== null) column.days++;
	const number = readNumber(cell, '.');
	if ('digits' in number) {
		column.numbers++;
		column.hasPercentSign ||= number.isPercent;
		if (!number.isPercent) column.largest = Math.max(column.largest, Number(number.digits));
	}
	if (meaning?.kind === 'dimension' && valueNamed(meaning.dimension, text) !== null) column.knownValues++;
}

/** Whether a row adds up the others, and so is none of its own. */
export function isTotalRow({ cells }: TableRow): boolean {
	const first = cells.find((cell) => !isBlankCell(cell));
	return (
		typeof first === 'string' &&
		/^(?:(?:grand )?totals?|summa|totalt|gesamt|summe|total general|totale)\b[: ]*$/i.test(first.trim())
	);
}
