import { describe, expect, it } from 'vitest';
import { buildFolder, dataHost } from '../../../src/tools/data-host.js';

describe('dataHost', () => {
	it('is none unless an address is set', () => {
		expect(dataHost({})).toBeNull();
		expect(dataHost({ PUBLIC_CLICKHOUSE_URL: '', PUBLIC_CLICKHOUSE_TABLE: 'x' })).toBeNull();
	});

	it('has a database and a table of usual names beside the address', () => {
		expect(dataHost({ PUBLIC_CLICKHOUSE_URL: 'https://data.example:8443' })).toEqual({
			url: 'https://data.example:8443/',
			database: 'tackboard',
			table: 'events',
			pins: null
		});
		const named = {
			PUBLIC_CLICKHOUSE_DATABASE: 'pins',
			PUBLIC_CLICKHOUSE_TABLE: 'all_events',
			PUBLIC_CLICKHOUSE_PINS: 'all_pins'
		};
		expect(dataHost({ PUBLIC_CLICKHOUSE_URL: 'http://data.example/ch/', ...named })).toEqual({
			url: 'http://data.example/ch/',
			database: 'pins',
			table: 'all_events',
			pins: 'all_pins'
		});
	});

	it.each([
		{ PUBLIC_CLICKHOUSE_URL: 'data.example' },
		{ PUBLIC_CLICKHOUSE_URL: 'ftp://data.example' },
		{ PUBLIC_CLICKHOUSE_URL: 'https://user:secret@data.example' },
		{ PUBLIC_CLICKHOUSE_URL: 'https://data.example/?password=x' },
		{ PUBLIC_CLICKHOUSE_URL: 'https://data.example', PUBLIC_CLICKHOUSE_TABLE: 'a; DROP' },
		{ PUBLIC_CLICKHOUSE_URL: 'https://data.example', PUBLIC_CLICKHOUSE_DATABASE: 'a.b' },
		{ PUBLIC_CLICKHOUSE_URL: 'https://data.example', PUBLIC_CLICKHOUSE_PINS: 'a b' }
	])('refuses what cannot be used, secrets above all: %j', (environment) => {
		expect(() => dataHost(environment)).toThrow();
	});
});

describe('buildFolder', () => {
	it('is build unless another is named', () => {
		expect(buildFolder({})).toBe('build');
		expect(buildFolder({ TACKBOARD_BUILD: 'elsewhere' })).toBe('elsewhere');
	});
});
