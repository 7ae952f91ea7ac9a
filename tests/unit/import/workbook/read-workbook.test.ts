import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { readWorkbook } from '../../../../src/lib/import/workbook/read-workbook';
import type { Cell } from '../../../../src/lib/import/tables/table';
import type { Sheet } from '../../../../src/lib/import/workbook/sheet';
import { utf8 } from '../../../support/memory-workspace';
import { workbook, type WorkbookParts } from '../../../support/workbook';

const read = (bytes: Uint8Array, signal = new AbortController().signal): Promise<Sheet[]> =>
	readWorkbook(signal, bytes);

/** The cells of the only sheet that a workbook has, row by row. */
async function cellsOf(
	rows: string,
	parts: Omit<WorkbookParts, 'sheets'> = {}
): Promise<(readonly Cell[])[]> {
	const [sheet] = await read(workbook({ ...parts, sheets: [{ name: 'Sheet1', rows }] }));
	return sheet!.rows.map(({ cells }) => cells);
}

const problemOfReading = async (bytes: Uint8Array) => {
	const error: unknown = await read(bytes).catch((reason: unknown) => reason);
	return error instanceof Error && 'problem' in error ? error.problem : error;
};

describe('a workbook', () => {
	it('gives its sheets in their order, without those that are hidden', async () => {
		const rows = '<row r="1"><c r="A1"><v>1</v></c></row>';
		const sheets = await read(
			workbook({
				sheets: [
					{ name: 'May &amp; June', rows },
					{ name: 'Old', rows, state: 'hidden' },
					{ name: 'Older', rows, state: 'veryHidden' },
					{ name: 'Empty', rows: '' }
				]
			})
		);
		expect(sheets).toEqual([
			{ name: 'May & June', rows: [{ line: 1, cells: [1] }] },
			{ name: 'Empty', rows: [] }
		]);
	});

	it('gives each row under its own number, and the gaps between cells', async () => {
		const sheets = await read(
			workbook({
				sheets: [
					{
						name: 'A',
						rows: `<row r="3"><c r="B3"><v>1</v></c><c r="D3"><v>2</v></c><c r="E3"/></row>
							<row r="4"><c r="A4" t="inlineStr"><is><t></t></is></c></row>
							<row r="1048576"><c r="A1048576"><v>3</v></c></row>`
					}
				]
			})
		);
		expect(sheets[0]!.rows).toEqual([
			{ line: 3, cells: [null, 1, null, 2] },
			{ line: 1_048_576, cells: [3] }
		]);
	});

	it('reads cells that do not say where they stand', async () => {
		const rows = '<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>';
		expect(await cellsOf(rows)).toEqual([[1, 2], [3]]);
	});

	it('reads texts, shared and inline, plain and formatted', async () => {
		const rows = `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>
			<c r="C1" t="inlineStr"><is><t xml:space="preserve"> in line </t></is></c>
			<c r="D1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c></row>`;
		const sharedStrings =
			'<si><r><t>Pin </t></r><r><t>clicks</t></r></si><si><t>Årstad &lt;&#233;&gt;</t></si>';
		expect(await cellsOf(rows, { sharedStrings })).toEqual([
			['Årstad <é>', 'Pin clicks', ' in line ', 'two runs']
		]);
	});

	it('keeps ids that are texts, to the last digit', async () => {
		const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>1091700765947216952</t></is></c>
			<c r="B1"><v>1.0917007659472169E+18</v></c></row>`;
		expect(await cellsOf(rows)).toEqual([['1091700765947216952', 1.0917007659472169e18]]);
	});

	it('gives numbers, truth values, errors and what formulas came to', async () => {
		const rows = `<row r="1"><c r="A1"><v>1204</v></c><c r="B1"><v>-0.125</v></c><c r="C1" t="b"><v>1</v></c>
			<c r="D1" t="b"><v>0</v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c>
			<c r="F1"><f>A1*2</f><v>2408</v></c><c r="G1" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>
			<c r="H1"><f>A1</f></c><c r="I1"><v>1</v></c></row>`;
		expect(await cellsOf(rows)).toEqual([[1204, -0.125, true, false, '#DIV/0!', 2408, 'ab', null, 1]]);
	});

	const FORMATS = [
		'yyyy\\-mm\\-dd',
		'd.m.yyyy h:mm',
		'[$-41D]d mmmm yyyy;@',
		'h:mm:ss',
		'0.00%',
		'#,##0 "days"',
		'0'
	];
	const dated = (style: number, value: string) => `<c s="${style}"><v>${value}</v></c>`;

	it('knows dates by their format, and no others', async () => {
		const rows = `<row>${dated(0, '46164')}${dated(1, '46164.75')}${dated(2, '46164')}${dated(3, '0.0625')}
			${dated(4, '0.025')}${dated(5, '46164')}${dated(6, '46164')}<c><v>46164</v></c>
			<c t="d"><v>2026-05-22</v></c></row>`;
		expect(await cellsOf(rows, { formats: FORMATS })).toEqual([
			[
				'2026-05-22',
				'2026-05-22T18:00:00',
				'2026-05-22',
				'01:30:00',
				0.025,
				46164,
				46164,
				46164,
				'2026-05-22'
			]
		]);
	});

	it('reads dates of both systems, and around the day that never was', async () => {
		const rows = `<row>${dated(0, '1')}${dated(0, '59')}${dated(0, '61')}${dated(0, '44702')}</row>`;
		expect(await cellsOf(rows, { formats: FORMATS })).toEqual([
			['1900-01-01', '1900-02-28', '1900-03-01', '2022-05-21']
		]);
		expect(await cellsOf(rows, { formats: FORMATS, is1904: true })).toEqual([
			['1904-01-02', '1904-02-29', '1904-03-02', '2026-05-22']
		]);
	});

	it('rounds times to the second, and shows what lies outside all dates as spreadsheets do', async () => {
		const rows = `<row>${dated(1, '46164.9999999')}${dated(1, '46164.5000001')}${dated(0, '1e12')}${dated(0, '-5')}</row>`;
		expect(await cellsOf(rows, { formats: FORMATS })).toEqual([
			['2026-05-23', '2026-05-22T12:00:00', '#####', '#####']
		]);
	});

	it('keeps milliseconds where a column has any', async () => {
		const stamp = (iso: string) => dated(1, String(Date.parse(iso) / 86_400_000 + 25_569));
		const stamps = ['2026-05-22T23:59:59.999Z', '2026-05-22T12:00:00.123Z', '2026-05-23T00:00:00.000Z'];
		const rows = stamps.map((iso) => `<row>${stamp(iso)}${dated(1, '46164.9999999')}</row>`).join('');
		expect(await cellsOf(rows, { formats: FORMATS })).toEqual([
			['2026-05-22T23:59:59.999', '2026-05-23'],
			['2026-05-22T12:00:00.123', '2026-05-23'],
			['2026-05-23', '2026-05-23']
		]);
	});

	it('does not blow up texts that name each other', async () => {
		const bomb = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 12 }, (_, i) => {
			const before = i === 0 ? 'a' : `b${i - 1}`;
			return `<!ENTITY b${i} "${`&${before};`.repeat(10)}">`;
		}).join('')}]>`;
		const sheet = `${bomb}<worksheet><sheetData><row><c t="inlineStr"><is><t>&b11;</t></is></c></row></sheetData></worksheet>`;
		const bytes = workbook({
			sheets: [{ name: 'A', rows: '' }],
			more: { 'xl/worksheets/sheet1.xml': utf8(sheet) }
		});
		expect(JSON.stringify(await read(bytes)).length).toBeLessThan(200);
	});
});

describe('a workbook that cannot be read', () => {
	const sheets = [{ name: 'A', rows: '<row r="1"><c r="A1"><v>1</v></c></row>' }];

	it('is damaged where it is cut off, or lacks a part', async () => {
		const bytes = workbook({ sheets });
		for (const length of [bytes.length - 30, bytes.length >> 1])
			expect(await problemOfReading(bytes.slice(0, length))).toEqual({ code: 'damaged_workbook' });
		expect(await problemOfReading(zipSync({ 'xl/workbook.xml': utf8('<workbook/>') }))).toEqual({
			code: 'damaged_workbook'
		});
	});

	it('is damaged where a part has another checksum than it says', async () => {
		const bytes = workbook({ sheets, more: { 'xl/calc.xml': [utf8('x'.repeat(1_000)), { level: 0 }] } });
		const at = Buffer.from(bytes).indexOf('xxxx');
		expect(await problemOfReading(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)))).toEqual({
			code: 'damaged_workbook'
		});
	});

	it('is damaged where a row has no number that a row can have', async () => {
		const rows = '<row r="first"><c><v>1</v></c></row>';
		expect(await problemOfReading(workbook({ sheets: [{ name: 'A', rows }] }))).toEqual({
			code: 'damaged_workbook'
		});
	});

	const BLANKS = new Uint8Array(300 << 20).fill(32);

	it('is too large where it unpacks to more than can be held, whatever its directory says', async () => {
		const bytes = workbook({ sheets, more: { 'xl/worksheets/sheet1.xml': [BLANKS, { level: 1 }] } });
		expect(await problemOfReading(bytes)).toEqual({ code: 'workbook_too_large' });
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const directory = Buffer.from(bytes).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
		for (let at = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2])); at <= directory && at >= 0;) {
			if (view.getUint32(at + 24, true) === BLANKS.length) view.setUint32(at + 24, 1_000, true);
			const next = Buffer.from(bytes).indexOf(Buffer.from([0x50, 0x4b, 1, 2]), at + 4);
			at = next < 0 ? Infinity : next;
		}
		expect(await problemOfReading(bytes)).toEqual({ code: 'workbook_too_large' });
	}, 60_000);

	it('is too large where cells far to the right leave millions empty', async () => {
		const rows = Array.from(
			{ length: 400 },
			(_, i) => `<row r="${i + 1}"><c r="XFD${i + 1}"><v>1</v></c></row>`
		);
		expect(await problemOfReading(workbook({ sheets: [{ name: 'A', rows: rows.join('') }] }))).toEqual({
			code: 'workbook_too_large'
		});
	});

	it('is too large where many sheets share many texts', async () => {
		const bytes = workbook({
			sheets: Array.from({ length: 300 }, (_, i) => ({ name: `Sheet ${i}`, rows: '' })),
			sharedStrings: `<si><t>${'x'.repeat(1 << 20)}</t></si>`
		});
		expect(await problemOfReading(bytes)).toEqual({ code: 'workbook_too_large' });
	});

	it('is let go of when it is cancelled', async () => {
		await expect(read(workbook({ sheets }), AbortSignal.abort())).rejects.toThrow('abort');
	});
});
