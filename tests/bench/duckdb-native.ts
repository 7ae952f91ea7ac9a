import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Query } from '../../src/lib/model/query';
import type { Answered, AnsweredFigures } from './answer';
import type { Loaded } from './page/calls';
import {
	CREATE_TYPES,
	createEvents,
	createPins,
	createPinsFast,
	readPins,
	refreshSql,
	writePins,
	type RefreshSql
} from './sql';
import { answerOfRows, figuresOfRows, type RefreshRows } from './sql-answer';

/** DuckDB outside the browser, with its threads and no sandbox: what the machine could do. */
export class NativeDuckDb {
	readonly #instance: DuckDBInstance;
	readonly #connection: DuckDBConnection;

	private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
		this.#instance = instance;
		this.#connection = connection;
	}

	static async open(threads: number): Promise<NativeDuckDb> {
		const instance = await DuckDBInstance.create(':memory:', { threads: String(threads) });
		const connection = await instance.connect();
		await connection.run(CREATE_TYPES);
		return new NativeDuckDb(instance, connection);
	}

	close(): void {
		this.#connection.closeSync();
		this.#instance.closeSync();
	}

	/** Reads an event file into a table of events, and then into one of Pins; returns how long it took so far. */
	async load(file: string): Promise<Loaded> {
		const startedAt = performance.now();
		await this.#connection.run(createEvents(file));
		const ms = performance.now() - startedAt;
		await this.#connection.run(createPinsFast(file));
		const withPinsMs = performance.now() - startedAt;
		const count = await this.#connection.runAndReadAll('SELECT count(*) FROM events');
		return { ms, withPinsMs, events: Number(count.getRowsJS()[0]![0]) };
	}

	/** Writes the attributes of an event file's Pins to a CSV file. */
	async extractPins(file: string, out: string): Promise<void> {
		await this.#connection.run(createPins(file));
		await this.#connection.run(writePins(out));
	}

	async loadPins(file: string): Promise<void> {
		await this.#connection.run(readPins(file));
	}

	async refresh(query: Query): Promise<Answered> {
		const startedAt = performance.now();
		const results = [];
		for (const [name, sql] of Object.entries(refreshSql(query)))
			results.push([name, await this.#connection.run(sql)] as const);
		const ms = performance.now() - startedAt;
		const rows: Partial<Record<keyof RefreshSql, RefreshRows[keyof RefreshSql]>> = {};
		for (const [name, result] of results) rows[name as keyof RefreshSql] = await result.getRowObjectsJS();
		return { ms, answer: answerOfRows(query, rows as RefreshRows) };
	}

	/** Tiles and series alone. */
	async figures(query: Query): Promise<AnsweredFigures> {
		const statements = refreshSql(query);
		const startedAt = performance.now();
		const figures = await this.#connection.run(statements.figures);
		const people = await this.#connection.run(statements.people);
		const ms = performance.now() - startedAt;
		const rows = { figures: await figures.getRowObjectsJS(), people: await people.getRowObjectsJS() };
		return { ms, figures: figuresOfRows(rows) };
	}
}
