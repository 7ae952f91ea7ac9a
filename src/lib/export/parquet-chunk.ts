import type { ColumnChunk, Encoding, SchemaElement, Statistics } from 'hyparquet';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writePageHeader } from 'hyparquet-writer/src/datapage.js';
import { writeRleBitPackedHybrid } from 'hyparquet-writer/src/encoding.js';
import { snappyCompress } from 'hyparquet-writer/src/snappy.js';

/**
 * A column of one row group as the bytes of a Parquet file: at most a dictionary page, then one data page of the first
 * version (all readers support it), each packed by Snappy. Headers, runs and Snappy are hyparquet-writer's; its own columns
 * would want every value as an object of its own, where ours are numbered already.
 */

/** What a row group holds of a column. */
export interface ChunkValues {
	readonly rows: number;
	/** Per row 1 where it has a value and 0 where not; null where every row has one. */
	readonly present: Uint8Array | null;
	readonly encoding: Extract<Encoding, 'PLAIN' | 'RLE_DICTIONARY' | 'DELTA_BINARY_PACKED'>;
	/** The entries that rows refer to, one after the other as Parquet's PLAIN has them; null where there is no dictionary. */
	readonly dictionary: { readonly bytes: Uint8Array; readonly entries: number } | null;
	/** Of rows that have a value: the values in their encoding, or the entries' numbers. */
	readonly values: Uint8Array | Uint32Array;
	readonly statistics: Statistics;
}

/** Holds a page while it is put together. */
const page = new ByteWriter(1 << 20);

/** Writes a column of a row group. @returns what the file's end says of it */
export function writeChunk(writer: ByteWriter, element: SchemaElement, chunk: ChunkValues): ColumnChunk {
	const { rows, present, encoding, dictionary, values, statistics } = chunk;
	const start = writer.offset;
	let unpacked = 0;
	if (dictionary) {
		const { bytes, entries } = dictionary;
		const packed = snappyCompress(bytes);
		writePageHeader(writer, {
			type: 'DICTIONARY_PAGE',
			uncompressed_page_size: bytes.length,
			compressed_page_size: packed.length,
			dictionary_page_header: { num_values: entries, encoding: 'PLAIN' }
		});
		unpacked += writer.offset - start + bytes.length;
		writer.appendBytes(packed);
	}
	const dataStart = writer.offset;
	page.index = page.offset = 0;
	if (present) {
		page.appendUint32(0);
		const length = writeRleBitPackedHybrid(page, present, 1);
		page.view.setUint32(0, length, true);
	}
	if (values instanceof Uint32Array) {
		const width = bitWidth((dictionary?.entries ?? 0) - 1);
		page.appendUint8(width);
		writeRleBitPackedHybrid(page, values, width);
	} else page.appendBytes(values);
	const packed = snappyCompress(page.getBytes());
	writePageHeader(writer, {
		type: 'DATA_PAGE',
		uncompressed_page_size: page.index,
		compressed_page_size: packed.length,
		data_page_header: {
			num_values: rows,
			encoding,
			definition_level_encoding: 'RLE',
			repetition_level_encoding: 'RLE'
		}
	});
	unpacked += writer.offset - dataStart + page.index;
	writer.appendBytes(packed);
	return {
		file_offset: BigInt(start),
		meta_data: {
			type: element.type!,
			encodings: [...new Set<Encoding>(dictionary ? ['PLAIN', 'RLE', encoding] : ['RLE', encoding])],
			path_in_schema: [element.name],
			codec: 'SNAPPY',
			num_values: BigInt(rows),
			total_uncompressed_size: BigInt(unpacked),
			total_compressed_size: BigInt(writer.offset - start),
			data_page_offset: BigInt(dataStart),
			...(dictionary ? { dictionary_page_offset: BigInt(start) } : {}),
			statistics
		}
	};
}

/** How many bits numbers up to `largest` take. */
function bitWidth(largest: number): number {
	return largest <= 0 ? 0 : 32 - Math.clz32(largest);
}
