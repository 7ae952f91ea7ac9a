import { zipSync } from 'fflate';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpack } from '../../../../src/lib/import/containers/unpack';
import type { ByteSource } from '../../../../src/lib/import/byte-source';
import { openFile } from '../../../../src/lib/import/text-file';
import { contentsOf } from '../../../support/reported-file';
import { ProblemError, type Problem } from '../../../../src/lib/model/problem';
import { MemoryWorkspace, utf8 } from '../../../support/memory-workspace';
import { asJsonArray, asParquet, asUtf16, tableOf } from '../../../support/written-as';

/** Files that cannot be read: each has one problem that says what is wrong, and the others go on. */

const CSV = `timestamp,event,pin_id,pin_title\n${'2026-05-01T10:00:00Z,save,101,Lamp\n'.repeat(2_000)}`;

/** Empty lines, which pack better than any events. */
const BOMB = utf8(CSV.slice(0, 200) + '\n'.repeat(64 << 20));

/** What becomes of a file: per file in it the rows accepted, or its problem. */
async function outcomes(bytes: Uint8Array, freeBytes = Infinity): Promise<(number | Problem)[]> {
	const workspace = new MemoryWorkspace();
	const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
	return attempt(async () => {
		const unpacking = { signal: new AbortController().signal, freeBytes: async () => freeBytes };
		const found: (number | Problem)[] = [];
		for await (const { source, problem } of unpack(unpacking, { name: 'file', blob, modifiedMs: null }))
			found.push(problem ?? (await importOf(workspace, source)));
		return found;
	});
}

async function importOf(workspace: MemoryWorkspace, source: ByteSource): Promise<number | Problem> {
	const [outcome] = await attempt(async () => {
		const { format } = await openFile(source);
		return [(await (format.gives === 'report' ? contentsOf(source) : workspace.import(source))).accepted];
	});
	return outcome!;
}

async function attempt(read: () => Promise<(number | Problem)[]>): Promise<(number | Problem)[]> {
	try {
		return await read();
	} catch (error) {
		if (error instanceof ProblemError) return [error.problem];
		throw error;
	}
}

/** The bytes with those from `at` on changed. */
function damaged(bytes: Uint8Array, at: number): Uint8Array {
	return bytes.map((byte, i) => (i >= at && i < at + 8 ? byte ^ 0xff : byte));
}

const gzipped = new Uint8Array(gzipSync(CSV));
const archive = zipSync({ 'bad.csv': utf8(CSV), 'good.csv': utf8(CSV.replaceAll('101', '102')) });

describe('a packed file', () => {
	it('that is cut off is refused, wherever it is cut', async () => {
		for (const length of [11, gzipped.length >> 1, gzipped.length - 9, gzipped.length - 1]) {
			expect(await outcomes(gzipped.slice(0, length)), `${length} bytes`).toEqual([{ code: 'damaged_gzip' }]);
		}
	});

	it('that is damaged is refused', async () => {
		expect(await outcomes(damaged(gzipped, gzipped.length >> 1))).toEqual([{ code: 'damaged_gzip' }]);
		expect(await outcomes(damaged(gzipped, gzipped.length - 8))).toEqual([{ code: 'damaged_gzip' }]);
	});

	it('of two members is refused where the first is damaged', async () => {
		const two = Buffer.concat([damaged(gzipped, gzipped.length - 8), gzipped]);
		expect(await outcomes(two)).toEqual([{ code: 'damaged_gzip' }]);
	});

	it.each([
		['gzip', gzipSync(BOMB)],
		['a zip archive', zipSync({ 'a.csv': BOMB })],
		['gzip in a zip archive', zipSync({ 'a.gz': gzipSync(BOMB) })],
		['a zip archive in a zip archive', zipSync({ 'a.zip': zipSync({ 'a.csv': BOMB }) })],
		['a zip archive in gzip', gzipSync(zipSync({ 'a.csv': BOMB }))]
	])('that unpacks to more than a thousand times its size is not read on, in %s', async (_, bytes) => {
		expect(await outcomes(bytes)).toEqual([{ code: 'unpacks_too_far' }]);
	});

	it('that unpacks to more than there is room for is not read on', async () => {
		expect(await outcomes(gzipped, 10_000)).toEqual([{ code: 'unpacks_too_far' }]);
		expect(await outcomes(gzipped, 1_000_000)).toEqual([2_000]);
	});

	it.each([
		[
			'a zip archive in a zip archive',
			zipSync({ 'a.zip': zipSync({ 'a.zip': archive }), 'b.csv': utf8(CSV) })
		],
		['gzip in a zip archive', zipSync({ 'a.zip': zipSync({ 'a.gz': gzipped }), 'b.csv': utf8(CSV) })]
	])('that holds an archive with another one in it, %s, is not opened further', async (_, bytes) => {
		expect(await outcomes(bytes)).toEqual([{ code: 'archive_in_archive' }, 2_000]);
	});

	it('that was packed three times over is not opened further', async () => {
		expect(await outcomes(gzipSync(gzipSync(gzipped)))).toEqual([{ code: 'archive_in_archive' }]);
		expect(await outcomes(gzipSync(zipSync({ 'a.zip': archive })))).toEqual([{ code: 'archive_in_archive' }]);
	});

	it.each([
		['bzip2', [0x42, 0x5a, 0x68, 0x39]],
		['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]],
		['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
		['7z', [0x37, 0x7a, 0xbc, 0xaf]],
		['RAR', [0x52, 0x61, 0x72, 0x21]]
	])('by %s is named as one that is not read here', async (_, bytes) => {
		expect(await outcomes(Uint8Array.from(bytes))).toEqual([{ code: 'unknown_archive' }]);
	});
});

describe('a zip archive', () => {
	it('gives its other files where one is damaged', async () => {
		const at = archive.length >> 3;
		expect(await outcomes(damaged(archive, at))).toEqual([{ code: 'damaged_zip_entry' }, 2_000]);
	});

	it('gives its other files where one has another checksum than it says', async () => {
		const stored = zipSync({ 'bad.csv': [utf8(CSV), { level: 0 }], 'good.csv': utf8(CSV) });
		expect(await outcomes(damaged(stored, 5_000))).toEqual([{ code: 'damaged_zip_entry' }, 2_000]);
	});

	it('that is cut off is refused', async () => {
		expect(await outcomes(archive.slice(0, -30))).toEqual([{ code: 'damaged_zip' }]);
	});

	it('says which files are locked', async () => {
		const locked = archive.slice();
		const directory = Buffer.from(locked).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
		locked[directory + 8]! |= 1;
		expect(await outcomes(locked)).toEqual([{ code: 'zip_password' }, 2_000]);
	});

	it('that holds nothing but folders and litter is empty', async () => {
		const litter = { 'a/': utf8(''), '__MACOSX/a/._b.csv': utf8('x'), 'a/.DS_Store': utf8('x') };
		expect(await outcomes(zipSync(litter))).toEqual([{ code: 'empty_archive' }]);
		expect(await outcomes(zipSync({ ...litter, 'a/b.csv': utf8(CSV) }))).toEqual([2_000]);
	});

	it.each([
		['.xlsb', { '[Content_Types].xml': utf8('<x/>'), 'xl/workbook.bin': utf8('x') }],
		['.ods', { mimetype: utf8('application/vnd.oasis'), 'content.xml': utf8('<x/>') }],
		['.numbers', { 'Index/Document.iwa': utf8('x'), 'Data/picture.jpg': utf8('x') }]
	])('that is a workbook of another kind, %s, is named as one', async (_, workbook) => {
		expect(await outcomes(zipSync(workbook))).toEqual([{ code: 'spreadsheet' }]);
	});

	it('reads files past 4 GB by their 64-bit numbers', async () => {
		expect(await outcomes(zip64(utf8(CSV)))).toEqual([2_000]);
	});
});

describe('a file', () => {
	it.each([
		['nothing', '', { code: 'empty_file' }],
		['line ends alone', '\n\r\n', { code: 'empty_file' }],
		['a quote that never closes', `${CSV}2026-05-01,save,"101\n`, { code: 'unclosed_quote', line: 2_002 }]
	])('of %s is refused', async (_, text, problem) => {
		expect(await outcomes(utf8(text))).toEqual([problem]);
	});

	it('of 5,000 columns is refused', async () => {
		const names = Array.from({ length: 5_000 }, (_, i) => `column ${i}`).join(',');
		expect(await outcomes(utf8(`${names}\n`))).toEqual([
			{ code: 'too_many_columns', columns: 5_000, limit: 1_000 }
		]);
	});

	it.each([
		['a CSV', (cell: string) => `${CSV}2026-05-01,save,101,${cell}\n${CSV}`, 2_002],
		['a JSON array', (cell: string) => `[{"timestamp":"2026-05-01","event":"save","pin_id":"${cell}"}]`, 1]
	])('with a cell of 50 MB is refused: %s', async (_, text, line) => {
		expect(await outcomes(utf8(text('x'.repeat(50 << 20))))).toEqual([{ code: 'row_too_long', line }]);
	});

	it('with a quoted cell of 50 MB is refused as one with a quote that does not close', async () => {
		const text = `${CSV}2026-05-01,save,101,"${'x'.repeat(50 << 20)}"\n${CSV}`;
		expect(await outcomes(utf8(text))).toEqual([{ code: 'unclosed_quote', line: 2_002 }]);
	});

	it.each([
		['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]],
		['JPEG', [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]],
		['GIF', [0x47, 0x49, 0x46, 0x38, 0x39, 0x61]],
		['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
		['anything with zeros', [1, 2, 0, 3, 0, 0, 4, 0]],
		['anything with control characters', [0xc3, 0x28, 1, 2, 3]]
	])('that is no text is named as that: %s', async (_, bytes) => {
		expect(await outcomes(Uint8Array.from(bytes))).toEqual([{ code: 'not_text' }]);
	});

	it('in UTF-16 that ends in half a character is read up to there', async () => {
		expect(await outcomes(asUtf16(CSV).slice(0, -1))).toEqual([2_000]);
	});
});

describe('JSON', () => {
	const json = asJsonArray(tableOf(CSV));

	it('that is cut off is refused', async () => {
		const half = json.slice(0, json.length >> 1);
		const rows = half.split('}').length - 1;
		expect(await outcomes(utf8(half))).toEqual([{ code: 'json_cut_off', rows }]);
		expect(await outcomes(utf8(json.trimEnd().slice(0, -1)))).toEqual([
			{ code: 'json_cut_off', rows: 2_000 }
		]);
	});

	it('that goes wrong is refused', async () => {
		const third = json.split('{', 3).join('{').length;
		const wrong = `${json.slice(0, third)}{"timestamp" "2026"},${json.slice(third)}`;
		expect(await outcomes(utf8(wrong))).toEqual([{ code: 'json_broken', row: 3 }]);
		expect(await outcomes(utf8(`${json}{}`))).toEqual([{ code: 'json_broken', row: 2_001 }]);
	});

	it('that holds something else is named as that', async () => {
		expect(await outcomes(utf8('{\n  "a": [1, 2]\n}\n'))).toEqual([{ code: 'unknown_json' }]);
	});

	it('without the needed keys is refused', async () => {
		expect(await outcomes(utf8('[{"event": "save", "Pin ID": 1}]'))).toEqual([
			{ code: 'missing_columns', missing: ['timestamp'], found: ['event', 'Pin ID'] }
		]);
	});
});

describe('Parquet', () => {
	it('that is cut off or damaged is refused', async () => {
		const parquet = await asParquet(CSV, '*');
		expect(await outcomes(parquet.slice(0, -20))).toEqual([{ code: 'damaged_parquet' }]);
		expect(await outcomes(damaged(parquet, 40))).toEqual([{ code: 'damaged_parquet' }]);
	});

	it('without the needed columns is refused', async () => {
		expect(await outcomes(await asParquet(CSV, 'event, pin_id, 1 AS other'))).toEqual([
			{ code: 'missing_columns', missing: ['timestamp'], found: ['event', 'pin_id', 'other'] }
		]);
	});

	it('with a compression that is not known is refused by its name', async () => {
		// The codec of each column is one number in the metadata: 0 for none, as written here, 3 for LZO.
		const parquet = Buffer.from(await asParquet(CSV, '*', 'COMPRESSION uncompressed'));
		const footer = parquet.readUInt32LE(parquet.length - 8);
		const metadata = parquet.subarray(parquet.length - 8 - footer, parquet.length - 8);
		// field 3 (path_in_schema: a list of one text), then field 4 (codec: a small zero)
		for (const name of ['timestamp', 'event', 'pin_id', 'pin_title']) {
			const at = metadata.indexOf(Buffer.from([0x19, 0x18, name.length, ...Buffer.from(name), 0x15, 0]));
			expect(at).toBeGreaterThan(0);
			metadata[at + 3 + name.length + 1] = 6; // zigzag of 3
		}
		expect(await outcomes(new Uint8Array(parquet))).toEqual([{ code: 'parquet_codec', codec: 'LZO' }]);
	});
});

/** An archive of one file whose numbers are all kept in the 64-bit fields. */
function zip64(bytes: Uint8Array): Uint8Array {
	const packed = deflateRawSync(bytes);
	const small = Buffer.from(zipSync({ 'a.csv': bytes }));
	const crc = small.readUInt32LE(14);
	const name = Buffer.from('a.csv');
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50);
	local.writeUInt16LE(8, 8);
	local.writeUInt16LE(name.length, 26);
	const extra = Buffer.alloc(28);
	extra.writeUInt16LE(1);
	extra.writeUInt16LE(24, 2);
	extra.writeBigUInt64LE(BigInt(bytes.length), 4);
	extra.writeBigUInt64LE(BigInt(packed.length), 12);
	const entry = Buffer.alloc(46);
	entry.writeUInt32LE(0x02014b50);
	entry.writeUInt16LE(8, 10);
	entry.writeUInt32LE(crc, 16);
	for (const at of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, at);
	entry.writeUInt16LE(name.length, 28);
	entry.writeUInt16LE(extra.length, 30);
	const directoryAt = local.length + name.length + packed.length;
	const end64 = Buffer.alloc(56);
	end64.writeUInt32LE(0x06064b50);
	end64.writeBigUInt64LE(1n, 32);
	end64.writeBigUInt64LE(BigInt(entry.length + name.length + extra.length), 40);
	end64.writeBigUInt64LE(BigInt(directoryAt), 48);
	const locator = Buffer.alloc(20);
	locator.writeUInt32LE(0x07064b50);
	locator.writeBigUInt64LE(BigInt(directoryAt + entry.length + name.length + extra.length), 8);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50);
	end.writeUInt16LE(0xffff, 10);
	end.writeUInt32LE(0xffffffff, 12);
	end.writeUInt32LE(0xffffffff, 16);
	return Buffer.concat([local, name, packed, entry, name, extra, end64, locator, end]);
}
