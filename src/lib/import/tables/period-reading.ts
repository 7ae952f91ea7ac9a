import type { DaySpan } from '../../model/reported';
import type { ColumnRole } from './column-names';
import { spanNamedIn } from './days-named-in';
import type { Table } from './table';

/** Where the days of a row stand. */
export type PeriodReading =
	| { readonly kind: 'column'; readonly column: number; readonly unit: 'day' | 'week' | 'month' }
	| { readonly kind: 'columns'; readonly start: number; readonly end: number }
	| { readonly kind: 'whole'; readonly span: DaySpan }
	/** Levels: on the day of the row's own stamp (-1 for none), else of the file. */
	| { readonly kind: 'stamp'; readonly column: number }
	| { readonly kind: 'unknown' };

/**
 * Where the days of a table's rows stand.
 * @param roleAt the column with a role; -1 for none
 * @param hint days that stand above the table or in the file's name
 * @param days that somebody gave for the file
 */
export function periodOf(
	roleAt: (role: ColumnRole) => number,
	isAds: boolean,
	table: Table,
	hint: DaySpan | null,
	days: DaySpan | null
): PeriodReading {
	const start = roleAt('start_date');
	const end = roleAt('end_date');
	// In a table of campaigns they are the campaign's days.
	const arePeriod = start >= 0 && end >= 0 && !(isAds && roleAt('campaign') + roleAt('campaign_id') > -2);
	for (const unit of ['date', 'week', 'month'] as const) {
		const column = roleAt(unit);
		if (column >= 0) return { kind: 'column', column, unit: unit === 'date' ? 'day' : unit };
	}
	if (arePeriod) return { kind: 'columns', start, end };
	if (table.isLevels) return { kind: 'stamp', column: roleAt('fetched_at') };
	const isOfPins = roleAt('pin_id') >= 0;
	if (isOfPins && (roleAt('fetched_at') >= 0 || roleAt('created_at') >= 0))
		return { kind: 'stamp', column: roleAt('fetched_at') };
	const span = days ?? hint;
	return span ? { kind: 'whole', span } : { kind: 'unknown' };
}

/** The days that stand above a table, beside it, or in the file's name. */
export function rangeOf(table: Table, file: string): DaySpan | null {
	for (const line of table.preamble) {
		const span = spanNamedIn(line);
		if (span) return span;
	}
	return spanNamedIn(file.replace(/\.[a-z0-9]{2,8}$/i, '').replace(/^.*[›/]/, ''));
}
