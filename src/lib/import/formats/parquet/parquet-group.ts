import type { RowFields, RowTaker } from '../../row-fields';
import type { ColumnCells } from './parquet-column';

/** The rows of a row group, by its columns. */
export class ParquetGroup {
	readonly rows: number;
	/** In the order of the header's names. */
	readonly columns: readonly ColumnCells[];
	/** What `fieldsOf` wrote last; replaced when it grows. */
	bytes = new Uint8Array(1 << 10);
	readonly #fields: RowFields & { line: number };
	readonly #all: readonly number[];

	constructor(rows: number, columns: readonly ColumnCells[]) {
		this.rows = rows;
		this.columns = columns;
		const fields = columns.length;
		this.#all = Array.from(columns.keys());
		this.#fields = { starts: new Int32Array(fields), ends: new Int32Array(fields), fields, line: 0 };
	}

	/** Gives a row to a taker, with the line that it is named by. */
	give(row: number, line: number, taker: RowTaker): void {
		const fields = this.fieldsOf(row, this.#all);
		this.#fields.line = line;
		taker.add(this.bytes, fields);
		taker.settle(this.bytes);
	}

	/** The cells of a row in some fields, in `bytes`; the other fields hold nothing that is of use. */
	fieldsOf(row: number, fields: readonly number[]): RowFields {
		const { columns } = this;
		let room = 0;
		for (const f of fields) room += columns[f]!.cells.roomFor(columns[f]!.cellOf[row] as number);
		if (room > this.bytes.length) this.bytes = new Uint8Array(room * 2);
		const { starts, ends } = this.#fields;
		let at = 0;
		for (const f of fields) {
			starts[f] = at;
			at = ends[f] = columns[f]!.cells.copy(columns[f]!.cellOf[row] as number, this.bytes, at);
		}
		return this.#fields;
	}
}
