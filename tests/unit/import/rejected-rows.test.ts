import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { RejectedRows } from '../../../src/lib/import/rejected-rows';
import { revealFormula } from '../../../src/lib/model/csv-cell';
import { MemoryWorkspace, openQuery, utf8 } from '../../support/memory-workspace';

describe('rejected rows', () => {
	const header = 'When,timestamp,event,pin_id,pin_title';
	const hostile = [
		`a,never,save,"p ""1""","two\r\nlines"`,
		`'b,never,save,=1+1,'=2`,
		'c,never,save',
		'\uFEFFd,never,save,p,\tt,too,many'
	];

	async function download(text: string): Promise<string[][]> {
		const workspace = new MemoryWorkspace();
		await workspace.import(utf8(text));
		const csv = workspace.rejectedCsv;
		return Papa.parse<string[]>(csv.replace(/^\uFEFF/, '').trimEnd(), { delimiter: ',', newline: '\r\n' })
			.data;
	}

	it('are downloaded with the file’s own columns, then line, column and reason', async () => {
		const [names, ...rows] = await download(`${header}\n${hostile.join('\n')}\n`);
		expect(names).toEqual([...header.split(','), 'rejected_line', 'rejected_column', 'rejected_reason']);
		expect(rows.map((cells) => cells.map(revealFormula))).toEqual([
			['a', 'never', 'save', 'p "1"', 'two\r\nlines', '2', 'timestamp', 'not_a_time'],
			["'b", 'never', 'save', '=1+1', '=2', '4', 'timestamp', 'not_a_time'],
			['c', 'never', 'save', '', '', '5', 'timestamp', 'not_a_time'],
			['\uFEFFd', 'never', 'save', 'p', '\tt', 'too', 'many', '6', '', 'too_many_fields']
		]);
	});

	it('can be put right in the download and imported', async () => {
		const workspace = new MemoryWorkspace();
		await workspace.import(utf8(`${header}\n${hostile.slice(0, 3).join('\n')}\n`));
		const fixed = workspace.rejectedCsv.replaceAll('never', '2024-05-01');
		const again = new MemoryWorkspace();
		const { accepted, rejected, unknownColumns } = await again.import(utf8(fixed));
		expect({ accepted, rejected }).toEqual({ accepted: 2, rejected: 1 }); // one has no Pin
		expect(unknownColumns).toEqual(['When', 'rejected_line', 'rejected_column', 'rejected_reason']);
		const { rows } = (await again.answer(openQuery())).topPins;
		expect(rows.map(({ pinId, title }) => [pinId, title])).toEqual([
			['=1+1', '=2'],
			['p "1"', 'two\r\nlines']
		]);
	});

	it('are handed over once, in pieces', () => {
		const rejected = new RejectedRows(3);
		expect(rejected.take()).toBeNull();
		const bytes = utf8('ab');
		const row = { starts: Int32Array.of(0, 1), ends: Int32Array.of(1, 2), fields: 2, line: 7 };
		rejected.add(bytes, row, { line: 7, column: 'event', reason: 'unknown_value', value: 'b' });
		const block = rejected.take()!;
		expect(new TextDecoder().decode(block.cells.bytes)).toBe('a,b,');
		expect([[...block.lines], block.columns, block.reasons]).toEqual([[7], ['event'], ['unknown_value']]);
		expect(rejected.take()).toBeNull();
	});
});
