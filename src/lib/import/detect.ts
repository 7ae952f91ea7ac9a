import type { Problem } from '../model/problem';
import { knownNames, readHeader, type Header } from './header';
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

const COMMA = 44;
const TAB = 9;
const SEMICOLON = 59;
const BAR = 124;

interface HeaderRow {
	readonly delimiter: number;
	readonly names: readonly string[];
	readonly bodyStart: number;
	readonly bodyLine: number;
}

/**
 * Finds out from a file's first bytes whether it is an event file, and how it is written.
 * @param isWhole whether `head` is the whole file
 */
export function detectDialect(
	head: Uint8Array,
	isWhole: boolean
): { dialect: Dialect } | { problem: Problem } {
	// Text holds no NUL; the files of programs do, near their start.
	if (head.subarray(0, 65_536).includes(0)) return { problem: { code: 'not_text' } };
	const bom = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
	const readings = [COMMA, TAB, SEMICOLON, BAR].flatMap((d) => readHeaderRow(head, bom, isWhole, d) ?? []);
	const [first, ...others] = readings;
	if (!first) {
		const isEmpty = isWhole && head.subarray(bom).every((byte) => byte === 10 || byte === 13);
		return { problem: isEmpty ? { code: 'empty_file' } : { code: 'row_too_long', line: 1 } };
	}
	const best = others.reduce((a, b) => {
		const more = knownNames(b.names) - knownNames(a.names);
		return more > 0 || (more === 0 && b.names.length > a.names.length) ? b : a;
	}, first);
	const found = readHeader(best.names);
	if ('problem' in found) return found;
	const { delimiter, bodyStart, bodyLine } = best;
	return { dialect: { delimiter, header: found.header, bodyStart, bodyLine } };
}

/** The first row that is not empty, read with one delimiter; null where there is none to be read. */
function readHeaderRow(
	head: Uint8Array,
	from: number,
	isWhole: boolean,
	delimiter: number
): HeaderRow | null {
	const bytes = new Uint8Array(head.length + 1); // a copy: the tokenizer undoes quotes in place
	bytes.set(head);
	const tokenizer = new RowTokenizer(delimiter);
	const decoder = new TextDecoder();
	let names: string[] | null = null;
	const onRow = () => {
		names = Array.from({ length: tokenizer.fields }, (_, f) =>
			decoder.decode(bytes.subarray(tokenizer.starts[f], tokenizer.ends[f]))
		);
		return false;
	};
	const to = head.length;
	const bodyStart = tokenizer.read(bytes, { from, to, stopAt: to, isLast: isWhole, onRow });
	return names && { delimiter, names, bodyStart, bodyLine: tokenizer.line };
}
