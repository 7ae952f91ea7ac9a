import { FIRST_YEAR, LAST_YEAR, daysFromCivil } from '../../model/calendar';
import type { DateOrder } from '../../model/mapping';
import type { RejectReason } from '../../model/problem';
import { withoutSurroundings } from '../cells/surroundings';
import { dayOf, readDateText } from './date-text';
import { cellText, type Cell } from './table';

/** Days that a cell stands for, both included; or why it stands for none. */
export function readDays(
	cell: Cell,
	order: DateOrder
): { from: number; to: number } | { readonly reason: RejectReason } {
	if (typeof cell === 'number') return daysOfNumber(cell);
	const text = cellText(cell);
	if (withoutSurroundings(text) === '') return { reason: 'missing_value' };
	const found = readDateText(text);
	if (!found || found.form === 'impossible') return epochDay(text) ?? { reason: 'not_a_time' };
	if (found.form === 'span') return inYears(found.from, found.to);
	if (found.form === 'day') return inYears(found.day, found.day);
	const day =
		order === 'mdy'
			? dayOf(found.year, found.first, found.second)
			: dayOf(found.year, found.second, found.first);
	return day.form === 'day' ? inYears(day.day, day.day) : { reason: 'not_a_time' };
}

const FIRST = daysFromCivil(FIRST_YEAR, 1, 1);
const LAST = daysFromCivil(LAST_YEAR, 12, 31);

function inYears(from: number, to: number): { from: number; to: number } | { readonly reason: RejectReason } {
	return from < FIRST || to > LAST ? { reason: 'year_out_of_range' } : { from, to };
}

/** A number in a column of days: 20260901, or a stamp in seconds or milliseconds. */
function daysOfNumber(value: number): { from: number; to: number } | { readonly reason: RejectReason } {
	return readDateOfDigits(String(value)) ?? epochDay(String(value)) ?? { reason: 'not_a_time' };
}

function readDateOfDigits(text: string): { from: number; to: number } | null {
	const found = /^\d{8}$/.test(text) ? readDateText(text) : null;
	return found?.form === 'day' ? { from: found.day, to: found.day } : null;
}

function epochDay(text: string): { from: number; to: number } | null {
	if (!/^\d{9,13}$/.test(text)) return null;
	const ms = Number(text) * (text.length > 11 ? 1 : 1_000);
	const day = Math.floor(ms / 86_400_000);
	return day >= FIRST && day <= LAST ? { from: day, to: day } : null;
}
