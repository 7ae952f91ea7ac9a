import { ProblemError } from '../../model/problem';
import { wordsOf } from '../../model/metric-names';
import { slicesOf, type ByteSource } from '../byte-source';
import { withoutSurroundings } from '../cells/surroundings';
import { readOddRows } from '../odd-rows';
import { MAX_ROW_BYTES, RowTokenizer } from '../row-tokenizer';
import { meaningOf } from './column-names';
import { readDateText } from './date-text';
import type { Table, TableRow } from './table';

/** Delimited text as a table: by which sign its cells are parted, and on which line its header stands. */

/** A header is looked for in the first rows. */
const ROWS_LOOKED_AT = 31;
/** So much of a file is looked at for them. */
const HEAD_BYTES = 1 << 18;
const SLICE_BYTES = 1 << 20;

const DELIMITERS = [',', ';', '\t', '|'];

interface Found {
	readonly delimiter: string;
	readonly header: TextRow;
	readonly preamble: readonly string[];
	/** Names that say something here, and names in all. */
	readonly known: number;
}

/** A row of cells as written, without the space around them. */
interface TextRow {
	readonly line: number;
	readonly cells: readonly string[];
}

/** A table's header, as far as a file's start shows. */
export interface FoundHeader {
	readonly delimiter: string;
	/** The physical line that it starts on, from 1. */
	readonly line: number;
	readonly names: readonly string[];
	/** Lines above it, without empty ones. */
	readonly preamble: readonly string[];
	/** How many of the names say something here. */
	readonly known: number;
}

/** The header in a text's first bytes; null where none is found: no row of several cells. */
export function findHeader(head: Uint8Array, isWhole: boolean): FoundHeader | null {
	const bytes = head.subarray(0, HEAD_BYTES);
	const isAll = isWhole && head.length <= HEAD_BYTES;
	const named = /^(?:\uFEFF)?"?sep=([^\p{L}\p{N}"\r\n])"?[ \t]*\r?\n/iu.exec(
		new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, 64))
	);
	const delimiters = named ? [named[1] as string] : DELIMITERS;
	let best: Found | null = null;
	for (const delimiter of delimiters) {
		const found = headerIn(firstRows(bytes, delimiter, isAll), delimiter);
		if (found && (!best || isBetter(found, best))) best = found;
	}
	if (!best) return null;
	const { delimiter, header, preamble, known } = best;
	return {
		delimiter,
		line: header.line,
		names: header.cells.map(withoutSurroundings),
		preamble: preamble.filter((line) => !/^sep=/i.test(line)),
		known
	};
}

/** The table of a text; null where no header is found. */
export async function delimitedTable(source: ByteSource): Promise<Table | null> {
	const head = await source.slice(0, Math.min(HEAD_BYTES, source.byteLength));
	const header = findHeader(head, head.length >= source.byteLength);
	if (!header) return null;
	const { delimiter, line, names, preamble } = header;
	return {
		name: '',
		columns: names,
		preamble,
		delimiter,
		isLevels: false,
		lacksPin: false,
		rows: (signal) => rowsBelow(signal, source, delimiter, line)
	};
}

function isBetter(a: Found, b: Found): boolean {
	return a.known > b.known || (a.known === b.known && a.header.cells.length > b.header.cells.length);
}

/** The row that names most columns that say something; else the first with most cells. */
function headerIn(rows: readonly TextRow[], delimiter: string): Found | null {
	let best: { index: number; known: number } | null = null;
	let widestAbove = 0;
	rows.forEach((row, index) => {
		const names = row.cells.filter((cell) => cell !== '');
		const isBelowOthers = widestAbove >= names.length;
		widestAbove = Math.max(widestAbove, names.length);
		// A line of values is no header, whatever one of them is called.
		if (names.length < 2 && row.cells.length > 1) return;
		if (names.filter(isValue).length > names.length / 3) return;
		const known = new Set(
			names.filter((cell) => meaningOf(cell) !== null).map((cell) => wordsOf(cell).join(' '))
		).size;
		// Nor is one that a single word distinguishes from those above it: events say `save` in their cells.
		if (known === 1 && isBelowOthers) return;
		if (known > (best?.known ?? 0)) best = { index, known };
	});
	const index = (best as { index: number; known: number } | null)?.index ?? widest(rows);
	const header = rows[index];
	if (!header) return null;
	const preamble = rows
		.slice(0, index)
		.map(({ cells }) => cells.filter((cell) => cell !== '').join(delimiter === ',' ? ', ' : ' '))
		.filter((line) => line !== '');
	return { delimiter, header, preamble, known: (best as { known: number } | null)?.known ?? 0 };
}

function widest(rows: readonly TextRow[]): number {
	let index = -1;
	let most = 1;
	rows.forEach(({ cells }, i) => {
		const filled = cells.filter((cell) => cell !== '').length;
		if (filled > most) [index, most] = [i, filled];
	});
	return index;
}

/** Whether a cell is a value rather than a name. */
function isValue(cell: string): boolean {
	return (
		/^[[\]\d.,%+\-\s]+$/.test(cell) ||
		/^(?:day|open)$/.test(readDateText(cell)?.form ?? '') ||
		/^https?:/i.test(cell)
	);
}

function firstRows(head: Uint8Array, delimiter: string, isWhole: boolean): TextRow[] {
	const bytes = new Uint8Array(head.length + 1);
	bytes.set(head);
	const rows: TextRow[] = [];
	const tokenizer = new RowTokenizer(delimiter.charCodeAt(0));
	const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
	const onRow = () => {
		rows.push(rowOf(bytes, tokenizer));
		return rows.length < ROWS_LOOKED_AT;
	};
	tokenizer.read(bytes, { from: start, to: head.length, stopAt: head.length, isLast: isWhole, onRow });
	return rows;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function rowOf(
	bytes: Uint8Array,
	row: { starts: Int32Array; ends: Int32Array; fields: number; line: number }
): TextRow {
	return {
		line: row.line,
		cells: Array.from({ length: row.fields }, (_, f) =>
			decoder.decode(bytes.subarray(row.starts[f], row.ends[f])).trim()
		)
	};
}

/** Rows that start below physical line `headerLine`. */
async function* rowsBelow(
	signal: AbortSignal,
	source: ByteSource,
	delimiter: string,
	headerLine: number
): AsyncGenerator<readonly TableRow[]> {
	const tokenizer = new RowTokenizer(delimiter.charCodeAt(0));
	let rest: Uint8Array = new Uint8Array(0);
	let restAt = 0; // offset of `rest` in the file
	let read = 0;
	for await (const slice of slicesOf(source, SLICE_BYTES)) {
		signal.throwIfAborted();
		read += slice.length;
		const bytes = new Uint8Array(rest.length + slice.length + 1);
		bytes.set(rest);
		bytes.set(slice, rest.length);
		const to = rest.length + slice.length;
		const hasMark = restAt === 0 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
		const rows: TableRow[] = [];
		const onRow = () => {
			if (tokenizer.line > headerLine) rows.push(rowOf(bytes, tokenizer));
			return true;
		};
		const isLast = read >= source.byteLength;
		const next = tokenizer.read(bytes, { from: hasMark ? 3 : 0, to, stopAt: to, isLast, onRow });
		if (rows.length > 0) yield rows;
		if (tokenizer.stopped === 'not_plain') {
			yield* oddRows(signal, source, restAt + next, delimiter, tokenizer.line, headerLine);
			return;
		}
		rest = bytes.slice(next, to);
		restAt += next;
		if (rest.length > MAX_ROW_BYTES || (isLast && tokenizer.isQuoteOpen)) {
			const code = tokenizer.isQuoteOpen ? 'unclosed_quote' : 'row_too_long';
			throw new ProblemError({ code, line: tokenizer.line });
		}
	}
}

/** The rest of a file whose quotes are not plain, as PapaParse reads it. */
async function* oddRows(
	signal: AbortSignal,
	source: ByteSource,
	offset: number,
	delimiter: string,
	line: number,
	headerLine: number
): AsyncGenerator<readonly TableRow[]> {
	const rows: TableRow[] = [];
	const onRow: Parameters<typeof readOddRows>[4] = (bytes, row) => {
		const own = rowOf(bytes, { ...row, line: row.line + line });
		if (own.line > headerLine) rows.push(own);
	};
	const { lines, stopped } = await readOddRows(
		signal,
		source,
		offset,
		delimiter.charCodeAt(0),
		onRow,
		async () => {}
	);
	if (stopped !== 'end') throw new ProblemError({ code: stopped, line: line + lines });
	yield rows;
}
