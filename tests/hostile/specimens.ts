import { gzipSync, zipSync } from 'fflate';
import { readFileSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { inventFile } from '../support/invented-file';
import {
	asDelimited,
	asJsonArray,
	asJsonLines,
	asParquet,
	asUtf16,
	tableOf,
	TYPED
} from '../support/written-as';
import { utf8 } from '../support/memory-workspace';

/** Whole files of every format, to be spoiled. */

export interface Specimen {
	readonly name: string;
	readonly bytes: Uint8Array;
}

const FIXTURES = new URL('../fixtures/', import.meta.url);

export async function specimens(): Promise<Specimen[]> {
	const csv = inventFile({
		rows: 60,
		seed: 5,
		from: '2024-03-25',
		to: '2024-11-05',
		order: 'none',
		badEvery: 9
	});
	const clean = inventFile({ rows: 60, seed: 6, from: '2024-03-25', to: '2024-11-05', order: 'by time' });
	const table = tableOf(new TextDecoder().decode(clean));
	const named = {
		...table,
		columns: table.columns.map((name) => name.trim().toLowerCase().replace(/[- ]/g, '_'))
	};
	const plain = asDelimited(named, ',');
	const lines = utf8(asJsonLines(named));
	const wellFormed = {
		...named,
		rows: named.rows.filter((row) => isJson(asJsonLines({ ...named, rows: [row] })))
	};
	const made: Specimen[] = [
		{ name: 'events.csv', bytes: csv },
		{ name: 'plain.csv', bytes: utf8(plain) },
		{ name: 'events.tsv', bytes: utf8(asDelimited(named, '\t')) },
		{ name: 'events-semicolons.csv', bytes: utf8(asDelimited(named, ';')) },
		{ name: 'events.ndjson', bytes: lines },
		{ name: 'events.json', bytes: utf8(asJsonArray(wellFormed)) },
		{ name: 'spaced.json', bytes: utf8(asJsonArray(wellFormed, '\n  ')) },
		{ name: 'under-a-key.json', bytes: utf8(`{"next":null,"data":${asJsonArray(wellFormed)},"n":[{}]}`) },
		{ name: 'under-lines.csv', bytes: utf8(`Pins,2024\n# "made" by hand\n\n${asDelimited(named, ',')}`) },
		{ name: 'sep-line.csv', bytes: utf8(`\uFEFFsep=;\r\n${asDelimited(named, ';')}`) },
		{ name: 'utf-16.csv', bytes: asUtf16(plain) },
		{ name: 'events.csv.gz', bytes: gzipSync(csv) },
		{ name: 'stored.csv.gz', bytes: gzipSync(csv, { level: 0 }) },
		{ name: 'utf-16.csv.gz', bytes: gzipSync(asUtf16(plain)) },
		{ name: 'events.ndjson.gz', bytes: gzipSync(lines) }
	];
	for (const [name, select, options] of PARQUET_KINDS) {
		made.push({ name, bytes: await asParquet(typedTable(plain), select, options) });
	}
	const parquet = made.at(-1)!.bytes;
	const report = fixture('reported/overview-saves.csv');
	const archive = {
		'a.csv': csv,
		'b/c.ndjson': lines,
		'd.csv.gz': gzipSync(csv),
		'e.parquet': parquet,
		'f.csv': report
	};
	made.push({ name: 'many.zip', bytes: zipSync(archive) });
	made.push({ name: 'stored.zip', bytes: zipSync(archive, { level: 0 }) });
	const held = namesIn('specimens/').filter((name) => name !== 'specimens/expected.json');
	for (const name of held) made.push({ name, bytes: fixture(name) });
	const kept = [...namesIn(''), ...namesIn('reported/')].map((name) => ({ name, bytes: fixture(name) }));
	const reportsOfJson = kept.filter(({ name }) => extname(name) === '.json' && name.startsWith('reported/'));
	return [...made, ...reportsOfJson, ...kept.filter(({ name }) => extname(name) !== '.json')];
}

const TEXT_COLUMNS =
	'timestamp, event, pin_id, user_id, content_type, source, device, account, format, pin_title, board, link';

const PARQUET_KINDS = [
	['plain.parquet', TEXT_COLUMNS, 'COMPRESSION uncompressed'],
	['zstd.parquet', TEXT_COLUMNS, 'COMPRESSION zstd'],
	['gzip.parquet', TEXT_COLUMNS, 'COMPRESSION gzip'],
	['v2.parquet', TEXT_COLUMNS, 'PARQUET_VERSION v2'],
	['typed-v2.parquet', TYPED, 'PARQUET_VERSION v2'],
	['typed.parquet', TYPED, 'COMPRESSION snappy, ROW_GROUP_SIZE 2048']
] as const;

/** Events whose times and numbers a database takes as they are. */
function typedTable(csv: string): string {
	const { columns, rows } = tableOf(csv);
	const at = (name: string) => columns.indexOf(name);
	const simple = rows.map((row, r) => {
		const copy = [...row];
		copy[at('timestamp')] = `2024-05-${String((r % 28) + 1).padStart(2, '0')}T10:00:00Z`;
		for (const [name, value] of Object.entries({
			count: '2',
			watch_seconds: '1.5',
			view_percent: '50',
			played_percent: '95'
		})) {
			copy[at(name)] = value;
		}
		return copy;
	});
	return asDelimited({ columns, rows: simple }, ',');
}

/** Whether numbers are written as JSON has them: CSV has them in more ways. */
function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

function namesIn(folder: string): string[] {
	return readdirSync(new URL(folder, FIXTURES), { withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
		.map(({ name }) => folder + name);
}

function fixture(name: string): Uint8Array {
	return new Uint8Array(readFileSync(new URL(name, FIXTURES)));
}
