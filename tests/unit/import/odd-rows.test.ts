import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { readOddRows } from '../../../src/lib/import/odd-rows';
import { bufferSource, utf8 } from '../../support/memory-workspace';

type Newline = '\n' | '\r\n' | '\r';

/** The rows that PapaParse finds in `text`, read as the rest of a file whose header ends in `newline`. */
async function read(text: string, newline: Newline) {
	const header = `timestamp,event,pin_id${newline}`;
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const rows: { line: number; cells: string[] }[] = [];
	const slices: number[] = [];
	const ending = await readOddRows(
		new AbortController().signal,
		bufferSource(utf8(header + text)),
		header.length,
		44,
		(bytes, { starts, ends, fields, line }) =>
			void rows.push({
				line,
				cells: Array.from({ length: fields }, (_, f) => decoder.decode(bytes.subarray(starts[f], ends[f])))
			}),
		async (offset) => void slices.push(offset)
	);
	return { rows, slices, ...ending };
}

describe('readOddRows', () => {
	it('makes of rows with text behind a closing quote what PapaParse makes of them', async () => {
		const { rows, stopped } = await read(
			'a,"quoted" and "more",c\r\n"x"" y" ,"two\r\nlines"\r\n\r\nlast',
			'\r\n'
		);
		expect(rows).toEqual([
			{ line: 0, cells: ['a', 'quoted" and "more', 'c'] },
			{ line: 1, cells: ['x" y', 'two\r\nlines'] },
			{ line: 4, cells: ['last'] }
		]);
		expect(stopped).toBe('end');
	});

	it('ends rows as the file ends its other lines, whatever line ends come first in quotes', async () => {
		const { rows } = await read('"odd" ,"two\nlines"\r\nplain,"three\rlines"\r\n', '\r\n');
		expect(rows.map(({ cells }) => cells)).toEqual([
			['odd', 'two\nlines'],
			['plain', 'three\rlines']
		]);
	});

	it('ends rows in either way where a file has both', async () => {
		const { rows, lines } = await read('"odd" ,1\r\n"quoted"\r\nplain\nlast,"x"', '\r\n');
		expect(rows.map(({ cells }) => cells)).toEqual([['odd', '1'], ['quoted'], ['plain'], ['last', 'x']]);
		expect(lines).toBe(4);
	});

	it('keeps a byte order mark that stands inside of the file', async () => {
		const { rows } = await read('\uFEFFa,"b" c"\n', '\n');
		expect(rows[0]?.cells[0]).toBe('\uFEFFa');
	});

	it('equals PapaParse on any text, NULs left out', async () => {
		const newlines = fc.constantFrom<Newline[]>('\n', '\r\n', '\r');
		const file = newlines.chain((newline) =>
			fc.record({
				newline: fc.constant(newline),
				text: fc.string({
					unit: fc.constantFrom('"', '"', '""', ',', ',', ' ', 'a', 'é', '\u{1F4CC}', '\0', newline),
					maxLength: 30
				})
			})
		);
		await fc.assert(
			fc.asyncProperty(file, async ({ text, newline }) => {
				const { data, errors } = Papa.parse<string[]>(text.replaceAll('\0', ''), { delimiter: ',', newline });
				const unclosed = errors.find(({ code }) => code === 'MissingQuotes')?.row;
				const { rows, stopped } = await read(text, newline);
				expect(rows.map(({ cells }) => cells)).toEqual(
					data.slice(0, unclosed).filter((cells) => cells.length > 1 || cells[0] !== '')
				);
				expect(stopped).toBe(unclosed === undefined ? 'end' : 'unclosed_quote');
			}),
			{ seed: 5, numRuns: 1_000 }
		);
	});

	it('says on which line a quote opens that is never closed', async () => {
		const { rows, lines, stopped } = await read('"a" ,1\n"two\nlines",2\nx,"never closed\n\n', '\n');
		expect(rows).toHaveLength(2);
		expect([lines, stopped]).toEqual([3, 'unclosed_quote']);
	});

	it('carries rows over the ends of slices', async () => {
		const row = `"${'é'.repeat(300)}\r\n""quoted"", and more" ,${'x'.repeat(200)}\r\n`;
		const count = 11_000; // 9 MB, so that a slice ends somewhere in the middle
		const { rows, slices } = await read(row.repeat(count), '\r\n');
		expect(slices.length).toBeGreaterThan(1);
		expect(rows).toHaveLength(count);
		expect(new Set(rows.map(({ cells }) => JSON.stringify(cells)))).toEqual(
			new Set([JSON.stringify([`${'é'.repeat(300)}\r\n"quoted", and more`, 'x'.repeat(200)])])
		);
		expect(rows.at(-1)?.line).toBe((count - 1) * 2);
	});
});
