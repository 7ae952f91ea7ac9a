import type { Day } from './calendar';

/** What can be done about a batch of events on days of which an earlier batch holds events too. */

export const SAME_DAYS_CHOICES = [
	/** All rows count: what happens unless something is chosen. */
	'add_all',
	/** Its rows that equal one of an earlier batch do not count. */
	'leave_out',
	/** Of the days that it holds, no row of an earlier batch counts. */
	'replace'
] as const;
export type SameDaysChoice = (typeof SAME_DAYS_CHOICES)[number];

/** How a batch meets the ones before it. */
export interface OverlapReport {
	/** The days (UTC) that both it and an earlier batch hold. */
	readonly days: readonly OverlapDay[];
	/** Its rows, on whatever day. */
	readonly rows: number;
	/** Over all days. */
	readonly equal: number;
	readonly earlier: number;
}

/** A day of a batch on which an earlier batch holds events too. */
export interface OverlapDay {
	readonly day: Day;
	/** Rows of the batch on that day. */
	readonly rows: number;
	/** Those of them that equal a row of an earlier batch, each of which is the equal of one row at most. */
	readonly equal: number;
	/** Rows that earlier batches count on that day. */
	readonly earlier: number;
}
