import { BulkRows } from './bulk/bulk-rows';
import type { ByteSource } from './byte-source';
import type { Dialect } from './detect';
import { EventRows } from './event-rows';
import { SLICE_BYTES, sliceHasher } from './fingerprint';
import { readOddRows } from './odd-rows';
import type { PartExtent, PartProgress, PartRange, PartResult, PartSink } from './part';
import { collectRows } from './part-rows';
import type { RowFields, RowTaker } from './row-fields';
import { MAX_ROW_BYTES } from './row-tokenizer';

/**
 * Reads a part of delimited text into a sink, slice by slice.
 * @param accounts names that the workspace has numbered already, in that order
 * @throws AbortError on abort; what the sink was given until then is to be thrown away
 */
export async function readPart(
	signal: AbortSignal,
	source: ByteSource,
	{ header, delimiter }: Dialect,
	range: PartRange,
	accounts: readonly string[],
	sink: PartSink,
	onSlice: (progress: PartProgress) => void
): Promise<PartResult> {
	const bulk = range.isOdd ? null : await BulkRows.create(header, delimiter, accounts);
	const rows = bulk?.rows ?? new EventRows(header, accounts);
	return collectRows(rows, header, sink, onSlice, (taker, afterSlice) =>
		bulk
			? readPlain(signal, source, range, bulk, taker, afterSlice)
			: readOdd(signal, source, range, delimiter, taker, afterSlice)
	);
}

async function readOdd(
	signal: AbortSignal,
	source: ByteSource,
	{ start }: PartRange,
	delimiter: number,
	taker: RowTaker,
	afterSlice: (bytesDone: number) => Promise<void>
): Promise<PartExtent> {
	const onRow = (bytes: Uint8Array, row: RowFields) => {
		taker.add(bytes, row);
		taker.settle(bytes);
	};
	const { lines, stopped } = await readOddRows(signal, source, start, delimiter, onRow, (end) =>
		afterSlice(end - start)
	);
	return { hashes: [], firstRow: start, nextRow: source.byteLength, lines, stopped };
}

/** After a part's end, its last row is finished with slices of this size. */
const FINISH_BYTES = 1 << 16;

async function readPlain(
	signal: AbortSignal,
	source: ByteSource,
	range: PartRange,
	bulk: BulkRows,
	taker: RowTaker,
	afterSlice: (bytesDone: number) => Promise<void>
): Promise<PartExtent> {
	const hasher = await sliceHasher();
	const { kernel, tokenizer } = bulk;
	const readSlice = (start: number) => {
		const bytes = start < range.end ? SLICE_BYTES : FINISH_BYTES;
		return source.slice(start, Math.min(start + bytes, start < range.end ? range.end : source.byteLength));
	};
	const hashes: string[] = [];
	let carried = 0; // bytes of an unfinished row, at the start of the input
	let firstRow = -1;
	let nextRow = range.start;
	let isOdd = false;
	let isTooLong = false; // the row at nextRow; the rest is only hashed, as after an odd row

	let next = readSlice(range.start);
	for (
		let start = range.start;
		start < source.byteLength && (start < range.end || (nextRow < range.end && !isTooLong && !isOdd));
	) {
		const slice = await next;
		signal.throwIfAborted();
		const end = start + slice.length;
		if (end < source.byteLength) {
			next = readSlice(end); // is read while this one is worked on
			next.catch(() => undefined); // if it fails, that is met when it is awaited, or no longer matters
		}
		if (range.isHashed && start < range.end) hashes.push(hasher.hash(slice));
		if (firstRow < 0) {
			firstRow = nextRow = range.firstRow ?? start + (await firstRowIn(source, start, slice));
		}
		if (!isOdd && !isTooLong) {
			const length = carried + slice.length;
			const input = kernel.inputFor(length);
			kernel.bytes.set(slice, input + carried);
			const base = start - carried - input; // the file's offset of the memory's first byte
			const next = bulk.read(
				{
					from: nextRow - base,
					to: input + length,
					stopAt: range.end - base,
					isLast: end === source.byteLength
				},
				taker
			);
			nextRow = base + next;
			isOdd = tokenizer.stopped === 'not_plain';
			carried = input + length - next;
			isTooLong = !isOdd && carried > MAX_ROW_BYTES && nextRow < range.end;
			kernel.bytes.copyWithin(input, next, next + carried);
		}
		await afterSlice(Math.min(end, range.end) - range.start);
		start = end;
	}
	const stopped = isOdd
		? 'odd'
		: nextRow >= Math.min(range.end, source.byteLength)
			? 'end'
			: tokenizer.isQuoteOpen
				? 'unclosed_quote'
				: 'row_too_long';
	return { hashes, firstRow, nextRow, lines: tokenizer.line, stopped };
}

/** Where in a slice of the middle of a file the first row starts, if no quoted cell holds a line end there. */
async function firstRowIn(source: ByteSource, start: number, slice: Uint8Array): Promise<number> {
	const LF = 10;
	const CR = 13;
	const [before] = await source.slice(start - 1, start);
	if (before === LF) return 0;
	if (before === CR) return slice[0] === LF ? 1 : 0;
	const end = slice.findIndex((byte) => byte === LF || byte === CR);
	if (end < 0) return slice.length;
	return slice[end] === CR && slice[end + 1] === LF ? end + 2 : end + 1;
}
