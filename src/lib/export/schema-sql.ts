import { ATTRIBUTES, CLOSED_VALUES, EVENTS, EVENT_COLUMNS, type EventColumn } from '../model/event';

/**
 * Tables for exported events in other engines. Their columns are the ones that the SQL of model/metric.ts reads:
 *
 * - `timestamp`: ClickHouse `DateTime('UTC')`, whole seconds, with the milliseconds beside it in `timestamp_ms` (UInt16,
 *   0–999); DuckDB `TIMESTAMPTZ`, to the millisecond;
 * - `event`, `content_type`, `source`, `device`, `format`: closed lists. ClickHouse `Enum8`: to be compared with texts
 *   of the list only, and to be sorted as `toString(…)`; DuckDB `VARCHAR`;
 * - `pin_id`, `account`: text; `user_id`, `pin_title`, `board`, `link`, `image_url`, `created_at`: text, '' where there is
 *   none; `created_at` is written as in files, which sorts as time does;
 * - `n`: the file's `count` (UInt32);
 * - `watch_ms` (UInt64), `view_hundredths`, `played_hundredths` (UInt16): the file's `watch_seconds`, `view_percent` and
 *   `played_percent` in thousandths and hundredths, so that sums are over whole numbers; 0 for what is no `video_play`.
 *
 * An attribute of a Pin stands on each of its rows, as it was when the export was made.
 */

/** Where the events are to be in ClickHouse. Names are plain: letters, digits and underscores. */
export interface ClickHouseNames {
	readonly database: string;
	/** What is asked. */
	readonly table: string;
	/** A cluster in the servers' configuration; null for a single server. */
	readonly cluster: string | null;
}

const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Whether SQL takes a name as it is. */
export function isPlainName(name: string): boolean {
	return PLAIN_NAME.test(name);
}

/** A name that SQL takes as it is. @throws RangeError */
function plain(name: string): string {
	if (!isPlainName(name)) throw new RangeError(`not a plain name: ${name}`);
	return name;
}

const CLICKHOUSE_LISTS: Partial<Record<EventColumn, readonly string[]>> = { event: EVENTS, ...CLOSED_VALUES };

/** The type of a closed list; its numbers are those that the app itself stores, so they never change. */
function enumOf(values: readonly string[]): string {
	return `Enum8(${values.map((value, i) => `'${value}' = ${i}`).join(', ')})`;
}

/** A column of the table that is named or typed unlike the file's. */
interface Kept {
	readonly name: string;
	readonly clickhouse: string;
	readonly duckdb: string;
	/** How much of it makes one of the file's unit. */
	readonly unit: number;
}

const KEPT: Partial<Record<EventColumn, Kept>> = {
	count: { name: 'n', clickhouse: 'UInt32', duckdb: 'UINTEGER', unit: 1 },
	watch_seconds: { name: 'watch_ms', clickhouse: 'UInt64', duckdb: 'UBIGINT', unit: 1000 },
	view_percent: { name: 'view_hundredths', clickhouse: 'UInt16', duckdb: 'USMALLINT', unit: 100 },
	played_percent: { name: 'played_hundredths', clickhouse: 'UInt16', duckdb: 'USMALLINT', unit: 100 }
};

/** Columns that can be empty. */
const OPTIONAL: ReadonlySet<EventColumn> = new Set<EventColumn>(['user_id', ...ATTRIBUTES]);

/**
 * Columns whose cells an export guards, with an apostrophe, against being taken for formulas (model/csv-cell.ts), and
 * what such a cell looks like. In ClickHouse escapes are in the text, in DuckDB in the expression.
 */
const GUARDED: ReadonlySet<EventColumn> = new Set<EventColumn>([
	'pin_id',
	'user_id',
	'account',
	...ATTRIBUTES
]);
const FORMULA = String.raw`^[\x27]+[-=+@\t\r\n]`;
const GUARDED_NUMBER = String.raw`^[\x27][-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?$`;

const lines = (columns: readonly string[]) => columns.map((column) => `\t${column}`).join(',\n');

/** Statements as the text of a file. */
export function sqlText(statements: readonly string[]): string {
	return statements.map((statement) => `${statement};\n`).join('\n');
}

/**
 * The tables of ClickHouse, a statement a string, for every server of a cluster: `table` (over a cluster a Distributed
 * table, with the events of each server in `table`_local), `table`_csv, which takes the rows of exported CSV files, and
 * `table`_from_csv, which hands them on. Runs on 18.16 and on later releases, so it does without DateTime64,
 * LowCardinality and parameters.
 * @throws RangeError where a name is not plain
 */
export function clickhouseSchema({ database, table, cluster }: ClickHouseNames): readonly string[] {
	const name = `${plain(database)}.${plain(table)}`;
	const stored = cluster === null ? name : `${name}_local`;
	// Events of one person come to one server, and those of nobody are spread.
	const shard = `cityHash64(if(user_id = '', concat(pin_id, toString(timestamp)), user_id))`;
	return [
		`CREATE DATABASE IF NOT EXISTS ${database}`,
		`CREATE TABLE IF NOT EXISTS ${stored}\n(\n${lines(CLICKHOUSE_COLUMNS)}\n)\n` +
			'ENGINE = MergeTree()\nPARTITION BY toYYYYMM(timestamp)\nORDER BY (timestamp, timestamp_ms)',
		...(cluster === null
			? []
			: [
					`CREATE TABLE IF NOT EXISTS ${name} AS ${stored}\n` +
						`ENGINE = Distributed(${plain(cluster)}, ${database}, ${table}_local, ${shard})`
				]),
		`CREATE TABLE IF NOT EXISTS ${name}_csv\n(\n${lines(CLICKHOUSE_CSV_COLUMNS)}\n)\nENGINE = Null`,
		`CREATE MATERIALIZED VIEW IF NOT EXISTS ${name}_from_csv TO ${name} AS\n` +
			`SELECT\n${lines(CLICKHOUSE_FROM_CSV)}\nFROM ${name}_csv`
	];
}

/**
 * What turns the columns of an exported Parquet file into those of the table, in current releases of ClickHouse
 * (18.16 reads no Parquet): what `input` is to know of the file, and what is to be selected from it.
 */
export function clickhouseFromParquet(): { readonly columns: string; readonly select: string } {
	const type = (column: EventColumn) => {
		if (column === 'timestamp') return `DateTime64(3, 'UTC')`;
		if (column === 'count') return 'Int64';
		if (column === 'watch_seconds') return 'Decimal(18, 3)';
		return column in KEPT ? 'Decimal(9, 2)' : 'String';
	};
	const value = (column: EventColumn) => {
		const kept = KEPT[column];
		if (column === 'timestamp')
			return `toDateTime(timestamp, 'UTC'), toUnixTimestamp64Milli(timestamp) % 1000`;
		return kept ? `to${kept.clickhouse}(${column}${kept.unit === 1 ? '' : ` * ${kept.unit}`})` : column;
	};
	return {
		columns: EVENT_COLUMNS.map((column) => `${column} ${type(column)}`).join(', '),
		select: EVENT_COLUMNS.map(value).join(', ')
	};
}

/**
 * The table of DuckDB, a statement a string, and what makes its rows of exported files: the macros `table`_of_parquet
 * and `table`_of_csv, each of a path.
 * @throws RangeError where a name is not plain
 */
export function duckdbSchema({ table }: { readonly table: string }): readonly string[] {
	const name = plain(table);
	const macro = (kind: string, columns: readonly string[], file: string) =>
		`CREATE OR REPLACE MACRO ${name}_of_${kind}(path) AS TABLE\nSELECT\n${lines(columns)}\nFROM ${file}`;
	return [
		`CREATE TABLE IF NOT EXISTS ${name}\n(\n${lines(DUCKDB_COLUMNS)}\n)`,
		// One that was made before there was this column gets it; ClickHouse 18.16 cannot do so only there.
		`ALTER TABLE ${name} ADD COLUMN IF NOT EXISTS created_at VARCHAR DEFAULT ''`,
		macro('parquet', DUCKDB_OF_PARQUET, 'read_parquet(path)'),
		macro(
			'csv',
			DUCKDB_OF_CSV,
			`read_csv(path, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`
		)
	];
}

const CLICKHOUSE_COLUMNS = EVENT_COLUMNS.flatMap((column) => {
	const values = CLICKHOUSE_LISTS[column];
	const kept = KEPT[column];
	if (column === 'timestamp') return [`timestamp DateTime('UTC')`, 'timestamp_ms UInt16'];
	if (kept) return [`${kept.name} ${kept.clickhouse}`];
	return [`${column} ${values ? enumOf(values) : 'String'}`];
});

// An alias hides a column of its name, so the text of a stamp needs a second one. A subquery would do too, but 18.16 does
// not look into those of views.
const CLICKHOUSE_CSV_COLUMNS = [
	...EVENT_COLUMNS.map((column) => {
		const values = CLICKHOUSE_LISTS[column];
		if (column in KEPT) return `${column} ${column === 'count' ? 'UInt32' : 'Float64'}`;
		return `${column} ${values ? enumOf(values) : 'String'}`;
	}),
	'stamp String MATERIALIZED timestamp'
];

const CLICKHOUSE_FROM_CSV = EVENT_COLUMNS.flatMap((column) => {
	const kept = KEPT[column];
	if (column === 'timestamp') {
		return [
			`toDateTime(replaceOne(substring(stamp, 1, 19), 'T', ' '), 'UTC') AS timestamp`,
			`toUInt16(substring(stamp, 21, 3)) AS timestamp_ms`
		];
	}
	if (kept?.unit === 1) return [`${column} AS ${kept.name}`];
	if (kept) return [`to${kept.clickhouse}(round(${column} * ${kept.unit})) AS ${kept.name}`];
	if (!GUARDED.has(column)) return [column];
	const isGuarded = `match(${column}, '${FORMULA}') AND NOT match(${column}, '${GUARDED_NUMBER}')`;
	return [`if(${isGuarded}, substring(${column}, 2), ${column}) AS ${column}`];
});

const DUCKDB_COLUMNS = EVENT_COLUMNS.map((column) => {
	const kept = KEPT[column];
	if (column === 'timestamp') return 'timestamp TIMESTAMPTZ NOT NULL';
	return kept ? `${kept.name} ${kept.duckdb} NOT NULL` : `${column} VARCHAR NOT NULL`;
});

const duckdbNumber = ({ name, duckdb, unit }: Kept, sql: string) =>
	`CAST(${unit === 1 ? sql : `${sql} * ${unit}`} AS ${duckdb}) AS ${name}`;

const DUCKDB_OF_PARQUET = EVENT_COLUMNS.map((column) => {
	const kept = KEPT[column];
	if (kept) return duckdbNumber(kept, column);
	return OPTIONAL.has(column) ? `coalesce(${column}, '') AS ${column}` : column;
});

const DUCKDB_OF_CSV = EVENT_COLUMNS.map((column) => {
	const kept = KEPT[column];
	const cell = OPTIONAL.has(column) ? `coalesce(${column}, '')` : column;
	if (column === 'timestamp') return 'CAST(timestamp AS TIMESTAMPTZ) AS timestamp';
	if (kept) return duckdbNumber(kept, `CAST(${column} AS DECIMAL(19, 3))`);
	if (!GUARDED.has(column)) return column;
	const isGuarded = `regexp_matches(${cell}, '${FORMULA}') AND NOT regexp_matches(${cell}, '${GUARDED_NUMBER}')`;
	return `CASE WHEN ${isGuarded} THEN substr(${cell}, 2) ELSE ${cell} END AS ${column}`;
});
