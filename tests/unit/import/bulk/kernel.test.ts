import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dictionary } from '../../../../src/lib/columns/dictionary';
import { textAt, textCount } from '../../../../src/lib/columns/text-block';
import { Kernel, KernelTexts } from '../../../../src/lib/import/bulk/kernel';
import { parseTimestamp } from '../../../../src/lib/import/cells/timestamp';
import { RowTokenizer } from '../../../../src/lib/import/row-tokenizer';
import { FIRST_YEAR, LAST_YEAR } from '../../../../src/lib/model/calendar';
import { utf8 } from '../../../support/memory-workspace';

const MOST_ROWS = 4;
const kernel = await Kernel.create();

/** Puts text into the kernel's memory, so that the last byte of one text is followed by what is left of another. */
function put(text: string): { at: number; to: number } {
	const bytes = utf8(text);
	const at = kernel.inputFor(4096);
	kernel.bytes.fill(34, at - 1, at + bytes.length + 64);
	kernel.bytes.set(bytes, at);
	return { at, to: at + bytes.length };
}

interface Row {
	readonly line: number;
	readonly start: number;
	readonly mark: number;
	/** Those of the columns, empty where the row has none. */
	readonly cells: readonly string[];
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The rows that the kernel reads before it stops, and where that is. */
function readByKernel(text: string, delimiter: string, columns: number, stopAt = Infinity) {
	const { exports } = kernel;
	const { at, to } = put(text);
	const cells = kernel.allocate(MOST_ROWS * columns * 8);
	const marks = kernel.allocate(MOST_ROWS * 4);
	const places = kernel.allocate(MOST_ROWS * 8);
	const rows: Row[] = [];
	let next = at;
	let line = 0;
	const stop = Math.min(at + stopAt, to);
	for (let count = MOST_ROWS; count === MOST_ROWS;) {
		const byte = delimiter.charCodeAt(0);
		count = exports.readRows(next, stop, to, byte, columns, MOST_ROWS, cells, marks, places);
		const { words } = kernel;
		for (let r = 0; r < count; r++) {
			const mark = (words[(marks >>> 2) + r] as number) >>> 0;
			rows.push({
				line: line + (words[(places >>> 2) + 2 * r + 1] as number),
				start: (words[(places >>> 2) + 2 * r] as number) - at,
				mark,
				cells: Array.from({ length: columns }, (_, f) => {
					const cell = (cells >>> 2) + 2 * (r * columns + f);
					const written = decoder.decode(kernel.bytes.subarray(words[cell], words[cell + 1]));
					if (written.includes('\0')) expect(mark).toBe(0); // such a row is left to the tokenizer
					const text = written.replaceAll('\0', '');
					const hasDoubled = mark <= f && text.includes('""');
					return hasDoubled && kernel.bytes[words[cell + 1] as number] === 34
						? text.replaceAll('""', '"')
						: text;
				})
			});
		}
		line += exports.nextLine.value;
		next = exports.nextRow.value;
	}
	for (const address of [cells, marks, places]) exports.free(address);
	return { rows, next: next - at, line };
}

/** The rows that the tokenizer reads, told like those of the kernel. */
function readByTokenizer(text: string, delimiter: string, columns: number, stopAt = Infinity) {
	const bytes = new Uint8Array(utf8(text).length + 1);
	bytes.set(utf8(text));
	const length = bytes.length - 1;
	const tokenizer = new RowTokenizer(delimiter.charCodeAt(0), 0);
	const rows: { line: number; cells: string[] }[] = [];
	const hasMore: boolean[] = [];
	const next = tokenizer.read(bytes, {
		from: 0,
		to: length,
		stopAt: Math.min(stopAt, length),
		isLast: false,
		onRow: () => {
			const cells = Array.from({ length: tokenizer.fields }, (_, f) =>
				decoder.decode(bytes.subarray(tokenizer.starts[f], tokenizer.ends[f]))
			);
			hasMore.push(cells.slice(columns).some((cell) => cell !== ''));
			rows.push({
				line: tokenizer.line,
				cells: Array.from({ length: columns }, (_, f) => cells[f] ?? '')
			});
			return true;
		}
	});
	return { rows, hasMore, next, line: tokenizer.line };
}

const dialect = fc.record({
	delimiter: fc.constantFrom(',', '\t', ';', '|'),
	newline: fc.constantFrom('\n', '\r\n', '\r')
});

// So that what ends a cell comes to lie at every place of what is read at a step.
const filling = fc.integer({ min: 1, max: 90 }).map((length) => 'x'.repeat(length));

const anyFile = dialect.chain(({ delimiter, newline }) =>
	fc
		.array(
			fc.oneof(
				{ weight: 6, arbitrary: fc.constantFrom(delimiter, newline, '"', 'a', 'é') },
				{ weight: 2, arbitrary: fc.constantFrom(`${delimiter}"`, `"${delimiter}`, '""', `"${newline}`) },
				{ weight: 1, arbitrary: fc.constantFrom('\u0000', '\u000b', '\u007f', '\u{1F4CC}') },
				{ weight: 1, arbitrary: filling }
			),
			{ maxLength: 40 }
		)
		.map((parts) => ({ delimiter, text: parts.join('') }))
);

const plainFile = dialect.chain(({ delimiter, newline }) => {
	const part = fc.oneof(filling, fc.constantFrom('a', 'é', delimiter, '"', '\n', '\r\n', '\r'));
	const text = fc.array(part, { maxLength: 3 }).map((parts) => parts.join(''));
	const quoted = text.map((content) => `"${content.replaceAll('"', '""')}"`);
	const bare = text.map((content) => `.${content.replaceAll(delimiter, '').replace(/[\r\n]/g, '')}`);
	const cell = fc.oneof(quoted, bare, fc.constant(''));
	return fc
		.array(fc.array(cell, { maxLength: 5 }), { maxLength: 10 })
		.map((rows) => ({ delimiter, text: rows.map((cells) => cells.join(delimiter) + newline).join('') }));
});

const file = fc.oneof(anyFile, plainFile);

describe('readRows', () => {
	it('reads what the tokenizer reads, and no more, up to any byte', () => {
		let rowCount = 0;
		fc.assert(
			fc.property(file, fc.integer({ min: 1, max: 4 }), ({ delimiter, text }, columns) => {
				const read = readByKernel(text, delimiter, columns);
				const expected = readByTokenizer(text, delimiter, columns);
				expect(read.rows.map(({ line, cells }) => ({ line, cells }))).toEqual(expected.rows);
				expect(read.next).toBe(expected.next);
				expect(read.line).toBe(expected.line);
				rowCount += read.rows.length;
				for (const [r, { mark }] of read.rows.entries()) {
					if (expected.hasMore[r]) expect(mark).toBe(0);
					else if (mark === 0) expect(text).toMatch(/""|\0/);
				}
			}),
			{ seed: 6, numRuns: 20_000 }
		);
		expect(rowCount).toBeGreaterThan(20_000);
	});

	it('leaves rows that start where it is told to stop, or later', () => {
		fc.assert(
			fc.property(file, fc.nat(60), ({ delimiter, text }, stopAt) => {
				const read = readByKernel(text, delimiter, 2, stopAt);
				const expected = readByTokenizer(text, delimiter, 2, stopAt);
				expect(read.rows.map(({ line, cells }) => ({ line, cells }))).toEqual(expected.rows);
				expect(read.next).toBe(expected.next);
				for (const { start } of read.rows) expect(start).toBeLessThan(stopAt);
			}),
			{ seed: 7, numRuns: 5_000 }
		);
	});

	it('says where rows start and which of their fields has doubled quotes first', () => {
		const text = '\na,b\n\n"c""",d\r\ne,"f"""\n';
		const { rows } = readByKernel(text, ',', 2);
		expect(rows.map(({ start, line }) => [start, line])).toEqual([
			[1, 1],
			[6, 3],
			[15, 4]
		]);
		expect(rows.map(({ cells }) => cells)).toEqual([
			['a', 'b'],
			['c"', 'd'],
			['e', 'f"']
		]);
	});
});

describe('readStamps', () => {
	const digits = (length: number) =>
		fc.nat(10 ** length - 1).map((number) => String(number).padStart(length, '0'));
	const usual = fc
		.date({ min: new Date('1970-01-01'), max: new Date('2120-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString());
	const near = fc
		.tuple(
			fc.constantFrom('2024', '1900', '2000', '2023', '1989', '2100'),
			digits(2),
			digits(2),
			digits(2),
			digits(2),
			digits(2),
			digits(3)
		)
		.map(([y, m, d, H, M, S, ms]) => `${y}-${m}-${d}T${H}:${M}:${S}.${ms}Z`);
	const days = fc
		.tuple(
			fc.integer({ min: 0, max: 13 }),
			fc.integer({ min: 0, max: 32 }),
			fc.constantFrom('2023', '2024', '2100', '2000')
		)
		.map(([m, d, y]) => `${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}T23:59:59.999Z`);
	const broken = fc
		.tuple(usual, fc.nat(24), fc.constantFrom('/', ':', 'z', ' ', '-', '0', 'T'))
		.map(([text, at, byte]) => text.slice(0, at) + byte + text.slice(at + 1));
	const stamps = fc.array(fc.oneof(usual, near, days, broken), { minLength: 1, maxLength: MOST_ROWS });

	it('reads times as they are read one by one, or leaves them', () => {
		let readCount = 0;
		fc.assert(
			fc.property(stamps, (texts) => {
				const text = texts.map((stamp) => `${stamp}\n`).join('');
				const { at, to } = put(text);
				const cells = kernel.allocate(128);
				const times = kernel.allocate(MOST_ROWS * 8);
				const { exports } = kernel;
				const count = exports.readRows(at, to, to, 44, 1, MOST_ROWS, cells, cells + 64, cells + 80);
				exports.readStamps(cells, 1, 0, count, FIRST_YEAR, LAST_YEAR, times);
				for (const [r, stamp] of texts.entries()) {
					const ms = kernel.doubles[(times >>> 3) + r] as number;
					const bytes = utf8(stamp);
					const expected = parseTimestamp(bytes, 0, bytes.length);
					if (ms >= 0 || expected < 0) expect(ms, stamp).toBe(Math.max(expected, -1));
					if (ms >= 0) readCount++;
				}
				exports.free(cells);
				exports.free(times);
			}),
			{ seed: 8, numRuns: 20_000 }
		);
		expect(readCount).toBeGreaterThan(5_000);
	});

	it('reads every day in its usual form', () => {
		const { exports } = kernel;
		const cells = kernel.allocate(64);
		const times = kernel.allocate(8);
		for (let ms = Date.UTC(FIRST_YEAR, 0, 1); ms < Date.UTC(LAST_YEAR + 1, 0, 1); ms += 86_400_000) {
			const { at, to } = put(`${new Date(ms).toISOString()}\n`);
			exports.readRows(at, to, to, 44, 1, 1, cells, cells + 16, cells + 32);
			exports.readStamps(cells, 1, 0, 1, FIRST_YEAR, LAST_YEAR, times);
			if (kernel.doubles[times >>> 3] !== ms) expect(kernel.doubles[times >>> 3]).toBe(ms);
		}
	});
});

describe('KernelTexts', () => {
	const text = fc.oneof(
		fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', 'é', '\u{1F4CC}', '\uFEFF'), maxLength: 20 }),
		fc.string({ unit: 'grapheme', maxLength: 60 })
	);

	it('numbers texts as a dictionary does', () => {
		fc.assert(
			fc.property(fc.array(text, { maxLength: 200 }), fc.nat(100), (texts, first) => {
				const here = new KernelTexts(kernel);
				const dictionary = new Dictionary();
				for (const word of texts) {
					const bytes = utf8(`<${word}>`);
					expect(here.intern(bytes, 1, bytes.length - 1)).toBe(dictionary.internText(word));
				}
				expect(here.size).toBe(dictionary.size);
				const from = Math.min(first, here.size);
				expect(here.blockFrom(from)).toEqual(dictionary.blockFrom(from));
			}),
			{ seed: 9, numRuns: 300 }
		);
	});

	it('tells texts apart by any one byte', () => {
		const texts = new KernelTexts(kernel);
		for (let length = 1; length <= 50; length++) {
			const bytes = Uint8Array.from({ length }, (_, i) => 97 + (i % 26));
			const number = texts.intern(bytes, 0, length);
			for (let at = 0; at < length; at++) {
				const other = bytes.slice();
				other[at] = 33;
				expect(texts.intern(other, 0, length), `byte ${at} of ${length}`).not.toBe(number);
			}
			expect(texts.intern(bytes, 0, length)).toBe(number);
		}
	});

	it('keeps its numbers while it grows to many texts, some of equal hash, and takes one that is very long', () => {
		const texts = new KernelTexts(kernel);
		const word = (i: number) => utf8(`user-${i}-${'x'.repeat(i % 50)}`);
		for (let time = 0; time < 2; time++) {
			for (let i = 0; i < 200_000; i++) {
				const bytes = word(i);
				const number = texts.intern(bytes, 0, bytes.length);
				if (number !== i) expect(number).toBe(i);
			}
		}
		const long = utf8('é'.repeat(3_000_000));
		expect(texts.intern(long, 0, long.length)).toBe(200_000);
		const block = texts.blockFrom(199_999);
		expect(textCount(block)).toBe(2);
		expect(textAt(block, 0)).toBe(decoder.decode(word(199_999)));
		expect(block.bytes.length).toBe(word(199_999).length + long.length);
	});
});
