import {
	CLICKHOUSE_SCHEMA_FILE,
	DUCKDB_SCHEMA_FILE,
	loadGuide,
	type GuideWords,
	type HandOffFormat
} from '../../export/load-guide';
import {
	clickhouseSchema,
	duckdbSchema,
	isPlainName,
	sqlText,
	type ClickHouseNames
} from '../../export/schema-sql';

/** What goes with handed-off events, for pages: made where it is asked for, being small. */

export { isPlainName, type ClickHouseNames, type GuideWords, type HandOffFormat };

/** A text file. */
export interface CompanionFile {
	readonly name: string;
	readonly text: string;
}

/**
 * The tables for other engines, and how to load the events into them.
 * @param file name of the exported events
 * @throws RangeError where a name is not plain
 */
export function companionFiles(
	file: string,
	format: HandOffFormat,
	names: ClickHouseNames,
	words: GuideWords
): readonly CompanionFile[] {
	return [
		{ name: CLICKHOUSE_SCHEMA_FILE, text: sqlText(clickhouseSchema(names)) },
		{ name: DUCKDB_SCHEMA_FILE, text: sqlText(duckdbSchema(names)) },
		{ name: 'LOAD.md', text: loadGuide(file, format, names, words) }
	];
}
