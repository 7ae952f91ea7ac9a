import type { OwnCsvKind } from './own-words';
import type { DaySpan } from './reported';
import type { ExportKind, Query } from './query';

/** What the Export menu offers: each CSV, all of them together (as an archive, as a workbook), and the chart as a picture. */
export type ExportChoice = ExportKind | 'everything' | 'workbook' | 'chart';

/** What a workbook says in the language of its reader. */
export interface WorkbookWords {
	/** The names of its sheets. */
	readonly sheets: Readonly<Record<ExportKind | OwnCsvKind | 'filters', string>>;
	/** What its figures are of, by name. */
	readonly filters: readonly (readonly [name: string, value: string])[];
	/** What stands there where events are left out. */
	readonly tooManyEvents: string;
}

/** What is to be written as a workbook. */
export interface WorkbookRequest {
	readonly kinds: readonly ExportKind[];
	readonly query: Query;
	/** The days that its figures are beside; null for none. */
	readonly compared: DaySpan | null;
	readonly words: WorkbookWords;
}

/** How far a workbook is: the table that is being written, and how much of it is, from 0 to 1 or null. */
export interface WorkbookProgress {
	readonly kind: ExportKind;
	readonly fraction: number | null;
}

/** Events that a workbook holds: those that one sheet has room for. No spreadsheet program opens more in useful time. */
export const MOST_WORKBOOK_EVENTS = 1_048_575;

/** An export that was made, and all it takes to make it again. */
export interface MadeExport {
	readonly what: ExportChoice;
	/** Route of the page that it was made on. */
	readonly route: string;
	/** Query part of the page's address, with the days written out: what was exported does not move with the data. */
	readonly search: string;
	readonly file: string;
	readonly madeAt: number;
}

/** Older ones are forgotten. */
export const MAX_MADE_EXPORTS = 200;

/** A file of an export. */
export interface ExportFile {
	readonly blob: Blob;
	/** The days that its rows are of, where these are not the query's (answer.ts, Top.period). */
	readonly days: DaySpan | null;
}
