import { COUNTS, FIGURE_IDS, type Count, type FigureId } from '../model/figures';
import { ProblemError } from '../model/problem';
import type { Sql } from './sql';

/** What a host answers, cell by cell. Whole numbers of 64 bits come as texts or as numbers, as the server is set. */

export type Row = readonly unknown[];

export interface HostRows {
	readonly rows: readonly Row[];
	/** Of a statement WITH TOTALS: the row of everything. */
	readonly totals: Row | null;
}

/** One question, answered. What cannot be answered rejects with ProblemError. */
export type Ask = (question: Sql) => Promise<HostRows>;

/**
 * A whole number.
 * @throws ProblemError figure_too_large beyond 2^53, where it would not be exact
 */
export function numberCell(row: Row, at: number): number {
	const cell = row[at];
	const number = typeof cell === 'string' && cell !== '' ? Number(cell) : cell;
	if (typeof number !== 'number' || Number.isNaN(number)) throw unexpected(at, cell);
	if (Math.abs(number) > Number.MAX_SAFE_INTEGER) throw new ProblemError({ code: 'figure_too_large' });
	return number;
}

export function textCell(row: Row, at: number): string {
	const cell = row[at];
	if (typeof cell !== 'string') throw unexpected(at, cell);
	return cell;
}

function unexpected(at: number, cell: unknown): ProblemError {
	return new ProblemError({ code: 'host_failed', detail: `cell ${at} is ${JSON.stringify(cell)}` });
}

/** All figures, from the cells of FIGURES, which begin at `at`. */
export function figuresIn(row: Row, at: number): Record<FigureId, number> {
	return numbersIn(row, at, FIGURE_IDS);
}

/** The counts, from the cells of COUNT_FIGURES, which begin at `at`. */
export function countsIn(row: Row, at: number): Record<Count, number> {
	return numbersIn(row, at, COUNTS);
}

function numbersIn<Id extends string>(row: Row, at: number, ids: readonly Id[]): Record<Id, number> {
	return Object.fromEntries(ids.map((id, i) => [id, numberCell(row, at + i)])) as Record<Id, number>;
}
