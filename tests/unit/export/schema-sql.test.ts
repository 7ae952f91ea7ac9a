import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	clickhouseFromParquet,
	clickhouseSchema,
	duckdbSchema,
	isPlainName,
	sqlText
} from '../../../src/lib/export/schema-sql';
import { METRICS, EVENT_METRIC_IDS, metricValue } from '../../../src/lib/model/metric';
import { Duck, handedOff } from '../../support/handed-off';
import { inventFile } from '../../support/invented-file';
import { MemoryWorkspace, openQuery } from '../../support/memory-workspace';

const single = { database: 'tackboard', table: 'events', cluster: null };
const overTwo = { ...single, cluster: 'two_shards' };

describe('the tables of ClickHouse', () => {
	it('are one of events, one that takes CSV, and what leads from that to this', () => {
		const statements = clickhouseSchema(single);
		expect(statements.map((statement) => statement.split('\n')[0])).toEqual([
			'CREATE DATABASE IF NOT EXISTS tackboard',
			'CREATE TABLE IF NOT EXISTS tackboard.events',
			'CREATE TABLE IF NOT EXISTS tackboard.events_csv',
			'CREATE MATERIALIZED VIEW IF NOT EXISTS tackboard.events_from_csv TO tackboard.events AS'
		]);
		expect(statements[1]).toMatch(/ENGINE = MergeTree\(\)\nPARTITION BY .*\nORDER BY \(timestamp, /);
	});

	it('are over a cluster a table of each server and one that asks them all', () => {
		const statements = clickhouseSchema(overTwo);
		expect(statements[1]).toMatch(/^CREATE TABLE IF NOT EXISTS tackboard.events_local\n/);
		expect(statements[2]).toMatch(
			/^CREATE TABLE IF NOT EXISTS tackboard.events AS tackboard.events_local\nENGINE = Distributed\(two_shards, tackboard, events_local, /
		);
	});

	it('use nothing that came after release 18.16', () => {
		expect(clickhouseSchema(overTwo).join('\n')).not.toMatch(
			/DateTime64|LowCardinality|Int128|JSON|CODEC|TTL|PROJECTION|ON CLUSTER/
		);
		// Its views read a table, not a query.
		expect(clickhouseSchema(overTwo).join('\n')).not.toMatch(/FROM\s*\(/);
	});

	it('refuse names that SQL could take for something else', () => {
		for (const name of ['', '1st', 'a b', 'a;DROP TABLE x', 'a`', "a'", 'é', 'a-b']) {
			expect(isPlainName(name)).toBe(false);
			for (const field of ['database', 'table', 'cluster'])
				expect(() => clickhouseSchema({ ...overTwo, [field]: name })).toThrow(RangeError);
			expect(() => duckdbSchema({ table: name })).toThrow(RangeError);
		}
	});

	it('are given as many values by a Parquet file as they have columns', () => {
		const columns = clickhouseSchema(single)[1]!
			.split('\n')
			.filter((line) => line.startsWith('\t'));
		// Each value is one expression; those of functions have commas within brackets.
		const values = clickhouseFromParquet()
			.select.replace(/\([^()]*\)/g, '')
			.split(', ');
		expect(values).toHaveLength(columns.length);
	});

	it('are a file in which each statement ends', () => {
		expect(sqlText(['CREATE a', 'CREATE b'])).toBe('CREATE a;\n\nCREATE b;\n');
	});
});

describe('the table of DuckDB', () => {
	const workspace = new MemoryWorkspace();
	let duck: Duck;

	beforeAll(async () => {
		const bytes = inventFile({ rows: 4_000, seed: 31, from: '2024-03-25', to: '2024-04-10', order: 'none' });
		await workspace.import(bytes);
		duck = await Duck.open();
		await duck.run(duckdbSchema({ table: 'pin_events' }));
		await duck.run(duckdbSchema({ table: 'pin_events' })); // does no harm a second time
		const parquet = await duck.file('e.parquet', await handedOff(workspace, openQuery()));
		const csv = await duck.file('e.csv', await workspace.exportCsv('events', openQuery()));
		await duck.run([
			`INSERT INTO pin_events SELECT * FROM pin_events_of_parquet('${parquet}')`,
			`CREATE TABLE of_csv AS SELECT * FROM pin_events LIMIT 0`,
			`INSERT INTO of_csv SELECT * FROM pin_events_of_csv('${csv}')`
		]);
	}, 60_000);
	afterAll(() => duck.close());

	it('gives the figures of the app by the SQL of its metrics', async () => {
		const metrics = EVENT_METRIC_IDS.map((id) => `${METRICS[id].sql} AS ${id}`).join(', ');
		const [row] = await duck.rows(`SELECT ${metrics} FROM pin_events`);
		const { totals } = await workspace.answer(openQuery());
		expect(row).toEqual(Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, metricValue(id, totals)])));
	});

	it('holds the same of a CSV as of a Parquet file, formulas and all', async () => {
		const [rows] = await duck.rows('SELECT count(*) AS n FROM pin_events');
		expect(rows).toEqual({ n: 4_000 });
		const differences = await duck.rows(
			'(FROM pin_events EXCEPT ALL FROM of_csv) UNION ALL (FROM of_csv EXCEPT ALL FROM pin_events)'
		);
		expect(differences).toEqual([]);
	});
});
