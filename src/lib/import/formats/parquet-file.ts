import { parquetMetadataAsync, parquetSchema, type FileMetaData, type RowGroup } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { EVENT_COLUMNS, type EventColumn } from '../../model/event';
import { ProblemError } from '../../model/problem';
import type { ByteSource } from '../byte-source';
import { normalName, readHeader, type Header } from '../header';
import type { GiveRows, RowTaker } from '../part-rows';
import { cellKind } from './parquet-cells';
import { CellBytes, readColumnCells, type CellSpans, type ParquetColumn } from './parquet-column';

/** Reads Parquet files with hyparquet. Only the worker that reads such files imports this. */

/** What is known of a file before its rows are read. */
export interface ParquetHeader {
	readonly header: Header;
	readonly unknownColumns: readonly string[];
	/** How many rows each row group has. */
	readonly groups: readonly number[];
}

export interface ParquetFile extends ParquetHeader {
	/** Gives the rows of groups [from, to). */
	give(signal: AbortSignal, from: number, to: number): GiveRows;
}

/**
 * Opens a file.
 * @throws ProblemError where it is damaged, packed in a way that is not known, or not a file of events
 */
export async function openParquetFile(source: ByteSource): Promise<ParquetFile> {
	const file = {
		byteLength: source.byteLength,
		slice: async (start: number, end?: number) =>
			(await source.slice(start, end ?? source.byteLength)).buffer as ArrayBuffer
	};
	const opening = parquetMetadataAsync(file, { geoparquet: false });
	const { metadata, columns, unknownColumns, found, groups } = await orDamaged(
		opening.then((told) => ({ metadata: told, ...columnsOf(told), groups: groupRows(told) }))
	);
	const read = readHeader(found);
	if ('problem' in read) throw new ProblemError(read.problem);
	const names = columns.map(({ name }) => name);
	const header = readHeader(names);
	if ('problem' in header) throw new ProblemError(header.problem);
	for (const { columns: chunks } of metadata.row_groups) {
		for (const { meta_data } of chunks) {
			const codec = meta_data?.codec ?? 'UNCOMPRESSED';
			if (!names.includes(meta_data?.path_in_schema?.[0] ?? '') || codec === 'UNCOMPRESSED') continue;
			if (!(codec in compressors)) throw new ProblemError({ code: 'parquet_codec', codec });
		}
	}
	const readGroup = async (group: RowGroup, rows: number, cells: CellBytes) => {
		const spans: CellSpans[] = [];
		for (const column of columns) {
			const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema?.[0] === column.name);
			if (!chunk?.meta_data) throw new Error('a column is missing');
			const { dictionary_page_offset, data_page_offset, total_compressed_size } = chunk.meta_data;
			const start = Number(dictionary_page_offset || data_page_offset);
			const end = start + Number(total_compressed_size);
			if (!(start >= 0 && start <= end && end <= file.byteLength))
				throw new RangeError('a column lies outside');
			const bytes = await file.slice(start, end);
			spans.push(readColumnCells(bytes, column, chunk.meta_data, rows, cells));
		}
		return spans;
	};

	return {
		header: header.header,
		unknownColumns,
		groups,
		give: (signal, from, to) => async (taker, afterBlock) => {
			let lines = 0;
			let bytesDone = 0;
			const cells = new CellBytes();
			for (let group = from; group < to; group++) {
				const rows = groups[group]!;
				const spans = await orDamaged(readGroup(metadata.row_groups[group]!, rows, cells));
				signal.throwIfAborted();
				giveRows(cells.bytes, spans, rows, lines, taker);
				cells.clear();
				lines += rows;
				bytesDone += Number(metadata.row_groups[group]!.total_compressed_size ?? 0n);
				await afterBlock(bytesDone);
			}
			return { lines };
		}
	};
}

function giveRows(
	bytes: Uint8Array,
	spans: readonly CellSpans[],
	rows: number,
	firstLine: number,
	taker: RowTaker
): void {
	const fields = spans.length;
	const row = { starts: new Int32Array(fields), ends: new Int32Array(fields), fields, line: 0 };
	for (let r = 0; r < rows; r++) {
		for (let f = 0; f < fields; f++) {
			row.starts[f] = spans[f]!.starts[r] as number;
			row.ends[f] = spans[f]!.ends[r] as number;
		}
		row.line = firstLine + r;
		taker.add(bytes, row);
	}
	taker.settle(bytes);
}

/** No writer makes larger groups: their rows have to fit into memory, ours too. */
const MAX_GROUP_ROWS = 1 << 26;

/** How many rows each row group has. */
function groupRows({ row_groups }: FileMetaData): number[] {
	return row_groups.map(({ num_rows, columns }) => {
		const rows = Number(num_rows);
		const isPossible = rows >= 0 && rows <= MAX_GROUP_ROWS && Array.isArray(columns);
		if (!isPossible) throw new RangeError('no row group is like that');
		return rows;
	});
}

/** The columns that are events', with what they hold; nested ones cannot be, and are left out like unknown ones. */
function columnsOf(metadata: FileMetaData): {
	columns: ParquetColumn[];
	unknownColumns: string[];
	/** All names, for what is said of missing ones. */
	found: string[];
} {
	const columns: ParquetColumn[] = [];
	const unknownColumns: string[] = [];
	const found: string[] = [];
	const root = parquetSchema(metadata);
	for (const node of root.children) {
		const { element, children } = node;
		const isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
		if (isFlat) found.push(element.name);
		if (!isFlat || !EVENT_COLUMNS.includes(normalName(element.name) as EventColumn)) {
			unknownColumns.push(element.name);
			continue;
		}
		columns.push({ name: element.name, kind: cellKind(element), schemaPath: [root, node] });
	}
	return { columns, unknownColumns, found };
}

/** What hyparquet throws is a damaged file; what the browser throws, where the file cannot be read, is not. */
async function orDamaged<T>(reading: Promise<T>): Promise<T> {
	try {
		return await reading;
	} catch (error) {
		if (error instanceof DOMException || error instanceof ProblemError) throw error;
		throw new ProblemError({ code: 'damaged_parquet' });
	}
}
