import type { ColumnMetaData, SchemaElement } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { TextCells, TimeCells } from './parquet-cell-lists';
import type { CellKind } from './parquet-cells';
import {
	areEntries,
	checkPage,
	decodeValues,
	openDataPage,
	openDictionary,
	readEntryNumbers,
	type DataPage,
	type EncodedValues
} from './parquet-page';

/** The column chunks of a row group → cells, each entry of a dictionary once, and which of them the rows have. */

/** A column as the file's schema has it: flat, so that a value is there or not. */
export interface ParquetColumn {
	readonly name: string;
	readonly kind: CellKind;
	readonly element: SchemaElement;
	/** Whether only the instants of its values are wanted. */
	readonly isTime: boolean;
}

/** A column of a row group. */
export interface ColumnCells {
	/** Per row the number of its cell; 0 where it has no value. */
	readonly cellOf: Int32Array;
	readonly cells: TextCells | TimeCells;
}

/**
 * Reads a column of a row group.
 * @param chunk the bytes of the column in that group
 * @throws Error where they are damaged
 */
export function readColumn(
	chunk: ArrayBuffer,
	{ kind, element, isTime }: ParquetColumn,
	metadata: ColumnMetaData,
	rows: number
): ColumnCells {
	const reader = { view: new DataView(chunk), offset: 0 };
	const cellOf = new Int32Array(rows);
	const cells = isTime ? new TimeCells(kind) : new TextCells(kind);
	/** The cells of the entries of the dictionary: [first, end). */
	let entries = { first: 0, end: 0 };
	for (let row = 0; row < rows;) {
		const header = parquetHeader(reader);
		checkPage(header, chunk.byteLength - reader.offset);
		const packed = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
		reader.offset += header.compressed_page_size;
		const dictionary = openDictionary(header, packed, metadata);
		if (dictionary) entries = append(dictionary);
		const page = openDataPage(header, packed, metadata, element, rows - row);
		if (!page) continue; // pages of other kinds hold no values
		if (areEntries(page)) {
			readEntryNumbers(page, cellOf, row);
			const { first } = entries;
			const known = entries.end - first;
			for (let i = row; i < row + page.count; i++) {
				const entry = cellOf[i] as number;
				if (entry < 0 || entry >= known) throw new RangeError('no such entry');
				cellOf[i] = first + entry;
			}
		} else {
			const { first } = append(page);
			for (let i = 0; i < page.count; i++) cellOf[row + i] = first + i;
		}
		moveApart(cellOf, row, page);
		row += page.rows;
	}
	return { cellOf, cells };

	function append(values: EncodedValues): { first: number; end: number } {
		const first = cells.count;
		const arePlainTexts = values.encoding === 'PLAIN' && element.type === 'BYTE_ARRAY' && kind.is === 'text';
		if (arePlainTexts && cells instanceof TextCells) cells.addPlain(values.bytes, values.at, values.count);
		else cells.add(decodeValues(values, element));
		return { first, end: cells.count };
	}
}

/** The cells of a page stand side by side at first: moves each to the row that has it. */
function moveApart(cellOf: Int32Array, first: number, { rows, levels, count }: DataPage): void {
	if (!levels) return;
	let next = first + count;
	for (let row = rows - 1; row >= 0; row--) {
		cellOf[first + row] = levels[row] === 0 ? 0 : (cellOf[--next] as number);
	}
}
