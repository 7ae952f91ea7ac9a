import { strFromU8, unzipSync } from 'fflate';
import { streamXlsxRows } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import type { Column, Row } from '../../../../src/lib/export/table';
import { WorkbookFile } from '../../../../src/lib/export/workbook/workbook-file';
import { readWorkbook } from '../../../../src/lib/import/workbook/read-workbook';

/** Workbooks as they are written, read back by the reader of imports, and looked at as XML where that shows more. */

const COLUMNS: readonly Column[] = [
	{ name: 'id', type: 'id' },
	{ name: 'title', type: 'text' },
	{ name: 'n', type: 'number' },
	{ name: 'share', type: 'share' },
	{ name: 'day', type: 'day' },
	{ name: 'at', type: 'stamp' }
];
const EMPTY: Row = [null, null, null, null, null, null];

async function bytesOf(file: WorkbookFile): Promise<Uint8Array> {
	return new Uint8Array(await file.finish().arrayBuffer());
}

function written(rows: readonly Row[], columns = COLUMNS): Promise<Uint8Array> {
	const file = new WorkbookFile();
	file.begin('Sheet', columns);
	file.write(rows);
	return bytesOf(file);
}

const read = (bytes: Uint8Array) => readWorkbook(new AbortController().signal, bytes);

/** The cells below the head row. */
async function cellsOf(rows: readonly Row[], columns = COLUMNS) {
	const [sheet] = await read(await written(rows, columns));
	return sheet!.rows.slice(1).map(({ cells }) => cells);
}

const part = async (bytes: Promise<Uint8Array>, name: string) => strFromU8(unzipSync(await bytes)[name]!);

describe('a workbook', () => {
	it('has numbers as numbers, ids as text to the last digit, days and instants as dates', async () => {
		const rows: Row[] = [
			['1091700765947216952', 'Oak', 12, 0.125, '2026-05-06', '2026-05-06T10:00:00.500Z'],
			['912345678901234567', 'Oak', '9007199254.741', 0, '1900-03-01', '9999-12-31T23:59:59.000Z'],
			['0012', '', null, null, null, '']
		];
		expect(await cellsOf(rows)).toEqual([
			['1091700765947216952', 'Oak', 12, 0.125, '2026-05-06', '2026-05-06T10:00:00.500'],
			['912345678901234567', 'Oak', 9007199254.741, 0, '1900-03-01', '9999-12-31T23:59:59'],
			['0012']
		]);
	});

	it('has a bold and frozen head row, formats of dates, shares and text, and no warnings of ids', async () => {
		const bytes = written([['1', 'a', 1, 0.5, '2026-05-06', '2026-05-06T10:00:00.000Z']]);
		const sheet = await part(bytes, 'xl/worksheets/sheet1.xml');
		expect(sheet).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
		expect(sheet).toContain('<ignoredError sqref="A2:A2" numberStoredAsText="1"/>');
		expect(sheet).toContain('<v>46148</v>');
		const styles = await part(bytes, 'xl/styles.xml');
		const formats = [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]+)"/g)];
		const own = new Map(formats.map(([, id, code]) => [id, code]));
		const cells = styles.slice(styles.indexOf('<cellXfs'), styles.indexOf('</cellXfs>'));
		const xfs = [...cells.matchAll(/<xf numFmtId="(\d+)" fontId="(\d)"/g)];
		const looks = (cell: string) => {
			const number = Number(new RegExp(`<c r="${cell}" s="(\\d+)"`).exec(sheet)![1]);
			const [, format, font] = xfs[number]!;
			return [own.get(format!) ?? Number(format), font];
		};
		const TEXT = 49;
		const PER_CENT = 10;
		expect(['A1', 'F1', 'A2', 'B2', 'C2', 'D2', 'E2', 'F2'].map(looks)).toEqual([
			[TEXT, '1'],
			[TEXT, '1'],
			[TEXT, '0'],
			[TEXT, '0'],
			[0, '0'],
			[PER_CENT, '0'],
			['yyyy-mm-dd', '0'],
			['yyyy-mm-dd hh:mm:ss.000', '0']
		]);
	});

	it.each([
		'=1+1',
		"'=1+1",
		'+46 70',
		'<b>&amp;"quoted"</b>',
		']]>',
		' both ends ',
		'two\nlines\tand a tab',
		'a carriage\r\nreturn',
		'nothing\u0000, a bell\u0007, an escape\u001b and \uffff',
		'_x0041_ is no A, nor is _x005F_x0041_, nor _x0041_x0042_',
		'👩‍👩‍👧 🏳️‍🌈 Köök שלום',
		'#N/A',
		'TRUE',
		'1.09E+18'
	])('has the text %j as it is, shared and in its cell', async (text) => {
		const file = new WorkbookFile();
		file.begin('Sheet', COLUMNS);
		file.write([[text, text, null, null, null, null]]);
		const bytes = await bytesOf(file);
		const [sheet] = await read(bytes);
		expect(sheet!.rows[1]!.cells).toEqual([text, text]);
		expect(await part(Promise.resolve(bytes), 'xl/worksheets/sheet1.xml')).not.toContain('<f>');
	});

	it('has what is no character as a replacement, as every text in UTF-8', async () => {
		expect(await cellsOf([['a\ud800b', 'a\ud800b', null, null, null, null]])).toEqual([
			['a\ufffdb', 'a\ufffdb']
		]);
	});

	it('cuts text that is longer than a cell can hold, between characters', async () => {
		const fits = 'x'.repeat(32_767);
		const long = `${'x'.repeat(32_765)}😀 and more`;
		const cells = await cellsOf([
			[fits, long, null, null, null, null],
			[long, fits, null, null, null, null]
		]);
		const cut = `${'x'.repeat(32_765)}…`;
		expect(cells).toEqual([
			[fits, cut],
			[cut, fits]
		]);
	});

	it('has days that spreadsheets do not know as text', async () => {
		expect(await cellsOf([[null, null, null, null, '1900-02-28', '1899-12-31T12:00:00.000Z']])).toEqual([
			[null, null, null, null, '1900-02-28', '1899-12-31T12:00:00.000Z']
		]);
	});

	it('makes names that sheets can have', async () => {
		const file = new WorkbookFile();
		for (const name of ['A/B: [C]?', 'a b   c ', "'Quoted'", 'x'.repeat(40), 'x'.repeat(41), 'PINS', 'Pins'])
			file.begin(name, COLUMNS);
		const sheets = await read(await bytesOf(file));
		const names = sheets.map(({ name }) => name);
		expect(names).toEqual([
			'A B   C',
			'a b   c 2',
			'Quoted',
			'x'.repeat(31),
			`${'x'.repeat(29)} 2`,
			'PINS',
			'Pins 2'
		]);
		expect(sheets.every(({ rows }) => rows.length === 1)).toBe(true);
	});

	it('gives columns the width of what stands in them, within limits', async () => {
		const sheet = await part(
			written([['1091700765947216952', 'x'.repeat(400), 7, null, '2026-05-06', null]]),
			'xl/worksheets/sheet1.xml'
		);
		const widths = [...sheet.matchAll(/width="(\d+)"/g)].map(([, width]) => Number(width));
		expect(widths).toEqual([21, 48, 8, 8, 12, 25]);
	});

	it(
		'goes on in a further sheet behind 1,048,576 rows, under the same head',
		{ timeout: 120_000 },
		async () => {
			const columns: Column[] = [{ name: 'n', type: 'number' }];
			const file = new WorkbookFile();
			file.begin('Events', columns);
			const most = 1_048_575;
			for (let n = 0; n <= most; n += 4_096)
				file.write(Array.from({ length: Math.min(4_096, most + 1 - n) }, (_, i) => [n + i]));
			const bytes = await bytesOf(file);
			expect((await read(bytes)).map(({ name, rows }) => [name, rows.length, rows.at(-1)])).toEqual([
				['Events', 1_048_576, { line: 1_048_576, cells: [most - 1] }],
				['Events 2', 2, { line: 2, cells: [most] }]
			]);
		}
	);

	it(
		'holds as many different texts as come, of which it numbers a bounded number',
		{ timeout: 60_000 },
		async () => {
			const columns: Column[] = [{ name: 'title', type: 'text' }];
			const count = 300_000;
			const file = new WorkbookFile();
			file.begin('Sheet', columns);
			for (let n = 0; n < count; n += 1_000)
				file.write(Array.from({ length: 1_000 }, (_, i) => [`t${n + i}`]));
			file.write([['t0']]);
			const bytes = await bytesOf(file);
			const shared = await part(Promise.resolve(bytes), 'xl/sharedStrings.xml');
			expect(shared).toContain('count="262145" uniqueCount="262144"');
			let n = -1;
			for await (const { values } of streamXlsxRows(bytes, { sheet: 0 })) {
				const expected = n < 0 ? 'title' : `t${n % count}`;
				if (values[0] !== expected) expect(values[0]).toBe(expected);
				n++;
			}
			expect(n).toBe(count + 1);
		}
	);

	it('leaves empty cells out', async () => {
		const sheet = await part(written([EMPTY]), 'xl/worksheets/sheet1.xml');
		expect(sheet).toContain('<row r="2"></row>');
	});
});
