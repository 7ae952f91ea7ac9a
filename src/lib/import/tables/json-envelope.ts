import { isJsonObject, type Json, type JsonObject } from './parse-json';
import type { Cell } from './table';

/** The row in an envelope of a tool that copies tables; null for a message without a row, undefined for no envelope. */
export function jsonEnvelope(
	value: JsonObject
): { row: Json; stream: string; cells: [string, Cell][] } | null | undefined {
	if (isJsonObject(value['_airbyte_data'])) {
		const cells = Object.entries(value).filter(
			(entry): entry is [string, Cell] => entry[1] === null || typeof entry[1] !== 'object'
		);
		return { row: value['_airbyte_data'], stream: '', cells };
	}
	const { type, record, stream } = value;
	if (typeof type !== 'string' || !/^(?:RECORD|SCHEMA|STATE|ACTIVATE_VERSION|BATCH)$/.test(type))
		return undefined;
	if (type !== 'RECORD')
		return 'schema' in value || 'value' in value || 'version' in value ? null : undefined;
	if (!isJsonObject(record)) return null;
	const time = value['time_extracted'];
	return {
		row: record,
		stream: typeof stream === 'string' ? stream : '',
		cells: typeof time === 'string' ? [['time_extracted', time]] : []
	};
}
