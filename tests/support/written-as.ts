import { DuckDBInstance } from '@duckdb/node-api';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';

/** The same table of events, written in each format that people hold. */

export interface Table {
	readonly columns: readonly string[];
	readonly rows: readonly (readonly string[])[];
}

const NUMBERS = ['count', 'watch_seconds', 'view_percent', 'played_percent'];

/** The table of a CSV text with a header. */
export function tableOf(csv: string): Table {
	const [columns = [], ...rows] = Papa.parse<string[]>(csv.trimEnd(), { delimiter: ',' }).data;
	return { columns, rows };
}

export function asDelimited({ columns, rows }: Table, delimiter: string): string {
	return Papa.unparse(
		{ fields: [...columns], data: rows.map((row) => [...row]) },
		{ delimiter, newline: '\n' }
	);
}

/** One object a line; empty cells are left out, numbers are numbers, and ids of digits too. */
export function asJsonLines(table: Table): string {
	return jsonObjects(table).join('\n');
}

export function asJsonArray(table: Table, space = ''): string {
	return `[${space}${jsonObjects(table).join(`,${space}`)}${space}]\n`;
}

function jsonObjects({ columns, rows }: Table): string[] {
	return rows.map((row) => {
		const members = row.flatMap((cell, f) => {
			if (cell === '') return [];
			const name = columns[f] ?? '';
			const isNumber = NUMBERS.includes(name) || (name === 'pin_id' && /^[1-9]\d*$/.test(cell));
			return [`${JSON.stringify(name)}: ${isNumber ? cell : JSON.stringify(cell)}`];
		});
		return `{${members.join(', ')}}`;
	});
}

export function asUtf16(text: string, { isBigEndian = false, hasMark = true } = {}): Uint8Array {
	const bytes = Buffer.from((hasMark ? '\uFEFF' : '') + text, 'utf16le');
	return new Uint8Array(isBigEndian ? bytes.swap16() : bytes);
}

/**
 * A Parquet file with typed columns, written by DuckDB.
 * @param select the columns, as SQL over the table `events`, whose columns are all text
 * @param options of DuckDB's COPY, such as `COMPRESSION zstd`
 */
export async function asParquet(csv: string, select = TYPED, options = ''): Promise<Uint8Array> {
	const folder = await mkdtemp(join(tmpdir(), 'tackboard-parquet-'));
	const instance = await DuckDBInstance.create(':memory:');
	try {
		const connection = await instance.connect();
		await writeFile(join(folder, 'in.csv'), csv);
		await connection.run(
			`CREATE TABLE events AS FROM read_csv('${join(folder, 'in.csv')}', all_varchar = true, header = true, nullstr = '')`
		);
		const out = join(folder, 'out.parquet');
		const written = options === '' ? '' : `, ${options}`;
		await connection.run(`COPY (SELECT ${select} FROM events) TO '${out}' (FORMAT parquet${written})`);
		connection.closeSync();
		return new Uint8Array(await readFile(out));
	} finally {
		instance.closeSync();
		await rm(folder, { recursive: true });
	}
}

/** Columns of events as a database would have them. */
export const TYPED = `timestamp::TIMESTAMPTZ AS timestamp, event, pin_id, user_id, content_type, source, device,
	account, format, count::BIGINT AS count, watch_seconds::DOUBLE AS watch_seconds,
	view_percent::DECIMAL(5, 2) AS view_percent, played_percent::FLOAT AS played_percent, pin_title, board, link`;
