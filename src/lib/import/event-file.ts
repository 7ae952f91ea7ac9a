import { MOST_OFFERED_VALUES } from '../model/event';
import type { Encoding, FormatName, OfferedColumn } from '../model/import-report';
import type { Rejection } from '../model/problem';
import { Dictionary } from '../columns/dictionary';
import { MAX_OWN_COLUMNS } from '../columns/own-columns';
import type { PinClaims } from '../columns/pin-claims';
import type { Header } from './header';
import { isUtf8Throughout, mayBeBadText } from './encoding/bad-text';
import type { EventsRead } from './formats/format';
import { REJECTIONS_TOLD, type PartProgress, type PartResult } from './part';
import type { PartReader } from './part-reader';
import { openFile, type OpenedFile } from './text-file';

/** What a file of events came to. */
export interface EventFileResult {
	readonly format: FormatName;
	/** How its text was written; null for what is no text. */
	readonly encoding: Encoding | null;
	/** Of the file's own bytes, unpacked. */
	readonly fingerprint: string;
	/** How many those are. */
	readonly byteLength: number;
	/** The names of the file's columns. */
	readonly columns: readonly string[];
	readonly unknownColumns: readonly string[];
	/** Names of columns of one's own that were kept, and others that could be, with how many values they have. */
	readonly own: readonly string[];
	readonly offered: readonly OfferedColumn[];
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

/**
 * Reads a file of events, whatever its format and encoding.
 * @throws ProblemError where the file cannot be read to its end; AbortError on abort. What was written until then is to
 * be thrown away.
 */
export async function readEvents(
	signal: AbortSignal,
	file: OpenedFile,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void
): Promise<EventFileResult> {
	const { format } = file;
	if (format.gives !== 'events') throw new Error('a file of reported figures is not for this reader');
	const read = await format.read(signal, file, reader, onSlice);
	if (file.encoding === 'utf-8' && (await holdsBadText(signal, file, reader, read))) {
		const again = await openFile(file.source, 'windows-1252');
		// Names of columns that only make sense as UTF-8 make the file UTF-8, with a text in it that is cut.
		if (again.format.gives === 'events') {
			await reader.discardFrom(0);
			return readEvents(signal, again, reader, onSlice);
		}
	}
	const { parts, firstLines, header } = read;
	return {
		format: read.format,
		encoding: file.encoding,
		fingerprint: file.fingerprint?.() ?? read.fingerprint,
		byteLength: file.rawLength?.() ?? file.source.byteLength,
		columns: header.names,
		unknownColumns: read.unknownColumns,
		own: (header.own ?? []).map(({ name }) => name),
		offered: offeredIn(header, parts),
		accepted: parts.reduce((sum, { accepted }) => sum + accepted, 0),
		rejected: parts.reduce((sum, { rejected }) => sum + rejected, 0),
		rejections: parts
			.flatMap(({ rejections }, k) => rejections.map((r) => ({ ...r, line: r.line + firstLines[k]! })))
			.slice(0, REJECTIONS_TOLD),
		firstMs: Math.min(...parts.map(({ firstMs }) => firstMs)),
		lastMs: Math.max(...parts.map(({ lastMs }) => lastMs)),
		parts: parts.map(({ claims }, k) => ({ firstLine: firstLines[k]!, claims })),
		parser: read.parser
	};
}

/** The first columns that could be kept: those with few values over all parts, and at least one. */
function offeredIn({ own = [], offered = [] }: Header, parts: readonly PartResult[]): OfferedColumn[] {
	const found: OfferedColumn[] = [];
	offered.forEach(({ name }, c) => {
		const values = new Dictionary();
		const isFew = parts.every((part) => {
			const block = part.offered[c];
			if (block) values.internBlock(block);
			return block !== null && values.size <= MOST_OFFERED_VALUES;
		});
		if (isFew && values.size > 0) found.push({ name, values: values.size });
	});
	return found.slice(0, MAX_OWN_COLUMNS - own.length);
}

/** Whether a file that was taken for UTF-8 is none. */
async function holdsBadText(
	signal: AbortSignal,
	{ source }: OpenedFile,
	reader: PartReader,
	{ parts }: EventsRead
): Promise<boolean> {
	const isSuspect =
		reader.hasBadText ||
		parts.some(
			({ claims, rejections }) =>
				mayBeBadText(claims.texts) || rejections.some(({ value }) => value.includes('\uFFFD'))
		);
	return isSuspect && !(await isUtf8Throughout(signal, source));
}
