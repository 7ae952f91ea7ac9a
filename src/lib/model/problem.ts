import type { EventColumn } from './event';

/**
 * What can go wrong with what people bring: values, not exceptions. Each has a code and the facts that its sentence
 * needs; the sentences stand in i18n.
 */
export type Problem =
	/** The header lacks needed columns. `found` are the names that the file does have. */
	| {
			readonly code: 'missing_columns';
			readonly missing: readonly string[];
			readonly found: readonly string[];
	  }
	| { readonly code: 'duplicate_column'; readonly column: string }
	| { readonly code: 'empty_file' }
	/** Not text at all, such as a picture. */
	| { readonly code: 'not_text' }
	/** The file could not be read from disk (moved, changed or forbidden since it was picked). */
	| { readonly code: 'unreadable_file' }
	/** A quoted field that never ends, or a single field larger than can be held. */
	| { readonly code: 'unclosed_quote'; readonly line: number }
	| { readonly code: 'row_too_long'; readonly line: number }
	| { readonly code: 'storage_full' }
	| { readonly code: 'storage_refused' }
	/** A sum beyond 2^53, which cannot be shown exactly. */
	| { readonly code: 'figure_too_large' }
	/** A stored part that cannot be read. */
	| { readonly code: 'damaged_data' }
	/** The program's own failure; `detail` is for a bug report. */
	| { readonly code: 'unexpected'; readonly detail: string };

export type ProblemCode = Problem['code'];

/** A Problem on its way through code that cannot return it. The one exception that bad data may raise. */
export class ProblemError extends Error {
	readonly problem: Problem;

	constructor(problem: Problem) {
		super(problem.code);
		this.name = 'ProblemError';
		this.problem = problem;
	}
}

/** The problem that a caught value stands for. */
export function problemOf(error: unknown): Problem {
	if (error instanceof ProblemError) return error.problem;
	for (let cause = error; cause instanceof Error; cause = 'inner' in cause ? cause.inner : cause.cause) {
		if (cause.name === 'QuotaExceededError') return { code: 'storage_full' };
		if (cause.name === 'NotReadableError' || cause.name === 'NotFoundError')
			return { code: 'unreadable_file' };
		if (cause.name === 'OpenFailedError' || cause.name === 'MissingAPIError')
			return { code: 'storage_refused' };
	}
	return {
		code: 'unexpected',
		detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error)
	};
}

/** Why a row was rejected. */
export const REJECT_REASONS = [
	'missing_value',
	'not_a_time',
	'year_out_of_range',
	'unknown_value',
	'not_a_number',
	'not_a_whole_number',
	'out_of_range',
	'too_many_fields',
	'too_many_accounts'
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A row that could not be read. */
export interface Rejection {
	/** The physical line that the row starts on, from 1. */
	readonly line: number;
	/** The column at fault; null where it is the row as a whole. */
	readonly column: EventColumn | null;
	readonly reason: RejectReason;
	/** The cell's text, cut to a length that can be shown. */
	readonly value: string;
}
