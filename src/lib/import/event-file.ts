import { ProblemError, type Rejection } from '../model/problem';
import type { TextBlock } from '../columns/dictionary';
import type { PinClaims } from '../columns/pin-claims';
import type { Segment } from '../columns/segment';
import type { ByteSource } from './byte-source';
import { HEAD_BYTES, detectDialect } from './detect';
import { EventRows, type RowFields } from './event-rows';
import { SLICE_BYTES, combineHashes, createSliceHasher, type SliceHasher } from './fingerprint';
import { readOddRows } from './odd-rows';
import { RejectedRows, rejectedHeader } from './rejected-rows';
import { MAX_ROW_BYTES, RowTokenizer } from './row-tokenizer';

/** What texts are numbered for a whole workspace. */
export type Vocabulary = 'pin' | 'user' | 'account';

/** Where an import's results go: a batch that is not live yet. */
export interface BatchSink {
	/** Names of the accounts that have a number already, in the order of their numbers. */
	readonly accounts: readonly string[];
	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Promise<Uint32Array>;
	writeSegments(segments: readonly Segment[]): Promise<void>;
	/** Rejected rows as CSV, in the order of the file; the first piece starts with a header row. */
	writeRejected(csv: Uint8Array): Promise<void>;
}

/** What is told after each slice of a file. */
export type OnSlice = (progress: { bytesDone: number; accepted: number; rejected: number }) => void;

export interface EventFileResult {
	readonly fingerprint: string;
	readonly accepted: number;
	readonly rejected: number;
	readonly rejections: readonly Rejection[];
	readonly unknownColumns: readonly string[];
	/** Infinity and -Infinity where no row was accepted. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly claims: PinClaims;
	readonly parser: 'bytes' | 'papaparse';
}

/** So many rows are collected before they are sorted and cut into segments. */
const RUN_ROWS = 1 << 20;

/** So many rejections are told in a report; the batch keeps all. */
const REJECTIONS_TOLD = 50;

/**
 * Reads an event file as delimited text into a sink, slice by slice.
 * @throws ProblemError where the file is not an event file or cannot be read to its end; AbortError on abort. What the
 * sink was given until then is to be thrown away.
 */
export async function importEventFile(
	signal: AbortSignal,
	source: ByteSource,
	sink: BatchSink,
	onSlice: OnSlice
): Promise<EventFileResult> {
	const head = await source.slice(0, Math.min(HEAD_BYTES, source.byteLength));
	const found = detectDialect(head, head.length === source.byteLength);
	if ('problem' in found) throw new ProblemError(found.problem);
	const { header, delimiter, bodyStart, bodyLine } = found.dialect;

	const rows = new EventRows(header, sink.accounts);
	const rejected = new RejectedRows(header.names);
	const rejections: Rejection[] = [];
	let isRejectedHeaderWritten = false;
	const numbers = new Numbers(sink, rows);

	const onRow = (bytes: Uint8Array, row: RowFields) => {
		const rejection = rows.add(bytes, row);
		if (!rejection) return;
		if (rejections.length < REJECTIONS_TOLD) rejections.push(rejection);
		rejected.add(bytes, row, rejection);
	};
	const flush = async (isEnd: boolean) => {
		const csv = rejected.take();
		if (csv) {
			if (!isRejectedHeaderWritten)
				await sink.writeRejected(new TextEncoder().encode(rejectedHeader(header.names)));
			isRejectedHeaderWritten = true;
			await sink.writeRejected(csv);
		}
		if (rows.run.rows >= RUN_ROWS || (isEnd && rows.run.rows > 0)) {
			await numbers.update();
			await sink.writeSegments(rows.run.finish(numbers));
		}
	};
	const afterSlice = async (bytesDone: number) => {
		await flush(false);
		onSlice({ bytesDone, accepted: rows.accepted, rejected: rows.rejected });
	};

	const hasher = await createSliceHasher();
	const plain = await readPlainRows(
		signal,
		source,
		{ offset: bodyStart, line: bodyLine, delimiter },
		hasher,
		onRow,
		afterSlice
	);
	if (plain.oddRow) await readOddRows(signal, source, { ...plain.oddRow, delimiter }, onRow, afterSlice);
	await flush(true);
	return {
		fingerprint: combineHashes(hasher, source.byteLength, plain.hashes),
		accepted: rows.accepted,
		rejected: rows.rejected,
		rejections,
		unknownColumns: header.unknown,
		firstMs: rows.firstMs,
		lastMs: rows.lastMs,
		claims: rows.claims.finish(numbers.pins),
		parser: plain.oddRow ? 'papaparse' : 'bytes'
	};
}

/**
 * Reads rows with our own tokenizer, and hashes the file's slices on the way. Stops at the first row that is not plain,
 * and says where; hashes of all slices come back in any case.
 */
async function readPlainRows(
	signal: AbortSignal,
	source: ByteSource,
	from: { readonly offset: number; readonly line: number; readonly delimiter: number },
	hasher: SliceHasher,
	onRow: (bytes: Uint8Array, row: RowFields) => void,
	afterSlice: (bytesDone: number) => Promise<void>
): Promise<{ hashes: readonly string[]; oddRow: { offset: number; line: number } | null }> {
	const tokenizer = new RowTokenizer(from.delimiter, from.line);
	const take = () => (onRow(buffer, tokenizer), true);
	const hashes: string[] = [];
	const readSlice = (start: number) => source.slice(start, Math.min(start + SLICE_BYTES, source.byteLength));
	let buffer = new Uint8Array(0);
	let carried = 0; // bytes of an unfinished row, at the start of the buffer
	let oddRow: { offset: number; line: number } | null = null;

	let next = readSlice(0);
	for (let start = 0; start < source.byteLength; start += SLICE_BYTES) {
		const slice = await next;
		signal.throwIfAborted();
		const end = start + slice.length;
		const isLast = end === source.byteLength;
		if (!isLast) {
			next = readSlice(end); // is read while this one is worked on
			next.catch(() => undefined); // if it fails, that is met when it is awaited, or no longer matters
		}
		hashes.push(hasher.hash(slice));
		if (oddRow) continue;

		const length = carried + slice.length;
		if (buffer.length <= length) {
			const larger = new Uint8Array(length + 1);
			larger.set(buffer.subarray(0, carried));
			buffer = larger;
		}
		buffer.set(slice, carried);
		const body = start === 0 ? from.offset : 0;
		const read = tokenizer.read(buffer, body, length, isLast, take);
		if (tokenizer.stopped === 'not_plain') {
			oddRow = { offset: start - carried + read, line: tokenizer.line };
			continue;
		}
		if (isLast && tokenizer.isQuoteOpen)
			throw new ProblemError({ code: 'unclosed_quote', line: tokenizer.line });
		carried = length - read;
		if (carried > MAX_ROW_BYTES) {
			const code = tokenizer.isQuoteOpen ? 'unclosed_quote' : 'row_too_long';
			throw new ProblemError({ code, line: tokenizer.line });
		}
		buffer.copyWithin(0, read, length);
		await afterSlice(end);
	}
	return { hashes, oddRow };
}

/** The workspace's numbers of what a file's rows have numbered for themselves; grows as the file is read. */
class Numbers {
	pins = new Uint32Array(0);
	users = new Uint32Array(0);
	accounts = new Uint32Array(0);
	readonly #sink: BatchSink;
	readonly #rows: EventRows;

	constructor(sink: BatchSink, rows: EventRows) {
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
