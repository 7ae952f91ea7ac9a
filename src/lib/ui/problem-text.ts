import { m } from '$lib/i18n/generated/messages.js';
import type { Problem, Rejection } from '$lib/model/problem';

/** The sentence for a problem. */
export function problemText(problem: Problem): string {
	switch (problem.code) {
		case 'missing_columns': {
			const missing = problem.missing.join(', ');
			const found = problem.found.join(', ');
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
		case 'unclosed_quote':
			return m.problem_unclosed_quote({ line: problem.line });
		case 'row_too_long':
			return m.problem_row_too_long({ line: problem.line });
		case 'storage_full':
			return m.problem_storage_full();
		case 'storage_refused':
			return m.problem_storage_refused();
		case 'figure_too_large':
			return m.problem_figure_too_large();
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
	too_many_accounts: m.reason_too_many_accounts
} as const satisfies Record<Rejection['reason'], unknown>;

/** The sentence for a rejected row. */
export function rejectionText(rejection: Rejection): string {
	const column = rejection.column ?? m.the_row();
	return m.rejected_line({
		line: rejection.line,
		reason: REASONS[rejection.reason]({ column, value: rejection.value })
	});
}
