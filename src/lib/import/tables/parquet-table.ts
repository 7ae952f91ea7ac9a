import { parquetMetadataAsync, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { ProblemError } from '../../model/problem';
import type { ByteSource } from '../byte-source';
import type { Cell, TableRow } from './table';

/** Parquet files as tables of figures. Only the worker that reads such files imports this. */

/** What is known of a table before its rows are read. */
export interface ParquetTableHead {
	readonly columns: readonly string[];
	/** How many rows each row group has. */
	readonly groups: readonly number[];
}

/** @throws ProblemError damaged_parquet */
export async function openParquetTable(source: ByteSource): Promise<ParquetTableHead> {
	return orDamaged(async () => {
		const metadata = await parquetMetadataAsync(asBuffer(source));
		return {
			columns: parquetSchema(metadata).children.map(({ element }) => element.name),
			groups: metadata.row_groups.map(({ num_rows }) => Number(num_rows))
		};
	});
}

/**
 * The rows of a table from row `from` to row `to` (exclusive).
 * @throws ProblemError damaged_parquet
 */
export async function readParquetRows(source: ByteSource, from: number, to: number): Promise<TableRow[]> {
	return orDamaged(async () => {
		const rows = await parquetReadObjects({
			file: asBuffer(source),
			compressors,
			rowStart: from,
			rowEnd: to
		});
		return rows.map((row, i) => ({ line: from + i + 1, cells: Object.values(row).map(toCell) }));
	});
}

function asBuffer(source: ByteSource) {
	return {
		byteLength: source.byteLength,
		slice: async (start: number, end?: number) =>
			(await source.slice(start, end ?? source.byteLength)).buffer as ArrayBuffer
	};
}

function toCell(value: unknown): Cell {
	if (value === null || value === undefined) return null;
	if (value instanceof Date) {
		const text = value.toISOString();
		return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text;
	}
	if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
	if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
	return value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value);
}

async function orDamaged<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch {
		throw new ProblemError({ code: 'damaged_parquet' });
	}
}
