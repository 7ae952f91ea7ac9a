import type { Rejection } from '../model/problem';
import type { TextBlock } from '../columns/dictionary';
import type { PinClaims } from '../columns/pin-claims';
import type { RejectedBlock } from '../columns/rejected-block';
import type { Segment } from '../columns/segment';
import { BulkRows } from './bulk/bulk-rows';
import type { ByteSource } from './byte-source';
import type { Dialect } from './detect';
import { EventRows, type RowFields } from './event-rows';
import { SLICE_BYTES, createSliceHasher } from './fingerprint';
import { readOddRows } from './odd-rows';
import { RejectedRows } from './rejected-rows';
import { MAX_ROW_BYTES } from './row-tokenizer';

/**
 * A part of a file: a stretch of bytes that one worker reads. The parts of a file are read side by side, so all but the
 * first have to guess where their first row starts: behind the first line end. event-file.ts checks the guesses.
 */
export interface PartRange {
	readonly start: number;
	/** The row that holds this byte's predecessor is read to its end. */
	readonly end: number; // exclusive
	/** Where the first row starts, if that is known; null has it guessed. */
	readonly firstRow: number | null;
	/** Whether the rows are to be read by PapaParse; then `end` is the end of the file. */
	readonly isOdd: boolean;
	/** Whether the bytes are to be hashed on the way: not those that are read again. */
	readonly isHashed: boolean;
}

/** What texts are numbered for a whole workspace. */
export type Vocabulary = 'pin' | 'user' | 'account';

/** Where a part's results go: a batch that is not live yet. */
export interface PartSink {
	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Promise<Uint32Array>;
	writeSegments(segments: readonly Segment[]): Promise<void>;
	writeRejected(rows: RejectedBlock): Promise<void>;
}

export interface PartResult {
	/** Hashes of the slices in [start, end). */
	readonly hashes: readonly string[];
	/** Offset of the first row that was read, and of the first one after it that was not. */
	readonly firstRow: number;
	readonly nextRow: number;
	/** Line ends in [firstRow, nextRow). */
	readonly lines: number;
	/** Why it ended: at `end`, before a row that is not plain RFC 4180, or with a problem at `nextRow`. */
	readonly stopped: 'end' | 'odd' | 'unclosed_quote' | 'row_too_long';
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejections, with lines after the part's first one. */
	readonly rejections: readonly Rejection[];
	/** Infinity and -Infinity where no row was accepted. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly claims: PinClaims;
}

/** What is told after each slice: totals of the part. */
export interface PartProgress {
	readonly bytesDone: number;
	readonly accepted: number;
	readonly rejected: number;
}

/** So many rows are collected before they are sorted and cut into segments. */
const RUN_ROWS = 1 << 20;

/** So many rejections are told in a report; the batch keeps all. */
export const REJECTIONS_TOLD = 50;

/**
 * Reads a part into a sink, slice by slice.
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
	const rejected = new RejectedRows(header.names.length);
	const rejections: Rejection[] = [];
	const numbers = new Numbers(sink, rows);
	let writing = Promise.resolve();

	const taker: RowTaker = {
		add: (bytes, row) => {
			const rejection = rows.add(bytes, row);
			if (!rejection) return;
			if (rejections.length < REJECTIONS_TOLD) rejections.push(rejection);
			rejected.add(bytes, row, rejection);
		},
		settle: (bytes) => rows.settle(bytes)
	};
	const flush = async (isEnd: boolean) => {
		const block = rejected.take();
		if (block) await sink.writeRejected(block);
		if (rows.run.rows < RUN_ROWS && !(isEnd && rows.run.rows > 0)) return;
		await numbers.update();
		const segments = rows.run.finish(numbers);
		await writing;
		writing = sink.writeSegments(segments); // while the next rows are read
		writing.catch(() => undefined); // is met where it is awaited below
	};
	const afterSlice = async (bytesDone: number) => {
		await flush(false);
		onSlice({ bytesDone, accepted: rows.accepted, rejected: rows.rejected });
	};

	let read: Read;
	try {
		read = bulk
			? await readPlain(signal, source, range, bulk, taker, afterSlice)
			: await readOdd(signal, source, range, delimiter, taker, afterSlice);
		await flush(true);
	} finally {
		await writing.catch(() => undefined); // so that nothing comes after what is thrown away
	}
	await writing;
	return {
		...read,
		accepted: rows.accepted,
		rejected: rows.rejected,
		rejections,
		firstMs: rows.firstMs,
		lastMs: rows.lastMs,
		claims: rows.claims.finish(numbers.pins)
	};
}

/** How far a part was read. */
type Read = Pick<PartResult, 'hashes' | 'firstRow' | 'nextRow' | 'lines' | 'stopped'>;
/** Takes rows in; `settle` comes before the bytes of the rows that were added change. */
export interface RowTaker {
	readonly add: (bytes: Uint8Array, row: RowFields) => void;
	readonly settle: (bytes: Uint8Array) => void;
}
type AfterSlice = (bytesDone: number) => Promise<void>;

async function readOdd(
	signal: AbortSignal,
	source: ByteSource,
	{ start }: PartRange,
	delimiter: number,
	taker: RowTaker,
	afterSlice: AfterSlice
): Promise<Read> {
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
	afterSlice: AfterSlice
): Promise<Read> {
	const hasher = await createSliceHasher();
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

/** The workspace's numbers of what a part's rows have numbered for themselves; grows as the part is read. */
class Numbers {
	pins = new Uint32Array(0);
	users = new Uint32Array(0);
	accounts = new Uint32Array(0);
	readonly #sink: PartSink;
	readonly #rows: EventRows;

	constructor(sink: PartSink, rows: EventRows) {
		this.#sink = sink;
		this.#rows = rows;
	}

	/** Asks the sink for the numbers of what is new since the last time. */
	async update(): Promise<void> {
		const { pins, users, accounts } = this.#rows;
		this.pins = join(this.pins, await this.#sink.intern('pin', pins.blockFrom(this.pins.length)));
		this.users = join(this.users, await this.#sink.intern('user', users.blockFrom(this.users.length)));
		this.accounts = join(
			this.accounts,
			await this.#sink.intern('account', accounts.blockFrom(this.accounts.length))
		);
	}
}

function join(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
	const both = new Uint32Array(a.length + b.length);
	both.set(a);
	both.set(b, a.length);
	return both;
}
