import { MAX_ACCOUNTS } from '../model/event';
import { ProblemError, type Rejection } from '../model/problem';
import type { PinClaims } from '../columns/pin-claims';
import type { ByteSource } from './byte-source';
import { HEAD_BYTES, detectDialect, type Dialect } from './detect';
import { SLICE_BYTES, combineHashes, createSliceHasher } from './fingerprint';
import { REJECTIONS_TOLD, type PartProgress, type PartRange, type PartResult } from './part';

/** Reads the parts of one file, each into its place of a batch that is not live yet. */
export interface PartReader {
	/** How many parts can be read side by side. */
	readonly parallel: number;
	/** Reads a part (part.ts); `part` is its place in the file, from 0. */
	read(
		signal: AbortSignal,
		part: number,
		dialect: Dialect,
		range: PartRange,
		onSlice: (progress: PartProgress) => void
	): Promise<PartResult>;
	/** Throws away what part `part` and those after it have written. */
	discardFrom(part: number): Promise<void>;
	/** Accounts that have a number by now. */
	accountCount(): number;
}

export interface EventFileResult {
	readonly fingerprint: string;
	/** The names of the file's columns. */
	readonly columns: readonly string[];
	readonly unknownColumns: readonly string[];
	readonly accepted: number;
	readonly rejected: number;
	readonly rejections: readonly Rejection[];
	/** Infinity and -Infinity where no row was accepted. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly parts: readonly FilePart[];
	readonly parser: 'bytes' | 'papaparse';
}

/** What is kept of each part. */
export interface FilePart {
	/** The physical line that it starts on, from 1. */
	readonly firstLine: number;
	readonly claims: PinClaims;
}

/** A part is worth a worker of its own from this size on. */
const PART_SLICES = 2;

/**
 * Reads an event file as delimited text.
 * @throws ProblemError where the file is not an event file or cannot be read to its end; AbortError on abort. What was
 * written until then is to be thrown away.
 */
export async function importEventFile(
	signal: AbortSignal,
	source: ByteSource,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void
): Promise<EventFileResult> {
	const head = await source.slice(0, Math.min(HEAD_BYTES, source.byteLength));
	const found = detectDialect(head, head.length === source.byteLength);
	if ('problem' in found) throw new ProblemError(found.problem);
	const { dialect } = found;

	const accountsBefore = reader.accountCount();
	let results = await readParts(signal, source, dialect, reader, reader.parallel, onSlice);
	if (results.length > 1 && reader.accountCount() > MAX_ACCOUNTS && accountsBefore < MAX_ACCOUNTS) {
		// Which accounts are too many is a matter of their order in the file: one part has to see them all.
		await reader.discardFrom(0);
		results = await readParts(signal, source, dialect, reader, 1, onSlice);
	}

	const hasher = await createSliceHasher();
	const firstLines = results.map(() => 0);
	results.forEach((_, k) => {
		const before = results[k - 1];
		firstLines[k] = before ? firstLines[k - 1]! + before.lines : dialect.bodyLine;
	});
	return {
		fingerprint: combineHashes(
			hasher,
			source.byteLength,
			results.flatMap(({ hashes }) => hashes)
		),
		columns: dialect.header.names,
		unknownColumns: dialect.header.unknown,
		accepted: results.reduce((sum, { accepted }) => sum + accepted, 0),
		rejected: results.reduce((sum, { rejected }) => sum + rejected, 0),
		rejections: results
			.flatMap(({ rejections }, k) => rejections.map((r) => ({ ...r, line: r.line + firstLines[k]! })))
			.slice(0, REJECTIONS_TOLD),
		firstMs: Math.min(...results.map(({ firstMs }) => firstMs)),
		lastMs: Math.max(...results.map(({ lastMs }) => lastMs)),
		parts: results.map(({ claims }, k) => ({ firstLine: firstLines[k]!, claims })),
		parser: results.some(({ stopped }) => stopped === 'odd') ? 'papaparse' : 'bytes'
	};
}

/** Reads all rows of a file, in as many parts as are worth it, and makes sure that none is read twice or left out. */
async function readParts(
	signal: AbortSignal,
	source: ByteSource,
	dialect: Dialect,
	reader: PartReader,
	parallel: number,
	onSlice: (progress: PartProgress) => void
): Promise<PartResult[]> {
	const progress: PartProgress[] = [];
	const tell = (part: number) => (told: PartProgress) => {
		progress[part] = told;
		onSlice(addUp(progress));
	};
	const guesses = await readAll(
		signal,
		cutParts(source.byteLength, dialect.bodyStart, parallel),
		(own, range, part) => reader.read(own, part, dialect, range, tell(part))
	);
	const [first, ...others] = guesses as [PartResult, ...PartResult[]];

	// A part guessed right where its first row is the first that the part before it left.
	const parts = [first];
	for (const part of others) {
		const before = parts.at(-1)!;
		if (before.stopped !== 'end' || part.firstRow !== before.nextRow) break;
		parts.push(part);
	}
	progress.length = parts.length;

	// What was not read, or from a wrong guess, is read by one reader from where the rest ends.
	for (;;) {
		const { stopped, nextRow } = parts.at(-1)!;
		if (stopped === 'unclosed_quote' || stopped === 'row_too_long') {
			const line = parts.reduce((sum, { lines }) => sum + lines, dialect.bodyLine);
			throw new ProblemError({ code: stopped, line });
		}
		if (stopped === 'end' && nextRow >= source.byteLength) break;
		await reader.discardFrom(parts.length);
		const range = {
			start: nextRow,
			end: source.byteLength,
			firstRow: nextRow,
			isOdd: stopped === 'odd',
			isHashed: false
		};
		parts.push(await reader.read(signal, parts.length, dialect, range, tell(parts.length)));
	}
	const hashes = guesses.flatMap((part) => part.hashes);
	return parts.map((part, k) => ({ ...part, hashes: k === 0 ? hashes : [] }));
}

/** Cuts a file into parts on the borders of slices. */
function cutParts(byteLength: number, bodyStart: number, parallel: number): PartRange[] {
	const slices = Math.ceil(byteLength / SLICE_BYTES);
	const count = Math.max(1, Math.min(parallel, Math.floor(slices / PART_SLICES)));
	const border = (part: number) => Math.min(Math.round((slices * part) / count) * SLICE_BYTES, byteLength);
	return Array.from({ length: count }, (_, part) => ({
		start: border(part),
		end: border(part + 1),
		firstRow: part === 0 ? bodyStart : null,
		isOdd: false,
		isHashed: true
	}));
}

/** Runs all side by side; when one fails, stops the others, and fails once all have come to rest. */
async function readAll(
	signal: AbortSignal,
	ranges: readonly PartRange[],
	read: (signal: AbortSignal, range: PartRange, part: number) => Promise<PartResult>
): Promise<PartResult[]> {
	const controller = new AbortController();
	const abort = () => controller.abort(signal.reason);
	signal.throwIfAborted();
	signal.addEventListener('abort', abort);
	try {
		const reading = ranges.map((range, part) => read(controller.signal, range, part));
		for (const part of reading) part.catch((reason) => controller.abort(reason));
		await Promise.allSettled(reading);
		return await Promise.all(reading);
	} finally {
		signal.removeEventListener('abort', abort);
	}
}

function addUp(progress: readonly PartProgress[]): PartProgress {
	const sum = { bytesDone: 0, accepted: 0, rejected: 0 };
	for (const part of progress) {
		sum.bytesDone += part?.bytesDone ?? 0;
		sum.accepted += part?.accepted ?? 0;
		sum.rejected += part?.rejected ?? 0;
	}
	return sum;
}
