import { describe, expect, it } from 'vitest';
import { loadGuide } from '../../../src/lib/export/load-guide';

const FILE = 'tackboard_events_2026-01-01_2026-01-31.parquet';
const names = { database: 'pins', table: 'events', cluster: null };
const words = {
	title: 'Title',
	lead: 'Lead.',
	everyServer: 'On every server.',
	makeTables: 'Make:',
	loadEvents: 'Load:',
	clickhouseFormats: '(Formats.)',
	count: 'Count:',
	attributes: 'Attributes.'
};

/** The commands of a guide. */
const commands = (guide: string) => [...guide.matchAll(/```sh\n(.*)\n```/g)].map(([, command]) => command);

describe('how to load events', () => {
	it('names the file, the schemas and the tables', () => {
		const guide = loadGuide(FILE, 'parquet', names, words);
		expect(guide.startsWith('# Title\n\nLead.\n\n## ClickHouse\n')).toBe(true);
		const [make, load, count, makeDuck, loadDuck] = commands(guide);
		expect(make).toBe('clickhouse-client --multiquery < schema-clickhouse.sql');
		expect(load).toContain('INSERT INTO pins.events SELECT toDateTime(timestamp');
		expect(load).toMatch(new RegExp(`FORMAT Parquet" < '${FILE}'$`));
		expect(count).toContain('FROM pins.events');
		expect(makeDuck).toBe('duckdb pins.duckdb < schema-duckdb.sql');
		expect(loadDuck).toContain(`events_of_parquet('${FILE}')`);
		expect(guide).not.toContain('On every server.');
	});

	it('loads a CSV by way of the table that takes it', () => {
		const [, load, , , loadDuck] = commands(loadGuide('e.csv', 'csv', names, words));
		expect(load).toBe(
			`clickhouse-client --format_csv_allow_single_quotes 0 --query "INSERT INTO pins.events_csv FORMAT CSVWithNames" < 'e.csv'`
		);
		expect(loadDuck).toContain(`events_of_csv('e.csv')`);
	});

	it('waits for all servers of a cluster', () => {
		const guide = loadGuide(FILE, 'csv', { ...names, cluster: 'two' }, words);
		expect(guide).toContain('Make: On every server.');
		expect(commands(guide)[1]).toContain('--insert_distributed_sync 1');
	});
});
