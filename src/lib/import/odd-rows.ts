import Papa from 'papaparse';
import type { ByteSource } from './byte-source';
import type { RowFields } from './row-fields';
import { MAX_ROW_BYTES } from './row-tokenizer';

const ODD_SLICE_BYTES = 8 << 20;

const LF = 10;
const CR = 13;

const encoder = new TextEncoder();

/**
 * Rows that are not plain RFC 4180, read by PapaParse: from the first such row, at `offset`, to the end of the file.
 * Slower, and exactly what PapaParse makes of it. Rows come in the same form as from our own tokenizer, with lines from 0.
 * @param onSlice called after each slice, with the offset up to which the file is read
 * @returns the number of lines read, and whether the end of the file was reached
 */
export async function readOddRows(
	signal: AbortSignal,
	source: ByteSource,
	offset: number,
	delimiter: number,
	onRow: (bytes: Uint8Array, row: RowFields) => void,
	onSlice: (offset: number) => Promise<void>
): Promise<{ lines: number; stopped: 'end' | 'unclosed_quote' | 'row_too_long' }> {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const newline = await newlineOf(source, offset);
	let lines = 0;
	let rest = '';
	for (let start = offset; start < source.byteLength; start += ODD_SLICE_BYTES) {
		const end = Math.min(start + ODD_SLICE_BYTES, source.byteLength);
		const isLast = end === source.byteLength;
		const read = decoder.decode(await source.slice(start, end), { stream: !isLast });
		const text = rest + read.replaceAll('\0', '');
		signal.throwIfAborted();
		const parser = new Papa.Parser({ delimiter: String.fromCharCode(delimiter), newline });
		const { data, errors, meta } = parser.parse(text, 0, !isLast) as Papa.ParseResult<string[]>;
		const unclosed = errors.find((error) => error.code === 'MissingQuotes');
		for (const [index, cells] of data.entries()) {
			if (unclosed?.row === index) return { lines, stopped: 'unclosed_quote' };
			const last = cells.length - 1;
			// Lines may end in either way, or both; this leaves the first half of CRLF behind where there is no quote.
			if (newline === '\n' && cells[last]?.endsWith('\r')) cells[last] = cells[last].slice(0, -1);
			if (cells.length > 1 || cells[0] !== '') onRow(...encodeRow(cells, lines));
			lines += 1 + cells.reduce((sum, cell) => sum + lineBreaks(cell), 0);
		}
		rest = isLast ? '' : text.slice(meta.cursor);
		if (rest.length > MAX_ROW_BYTES) return { lines, stopped: 'row_too_long' };
		await onSlice(end);
	}
	return { lines, stopped: 'end' };
}

/** So much of what was read already shows how lines end. */
const NEWLINE_BYTES = 1 << 16;

/**
 * How lines end before `offset`: PapaParse uses one line end for all rows, and what it would guess by may stand in
 * quotes. CRLF counts as LF. The last line alone may be an odd one out.
 */
async function newlineOf(source: ByteSource, offset: number): Promise<'\n' | '\r'> {
	const before = await source.slice(Math.max(0, offset - NEWLINE_BYTES), offset);
	let more = 0; // of lines that end in CR alone
	before.forEach((byte, at) => {
		if (byte === LF) more--;
		else if (byte === CR && before[at + 1] !== LF) more++;
	});
	return more > 0 ? '\r' : '\n';
}

function lineBreaks(cell: string): number {
	return cell.match(/\r\n|\r|\n/g)?.length ?? 0;
}

/** The cells of a row, end to end in bytes. */
function encodeRow(cells: readonly string[], line: number): [Uint8Array, RowFields] {
	const encoded = cells.map((cell) => encoder.encode(cell));
	const bytes = new Uint8Array(encoded.reduce((sum, cell) => sum + cell.length, 0));
	const starts = new Int32Array(cells.length);
	const ends = new Int32Array(cells.length);
	let at = 0;
	encoded.forEach((cell, f) => {
		bytes.set(cell, at);
		starts[f] = at;
		at += cell.length;
		ends[f] = at;
	});
	return [bytes, { starts, ends, fields: cells.length, line }];
}
