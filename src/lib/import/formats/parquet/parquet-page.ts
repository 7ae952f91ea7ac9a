import type { ColumnMetaData, DecodedArray, Encoding, PageHeader, SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { checkDeltas } from './parquet-deltas';
import { readRuns } from './parquet-runs';

/** Pages of Parquet columns, from their packed bytes to their values. hyparquet unpacks them, and decodes most values. */

/** Writers cut pages at about a megabyte. */
const MAX_PAGE_BYTES = 256 << 20;

/** Values, as they stand in bytes[at, …). */
export interface EncodedValues {
	readonly bytes: Uint8Array;
	readonly at: number;
	readonly count: number;
	readonly encoding: Encoding;
}

/** A page of rows. */
export interface DataPage extends EncodedValues {
	readonly rows: number;
	/** Per row 1 where it has a value and 0 where not; null where all have one. */
	readonly levels: Int32Array | null;
}

/**
 * A page says itself how long it is, and hyparquet does not check it.
 * @throws RangeError where there is no such page
 */
export function checkPage(page: PageHeader, bytesLeft: number): void {
	const { compressed_page_size: packed, uncompressed_page_size: unpacked } = page;
	const isPossible = packed >= 0 && packed <= bytesLeft && unpacked >= 0 && unpacked <= MAX_PAGE_BYTES;
	if (!isPossible) throw new RangeError('no page is like that');
}

/** The entries of a dictionary; null where the page is of another kind. */
export function openDictionary(
	header: PageHeader,
	packed: Uint8Array,
	{ codec }: ColumnMetaData
): EncodedValues | null {
	if (header.type !== 'DICTIONARY_PAGE' || !header.dictionary_page_header) return null;
	const bytes = decompressPage(packed, header.uncompressed_page_size, codec, compressors);
	const count = header.dictionary_page_header.num_values;
	// No entry takes less than a byte: what claims more of them would only take memory.
	if (!(count >= 0 && count <= bytes.length)) throw new RangeError('not so many entries');
	return { bytes, at: 0, count, encoding: 'PLAIN' };
}

/**
 * What a page holds of rows; null where it is of another kind.
 * @param mostRows how many rows of the group are left
 * @throws Error where it is damaged
 */
export function openDataPage(
	header: PageHeader,
	packed: Uint8Array,
	{ codec }: ColumnMetaData,
	{ repetition_type }: SchemaElement,
	mostRows: number
): DataPage | null {
	const hasLevels = repetition_type !== 'REQUIRED';
	const { uncompressed_page_size: byteLength, data_page_header: v1, data_page_header_v2: v2 } = header;
	if (header.type === 'DATA_PAGE' && v1) {
		const { num_values: rows, encoding } = v1;
		checkRows(rows, mostRows);
		const bytes = decompressPage(packed, byteLength, codec, compressors);
		if (!hasLevels) return { rows, levels: null, bytes, at: 0, count: rows, encoding };
		const levelsEnd = 4 + new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true);
		return { rows, ...readLevels(bytes.subarray(4, levelsEnd), rows), bytes, at: levelsEnd, encoding };
	}
	if (header.type === 'DATA_PAGE_V2' && v2) {
		const { num_values: rows, encoding } = v2;
		checkRows(rows, mostRows);
		const { repetition_levels_byte_length: start, definition_levels_byte_length: length } = v2;
		if (!(start >= 0 && length >= 0)) throw new RangeError('bad levels');
		// Levels are never packed.
		const body = packed.subarray(start + length);
		const bytes =
			v2.is_compressed === false
				? body
				: decompressPage(body, byteLength - start - length, codec, compressors);
		if (!hasLevels) return { rows, levels: null, bytes, at: 0, count: rows, encoding };
		return { rows, ...readLevels(packed.subarray(start, start + length), rows), bytes, at: 0, encoding };
	}
	return null;
}

function checkRows(rows: number, mostRows: number): void {
	if (!(rows >= 0 && rows <= mostRows)) throw new RangeError('more values than rows');
}

function readLevels(bytes: Uint8Array, rows: number): Pick<DataPage, 'levels' | 'count'> {
	const levels = new Int32Array(rows);
	readRuns(bytes, 0, 1, levels, 0, rows);
	let count = 0;
	for (let row = 0; row < rows; row++) count += levels[row] as number;
	return { levels: count === rows ? null : levels, count };
}

/** Whether values are the numbers of a dictionary's entries. */
export function areEntries({ encoding }: EncodedValues): boolean {
	return encoding === 'RLE_DICTIONARY' || encoding === 'PLAIN_DICTIONARY';
}

/** Reads the numbers of a dictionary's entries into `numbers`, from index `into`. */
export function readEntryNumbers(
	{ bytes, at, count }: EncodedValues,
	numbers: Int32Array,
	into: number
): void {
	if (count === 0) return;
	if (at >= bytes.length) throw new RangeError('no width');
	readRuns(bytes, at + 1, bytes[at] as number, numbers, into, count);
}

/**
 * Decodes values that are not numbers of entries.
 * @throws Error where they are damaged, or in an encoding that is not known
 */
export function decodeValues(
	{ bytes, at, count, encoding }: EncodedValues,
	{ type, type_length: length }: SchemaElement
): DecodedArray {
	if (count === 0) return [];
	const reader = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: at };
	switch (encoding) {
		case 'PLAIN':
			return readPlain(reader, type!, count, length);
		case 'BYTE_STREAM_SPLIT':
			return byteStreamSplit(reader, count, type!, length);
		case 'DELTA_BINARY_PACKED': {
			checkDeltas(bytes, at, count);
			const values = type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
			deltaBinaryUnpack(reader, count, values);
			return values;
		}
		case 'DELTA_LENGTH_BYTE_ARRAY':
		case 'DELTA_BYTE_ARRAY': {
			const end = checkDeltas(bytes, at, count);
			const values = new Array<Uint8Array>(count);
			if (encoding === 'DELTA_LENGTH_BYTE_ARRAY') deltaLengthByteArray(reader, count, values);
			else {
				checkDeltas(bytes, end, count);
				deltaByteArray(reader, count, values);
			}
			return values;
		}
		case 'RLE': {
			if (type !== 'BOOLEAN') break;
			const flags = new Int32Array(count);
			readRuns(bytes, at + 4, 1, flags, 0, count); // behind their length
			return Array.from(flags, (flag) => flag === 1);
		}
	}
	throw new RangeError(`no values are ${encoding}`);
}
