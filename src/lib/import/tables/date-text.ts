import { daysFromCivil, daysInMonth } from '../../model/calendar';
import { withoutSurroundings } from '../cells/surroundings';

/** Texts that name a day, a week or a month, in the forms and languages that files come in. */

/** Months by their first letters, in the languages that files come in. */
const MONTHS: readonly string[] = [
	'jan|ene|janv|gen',
	'feb|fév|fev|févr',
	'mar|mär|mrt|mars|märz',
	'apr|abr|avr',
	'may|maj|mai|mei|mayo|mag',
	'jun|juin|giu',
	'jul|juil|lug',
	'aug|ago|août|aou',
	'sep|set|sept',
	'oct|okt|ott|out',
	'nov',
	'dec|dez|dic|déc'
];
const MONTH_OF: ReadonlyMap<string, number> = new Map(
	MONTHS.flatMap((names, i) => names.split('|').map((name): [string, number] => [name, i + 1]))
);

/** The number of a month by its name, from 1; null where it is none. */
function monthNamed(text: string): number | null {
	const name = text.toLowerCase().replace('.', '');
	for (let length = Math.min(name.length, 5); length >= 3; length--) {
		const month = MONTH_OF.get(name.slice(0, length));
		if (month !== undefined) return month;
	}
	return null;
}

/** What a text says about days: a day in a known order, a day in an open order, a week, a month, or nothing. */
export type DateText =
	| { readonly form: 'day'; readonly day: number }
	/** `first` and `second` are day and month in an order that the text leaves open. */
	| {
			readonly form: 'open';
			readonly first: number;
			readonly second: number;
			readonly year: number;
			readonly hasDots: boolean;
	  }
	| { readonly form: 'span'; readonly from: number; readonly to: number }
	| { readonly form: 'impossible' };

/** A time after a date, and a name of a weekday before it, are no part of the day. */
const TIME =
	/[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i;
const WEEKDAY = /^\p{L}{2,10}\.?,\s+/u;

/** @returns null where the text names no date */
export function readDateText(cell: string): DateText | null {
	const text = withoutSurroundings(cell).replace(TIME, '').replace(WEEKDAY, '').trim();
	let match = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text);
	if (match) return dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
	match = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
	if (match) {
		const year = Number(match[4]) + (match[4]!.length === 2 ? 2_000 : 0);
		return {
			form: 'open',
			first: Number(match[1]),
			second: Number(match[3]),
			year,
			hasDots: match[2] === '.'
		};
	}
	match = /^(\d{4})-?W(\d{1,2})$/i.exec(text);
	if (match) return isoWeek(Number(match[1]), Number(match[2]));
	match = /^(\d{4})[-/.](\d{1,2})$/.exec(text);
	if (match) return monthSpan(Number(match[1]), Number(match[2]));
	match = /^(\d{1,2})[/.](\d{4})$/.exec(text);
	if (match) return monthSpan(Number(match[2]), Number(match[1]));
	match = /^(\p{L}{3,12}\.?)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/u.exec(text);
	if (match) return namedDay(match[1]!, Number(match[2]), Number(match[3]));
	match = /^(\d{1,2})\.?(?:st|nd|rd|th)?[\s-]+(?:de )?(\p{L}{3,12}\.?)[\s,-]+(?:de )?(\d{4})$/u.exec(text);
	if (match) return namedDay(match[2]!, Number(match[1]), Number(match[3]));
	match = /^(\p{L}{3,12}\.?)[\s-]+(\d{4})$/u.exec(text);
	if (match) {
		const month = monthNamed(match[1]!);
		return month === null ? null : monthSpan(Number(match[2]), month);
	}
	return null;
}

/** A day by its year, month and date; impossible where there is no such day. */
export function dayOf(year: number, month: number, date: number): DateText {
	if (month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return { form: 'impossible' };
	return { form: 'day', day: daysFromCivil(year, month, date) };
}

function namedDay(name: string, date: number, year: number): DateText | null {
	const month = monthNamed(name);
	return month === null ? null : dayOf(year, month, date);
}

function monthSpan(year: number, month: number): DateText {
	if (month < 1 || month > 12) return { form: 'impossible' };
	const from = daysFromCivil(year, month, 1);
	return { form: 'span', from, to: from + daysInMonth(year, month) - 1 };
}

/** ISO 8601: week 1 is the one that holds 4 January; weeks begin on Monday. */
function isoWeek(year: number, week: number): DateText {
	const fourth = daysFromCivil(year, 1, 4);
	const monday = fourth - ((fourth + 3) % 7);
	const from = monday + (week - 1) * 7;
	const isThere = week >= 1 && week <= 53 && new Date((from + 3) * 86_400_000).getUTCFullYear() === year;
	return isThere ? { form: 'span', from, to: from + 6 } : { form: 'impossible' };
}
