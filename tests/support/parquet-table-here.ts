import type { ByteSource } from '../../src/lib/import/byte-source';
import { openParquetTable, readParquetRows } from '../../src/lib/import/tables/parquet-table';
import { parquetTable, type Table } from '../../src/lib/import/tables/table';

/** A Parquet file as a table whose rows are read in this thread. */
export async function parquetTableHere(source: ByteSource): Promise<Table> {
	const { columns, groups } = await openParquetTable(source);
	return parquetTable(columns, groups, (_, from, to) => readParquetRows(source, from, to));
}
