import { csvRow, csvText } from '../model/csv-cell';
import { plainNumber } from './plain-number';
import type { Cell, Column, Table } from './table';

/** A CSV file that is put together in pieces: UTF-8 with a byte order mark, which Excel needs. */
export class CsvFile {
	#parts: BlobPart[] = ['\uFEFF'];
	#rows: string[] = [];
	#characters = 0;

	/** Adds a finished row, or several. */
	write(rows: string): void {
		this.#rows.push(rows);
		this.#characters += rows.length;
		if (this.#characters > 1 << 22) this.#flush();
	}

	finish(): Blob {
		this.#flush();
		return new Blob(this.#parts, { type: 'text/csv;charset=utf-8' });
	}

	/** Blobs are kept by the browser, on disk if need be; strings are not. */
	#flush(): void {
		this.#parts.push(new Blob([this.#rows.join('')]));
		this.#rows = [];
		this.#characters = 0;
	}
}

/** A table as a CSV file. */
export function csvOf({ columns, rows }: Table): Blob {
	const file = new CsvFile();
	file.write(csvHead(columns));
	for (const row of rows) file.write(csvRow(row.map((cell, i) => csvCell(columns[i]!, cell))));
	return file.finish();
}

/** The row of the columns' names. */
export function csvHead(columns: readonly Column[]): string {
	return csvRow(columns.map(({ name }) => csvText(name)));
}

/** A cell as CSV has it. */
export function csvCell({ type }: Column, cell: Cell): string {
	if (cell === null) return '';
	if (typeof cell === 'number') return plainNumber(cell);
	return type === 'text' || type === 'id' ? csvText(cell) : cell;
}

/** Cells of some columns, joined as CSV has them. */
export function csvStretchOf(columns: readonly Column[]): (cells: readonly Cell[], first: number) => string {
	return (cells, first) => {
		if (cells.length === 1) return csvCell(columns[first]!, cells[0]!);
		// Joined, since text that is put together by + stays in parts, which cost when each of many rows is written.
		return cells.map((cell, i) => csvCell(columns[first + i]!, cell)).join(',');
	};
}
