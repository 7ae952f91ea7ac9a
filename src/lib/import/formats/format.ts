import type { ReportContents } from '../../columns/report-contents';
import type { ByteSource } from '../byte-source';
import type { Header } from '../header';
import type { PartProgress, PartResult } from '../part';
import type { PartReader } from '../part-reader';
import type { ColumnReport, FileAnswers, FormatName, ReportName } from '../../model/import-report';
import type { Mapping } from '../../model/mapping';

/**
 * What every file format implements. Formats are distinguished by what a file holds, never by its name; a new one is one
 * new file in this folder and one line in all-formats.ts.
 */
export type Format = EventFormat | ReportFormat;

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
	/** How sure it is that a file is its own, from 0 (not at all) to 1: the surest format reads the file. */
	score(head: Head): number;
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

/** A format of what somebody else has added up, or of names: a platform's export, an API's answer, any table. */
export interface ReportFormat {
	readonly gives: 'report';
	readonly name: ReportName;
	score(head: Head): number;
	/** @throws ProblemError where the file is not of the kind that its start shows; AbortError on abort */
	read(signal: AbortSignal, file: FileToRead, context: ReportContext): Promise<ReportRead>;
}

/** What is known of a report beside its bytes. */
export interface ReportContext {
	/** The file's name; that of an entry or sheet for what came in an archive or workbook. */
	readonly file: string;
	/** When the file was last changed, in milliseconds since 1970; null where that is not known. */
	readonly modifiedMs: number | null;
	/** When the import began, in milliseconds since 1970. */
	readonly importedAtMs: number;
	/** Reads pages of the downloaded archive (archive/read-archive.ts), in a worker that only they need. */
	readonly readArchive: (signal: AbortSignal, source: ByteSource) => Promise<ReportContents>;
	/** What the user said of the file. */
	readonly answers: FileAnswers;
	/** The mapping that was kept for tables with this header (read-tables.ts); null where there is none. */
	readonly savedMapping: (signature: string) => Promise<Mapping | null>;
}

/** What reading a report came to: its contents, or what is needed first. */
export type ReportRead =
	| {
			readonly outcome: 'read';
			readonly contents: ReportContents;
			/** Of tables, how each column was read. */
			readonly columns: readonly ColumnReport[];
	  }
	| { readonly outcome: 'needs_days' | 'needs_pin' | 'needs_mapping' };

/** Rises whenever reports are read more fully: a known file that an earlier reader has read may be imported again. */
export const READER_VERSION = 1;

/** No answers: a file is read by what it says itself. */
export const NO_ANSWERS: FileAnswers = { days: null, pinId: null, mapping: null };
