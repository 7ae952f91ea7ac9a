import type { DaySpan } from './reported';
import type { ExportKind } from './query';

/** What the Export menu offers: each CSV, all of them together, and the chart as a picture. */
export type ExportChoice = ExportKind | 'everything' | 'chart';

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
