import type { CompressionCodec, Encoding, SchemaElement } from 'hyparquet';
import { ByteWriter, ParquetWriter } from 'hyparquet-writer';

/** Parquet files whose columns are of any type and encoding, whoever may have written them. */

/** A column: its values as Parquet has them, before what its type makes of them. */
export interface TypedColumn {
	readonly name: string;
	readonly type: Omit<SchemaElement, 'name'>;
	readonly encoding: Encoding;
	/** Null where a row has none. */
	readonly values: readonly (Uint8Array | number | bigint | boolean | null)[];
}

interface Layout {
	readonly groupRows: number;
	readonly pageBytes: number;
	readonly codec: CompressionCodec;
}

export function typedParquet(
	columns: readonly TypedColumn[],
	{ groupRows, pageBytes, codec }: Layout
): Uint8Array {
	const writer = new ByteWriter();
	// Written by their physical type alone, so that the values stay as they are, and named by all of it.
	const elements = columns.map(({ name, type, values }): SchemaElement => ({
		name,
		type: type.type === 'INT96' ? 'FIXED_LEN_BYTE_ARRAY' : type.type!,
		...(type.type === 'INT96'
			? { type_length: 12 }
			: type.type_length
				? { type_length: type.type_length }
				: {}),
		repetition_type: values.includes(null) ? 'OPTIONAL' : 'REQUIRED'
	}));
	const schema = [{ name: 'events', num_children: columns.length }, ...elements];
	const file = new ParquetWriter({ writer, schema, codec, statistics: false });
	file.write({
		columnData: columns.map(({ name, values, encoding }) => ({ name, data: [...values], encoding })),
		rowGroupSize: groupRows,
		pageSize: pageBytes
	});
	elements.forEach((element, c) => Object.assign(element, columns[c]!.type));
	for (const group of file.row_groups) {
		group.columns.forEach(({ meta_data }, c) => (meta_data!.type = columns[c]!.type.type!));
	}
	file.finish();
	return new Uint8Array(writer.getBuffer());
}
