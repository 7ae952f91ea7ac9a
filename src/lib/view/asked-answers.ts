import { dayNumber, FIRST_YEAR, LAST_YEAR } from '../model/calendar';
import type { DaySpan } from '../model/reported';

/** What people enter for a file that could not be read without it, checked before the file is read again. */

export type DaysFault = 'first_missing' | 'last_missing' | 'last_before_first' | 'year_out_of_range';
export type DaysAnswer =
	| { readonly span: DaySpan; readonly fault: null }
	/** `field` is the one to put right. */
	| { readonly span: null; readonly fault: DaysFault; readonly field: 'first' | 'last' };

/**
 * The days between two date fields, both included.
 * @param first,last `YYYY-MM-DD`, or '' while a field is not filled in
 */
export function daysAnswer(first: string, last: string): DaysAnswer {
	if (dayNumber(first) === null) return { span: null, fault: 'first_missing', field: 'first' };
	if (dayNumber(last) === null) return { span: null, fault: 'last_missing', field: 'last' };
	if (!isYearKnown(first)) return { span: null, fault: 'year_out_of_range', field: 'first' };
	if (!isYearKnown(last)) return { span: null, fault: 'year_out_of_range', field: 'last' };
	if (last < first) return { span: null, fault: 'last_before_first', field: 'last' };
	return { span: { from: first, to: last }, fault: null };
}

function isYearKnown(day: string): boolean {
	const year = Number(day.slice(0, 4));
	return year >= FIRST_YEAR && year <= LAST_YEAR;
}

export type PinFault = 'missing' | 'rounded' | 'not_an_id';
export type PinAnswer =
	{ readonly pinId: string; readonly fault: null } | { readonly pinId: null; readonly fault: PinFault };

const INVISIBLE = /[\s\u200b-\u200f\u2060\ufeff]/g;
const ID = /^\d{5,25}$/;
/** Addresses of Pins may have words before the id: `/pin/oak-shelf--1091700765947216952/`. */
const ADDRESS = /\/pin\/(?:[^/?#]*--)?(\d{5,25})(?=[/?#]|$)/i;
/** What a spreadsheet makes of an id: its last digits are lost. */
const SCIENTIFIC = /^\d([.,]\d+)?e\+?\d+$/i;

/** The id in what was entered for a Pin: the id itself, or the Pin's address. */
export function pinAnswer(text: string): PinAnswer {
	const entered = text.replace(INVISIBLE, '');
	if (entered === '') return { pinId: null, fault: 'missing' };
	const pinId = ID.test(entered) ? entered : ADDRESS.exec(entered)?.[1];
	if (pinId !== undefined) return { pinId, fault: null };
	return { pinId: null, fault: SCIENTIFIC.test(entered) ? 'rounded' : 'not_an_id' };
}
