import { ProblemError } from '../../model/problem';
import type { ByteSource } from '../byte-source';
import { NEEDED_COLUMNS } from '../../model/event';
import { detectDialect, type Dialect } from '../detect';
import { neededNames } from '../header';
import { findHeader } from '../tables/delimited-table';
import { SLICE_BYTES, combineHashes, sliceHasher } from '../fingerprint';
import type { PartProgress, PartRange, PartResult } from '../part';
import { withOwnColumns } from '../own-header';
import { isCrowded, type PartReader } from '../part-reader';
import { PartsProgress, readTogether } from '../parts-together';
import type { EventFormat } from './format';

/** Rows of fields between commas, tabs, semicolons or bars, under a header. */
export const delimited: EventFormat = {
	gives: 'events',
	score: ({ bytes, isWhole, text }) => {
		if (/^\s*[[{<]/.test(text)) return 0.05;
		const header = findHeader(bytes, isWhole);
		const needed = header ? neededNames(header.names) : 0;
		return needed === NEEDED_COLUMNS.length ? 0.95 : needed === 2 ? 0.6 : 0.1;
	},
	read: async (signal, { source, head }, reader, onSlice) => {
		const found = detectDialect(head.bytes, head.isWhole);
		if ('problem' in found) {
			const isJson = /^\s*[[{]/.test(head.text) && found.problem.code === 'missing_columns';
			throw new ProblemError(isJson ? { code: 'unknown_json' } : found.problem);
		}
		const dialect = { ...found.dialect, header: withOwnColumns(found.dialect.header, reader.own) };
		const { header, delimiter, bodyLine } = dialect;
		const parts = await readAllRows(signal, source, dialect, reader, onSlice);

		const hasher = await sliceHasher();
		const firstLines = parts.map(() => 0);
		parts.forEach((_, k) => {
			const before = parts[k - 1];
			firstLines[k] = before ? firstLines[k - 1]! + before.lines : bodyLine;
		});
		return {
			format: NAMES[String.fromCharCode(delimiter)] ?? 'csv',
			header,
			unknownColumns: header.unknown,
			parts,
			firstLines,
			fingerprint: combineHashes(
				hasher,
				source.byteLength,
				parts.flatMap(({ hashes }) => hashes)
			),
			parser: parts.some(({ stopped }) => stopped === 'odd') ? 'papaparse' : 'bytes'
		};
	}
};

const NAMES: Readonly<Record<string, 'csv' | 'tsv' | 'semicolons' | 'bars'>> = {
	',': 'csv',
	'\t': 'tsv',
	';': 'semicolons',
	'|': 'bars'
};

/** A part is worth a worker of its own from this size on. */
const PART_SLICES = 2;

async function readAllRows(
	signal: AbortSignal,
	source: ByteSource,
	dialect: Dialect,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void
): Promise<PartResult[]> {
	const parallel = source.byteLength === Infinity ? 1 : reader.parallel;
	const before = reader.openLists();
	const parts = await readParts(signal, source, dialect, reader, parallel, onSlice);
	if (parts.length === 1 || !isCrowded(before, reader.openLists())) return parts;
	// Which values are too many is a matter of their order in the file: one part has to see them all.
	await reader.discardFrom(0);
	return readParts(signal, source, dialect, reader, 1, onSlice);
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
	const progress = new PartsProgress(onSlice);
	const ranges = cutParts(source.byteLength, dialect.bodyStart, parallel);
	const guesses = await readTogether(signal, ranges, (own, range, part) =>
		reader.read(own, source, part, dialect, range, progress.of(part))
	);
	const [first, ...others] = guesses as [PartResult, ...PartResult[]];

	// A part guessed right where its first row is the first that the part before it left.
	const parts = [first];
	for (const part of others) {
		const before = parts.at(-1)!;
		if (before.stopped !== 'end' || part.firstRow !== before.nextRow) break;
		parts.push(part);
	}
	progress.keep(parts.length);

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
		parts.push(await reader.read(signal, source, parts.length, dialect, range, progress.of(parts.length)));
	}
	const hashes = guesses.flatMap((part) => part.hashes);
	return parts.map((part, k) => ({ ...part, hashes: k === 0 ? hashes : [] }));
}

/** Cuts a file into parts on the borders of slices; a stream, whose length is not known yet, is one part. */
function cutParts(byteLength: number, bodyStart: number, parallel: number): PartRange[] {
	if (byteLength === Infinity) {
		return [{ start: 0, end: Infinity, firstRow: bodyStart, isOdd: false, isHashed: true }];
	}
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
