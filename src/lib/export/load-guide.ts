import { clickhouseFromParquet, type ClickHouseNames } from './schema-sql';

/** What is said between the commands, in the language of whoever exports. */
export interface GuideWords {
	readonly title: string;
	/** What the files beside it are. */
	readonly lead: string;
	/** Over a cluster: where the tables have to be made. */
	readonly everyServer: string;
	readonly makeTables: string;
	readonly loadEvents: string;
	/** Which releases of ClickHouse read Parquet, and which take the CSV. */
	readonly clickhouseFormats: string;
	/** Whether they are all there, and what the metrics are. */
	readonly count: string;
	/** What a Pin's attributes are in an export. */
	readonly attributes: string;
}

export type HandOffFormat = 'parquet' | 'csv';

export const CLICKHOUSE_SCHEMA_FILE = 'schema-clickhouse.sql';
export const DUCKDB_SCHEMA_FILE = 'schema-duckdb.sql';

/**
 * How exported events come into ClickHouse and DuckDB, as Markdown.
 * @param file name of the exported file; it is quoted, and so may have no quotes in it
 * @param names plain (schema-sql.ts)
 */
export function loadGuide(
	file: string,
	format: HandOffFormat,
	names: ClickHouseNames,
	words: GuideWords
): string {
	const { database, table, cluster } = names;
	const name = `${database}.${table}`;
	const count = (from: string) => `SELECT count(*), sum(n), min(timestamp), max(timestamp) FROM ${from}`;
	const duckdb = `duckdb ${database}.duckdb`;
	const sections = [
		`# ${words.title}`,
		words.lead,
		'## ClickHouse',
		words.makeTables + (cluster === null ? '' : ` ${words.everyServer}`),
		shell(`clickhouse-client --multiquery < ${CLICKHOUSE_SCHEMA_FILE}`),
		`${words.loadEvents} ${words.clickhouseFormats}`,
		shell(clickhouseLoad(file, format, names)),
		words.count,
		shell(`clickhouse-client --query "${count(name)}"`),
		'## DuckDB',
		words.makeTables,
		shell(`${duckdb} < ${DUCKDB_SCHEMA_FILE}`),
		words.loadEvents,
		shell(`${duckdb} -c "INSERT INTO ${table} SELECT * FROM ${table}_of_${format}('${file}')"`),
		words.count,
		shell(`${duckdb} -c "${count(table)}"`),
		words.attributes
	];
	return `${sections.join('\n\n')}\n`;
}

function clickhouseLoad(file: string, format: HandOffFormat, { database, table, cluster }: ClickHouseNames) {
	// Over a cluster: it is over when all servers have their rows.
	const client = `clickhouse-client${cluster === null ? '' : ' --insert_distributed_sync 1'}`;
	const name = `${database}.${table}`;
	if (format === 'csv') {
		// Not all releases take an apostrophe for what it is.
		return `${client} --format_csv_allow_single_quotes 0 --query "INSERT INTO ${name}_csv FORMAT CSVWithNames" < '${file}'`;
	}
	const { columns, select } = clickhouseFromParquet();
	return (
		`${client} --max_partitions_per_insert_block 0 ` +
		`--query "INSERT INTO ${name} SELECT ${select} FROM input('${columns.replaceAll("'", "\\'")}') FORMAT Parquet" < '${file}'`
	);
}

function shell(command: string): string {
	return `\`\`\`sh\n${command}\n\`\`\``;
}
