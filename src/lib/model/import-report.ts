import type { Mapping } from './mapping';
import type { Problem, Rejection } from './problem';
import type { DaySpan } from './reported';
import type { SameDaysChoice } from './same-days';

/** What an import reports while it runs and when it is over. */

/** How far an import is, over all of its files. */
export interface ImportProgress {
	/** Name of the file being read. */
	readonly file: string;
	/** Files that are finished, of `files`. */
	readonly filesDone: number;
	readonly files: number;
	/** Bytes over all files. */
	readonly bytesDone: number;
	readonly bytes: number;
	/** Rows over all files of this run so far. */
	readonly accepted: number;
	readonly rejected: number;
	/** Set while another tab is writing, and this import waits for it. */
	readonly isWaiting?: boolean;
}

/** What a file is called by what it holds. */
export type ReportKind = 'figures' | 'levels' | 'insights' | 'directory' | 'labels';
export type FileKind = 'events' | ReportKind;

/** What a file of events was written as. */
export type FormatName = 'csv' | 'tsv' | 'semicolons' | 'bars' | 'ndjson' | 'json' | 'parquet';

/** Whose report a file of reported figures is. */
export type ReportName =
	| 'overview_export'
	| 'api_account'
	| 'api_top_pins'
	| 'api_pin'
	| 'ads_report'
	| 'mapped_table'
	| 'table'
	| 'audience_insights'
	| 'label_list'
	| 'pins_archive';

/** How a file's text was written. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/**
 * What became of a file. One that needs something can be read but for that: the days that its figures cover, the Pin
 * that they are about, or what its columns are. Nothing of it is stored until the user has said so.
 */
export type FileOutcome =
	'imported' | 'already_there' | 'failed' | 'cancelled' | 'needs_days' | 'needs_pin' | 'needs_mapping';

/** What the user says of a file that could not be read without it; null where it was not needed. */
export interface FileAnswers {
	readonly days: DaySpan | null;
	readonly pinId: string | null;
	readonly mapping: Mapping | null;
	/** Headers of columns to keep as columns of one's own; none where it is not set. */
	readonly own?: readonly string[];
}

/** A column of an event file that can be kept as one of one's own. */
export interface OfferedColumn {
	/** Its header as the file has it. */
	readonly name: string;
	/** How many different values it has in the file; an empty cell is none. */
	readonly values: number;
}

/** How a column of a table was read; the role is '' where it was left out. */
export interface ColumnReport {
	readonly name: string;
	readonly role: string;
}

/** Figures of an earlier import that this one replaced by others. */
export interface Replaced {
	readonly file: string;
	/** How many figures are now different. */
	readonly figures: number;
}

/** What became of one file of an import. */
export interface FileReport {
	readonly file: string;
	/** Place of what was handed over and holds it, among all that was: a file, or an archive of files. */
	readonly source: number;
	readonly outcome: FileOutcome;
	/** What it holds; null where it was not imported. */
	readonly kind: FileKind | null;
	/** Of tables of figures, how each column was read. */
	readonly columnsRead: readonly ColumnReport[];
	readonly replaced: readonly Replaced[];
	/** The business accounts that its figures name; '' stands for figures that name none. */
	readonly profiles: readonly string[];
	/** Set where the outcome is `failed`. */
	readonly problem: Problem | null;
	/** The batch made, or the batch that holds the same bytes already. */
	readonly batchId: number | null;
	/** How the file was written, and its text; null where it was not read, or is no text. */
	readonly format: FormatName | ReportName | null;
	readonly encoding: Encoding | null;
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejected rows; the batch keeps them all. */
	readonly rejections: readonly Rejection[];
	/** Columns of the file that were kept out. */
	readonly unknownColumns: readonly string[];
	/** Names of columns of one's own that were kept, and columns that could be. */
	readonly own: readonly string[];
	readonly offered: readonly OfferedColumn[];
	/** First and last event, in milliseconds since 1970; null where no row was accepted. */
	readonly firstMs: number | null;
	readonly lastMs: number | null;
	/** The days that a file of reported figures is about; null for files of events. */
	readonly reportedDays: DaySpan | null;
	/** Pins that were not known before. */
	readonly newPins: number;
	/** Whether an earlier batch holds events in the same stretch of days, so that figures add up unless it is chosen otherwise. */
	readonly overlaps: boolean;
	/** Whether it took the place of an earlier import of the same bytes that could no longer be read. */
	readonly mends: boolean;
	/** Which parser read it: our own, or PapaParse for what ours does not take. */
	readonly parser: 'bytes' | 'papaparse';
}

/** What became of an import. */
export interface ImportReport {
	readonly outcome: 'done' | 'failed' | 'cancelled';
	readonly files: readonly FileReport[];
	readonly accepted: number;
	readonly rejected: number;
	readonly elapsedMs: number;
}

/** One import of one file, as the Data page lists it. */
export interface BatchSummary {
	readonly id: number;
	readonly file: string;
	readonly importedAt: number;
	/** Made by the sample generator rather than brought by the user. */
	readonly isSample: boolean;
	readonly accepted: number;
	readonly rejected: number;
	readonly firstMs: number | null;
	readonly lastMs: number | null;
	/** Of reported figures: whose they are, and the days that they are about. Null for events. */
	readonly report: {
		readonly name: ReportName;
		readonly kind: ReportKind;
		readonly days: DaySpan | null;
		/** The business account that the user named for figures that name none. */
		readonly profile: string;
		/** How many snapshots of audiences it holds, and whether any figure of ads. */
		readonly snapshots: number;
		readonly hasAds: boolean;
	} | null;
	/** Whether it holds events, and any event that is stored names a person. */
	readonly hasPeople: boolean;
	/** Accepted rows that do not count: since they equal rows of earlier imports, or a later one replaced their days. */
	readonly leftOut: number;
	readonly replaced: number;
	/** What was chosen for days that earlier imports hold too. */
	readonly sameDays: SameDaysChoice;
	/** Size of the file and of what is stored of it. */
	readonly fileBytes: number;
	readonly storedBytes: number;
}
