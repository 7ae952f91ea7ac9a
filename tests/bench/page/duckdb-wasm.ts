import { AsyncDuckDB, DuckDBAccessMode, DuckDBDataProtocol, VoidLogger } from '@duckdb/duckdb-wasm';
import type { Query } from '../../../src/lib/model/query';
import type { Answered, AnsweredFigures } from '../answer';
import { CREATE_TYPES, createEvents, createPinsFast, readPins, refreshSql, type RefreshSql } from '../sql';
import { answerOfRows, figuresOfRows, type RefreshRows, type SqlRow } from '../sql-answer';
import type { Loaded } from './calls';

/** Names under which DuckDB finds files. */
const EVENTS_FILE = 'events.csv';
const PINS_FILE = 'pins.csv';

const rowsOf = (table: { toArray(): { toJSON(): SqlRow }[] }) => table.toArray().map((row) => row.toJSON());

/** Where it keeps its database: in memory, or in the browser's private files, made there or found there. */
export type Keeping = 'memory' | 'new file' | 'file';

const KEPT_FILE = 'opfs://bench.duckdb';

/** DuckDB-WASM in a worker, the build with exceptions and one thread: the one that runs without special headers. */
export async function openDuckDb(keeping: Keeping) {
	const worker = new Worker(new URL('duckdb-browser-eh.worker.js', document.baseURI));
	const db = new AsyncDuckDB(new VoidLogger(), worker);
	await db.instantiate(new URL('duckdb-eh.wasm', document.baseURI).href);
	await db.open(keeping === 'memory' ? {} : { path: KEPT_FILE, accessMode: DuckDBAccessMode.READ_WRITE });
	const connection = await db.connect();
	if (keeping !== 'file') await connection.query(CREATE_TYPES);
	return {
		load: async (file: File): Promise<Loaded> => {
			const startedAt = performance.now();
			await db.registerFileHandle(EVENTS_FILE, file, DuckDBDataProtocol.BROWSER_FILEREADER, true);
			await connection.query(createEvents(EVENTS_FILE));
			const ms = performance.now() - startedAt;
			await connection.query(createPinsFast(EVENTS_FILE));
			const withPinsMs = performance.now() - startedAt;
			const count = await connection.query('SELECT count(*) AS events FROM events');
			return { ms, withPinsMs, events: Number(count.get(0)?.events) };
		},
		/** Has all of it in its file, and lets go of that. */
		close: async (): Promise<void> => {
			await connection.query('CHECKPOINT');
			await connection.close();
			await db.terminate();
		},
		loadPins: async (url: string): Promise<void> => {
			await db.registerFileText(PINS_FILE, await (await fetch(url)).text());
			await connection.query(readPins(PINS_FILE));
		},
		query: async (query: Query): Promise<Answered> => {
			const statements = refreshSql(query);
			const startedAt = performance.now();
			const figures = await connection.query(statements.figures);
			const people = await connection.query(statements.people);
			const combinations = await connection.query(statements.combinations);
			const lists = await connection.query(statements.lists);
			const ms = performance.now() - startedAt;
			const tables = { figures, people, combinations, lists } satisfies Record<keyof RefreshSql, unknown>;
			const rows = Object.fromEntries(
				Object.entries(tables).map(([name, table]) => [name, rowsOf(table)])
			) as unknown as RefreshRows;
			return { ms, answer: answerOfRows(query, rows) };
		},
		figures: async (query: Query): Promise<AnsweredFigures> => {
			const statements = refreshSql(query);
			const startedAt = performance.now();
			const figures = await connection.query(statements.figures);
			const people = await connection.query(statements.people);
			const ms = performance.now() - startedAt;
			return { ms, figures: figuresOfRows({ figures: rowsOf(figures), people: rowsOf(people) }) };
		}
	};
}
