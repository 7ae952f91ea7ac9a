import { parquetMetadata, parquetReadObjects, type FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import Papa from 'papaparse';
import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GROUP_ROWS } from '../../../src/lib/export/parquet-event-columns';
import { revealFormula } from '../../../src/lib/model/csv-cell';
import { EVENT_COLUMNS } from '../../../src/lib/model/event';
import { METRICS, EVENT_METRIC_IDS, metricValue } from '../../../src/lib/model/metric';
import type { Query } from '../../../src/lib/model/query';
import { Duck, handedOff, handedOffParts } from '../../support/handed-off';
import { inventFile } from '../../support/invented-file';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';

const FILES = [
	inventFile({ rows: 3_000, seed: 21, from: '2024-03-25', to: '2024-04-10', order: 'none' }),
	inventFile({ rows: 2_000, seed: 22, from: '2024-03-28', to: '2024-11-05', order: 'by time' }),
	new Uint8Array(readFileSync(new URL('../../fixtures/every-edge.csv', import.meta.url)))
];

const NUMBERS = ['count', 'watch_seconds', 'view_percent', 'played_percent'];
const TEXTS = EVENT_COLUMNS.filter((name) => name !== 'timestamp' && !NUMBERS.includes(name));
const GUARDED = ['pin_id', 'user_id', 'account', 'pin_title', 'board', 'link', 'image_url', 'created_at'];
const OPTIONAL = ['user_id', 'pin_title', 'board', 'link', 'image_url', 'created_at'];

const all = openQuery();
const some = openQuery({
	filter: openFilter({
		tz: 'Europe/Stockholm',
		from: '2024-03-31',
		to: '2024-04-05',
		values: { device: ['mobile', 'tablet'], account: ['a,b', 'unknown', 'example.com'] }
	})
});
const ofBoard = openQuery({ subject: { kind: 'board', name: 'Kitchen' } });

async function imported(...files: readonly Uint8Array[]): Promise<MemoryWorkspace> {
	const workspace = new MemoryWorkspace();
	for (const file of files) await workspace.import(file);
	return workspace;
}

const metadataOf = (bytes: Uint8Array): FileMetaData => parquetMetadata(bytes.slice().buffer);

/** What a row of a CSV export is as values of Parquet. */
function valuesOf(row: Readonly<Record<string, string>>) {
	const entries = EVENT_COLUMNS.map((name) => {
		const cell = row[name] ?? '';
		if (name === 'timestamp') return [name, Date.parse(cell)];
		if (!TEXTS.includes(name)) return [name, Number(cell)];
		const text = GUARDED.includes(name) ? revealFormula(cell) : cell;
		return [name, text === '' && OPTIONAL.includes(name) ? null : text];
	});
	return Object.fromEntries(entries) as Record<string, unknown>;
}

async function csvValues(workspace: MemoryWorkspace, query: Query) {
	const text = new TextDecoder().decode(await workspace.exportCsv('events', query));
	const { data } = Papa.parse<Record<string, string>>(text.trimEnd(), { header: true, delimiter: ',' });
	return data.map(valuesOf);
}

/** hyparquet makes doubles of decimals, in which the last digits are lost; `digits` is how many there are. */
const rounded = (value: unknown, digits: number) => Number(Number(value).toFixed(digits));

async function readBack(bytes: Uint8Array): Promise<Record<string, unknown>[]> {
	const rows = await parquetReadObjects({ file: bytes.slice().buffer, compressors });
	return rows.map((row) => ({
		...row,
		timestamp: (row.timestamp as Date).getTime(),
		count: Number(row.count),
		watch_seconds: rounded(row.watch_seconds, 3),
		view_percent: rounded(row.view_percent, 2),
		played_percent: rounded(row.played_percent, 2)
	}));
}

describe('events as Parquet', () => {
	let workspace: MemoryWorkspace;
	let duck: Duck;

	beforeAll(async () => {
		workspace = await imported(...FILES);
		duck = await Duck.open();
	}, 60_000);
	afterAll(() => duck.close());

	it.each([
		['all', all],
		['those that a filter lets pass, in another zone', some],
		['those of a board', ofBoard]
	])('hold the rows of the CSV, in its order: %s', async (_, query) => {
		const expected = await csvValues(workspace, query);
		expect(expected.length).toBeGreaterThan(10);
		deepStrictEqual(await readBack(await handedOff(workspace, query)), expected);
	});

	it('have each column in its type', async () => {
		const path = await duck.file('types.parquet', await handedOff(workspace, all));
		const columns = await duck.rows(`DESCRIBE SELECT * FROM read_parquet('${path}')`);
		expect(columns.map(({ column_name, column_type }) => [column_name, column_type])).toEqual([
			['timestamp', 'TIMESTAMP WITH TIME ZONE'],
			...['event', 'pin_id', 'user_id', 'content_type', 'source', 'device', 'account', 'format'].map(
				(name) => [name, 'VARCHAR']
			),
			['count', 'BIGINT'],
			['watch_seconds', 'DECIMAL(18,3)'],
			['view_percent', 'DECIMAL(5,2)'],
			['played_percent', 'DECIMAL(5,2)'],
			...['pin_title', 'board', 'link', 'image_url', 'created_at'].map((name) => [name, 'VARCHAR'])
		]);
		const schema = await duck.rows(
			`SELECT name, repetition_type FROM parquet_schema('${path}') WHERE repetition_type = 'OPTIONAL'`
		);
		expect(schema.map(({ name }) => name)).toEqual(OPTIONAL);
	});

	it('are read by DuckDB to the same figures', async () => {
		for (const query of [all, some]) {
			const path = await duck.file('figures.parquet', await handedOff(workspace, query));
			const metrics = EVENT_METRIC_IDS.map((id) => `${METRICS[id].sql} AS ${id}`).join(', ');
			const [row] = await duck.rows(`
				SELECT ${metrics} FROM (
					SELECT event, user_id, CAST(count AS HUGEINT) AS n, CAST(watch_seconds * 1000 AS BIGINT) AS watch_ms,
						CAST(view_percent * 100 AS BIGINT) AS view_hundredths,
						CAST(played_percent * 100 AS BIGINT) AS played_hundredths
					FROM read_parquet('${path}'))`);
			const { totals } = await workspace.answer(query);
			const figures = EVENT_METRIC_IDS.map((id) => [id, metricValue(id, totals)]);
			expect(row).toEqual(Object.fromEntries(figures));
		}
	});

	it('come back in as the same figures and the same bytes', async () => {
		const again = await imported(await handedOff(workspace, all));
		const [csv, sameCsv] = [await workspace.exportCsv('events', all), await again.exportCsv('events', all)];
		expect(Buffer.from(sameCsv).equals(csv)).toBe(true);
		const [parquet, sameParquet] = [await handedOff(workspace, all), await handedOff(again, all)];
		expect(Buffer.from(sameParquet).equals(parquet)).toBe(true);
		deepStrictEqual((await again.answer(some)).totals, (await workspace.answer(some)).totals);
	});

	it('say of each column its least and largest value, and how many rows have none', async () => {
		const path = await duck.file('bounds.parquet', await handedOff(workspace, all));
		const found = await duck.rows(`
			SELECT path_in_schema AS name, stats_min_value, stats_max_value, stats_null_count, encodings, compression
			FROM parquet_metadata('${path}')`);
		for (const { name, stats_min_value: min, stats_max_value: max, ...rest } of found) {
			const column = `"${String(name)}"`;
			const [real] = await duck.rows(`
				SELECT CAST(min(${column}) AS VARCHAR) AS least, CAST(max(${column}) AS VARCHAR) AS most,
					count(*) FILTER (${column} IS NULL) AS missing FROM read_parquet('${path}')`);
			expect({ name, missing: rest.stats_null_count }).toEqual({ name, missing: real!.missing });
			expect(rest.compression).toBe('SNAPPY');
			const [bounds] = await duck.rows(`
				SELECT CAST('${text(min)}' AS VARCHAR) <= '${text(real!.least)}' AS low,
					CAST('${text(max)}' AS VARCHAR) >= '${text(real!.most)}' AS high`);
			const isText = (TEXTS as readonly unknown[]).includes(name);
			if (isText) expect({ name, ...bounds }).toEqual({ name, low: true, high: true });
			else expect({ name, min, max }).toEqual({ name, min: real!.least, max: real!.most });
			expect(String(rest.encodings)).toContain(
				name === 'timestamp' ? 'DELTA_BINARY_PACKED' : 'RLE_DICTIONARY'
			);
		}
		expect(found).toHaveLength(EVENT_COLUMNS.length);
	});

	it('let a reader leave out what lies outside the bounds, whatever the alphabet', async () => {
		const path = await duck.file('pruned.parquet', await handedOff(workspace, all));
		for (const id of ['\u{1F4CC}2', '\uFF5E', '=1+1', 'שלום', "'quoted'"]) {
			const [row] = await duck.rows(
				`SELECT count(*) AS found FROM read_parquet('${path}') WHERE pin_id = '${text(id)}'`
			);
			expect({ id, isFound: Number(row!.found) > 0 }).toEqual({ id, isFound: true });
		}
	});

	it('are a file without row groups where nothing passes', async () => {
		const none = openQuery({ filter: openFilter({ from: '1995-01-01', to: '1995-01-02' }) });
		const bytes = await handedOff(workspace, none);
		expect(metadataOf(bytes).row_groups).toEqual([]);
		expect(await readBack(bytes)).toEqual([]);
		const path = await duck.file('none.parquet', bytes);
		expect(await duck.rows(`SELECT count(*) AS n FROM read_parquet('${path}')`)).toEqual([{ n: 0 }]);
	});
});

describe('the row groups of a Parquet file', () => {
	const HEADER = 'timestamp,event,pin_id,user_id,pin_title\n';

	it('end at their limit, each written when it is full', async () => {
		const extra = 10;
		const first = Date.parse('2026-03-01T00:00:00Z');
		const rows = Array.from(
			{ length: GROUP_ROWS + extra },
			(_, i) => `${new Date(first + i * 500).toISOString()},impression,pin-${i % 300},user-${i % 70_001},`
		);
		const workspace = await imported(utf8(HEADER + rows.join('\n')));
		const parts = await handedOffParts(workspace, all);
		expect(parts).toHaveLength(3); // two groups and the end
		const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
		const { row_groups, num_rows } = metadataOf(bytes);
		expect(Number(num_rows)).toBe(GROUP_ROWS + extra);
		expect(row_groups.map((group) => Number(group.num_rows))).toEqual([GROUP_ROWS, extra]);
		for (const { columns } of row_groups) {
			const { meta_data } = columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === 'pin_title')!;
			expect(meta_data?.statistics?.null_count).toBe(meta_data?.num_values);
		}
		const back = await readBack(bytes);
		expect(back.at(-1)).toMatchObject({ pin_id: `pin-${(GROUP_ROWS + extra - 1) % 300}`, pin_title: null });
		const users = new Set(back.map(({ user_id }) => user_id));
		expect(users.size).toBe(70_001);
	});

	it('hold times that lie decades apart', async () => {
		const rows = ['1990-01-01T00:00:00.001Z,save,a,u,', '2099-12-31T23:59:59.999Z,save,a,u,'];
		const workspace = await imported(utf8(HEADER + rows.join('\n')));
		const back = await readBack(await handedOff(workspace, all));
		expect(back.map(({ timestamp }) => new Date(Number(timestamp)).toISOString())).toEqual([
			'1990-01-01T00:00:00.001Z',
			'2099-12-31T23:59:59.999Z'
		]);
	});

	it('end earlier where their texts are large', async () => {
		const title = 'x'.repeat(500_000);
		const rows = Array.from({ length: 200 }, (_, i) => `2026-03-01,save,p${i},u,${i}${title}`);
		const workspace = await imported(utf8(HEADER + rows.join('\n')));
		const bytes = await handedOff(workspace, all);
		expect(metadataOf(bytes).row_groups.length).toBe(2);
		const back = await readBack(bytes);
		expect(back.every(({ pin_title }, i) => pin_title === `${i}${title}`)).toBe(true);
	}, 120_000);
});

function text(value: unknown): string {
	return String(value).replaceAll("'", "''");
}
