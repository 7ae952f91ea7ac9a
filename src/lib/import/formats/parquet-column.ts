import type { ColumnMetaData, DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { checkValues } from './parquet-page';
import { roomFor, writeCell, type CellKind, type CellValue } from './parquet-cells';

/**
 * The column chunks of a row group → cells of rows. Pages are unpacked and decoded by hyparquet; what it would make of
 * the values after that is left out: each entry of a dictionary is written as a cell once, and rows point to it.
 */

/** Writers cut pages at about a megabyte. */
const MAX_PAGE_BYTES = 256 << 20;

/** Cells end to end; grows. */
export class CellBytes {
	bytes = new Uint8Array(1 << 20);
	#at = 0;

	/** Writes a value. @returns where its cell starts; it ends where the next one would start */
	write(kind: CellKind, value: CellValue): number {
		const start = this.#at;
		const room = roomFor(value);
		if (start + room > this.bytes.length) {
			const larger = new Uint8Array((start + room) * 2);
			larger.set(this.bytes.subarray(0, start));
			this.bytes = larger;
		}
		this.#at = writeCell(kind, value, this.bytes, start);
		return start;
	}

	get end(): number {
		return this.#at;
	}

	/** Forgets all cells. */
	clear(): void {
		this.#at = 0;
	}
}

/** Where the cells of a column are: row r's is bytes[starts[r], ends[r]). */
export interface CellSpans {
	readonly starts: Int32Array;
	readonly ends: Int32Array;
}

/** A column as the file's schema has it: flat, so that a value is there or not. */
export interface ParquetColumn {
	readonly name: string;
	readonly kind: CellKind;
	readonly schemaPath: SchemaTree[];
}

/**
 * Writes the cells of a column of a row group.
 * @param chunk the bytes of the column in that group
 * @throws Error where they are damaged
 */
export function readColumnCells(
	chunk: ArrayBuffer,
	{ kind, schemaPath }: ParquetColumn,
	{ type, codec, path_in_schema }: ColumnMetaData,
	rows: number,
	cells: CellBytes
): CellSpans {
	const { element } = schemaPath.at(-1)!;
	const decoder = { type, codec, element, schemaPath, compressors, pathInSchema: path_in_schema };
	const hasLevels = element.repetition_type === 'OPTIONAL';
	const reader = { view: new DataView(chunk), offset: 0 };
	const starts = new Int32Array(rows);
	const ends = new Int32Array(rows);
	let dictionary: CellSpans | null = null;
	let row = 0;
	while (row < rows) {
		const header = parquetHeader(reader);
		checkPage(header, chunk.byteLength - reader.offset);
		const packed = new Uint8Array(chunk, reader.offset, header.compressed_page_size);
		reader.offset += header.compressed_page_size;
		const unpacked = () => decompressPage(packed, header.uncompressed_page_size, codec, compressors);
		const { data_page_header: v1, data_page_header_v2: v2, dictionary_page_header: entries } = header;
		if (header.type === 'DICTIONARY_PAGE' && entries) {
			const page = unpacked();
			// No entry takes less than a byte: what claims more of them would only take memory.
			if (!(entries.num_values <= page.length)) throw new RangeError('not so many entries');
			const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
			const values = readPlain({ view, offset: 0 }, type, entries.num_values, element.type_length);
			dictionary = writeAll(values, kind, cells);
		} else if (header.type === 'DATA_PAGE' && v1) {
			const page = unpacked();
			checkCount(v1.num_values);
			checkValues(page, v1, { hasLevels, v2: null });
			takePage(readDataPage(page, v1, decoder as never), v1.num_values, v1.encoding);
		} else if (header.type === 'DATA_PAGE_V2' && v2) {
			// Levels are never packed; the rest is unpacked here, so that it can be looked through.
			const levels = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
			const body = packed.subarray(levels);
			const values =
				v2.is_compressed === false
					? body
					: decompressPage(body, header.uncompressed_page_size - levels, codec, compressors);
			const page = concat(packed.subarray(0, levels), values);
			checkCount(v2.num_values);
			checkValues(page, v2, { hasLevels, v2 });
			const plain = { ...header, data_page_header_v2: { ...v2, is_compressed: false } };
			takePage(readDataPageV2(page, plain, decoder as never), v2.num_values, v2.encoding);
		} // pages of other kinds hold no values
	}
	return { starts, ends };

	function checkCount(count: number): void {
		if (!(count >= 0 && count <= rows - row)) throw new RangeError('more values than rows');
	}

	function takePage(
		page: { definitionLevels: ArrayLike<number> | undefined; dataPage: DecodedArray },
		count: number,
		encoding: string
	): void {
		const values = page.dataPage as ArrayLike<CellValue>;
		const levels = page.definitionLevels?.length ? page.definitionLevels : null;
		const entries = dictionary && encoding.endsWith('_DICTIONARY') ? dictionary : null;
		let next = 0;
		const end = Math.min(rows, row + count);
		for (; row < end; row++) {
			if (levels && levels[row - end + count] === 0) continue; // no value: an empty cell
			const value = values[next++];
			if (entries) {
				if ((value as number) >= entries.starts.length) throw new RangeError('no such entry');
				starts[row] = entries.starts[value as number] as number;
				ends[row] = entries.ends[value as number] as number;
			} else {
				starts[row] = cells.write(kind, value);
				ends[row] = cells.end;
			}
		}
	}
}

/** A page says itself how long it is, and hyparquet believes it. */
function checkPage(page: PageHeader, bytesLeft: number): void {
	const { compressed_page_size: packed, uncompressed_page_size: unpacked } = page;
	const isPossible = packed >= 0 && packed <= bytesLeft && unpacked >= 0 && unpacked <= MAX_PAGE_BYTES;
	if (!isPossible) throw new RangeError('no page is like that');
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
	const both = new Uint8Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}

function writeAll(values: DecodedArray, kind: CellKind, cells: CellBytes): CellSpans {
	const starts = new Int32Array(values.length);
	const ends = new Int32Array(values.length);
	for (let i = 0; i < values.length; i++) {
		starts[i] = cells.write(kind, values[i] as CellValue);
		ends[i] = cells.end;
	}
	return { starts, ends };
}
