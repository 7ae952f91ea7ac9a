import { zipSync } from 'fflate';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { unpack, type PackedFile } from '../../../../src/lib/import/containers/unpack';
import { utf8 } from '../../../support/memory-workspace';

const MARCH = Date.UTC(2026, 2, 4, 5, 6, 8);
const MAY = Date.UTC(2026, 4, 6, 7, 8, 10);
const CSV = utf8('timestamp,event,pin_id\n2026-05-01,save,101\n');
const WORKBOOK = zipSync({ '[Content_Types].xml': utf8('<x/>'), 'xl/workbook.xml': utf8('<x/>') });

interface Unpacked {
	readonly files: readonly PackedFile[];
	/** How many files each archive was said to hold. */
	readonly held: readonly number[];
}

async function unpacked(
	name: string,
	bytes: Uint8Array,
	signal = new AbortController().signal
): Promise<Unpacked> {
	const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
	const held: number[] = [];
	const unpacking = {
		signal,
		freeBytes: async () => Infinity,
		onArchive: (files: number) => void held.push(files)
	};
	const files: PackedFile[] = [];
	for await (const file of unpack(unpacking, { name, blob, modifiedMs: MAY })) files.push(file);
	return { files, held };
}

const textOf = async ({ source }: PackedFile) => new TextDecoder().decode(await source.slice(0, 1_000));

describe('unpacking', () => {
	it('gives a plain file as it is', async () => {
		const { files, held } = await unpacked('a.csv', CSV);
		expect(files).toMatchObject([
			{ name: 'a.csv', modifiedMs: MAY, packedBytes: CSV.length, container: null, problem: null }
		]);
		expect(files[0]!.source.blob).toBeDefined();
		expect(held).toEqual([]);
	});

	it('names what lies in archives by the way there, with its own time', async () => {
		const inner = zipSync({ 'b/two.csv': CSV, 'three.csv.gz': gzipSync(CSV) }, { mtime: MARCH });
		const outer = zipSync({ 'one.csv': CSV, 'inner.zip': inner }, { mtime: MAY });
		const { files, held } = await unpacked('outer.zip', outer);
		expect(files.map(({ name, problem }) => [name, problem?.code ?? null])).toEqual([
			['outer.zip › one.csv', null],
			['outer.zip › inner.zip › b/two.csv', null],
			['outer.zip › inner.zip › three.csv.gz', 'archive_in_archive']
		]);
		expect(await textOf(files[1]!)).toBe(new TextDecoder().decode(CSV));
		expect(files[0]!.modifiedMs).toBe(MAY);
		expect(files[1]!.modifiedMs).toBe(MARCH);
		expect(held).toEqual([2, 2]);
	});

	it('counts what files take up by the bytes that were handed over', async () => {
		const inner = zipSync({ 'one.csv': CSV, 'two.csv': CSV }, { level: 0 });
		const outer = zipSync({ 'inner.zip': [inner, { level: 0 }] });
		const { files } = await unpacked('outer.zip', outer);
		for (const file of files) {
			await textOf(file);
			expect(file.bytesRead()).toBe(file.packedBytes);
		}
		const sum = files.reduce((bytes, { packedBytes }) => bytes + packedBytes, 0);
		expect(sum).toBe(2 * CSV.length);
		expect(sum).toBeLessThan(outer.length);
	});

	it('passes over what systems leave in archives, at any level', async () => {
		const litter = {
			'__MACOSX/a/._b.csv': utf8('x'),
			'a/.DS_Store': utf8('x'),
			'a/._c.csv': utf8('x'),
			'a/Thumbs.db': utf8('x'),
			'Desktop.ini': utf8('x')
		};
		const inner = zipSync({ ...litter, 'two.csv': CSV });
		const { files } = await unpacked('outer.zip', zipSync({ ...litter, 'one.csv': CSV, 'inner.zip': inner }));
		expect(files.map(({ name }) => name)).toEqual(['outer.zip › one.csv', 'outer.zip › inner.zip › two.csv']);
	});

	it.each([
		['by itself', WORKBOOK, 'book.xlsx'],
		['in an archive', zipSync({ 'book.xlsx': WORKBOOK }), 'book.xlsx › book.xlsx'],
		[
			'in an archive in an archive',
			zipSync({ 'inner.zip': zipSync({ 'book.xlsx': WORKBOOK }) }),
			'book.xlsx › inner.zip › book.xlsx'
		]
	])('gives a workbook whole, %s', async (_, bytes, name) => {
		const { files } = await unpacked('book.xlsx', bytes);
		expect(files).toMatchObject([{ name, container: 'workbook', problem: null }]);
		expect(await files[0]!.source.slice(0, WORKBOOK.length + 1)).toEqual(WORKBOOK);
	});

	it('gives the other files where an inner archive is damaged or empty', async () => {
		const { files } = await unpacked(
			'outer.zip',
			zipSync({ 'cut.zip': zipSync({ 'a.csv': CSV }).slice(0, -30), 'no.zip': zipSync({}), 'b.csv': CSV })
		);
		expect(files.map(({ name, problem }) => [name, problem?.code ?? null])).toEqual([
			['outer.zip › cut.zip', 'damaged_zip'],
			['outer.zip › no.zip', 'empty_archive'],
			['outer.zip › b.csv', null]
		]);
	});

	it('stops where it is cancelled', async () => {
		const inner = zipSync({ 'a.csv': CSV });
		const signal = AbortSignal.abort();
		await expect(unpacked('outer.zip', zipSync({ 'inner.zip': inner }), signal)).rejects.toThrow('abort');
	});
});
