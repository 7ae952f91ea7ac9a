import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { Problem, Rejection } from '$lib/model/problem';
import { formatCount, formatNames } from '$lib/view/format';
import { hostProblemText } from './host/host-problem-text';

/** More names than this make no sentence. */
const FILES_NAMED = 5;

/** The sentence for a problem. */
export function problemText(problem: Problem): string {
	switch (problem.code) {
		case 'missing_columns': {
			const missing = formatNames(formatLocale(), problem.missing);
			const found = formatNames(formatLocale(), problem.found);
			return found === ''
				? m.problem_missing_columns_none({ missing })
				: m.problem_missing_columns({ missing, found });
		}
		case 'duplicate_column':
			return m.problem_duplicate_column({ column: problem.column });
		case 'empty_file':
			return m.problem_empty_file();
		case 'not_text':
			return m.problem_not_text();
		case 'unreadable_file':
			return m.problem_unreadable_file();
		case 'spreadsheet':
			return m.problem_spreadsheet();
		case 'damaged_workbook':
			return m.problem_damaged_workbook();
		case 'workbook_too_large':
			return m.problem_workbook_too_large();
		case 'empty_folder':
			return m.problem_empty_folder();
		case 'unreadable_in_folder': {
			const named = problem.files.slice(0, FILES_NAMED);
			const count = problem.files.length - named.length;
			const more = count > 0 ? [m.more_files({ count, n: formatCount(formatLocale(), count) })] : [];
			return m.problem_unreadable_in_folder({ files: formatNames(formatLocale(), [...named, ...more]) });
		}
		case 'unknown_archive':
			return m.problem_unknown_archive();
		case 'archive_in_archive':
			return m.problem_archive_in_archive();
		case 'empty_archive':
			return m.problem_empty_archive();
		case 'damaged_gzip':
			return m.problem_damaged_gzip();
		case 'damaged_zip':
			return m.problem_damaged_zip();
		case 'damaged_zip_entry':
			return m.problem_damaged_zip_entry();
		case 'zip_password':
			return m.problem_zip_password();
		case 'unpacks_too_far':
			return m.problem_unpacks_too_far();
		case 'unknown_json':
			return m.problem_unknown_json();
		case 'json_cut_off':
			return m.problem_json_cut_off({ rows: problem.rows });
		case 'json_broken':
			return m.problem_json_broken({ row: problem.row });
		case 'parquet_codec':
			return m.problem_parquet_codec({ codec: problem.codec });
		case 'damaged_parquet':
			return m.problem_damaged_parquet();
		case 'parquet_in_memory':
			return m.problem_parquet_in_memory();
		case 'too_many_columns':
			return m.problem_too_many_columns({ columns: problem.columns, limit: problem.limit });
		case 'unclosed_quote':
			return m.problem_unclosed_quote({ line: problem.line });
		case 'row_too_long':
			return m.problem_row_too_long({ line: problem.line });
		case 'damaged_json':
			return m.problem_damaged_json();
		case 'no_known_figures':
			return m.problem_no_known_figures();
		case 'pin_not_named':
			return m.problem_pin_not_named();
		case 'days_not_named':
			return m.problem_days_not_named();
		case 'unknown_audience':
			return problem.audience === ''
				? m.problem_unnamed_audience()
				: m.problem_unknown_audience({ audience: problem.audience });
		case 'insights_day':
			return problem.day === '' ? m.problem_insights_no_day() : m.problem_insights_day({ day: problem.day });
		case 'empty_insights':
			return m.problem_empty_insights();
		case 'archive_without_pins':
			return m.problem_archive_without_pins();
		case 'other_html':
			return m.problem_other_html();
		case 'trends_file':
			return m.problem_trends_file();
		case 'upload_list':
			return m.problem_upload_list();
		case 'tag_report':
			return m.problem_tag_report();
		case 'other_boards':
			return m.problem_other_boards();
		case 'web_analytics':
			return m.problem_web_analytics();
		case 'file_not_written':
			return m.problem_file_not_written();
		case 'storage_full':
			return m.problem_storage_full();
		case 'storage_refused':
			return m.problem_storage_refused();
		case 'worker_ended':
			return m.problem_worker_ended();
		case 'newer_version':
			return m.problem_newer_version();
		case 'not_a_backup':
			return m.problem_not_a_backup();
		case 'backup_newer':
			return m.problem_backup_newer();
		case 'backup_damaged':
			return m.problem_backup_damaged();
		case 'not_a_home_file':
			return m.problem_not_a_home_file();
		case 'home_without_passphrase':
			return m.problem_home_without_passphrase();
		case 'home_full':
			return m.problem_home_full();
		case 'home_gone':
			return m.problem_home_gone();
		case 'home_refused':
			return m.problem_home_refused();
		case 'too_many_values':
			return m.problem_too_many_values();
		case 'passphrase_needed':
			return m.problem_passphrase_needed();
		case 'wrong_passphrase':
			return m.problem_wrong_passphrase();
		case 'host_unreachable':
		case 'host_refused':
		case 'host_part_missing':
		case 'host_too_slow':
		case 'host_busy':
		case 'host_wrong_table':
		case 'host_answers_parts':
		case 'host_failed':
			// Nothing of it is in a site that asks no host.
			return __CLICKHOUSE__ ? hostProblemText(problem) : problem.code;
		case 'figure_too_large':
			return m.problem_figure_too_large();
		case 'unknown_workspace':
			return m.problem_unknown_workspace({ name: problem.name });
		case 'damaged_data':
			return m.problem_damaged_data();
		case 'unexpected':
			return m.problem_unexpected({ detail: problem.detail });
	}
}

const REASONS = {
	missing_value: m.reason_missing_value,
	not_a_time: m.reason_not_a_time,
	year_out_of_range: m.reason_year_out_of_range,
	unknown_value: m.reason_unknown_value,
	not_a_number: m.reason_not_a_number,
	not_a_whole_number: m.reason_not_a_whole_number,
	out_of_range: m.reason_out_of_range,
	too_many_fields: m.reason_too_many_fields,
	not_an_object: m.reason_not_an_object,
	not_a_single_value: m.reason_not_a_single_value,
	rounded: m.reason_rounded,
	spoilt_id: m.reason_spoilt_id,
	too_many_accounts: m.reason_too_many_accounts,
	too_many_own_values: m.reason_too_many_own_values
} as const satisfies Record<Rejection['reason'], unknown>;

/** The sentence for a rejected row. */
export function rejectionText(rejection: Rejection): string {
	const column = rejection.column ?? '';
	return m.rejected_line({
		line: rejection.line,
		reason: REASONS[rejection.reason]({ column, value: rejection.value })
	});
}
