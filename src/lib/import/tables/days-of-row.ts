import { MS_PER_DAY, dayNumber } from '../../model/calendar';
import type { CellsByRole, Fault } from './cells-by-role';
import { isBlankCell } from './is-blank-cell';
import { readDays } from './read-days';
import { stampMs } from './stamp-ms';
import type { Cell } from './table';
import type { TableReading } from './table-reading';

/** When a row was fetched, in milliseconds since 1970; null where it does not say so. */
export function stampOfRow(
	byRole: CellsByRole,
	cells: readonly Cell[]
): { readonly ms: number | null } | Fault {
	const column = byRole.columnOf('fetched_at');
	if (column < 0 || isBlankCell(cells[column])) return { ms: null };
	const ms = stampMs(cells[column] as Cell);
	return ms === null ? byRole.fault(column, 'not_a_time', cells) : { ms };
}

/**
 * The days of a row; null for levels, whose day is that of a stamp.
 * @param stamp from stampOfRow
 */
export function daysOfRow(
	byRole: CellsByRole,
	{ period, dateOrder }: TableReading,
	cells: readonly Cell[],
	stamp: number | null
): { readonly from: number; readonly to: number } | null | Fault {
	switch (period.kind) {
		case 'unknown':
		case 'stamp':
			return stamp === null && period.kind === 'stamp' && period.column >= 0
				? byRole.fault(period.column, 'missing_value', cells)
				: null;
		case 'whole': {
			const { from, to } = period.span;
			return { from: dayNumber(from) as number, to: dayNumber(to) as number };
		}
		case 'column': {
			const days = readDays(cells[period.column] ?? null, dateOrder);
			if ('reason' in days) return byRole.fault(period.column, days.reason, cells);
			if (days.from < days.to || period.unit === 'day') return days;
			if (period.unit === 'week') return { from: days.from, to: days.from + 6 };
			return monthOf(days.from);
		}
		case 'columns': {
			const from = readDays(cells[period.start] ?? null, dateOrder);
			if ('reason' in from) return byRole.fault(period.start, from.reason, cells);
			const to = readDays(cells[period.end] ?? null, dateOrder);
			if ('reason' in to) return byRole.fault(period.end, to.reason, cells);
			if (to.to < from.from) return byRole.fault(period.end, 'out_of_range', cells);
			return { from: from.from, to: to.to };
		}
	}
}

function monthOf(day: number): { from: number; to: number } {
	const date = new Date(day * MS_PER_DAY);
	const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), 1) / MS_PER_DAY;
	return { from: first, to: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) / MS_PER_DAY - 1 };
}
