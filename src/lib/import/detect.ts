import type { Problem } from '../model/problem';
import { hasNeededNames, knownNames, readHeader, type Header } from './header';
import { RowTokenizer } from './row-tokenizer';

/** How a file's text is to be read. */
export interface Dialect {
	/** The byte that parts fields. */
	readonly delimiter: number;
	readonly header: Header;
	/** Where the first row after the header starts, in bytes, and its physical line. */
	readonly bodyStart: number;
	readonly bodyLine: number;
}

/** A header is looked for in this many bytes. */
export const HEAD_BYTES = 1 << 20;

/** So many lines may stand above a header: titles, ranges, comments. */
const MAX_LINES_ABOVE = 30;

/** No header below other lines is longer. */
const MAX_HEADER_BYTES = 1 << 16;

const LF = 10;
const CR = 13;

/** Comma, tab, semicolon, bar. */
const DELIMITERS: readonly number[] = [44, 9, 59, 124];

interface HeaderRow {
	readonly delimiter: number;
	readonly names: readonly string[];
	readonly bodyStart: number;
	readonly bodyLine: number;
}

/**
 * Finds out from a file's first bytes whether it is an event file, and how it is written: a line `sep=<character>` says
 * by which delimiter. The header is the first row that names all needed columns; where none of the first lines does, what
 * is wrong is reported for the first row.
 * @param isWhole whether `head` is the whole file
 */
export function detectDialect(
	head: Uint8Array,
	isWhole: boolean
): { dialect: Dialect } | { problem: Problem } {
	const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
	const named = namedDelimiter(head, bom);
	const rows = new HeaderRows(head, isWhole, named ? [named.delimiter] : DELIMITERS);
	const from = named?.end ?? bom;
	const line = named ? 2 : 1;
	const first = rows.at(from, line, head.length);
	const isHeader = first !== null && hasNeededNames(first.names);
	const best = isHeader ? first : (rowBelow(head, rows, from, line) ?? first);
	if (!best) {
		const isEmpty = isWhole && head.subarray(from).every((byte) => byte === LF || byte === CR || byte === 0);
		return { problem: isEmpty ? { code: 'empty_file' } : { code: 'row_too_long', line } };
	}
	const found = readHeader(best.names);
	if ('problem' in found) return found;
	const { delimiter, bodyStart, bodyLine } = best;
	return { dialect: { delimiter, header: found.header, bodyStart, bodyLine } };
}

/** The first row with all needed names that starts on a line below `line`, which starts at `from`. */
function rowBelow(head: Uint8Array, rows: HeaderRows, from: number, line: number): HeaderRow | null {
	let start = from;
	for (let below = line + 1; below <= line + MAX_LINES_ABOVE; below++) {
		start = nextLine(head, start);
		if (start >= head.length) return null;
		const row = rows.at(start, below, Math.min(head.length, start + MAX_HEADER_BYTES));
		if (row && hasNeededNames(row.names)) return row;
	}
	return null;
}

/** Where the next physical line starts. */
function nextLine(bytes: Uint8Array, from: number): number {
	let at = from;
	while (at < bytes.length && bytes[at] !== LF && bytes[at] !== CR) at++;
	return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : at + 1;
}

/**
 * The delimiter that a first line `sep=<character>` names, and where that line ends. It can be any sign of ASCII that is
 * no letter, digit or quote.
 */
function namedDelimiter(head: Uint8Array, from: number): { delimiter: number; end: number } | null {
	const end = nextLine(head, from);
	if (end - from > 32) return null;
	const line = String.fromCharCode(...head.subarray(from, end));
	const match = /^"?sep=([\t -!#-/:-@[-`{-~])"?[ \t]*[\r\n]/i.exec(line);
	return match ? { delimiter: match[1]!.charCodeAt(0), end } : null;
}

/** Reads rows of names by each of some delimiters, from anywhere in a file's first bytes. */
class HeaderRows {
	readonly #head: Uint8Array;
	/** A copy: the tokenizer undoes quotes in place. */
	readonly #bytes: Uint8Array;
	readonly #isWhole: boolean;
	readonly #delimiters: readonly number[];

	constructor(head: Uint8Array, isWhole: boolean, delimiters: readonly number[]) {
		this.#head = head;
		this.#bytes = new Uint8Array(head.length + 1);
		this.#bytes.set(head);
		this.#isWhole = isWhole;
		this.#delimiters = delimiters;
	}

	/**
	 * The first row in [from, to) that is not empty, by the delimiter that makes the most columns known, else the most of
	 * all; null where none is to be read. `from` is the start of physical line `line`.
	 */
	at(from: number, line: number, to: number): HeaderRow | null {
		const [first, ...others] = this.#delimiters.flatMap((d) => this.#read(from, line, to, d) ?? []);
		if (!first) return null;
		return others.reduce((a, b) => {
			const more = knownNames(b.names) - knownNames(a.names);
			return more > 0 || (more === 0 && b.names.length > a.names.length) ? b : a;
		}, first);
	}

	#read(from: number, line: number, to: number, delimiter: number): HeaderRow | null {
		const bytes = this.#bytes;
		const tokenizer = new RowTokenizer(delimiter, line);
		const decoder = new TextDecoder();
		let names: string[] | null = null;
		const onRow = () => {
			names = Array.from({ length: tokenizer.fields }, (_, f) =>
				decoder.decode(bytes.subarray(tokenizer.starts[f], tokenizer.ends[f]))
			);
			return false;
		};
		const isLast = this.#isWhole && to === this.#head.length;
		const bodyStart = tokenizer.read(bytes, { from, to, stopAt: to, isLast, onRow });
		bytes.set(this.#head.subarray(from, bodyStart), from);
		bytes[to] = this.#head[to] ?? 0;
		return names && { delimiter, names, bodyStart, bodyLine: tokenizer.line };
	}
}
