import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { csvRow, csvText, guardFormula, revealFormula } from '../../../src/lib/model/csv-cell';

/** Texts of just the characters that formulas, apostrophes and quoting turn on, and any other text. */
const hostileText = fc.oneof(
	fc.string({
		unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\n', '"', ',', '1', '.', 'e', ' ', 'a')
	}),
	fc.string({ unit: 'binary' })
);

describe('guardFormula', () => {
	it.each([
		['=1+1', "'=1+1"],
		['+pin', "'+pin"],
		['-pin', "'-pin"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\ttab', "'\ttab"],
		['\rreturn', "'\rreturn"],
		['\nline', "'\nline"],
		["'=1", "''=1"],
		["''@x", "'''@x"],
		['-', "'-"],
		['-1-1', "'-1-1"],
		['+1e', "'+1e"],
		['-12.5\n', "'-12.5\n"]
	])('puts an apostrophe before %j', (text, cell) => {
		expect(guardFormula(text)).toBe(cell);
		expect(revealFormula(cell)).toBe(text);
	});

	it.each([
		'',
		'title',
		' =1',
		'1=1',
		'-12.5',
		'+4',
		'-.5',
		'-1e-7',
		'+5.',
		"'",
		"'quoted'",
		"' =1",
		'\u2212' + '5',
		'＝1'
	])('leaves %j as it is', (text) => {
		expect(guardFormula(text)).toBe(text);
		expect(revealFormula(text)).toBe(text);
	});

	it('is undone by revealFormula, whatever the text', () => {
		fc.assert(
			fc.property(hostileText, (text) => {
				expect(revealFormula(guardFormula(text))).toBe(text);
			}),
			{ numRuns: 3_000 }
		);
	});

	it('never leaves a text that a spreadsheet would take for a formula', () => {
		fc.assert(
			fc.property(hostileText, (text) => {
				const cell = guardFormula(text);
				if (/^[=+\-@\t\r\n]/.test(cell)) expect(Number.isFinite(Number(cell))).toBe(true);
			}),
			{ numRuns: 3_000 }
		);
	});
});

describe('csvText', () => {
	it.each([
		['plain', 'plain'],
		['', ''],
		['a,b', '"a,b"'],
		['say "hi"', '"say ""hi"""'],
		['two\nlines', '"two\nlines"'],
		['two\rlines', '"two\rlines"'],
		[' padded ', '" padded "'],
		['=A1&","', `"'=A1&"","""`]
	])('writes %j as %j', (text, cell) => {
		expect(csvText(text)).toBe(cell);
	});

	it('writes rows that PapaParse reads back as the same texts', () => {
		fc.assert(
			fc.property(fc.array(hostileText, { minLength: 2, maxLength: 5 }), (texts) => {
				const { data } = Papa.parse<string[]>(csvRow(texts.map(csvText)), {
					delimiter: ',',
					newline: '\r\n'
				});
				expect(data[0]!.map(revealFormula)).toEqual(texts);
			}),
			{ numRuns: 2_000 }
		);
	});
});

describe('csvRow', () => {
	it('ends in CR LF', () => {
		expect(csvRow(['a', '', 'c'])).toBe('a,,c\r\n');
	});
});
