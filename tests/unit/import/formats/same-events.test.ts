import { zipSync } from 'fflate';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { unpack } from '../../../../src/lib/import/containers/unpack';
import { generateEventFile } from '../../../../src/lib/import/sample';
import { MemoryWorkspace, openQuery, utf8 } from '../../../support/memory-workspace';
import {
	asDelimited,
	asJsonArray,
	asJsonLines,
	asParquet,
	asUtf16,
	tableOf
} from '../../../support/written-as';

/** The same events in every format and container give the same figures. */

const EVENTS = 3_000;
const csv = Buffer.concat([...generateEventFile({ events: EVENTS, lastDay: '2026-05-31' })]).toString('utf8');
const table = tableOf(csv);
const everything = openQuery({ top: 1_000, split: 'device' });

let expected: Awaited<ReturnType<MemoryWorkspace['answer']>>;
let fingerprint: string;

beforeAll(async () => {
	const workspace = new MemoryWorkspace();
	({ fingerprint } = await workspace.import(utf8(csv)));
	expected = await workspace.answer(everything);
});

async function imported(bytes: Uint8Array) {
	const workspace = new MemoryWorkspace();
	const file = { name: 'file', blob: new Blob([bytes as Uint8Array<ArrayBuffer>]), modifiedMs: null };
	const results = [];
	const unpacking = { signal: new AbortController().signal, freeBytes: async () => Infinity };
	for await (const { source } of unpack(unpacking, file)) results.push(await workspace.import(source));
	return { results, answer: await workspace.answer(everything) };
}

const zipped = (files: Record<string, Uint8Array>) => zipSync(files, { level: 6 });

const cases: {
	name: string;
	bytes: () => Uint8Array | Promise<Uint8Array>;
	format: string;
	encoding?: string;
}[] = [
	{ name: 'tab-separated text', bytes: () => utf8(asDelimited(table, '\t')), format: 'tsv' },
	{ name: 'text with semicolons', bytes: () => utf8(asDelimited(table, ';')), format: 'semicolons' },
	{ name: 'text with bars', bytes: () => utf8(asDelimited(table, '|')), format: 'bars' },
	{ name: 'a byte order mark', bytes: () => utf8(`\uFEFF${csv}`), format: 'csv' },
	{ name: 'UTF-16', bytes: () => asUtf16(csv), format: 'csv', encoding: 'utf-16le' },
	{
		name: 'big-endian UTF-16',
		bytes: () => asUtf16(csv, { isBigEndian: true }),
		format: 'csv',
		encoding: 'utf-16be'
	},
	{
		name: 'UTF-16 without a mark',
		bytes: () => asUtf16(csv, { hasMark: false }),
		format: 'csv',
		encoding: 'utf-16le'
	},
	{ name: 'JSON lines', bytes: () => utf8(asJsonLines(table)), format: 'ndjson' },
	{
		name: 'JSON lines with CR LF and a mark',
		bytes: () => utf8(`\uFEFF${asJsonLines(table).replaceAll('\n', '\r\n')}\r\n`),
		format: 'ndjson'
	},
	{ name: 'a JSON array', bytes: () => utf8(asJsonArray(table)), format: 'json' },
	{ name: 'a JSON array over many lines', bytes: () => utf8(asJsonArray(table, '\n  ')), format: 'json' },
	{ name: 'Parquet', bytes: () => asParquet(csv), format: 'parquet' },
	{
		name: 'Parquet of several row groups, with Zstandard',
		bytes: () => asParquet(csv, undefined, 'COMPRESSION zstd, ROW_GROUP_SIZE 2048'),
		format: 'parquet'
	},
	{ name: 'gzip', bytes: () => gzipSync(csv), format: 'csv' },
	{ name: 'gzip in two members', bytes: () => halves(csv), format: 'csv' },
	{ name: 'a zip archive', bytes: () => zipped({ 'a.csv': utf8(csv) }), format: 'csv' },
	{ name: 'gzip in a zip archive', bytes: () => zipped({ 'a.csv.gz': gzipSync(csv) }), format: 'csv' },
	{
		name: 'a zip archive in a zip archive',
		bytes: () => zipped({ 'a.zip': zipped({ 'a.csv': utf8(csv) }) }),
		format: 'csv'
	},
	{ name: 'a zip archive in gzip', bytes: () => gzipSync(zipped({ 'a.csv': utf8(csv) })), format: 'csv' },
	{ name: 'gzip in gzip', bytes: () => gzipSync(gzipSync(csv)), format: 'csv' },
	{
		name: 'Parquet in a zip archive',
		bytes: async () => zipped({ 'a.parquet': await asParquet(csv) }),
		format: 'parquet'
	},
	{ name: 'gzipped UTF-16', bytes: () => gzipSync(asUtf16(csv)), format: 'csv', encoding: 'utf-16le' },
	{ name: 'gzipped JSON lines', bytes: () => gzipSync(asJsonLines(table)), format: 'ndjson' }
];

function halves(text: string): Uint8Array {
	const half = text.length >> 1;
	return Buffer.concat([gzipSync(text.slice(0, half)), gzipSync(text.slice(half))]);
}

describe('the same events', () => {
	it.each(cases)('give the same figures as $name', async ({ bytes, format, encoding = 'utf-8' }) => {
		const { results, answer } = await imported(await bytes());
		expect(results).toHaveLength(1);
		expect(results[0]).toMatchObject({
			accepted: EVENTS,
			rejected: 0,
			format,
			encoding: format === 'parquet' ? null : encoding
		});
		expect(answer).toEqual(expected);
	});

	it.each([
		['gzip', () => gzipSync(csv)],
		['a zip archive', () => zipped({ 'folder/other name.csv': utf8(csv) })],
		['gzip in a zip archive', () => zipped({ 'x.gz': gzipSync(csv) })],
		['a zip archive in a zip archive', () => zipped({ 'x.zip': zipped({ 'a.csv': utf8(csv) }) })],
		['an archive that is not compressed', () => zipSync({ 'a.csv': [utf8(csv), { level: 0 }] })]
	])('have the same fingerprint in %s as by themselves', async (_, bytes) => {
		const { results } = await imported(bytes());
		expect(results[0]!.fingerprint).toBe(fingerprint);
		expect(results[0]!.byteLength).toBe(utf8(csv).length);
	});

	it('have another fingerprint where the bytes are others', async () => {
		const { results } = await imported(asUtf16(csv));
		expect(results[0]!.fingerprint).not.toBe(fingerprint);
	});
});

describe('where the browser unpacks nothing itself', () => {
	afterEach(() => void vi.unstubAllGlobals());

	it.each([
		['gzip', () => gzipSync(csv)],
		['gzip in two members', () => halves(csv)],
		['a zip archive', () => zipped({ 'a.csv': utf8(csv) })]
	])('%s is unpacked all the same', async (_, bytes) => {
		vi.stubGlobal('DecompressionStream', undefined);
		const { results, answer } = await imported(bytes());
		expect(results[0]!.fingerprint).toBe(fingerprint);
		expect(answer).toEqual(expected);
	});
});
