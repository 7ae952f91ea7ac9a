import type { ReportContents } from '../../columns/report-contents';
import type { ByteSource } from '../byte-source';
import type { Header } from '../header';
import type { PartProgress, PartResult } from '../part';
import type { PartReader } from '../part-reader';
import type { FormatName, ReportName } from '../../model/import-report';

/**
 * What every file format implements. Formats are told apart by what a file holds, never by its name; a new one is one
 * new file in this folder and one line in all-formats.ts.
 */
export type Format = EventFormat | FactFormat;

/** What a format is recognised by: the start of a file, in UTF-8 whatever the file is written in. */
export interface Head {
	readonly bytes: Uint8Array;
	/** The same as text, without a byte order mark. */
	readonly text: string;
	/** Whether this is the whole file. */
	readonly isWhole: boolean;
}

/** A format whose rows are events. They are read as a stream, into parts of a batch that is not live yet. */
export interface EventFormat {
	readonly gives: 'events';
	recognises(head: Head): boolean;
	/** @throws ProblemError where the file cannot be read to its end; AbortError on abort */
	read(
		signal: AbortSignal,
		file: FileToRead,
		reader: PartReader,
		onSlice: (progress: PartProgress) => void
	): Promise<EventsRead>;
}

export interface FileToRead {
	/** The file's bytes: UTF-8 where it is text. */
	readonly source: ByteSource;
	readonly head: Head;
}

/** What the rows of an event file came to. */
export interface EventsRead {
	readonly format: FormatName;
	readonly header: Header;
	/** Columns that were kept out. */
	readonly unknownColumns: readonly string[];
	readonly parts: readonly PartResult[];
	/** The line or row that each part starts on, from 1. */
	readonly firstLines: readonly number[];
	/** Of the bytes of `source` (fingerprint.ts). */
	readonly fingerprint: string;
	readonly parser: 'bytes' | 'papaparse';
}

/**
 * A format whose figures somebody else has added up: a platform's export, an API's answer. Such files are small: they
 * are read whole.
 */
export interface FactFormat {
	readonly gives: 'facts';
	readonly name: ReportName;
	recognises(head: Head): boolean;
	/** @throws ProblemError where the text is not what its start promised */
	read(text: string, context: FactContext): ReportContents;
}

export interface FactContext {
	/** The file's name; that of an entry for what came in an archive. */
	readonly file: string;
	/** When the file was last changed, in milliseconds since 1970; null where that is not known. */
	readonly modifiedMs: number | null;
	/** When the import began, in milliseconds since 1970. */
	readonly importedAtMs: number;
}
