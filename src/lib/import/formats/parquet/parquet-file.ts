import { parquetMetadataAsync, parquetSchema, type FileMetaData, type SchemaElement } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { EVENT_COLUMNS, type EventColumn } from '../../../model/event';
import { ProblemError } from '../../../model/problem';
import type { ByteSource } from '../../byte-source';
import { ownColumn } from '../../../model/dimension';
import { normalName, readHeader, type Header } from '../../header';
import { NO_OWN_CHOICE, withOwnColumns, type OwnChoice } from '../../own-header';
import type { GiveRows } from '../../part-rows';
import { cellKind } from './parquet-cells';
import { readColumn, type ColumnCells, type ParquetColumn } from './parquet-column';
import { ParquetGroup } from './parquet-group';
import { ParquetRows } from './parquet-rows';

/** Reads Parquet files with hyparquet. Only the worker that reads such files imports this. */

/** What is known of a file before its rows are read. */
export interface ParquetHeader {
	readonly header: Header;
	readonly unknownColumns: readonly string[];
	/** How many rows each row group has. */
	readonly groups: readonly number[];
}

export interface ParquetFile extends ParquetHeader {
	/**
	 * Reads a row group.
	 * @throws ProblemError where it is damaged
	 */
	read(group: number): Promise<ParquetGroup>;
	/** Gives the rows of groups [from, to). */
	give(signal: AbortSignal, from: number, to: number): GiveRows;
}

/**
 * Opens a file.
 * @throws ProblemError where it is damaged, packed in a way that is not known, or not a file of events
 */
export async function openParquetFile(
	source: ByteSource,
	own: OwnChoice = NO_OWN_CHOICE
): Promise<ParquetFile> {
	const file = {
		byteLength: source.byteLength,
		slice: async (start: number, end?: number) =>
			(await source.slice(start, end ?? source.byteLength)).buffer as ArrayBuffer
	};
	const opening = parquetMetadataAsync(file, { geoparquet: false });
	const { metadata, columns, unknownColumns, found, groups } = await orDamaged(
		opening.then((told) => ({ metadata: told, ...columnsOf(told), groups: groupRows(told) }))
	);
	const all = readHeader(found);
	if ('problem' in all) throw new ProblemError(all.problem);
	const names = columns.map(({ name }) => name);
	const read = readHeader(names);
	if ('problem' in read) throw new ProblemError(read.problem);
	const header = withOwnColumns(read.header, own);
	const kept = new Set(header.own?.map(({ field }) => names[field]));
	for (const { columns: chunks } of metadata.row_groups) {
		for (const { meta_data } of chunks) {
			const codec = meta_data?.codec ?? 'UNCOMPRESSED';
			if (!names.includes(meta_data?.path_in_schema?.[0] ?? '') || codec === 'UNCOMPRESSED') continue;
			if (!(codec in compressors)) throw new ProblemError({ code: 'parquet_codec', codec });
		}
	}
	const readColumns = async (index: number) => {
		const group = metadata.row_groups[index]!;
		const cells: ColumnCells[] = [];
		for (const column of columns) {
			const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema?.[0] === column.name);
			if (!chunk?.meta_data) throw new Error('a column is missing');
			const { dictionary_page_offset, data_page_offset, total_compressed_size } = chunk.meta_data;
			const start = Number(dictionary_page_offset || data_page_offset);
			const end = start + Number(total_compressed_size);
			if (!(start >= 0 && start <= end && end <= file.byteLength))
				throw new RangeError('a column lies outside');
			const bytes = await file.slice(start, end);
			cells.push(readColumn(bytes, column, chunk.meta_data, groups[index]!));
		}
		return new ParquetGroup(groups[index]!, cells);
	};
	const readGroup = (index: number) => orDamaged(readColumns(index));

	return {
		header,
		unknownColumns: unknownColumns.filter((name) => !kept.has(name)),
		groups,
		read: readGroup,
		give: (signal, from, to) => async (taker, afterBlock, rows) => {
			const known = new ParquetRows(header, rows);
			let lines = 0;
			let bytesDone = 0;
			for (let index = from; index < to; index++) {
				const group = await readGroup(index);
				signal.throwIfAborted();
				known.add(group, lines, taker);
				lines += group.rows;
				bytesDone += Number(metadata.row_groups[index]!.total_compressed_size ?? 0n);
				await afterBlock(bytesDone);
			}
			return { lines };
		}
	};
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
	for (const { element, children } of parquetSchema(metadata).children) {
		const isFlat = children.length === 0 && element.repetition_type !== 'REPEATED';
		if (isFlat) found.push(element.name);
		const isNative = EVENT_COLUMNS.includes(normalName(element.name) as EventColumn);
		if (!isFlat || !isNative) unknownColumns.push(element.name);
		if (!isFlat || !(isNative || isOwnText(element, metadata))) continue;
		columns.push({ name: element.name, kind: cellKind(element), element, isTime: isTime(element) });
	}
	return { columns, unknownColumns, found };
}

/**
 * Whether a column may be one of one's own: it is written `own.…`, or holds texts of which each row group has a list, so
 * that they are few.
 */
function isOwnText(element: SchemaElement, { row_groups }: FileMetaData): boolean {
	if (ownColumn(normalName(element.name)) !== null) return true;
	const chunks = row_groups.map(({ columns }) =>
		columns.find(({ meta_data }) => meta_data?.path_in_schema?.[0] === element.name)
	);
	const hasLists = chunks.every((chunk) => chunk?.meta_data?.dictionary_page_offset !== undefined);
	return element.type === 'BYTE_ARRAY' && hasLists && chunks.length > 0;
}

/** Whether a column holds the instants of the events as Parquet has instants. */
function isTime(element: SchemaElement): boolean {
	const kind = cellKind(element);
	const hasInstants = kind.is === 'int96' || (kind.is === 'time' && element.type === 'INT64');
	return hasInstants && normalName(element.name) === 'timestamp';
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
