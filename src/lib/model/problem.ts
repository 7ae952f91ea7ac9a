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
	/** A workbook of a kind that is not read here. */
	| { readonly code: 'spreadsheet' }
	/** A workbook that is cut off or damaged; one that holds more than can be held here. */
	| { readonly code: 'damaged_workbook' }
	| { readonly code: 'workbook_too_large' }
	/** Packed by a program whose files are not read here, or an archive more than one level down in another. */
	| { readonly code: 'unknown_archive' }
	| { readonly code: 'archive_in_archive' }
	| { readonly code: 'empty_archive' }
	/** Packed, and cut off or damaged. */
	| { readonly code: 'damaged_gzip' }
	| { readonly code: 'damaged_zip' }
	| { readonly code: 'damaged_zip_entry' }
	| { readonly code: 'zip_password' }
	/** It unpacks to so much more than it is that it was not read on. */
	| { readonly code: 'unpacks_too_far' }
	/** JSON that holds something else than what is known here. */
	| { readonly code: 'unknown_json' }
	/** JSON that ends too early, after `rows` whole rows, or goes wrong in row `row`. */
	| { readonly code: 'json_cut_off'; readonly rows: number }
	| { readonly code: 'json_broken'; readonly row: number }
	/** Parquet that was packed in a way that is not read here, or that is damaged. */
	| { readonly code: 'parquet_codec'; readonly codec: string }
	| { readonly code: 'damaged_parquet' }
	/** Parquet is read by a thread of its own, which cannot reach a database in another's memory. */
	| { readonly code: 'parquet_in_memory' }
	| { readonly code: 'too_many_columns'; readonly columns: number; readonly limit: number }
	/** A folder that holds no file, and files of a folder that could not be opened, by their paths there. */
	| { readonly code: 'empty_folder' }
	| { readonly code: 'unreadable_in_folder'; readonly files: readonly string[] }
	/** The file could not be read from disk (moved, changed or forbidden since it was picked). */
	| { readonly code: 'unreadable_file' }
	/** A quoted field that never ends, or a single field larger than can be held. */
	| { readonly code: 'unclosed_quote'; readonly line: number }
	| { readonly code: 'row_too_long'; readonly line: number }
	/** A JSON text that ends in the middle, or is not well formed. */
	| { readonly code: 'damaged_json' }
	/** Recognised as somebody's report, but with no metric that is known. `found` are the names that it does have. */
	| { readonly code: 'no_known_figures'; readonly found: readonly string[] }
	/** An answer about one Pin that does not say which. */
	| { readonly code: 'pin_not_named' }
	/** A list of totals that does not say over which days. */
	| { readonly code: 'days_not_named' }
	/** Audience insights of an audience that is none of the three known ones, or without a day that can be read. */
	| { readonly code: 'unknown_audience'; readonly audience: string }
	| { readonly code: 'insights_day'; readonly day: string }
	/** Audience insights without any section that is known. */
	| { readonly code: 'empty_insights' }
	/** A page of the "request your data" archive without Pins or boards, and HTML that is no page of it. */
	| { readonly code: 'archive_without_pins' }
	| { readonly code: 'other_html' }
	/** Recognised as a file that holds no figures of Pins: what people search for, Pins to be made, the health of a tag, */
	| { readonly code: 'trends_file' }
	| { readonly code: 'upload_list' }
	| { readonly code: 'tag_report' }
	/** boards of other people, visits of a website. */
	| { readonly code: 'other_boards' }
	| { readonly code: 'web_analytics' }
	/** A file that was picked to be written could not be: the disk is full, or the browser may not. */
	| { readonly code: 'file_not_written' }
	| { readonly code: 'storage_full' }
	| { readonly code: 'storage_refused' }
	/** What is stored belongs to a newer version of the app, or another tab has gone on to one. */
	| { readonly code: 'newer_version' }
	/** The browser has ended a worker in the middle of its work, often for want of memory. */
	| { readonly code: 'worker_ended' }
	/** A backup that is none, is of a later app, lacks bytes, or wants another passphrase. */
	| { readonly code: 'not_a_backup' }
	| { readonly code: 'backup_newer' }
	| { readonly code: 'backup_damaged' }
	| { readonly code: 'passphrase_needed' }
	| { readonly code: 'wrong_passphrase' }
	/** A file in a home folder that is none of it. */
	| { readonly code: 'not_a_home_file' }
	/** The folder was begun without a passphrase, and is to be used with one now. */
	| { readonly code: 'home_without_passphrase' }
	/** The home folder's disk takes no more; the folder is gone, or may not be used. */
	| { readonly code: 'home_full' }
	| { readonly code: 'home_gone' }
	| { readonly code: 'home_refused' }
	/** A batch of another copy would bring more accounts, or values of columns of one's own, than a workspace can hold. */
	| { readonly code: 'too_many_values' }
	/** Of a host that holds the events: nothing answers there that a page of this site may read. */
	| { readonly code: 'host_unreachable'; readonly host: string }
	/** It does not accept this name and password. */
	| { readonly code: 'host_refused'; readonly host: string }
	/** A server of its cluster does not answer, so there is no figure that holds everything. */
	| { readonly code: 'host_part_missing'; readonly host: string }
	| { readonly code: 'host_too_slow'; readonly host: string }
	| { readonly code: 'host_busy'; readonly host: string }
	/** There is no such table, or it is not one of events. */
	| { readonly code: 'host_wrong_table'; readonly host: string; readonly detail: string }
	/** It is set to answer with a part of the data where it cannot answer with all. */
	| { readonly code: 'host_answers_parts'; readonly settings: readonly string[] }
	| { readonly code: 'host_failed'; readonly detail: string }
	/** A sum beyond 2^53, which cannot be shown exactly. */
	| { readonly code: 'figure_too_large' }
	/** The address names a workspace that is not there. */
	| { readonly code: 'unknown_workspace'; readonly name: string }
	/** Stored parts that cannot be read; segments are named by batch and place. */
	| { readonly code: 'damaged_data'; readonly segments?: readonly (readonly [number, number])[] }
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

/** Errors of a browser that stores nothing here; the third is Chromium's where its user has forbidden it. */
const STORAGE_REFUSED = new Set(['OpenFailedError', 'MissingAPIError', 'UnknownError', 'SecurityError']);

/** The problem that a caught value stands for. */
export function problemOf(error: unknown): Problem {
	if (error instanceof ProblemError) return error.problem;
	for (let cause = error; cause instanceof Error; cause = 'inner' in cause ? cause.inner : cause.cause) {
		if (cause.name === 'QuotaExceededError') return { code: 'storage_full' };
		if (cause.name === 'NotReadableError' || cause.name === 'NotFoundError')
			return { code: 'unreadable_file' };
		if (STORAGE_REFUSED.has(cause.name)) return { code: 'storage_refused' };
		if (cause.name === 'VersionError') return { code: 'newer_version' };
	}
	// It was open, and had to make way for a newer version of itself.
	if (error instanceof Error && error.name === 'DatabaseClosedError') return { code: 'newer_version' };
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
	'not_an_object',
	'not_a_single_value',
	'rounded',
	'spoilt_id',
	'too_many_accounts',
	'too_many_own_values'
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A row that could not be read. */
export interface Rejection {
	/** The physical line that the row starts on, from 1. */
	readonly line: number;
	/** The column at fault; null where it is the row as a whole. */
	readonly column: string | null;
	readonly reason: RejectReason;
	/** The cell's text, cut to a length that can be shown. */
	readonly value: string;
}

/** Throws an error again unless it says that the disk is full: for what is kept only where there is room. */
export function unlessFull(error: unknown): void {
	if (problemOf(error).code !== 'storage_full') throw error;
}
