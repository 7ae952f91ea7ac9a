import { blobSource } from '../../import/byte-source';
import { openParquetFile } from '../../import/formats/parquet/parquet-file';
import { readRows } from '../../import/part-rows';
import { openParquetTable, readParquetRows } from '../../import/tables/parquet-table';
import { answerCalls, type Port } from '../threads/call';
import type { ParquetCalls } from '../thread-protocol';
import { readIntoDatabase } from './thread-sink';

/** The worker that reads Parquet files, for the import worker. Nobody starts it before the first such file. */

answerCalls<ParquetCalls>(self as unknown as Port, {
	openParquet: async (_, { blob, own }) => {
		const { header, unknownColumns, groups } = await openParquetFile(blobSource(blob), own);
		return { header, unknownColumns, groups };
	},

	openTable: (_, { blob }) => openParquetTable(blobSource(blob)),

	tableRows: (_, { blob, from, to }) => readParquetRows(blobSource(blob), from, to),

	readGroups: async (signal, params, tell) => {
		const { blob, groups, accounts, own } = params;
		const file = await openParquetFile(blobSource(blob), own);
		return readIntoDatabase(signal, params, (sink) =>
			readRows(file.header, accounts, sink, file.give(signal, groups.from, groups.to), tell)
		);
	}
});
