import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { RowTokenizer, type Stretch } from '../../../src/lib/import/row-tokenizer';
import { utf8 } from '../../support/memory-workspace';
import { byLength } from '../../support/test-length';

interface Row {
	readonly line: number;
	readonly cells: readonly string[];
}

interface Reading {
	readonly rows: readonly Row[];
	readonly end: 'all read' | 'quote open' | 'not plain';
	/** Line of the row that was not read. */
	readonly line: number;
}

/**
 * Reads a file that comes in pieces, as an import does: what is left of one piece is put before the next. The piece
 * before `isLast` may be reported as the last only once there are no more bytes.
 */
function read(bytes: Uint8Array, delimiter: string, cuts: readonly number[]): Reading {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const tokenizer = new RowTokenizer(delimiter.charCodeAt(0));
	const rows: Row[] = [];
	let buffer = new Uint8Array(0);
	let carried = 0;
	let from = 0;
	for (const to of [...cuts, bytes.length]) {
		const larger = new Uint8Array(carried + to - from + 1);
		larger.set(buffer.subarray(0, carried));
		larger.set(bytes.subarray(from, to), carried);
		buffer = larger;
		const length = carried + to - from;
		from = to;
		const done = tokenizer.read(buffer, {
			from: 0,
			to: length,
			stopAt: length,
			isLast: to === bytes.length,
			onRow: () => {
				const cells = Array.from({ length: tokenizer.fields }, (_, f) =>
					decoder.decode(buffer.subarray(tokenizer.starts[f], tokenizer.ends[f]))
				);
				rows.push({ line: tokenizer.line, cells });
				return true;
			}
		});
		if (tokenizer.stopped === 'not_plain') return { rows, end: 'not plain', line: tokenizer.line };
		carried = length - done;
		buffer.copyWithin(0, done, length);
	}
	return { rows, end: tokenizer.isQuoteOpen ? 'quote open' : 'all read', line: tokenizer.line };
}

/** What PapaParse makes of the text, NULs and empty lines left out, with the physical line that each row starts on. */
function readByPapaParse(
	text: string,
	delimiter: string,
	newline: '\n' | '\r\n' | '\r'
): { rows: Row[]; isOdd: boolean } {
	const { data, errors } = Papa.parse<string[]>(text.replaceAll('\0', ''), { delimiter, newline });
	let line = 1;
	const rows = data.map((cells) => {
		const row = { line, cells };
		line += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
		return row;
	});
	const isOdd = errors.some(({ type }) => type === 'Quotes');
	return { rows: rows.filter(({ cells }) => cells.length > 1 || cells[0] !== ''), isOdd };
}

const delimiters = fc.constantFrom(',', '\t', ';', '|');
const newlines = fc.constantFrom<('\n' | '\r\n' | '\r')[]>('\n', '\r\n', '\r');
const character = fc.oneof(
	{ weight: 3, arbitrary: fc.constantFrom('a', 'b', ' ', "'", '0') },
	{
		weight: 1,
		arbitrary: fc.constantFrom('é', 'ß', '日', '\u{1F4CC}', '\u0000', '\u007f', ',', ';', '\t', '|')
	}
);

/** A cell as a file has it, with the text that it stands for. */
function cellArbitrary(delimiter: string): fc.Arbitrary<{ written: string }> {
	const bare = fc
		.string({ unit: character, maxLength: 6 })
		.map((text) => text.replaceAll(delimiter, '').replace(/^"/, ''))
		.map((written) => ({ written }));
	const quotedCharacter = fc.oneof(character, fc.constantFrom('"', '""', '\n', '\r\n', '\r', delimiter));
	const quoted = fc
		.string({ unit: quotedCharacter, maxLength: 6 })
		.map((text) => ({ written: `"${text.replaceAll('"', '""')}"` }));
	// quotes that do not start a cell are nothing special
	const inner = fc.constantFrom('a"', 'a""b', ' "x"').map((written) => ({ written }));
	return fc.oneof(
		{ weight: 4, arbitrary: bare },
		{ weight: 4, arbitrary: quoted },
		{ weight: 1, arbitrary: inner }
	);
}

const plainFile = fc.tuple(delimiters, newlines).chain(([delimiter, newline]) =>
	fc
		.record({
			rows: fc.array(fc.array(cellArbitrary(delimiter), { minLength: 0, maxLength: 4 }), { maxLength: 5 }),
			endsInNewline: fc.boolean()
		})
		.map(({ rows, endsInNewline }) => ({
			delimiter,
			newline,
			text:
				rows.map((cells) => cells.map(({ written }) => written).join(delimiter)).join(newline) +
				(endsInNewline ? newline : '')
		}))
);

const anyFile = fc
	.tuple(delimiters, newlines)
	.chain(([delimiter, newline]) =>
		fc
			.string({ unit: fc.constantFrom('"', '"', delimiter, newline, 'a', 'é', '\u{1F4CC}'), maxLength: 24 })
			.map((text) => ({ delimiter, newline, text }))
	);

const everyCut = (bytes: Uint8Array) => Array.from({ length: bytes.length - 1 }, (_, i) => i + 1);

describe('RowTokenizer', () => {
	it('agrees with PapaParse on plain files, however their bytes are handed over', () => {
		fc.assert(
			fc.property(plainFile, ({ delimiter, newline, text }) => {
				const bytes = utf8(text);
				const { rows } = readByPapaParse(text, delimiter, newline);
				const whole = read(bytes, delimiter, []);
				expect(whole.end).toBe('all read');
				expect(whole.rows).toEqual(rows);
				for (const cut of everyCut(bytes)) expect(read(bytes, delimiter, [cut]).rows).toEqual(rows);
				expect(read(bytes, delimiter, everyCut(bytes)).rows).toEqual(rows);
			}),
			{ seed: 3, numRuns: byLength(800, 5_000) }
		);
	}, 60_000);

	it('agrees with PapaParse on any file up to where it stops, and stops at the same row in every split', () => {
		const ends = new Set<string>();
		fc.assert(
			fc.property(anyFile, ({ delimiter, newline, text }) => {
				const bytes = utf8(text);
				const { rows, isOdd } = readByPapaParse(text, delimiter, newline);
				const whole = read(bytes, delimiter, []);
				ends.add(whole.end);
				expect(whole.rows).toEqual(rows.slice(0, whole.rows.length));
				if (whole.end === 'all read') expect(whole.rows).toHaveLength(rows.length);
				else if (whole.end === 'quote open') expect(isOdd).toBe(true);
				const splits = everyCut(bytes).map((cut) => [cut]);
				for (const cuts of [...splits, everyCut(bytes)]) expect(read(bytes, delimiter, cuts)).toEqual(whole);
			}),
			{ seed: 4, numRuns: byLength(800, 5_000) }
		);
		expect([...ends].sort()).toEqual(['all read', 'not plain', 'quote open']);
	}, 60_000);

	it('finds the ends of long fields of every length, at every offset', () => {
		for (let length = 0; length < 40; length++) {
			for (const [delimiter, other] of [
				[',', '|'],
				['|', ','],
				['\t', '\u001f'],
				[';', ':']
			] as const) {
				const field = other.repeat(length);
				const text = `${'x'.repeat(length % 5)}${delimiter}${field}${delimiter}é${field}\r\n${field}${delimiter}z`;
				expect(read(utf8(text), delimiter, []).rows.map(({ cells }) => cells)).toEqual([
					['x'.repeat(length % 5), field, `é${field}`],
					[field, 'z']
				]);
			}
		}
	});

	it('leaves out NULs wherever they stand, and finds a line of nothing else empty', () => {
		const text = '\0a\0,\0"b\0""\0"\0,\0\0,c\0d\n\0\0\n"\0"\0,\0\0\r\n\0';
		expect(read(utf8(text), ',', []).rows).toEqual([
			{ line: 1, cells: ['a', 'b"', '', 'cd'] },
			{ line: 3, cells: ['', ''] }
		]);
	});

	it('takes rows of more fields than it has room for', () => {
		const cells = Array.from({ length: 1_000 }, (_, i) => (i % 3 === 0 ? `a "${i}"` : String(i)));
		const text = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
		expect(read(utf8(`${text}\n${text}`), ',', [3_000]).rows.map((row) => row.cells)).toEqual([cells, cells]);
	});

	it('ends lines by LF, CRLF and CR alike, mixed in one file', () => {
		const { rows } = read(utf8('a,1\nb,2\r\nc,3\rd,"4\r5\r\n6\n7"\r\n\r\r\n\ne,5'), ',', []);
		expect(rows).toEqual([
			{ line: 1, cells: ['a', '1'] },
			{ line: 2, cells: ['b', '2'] },
			{ line: 3, cells: ['c', '3'] },
			{ line: 4, cells: ['d', '4\r5\r\n6\n7'] },
			{ line: 11, cells: ['e', '5'] }
		]);
	});

	/** Reads a stretch of a text, all of it if nothing else is said; returns the fields and line of each row. */
	function readStretch(tokenizer: RowTokenizer, text: string, stretch: Partial<Stretch> = {}) {
		const rows: { fields: number; line: number }[] = [];
		const bytes = new Uint8Array(text.length + 1);
		bytes.set(utf8(text));
		const next = tokenizer.read(bytes, {
			from: 0,
			to: text.length,
			stopAt: text.length,
			isLast: true,
			...stretch,
			onRow: () => {
				rows.push({ fields: tokenizer.fields, line: tokenizer.line });
				return stretch.onRow?.() ?? true;
			}
		});
		return { next, rows };
	}

	it('leaves an unfinished row until it is told that there is no more', () => {
		const text = 'a,b\nc,d';
		expect(readStretch(new RowTokenizer(44), text, { isLast: false })).toEqual({
			next: 4,
			rows: [{ fields: 2, line: 1 }]
		});
		expect(readStretch(new RowTokenizer(44), text)).toEqual({
			next: 7,
			rows: [
				{ fields: 2, line: 1 },
				{ fields: 2, line: 2 }
			]
		});
	});

	it('stops after a row when asked to, and goes on from there', () => {
		const tokenizer = new RowTokenizer(44);
		const text = '"a\nb",1\r\nc,2,3\n';
		expect(readStretch(tokenizer, text, { onRow: () => false })).toEqual({
			next: 9,
			rows: [{ fields: 2, line: 1 }]
		});
		expect(readStretch(tokenizer, text, { from: 9 })).toEqual({ next: 15, rows: [{ fields: 3, line: 3 }] });
	});

	it.each([
		[0, 0, []],
		[1, 4, [1]],
		[4, 4, [1]],
		[5, 12, [1, 2]],
		[12, 12, [1, 2]],
		[13, 16, [1, 2, 4]],
		[99, 16, [1, 2, 4]]
	])('told to stop at byte %i, reads the rows that start before it to their end', (stopAt, end, lines) => {
		const { next, rows } = readStretch(new RowTokenizer(44), 'a,1\n"b\nb",2\nc,3\n', { stopAt });
		expect(next).toBe(end);
		expect(rows.map(({ line }) => line)).toEqual(lines);
	});

	it('counts lines from where it is told that the rows start', () => {
		const tokenizer = new RowTokenizer(44, 5);
		expect(readStretch(tokenizer, '\na,b\nc,d').rows.map(({ line }) => line)).toEqual([6, 7]);
	});
});
