import {
	FIRST_YEAR,
	LAST_YEAR,
	dayFromNumber,
	dayNumber,
	daysFromCivil,
	daysInMonth
} from '../../model/calendar';
import type { DateOrder, Decimal } from '../../model/mapping';
import type { RejectReason } from '../../model/problem';
import type { DaySpan } from '../../model/reported';
import { withoutSurroundings } from '../cells/surroundings';
import { FACT_METRICS, additionOf } from '../../model/fact-metric';
import type { MetricName, Scale } from '../../model/metric-names';
import { cellText, type Cell } from './table';

/** How one file writes its dates and numbers. Both are settled for a file as a whole, never for a cell. */

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

/** What a text says of days: a day whose order is plain, one that is open, a week, a month, or nothing. */
type DateText =
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

/** A time behind a date, and a name of a weekday before it, are no part of the day. */
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

function dayOf(year: number, month: number, date: number): DateText {
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

/** Which orders of day and month the dates of a file can have. */
export class DateOrders {
	#isDayFirst = true;
	#isMonthFirst = true;
	#isOpen = false;
	#hasDots = false;
	/** First and last day by each reading. */
	readonly #spans: Record<'dmy' | 'mdy', { from: number; to: number } | null> = { dmy: null, mdy: null };

	/** Looks at a cell of a column of days. */
	look(cell: Cell): void {
		if (typeof cell !== 'string') return;
		const found = readDateText(cell);
		if (found?.form !== 'open') return;
		this.#isOpen = true;
		this.#hasDots ||= found.hasDots;
		const dayFirst = dayOf(found.year, found.second, found.first);
		const monthFirst = dayOf(found.year, found.first, found.second);
		// A date that exists by neither reading is a bad cell, and settles nothing.
		if (dayFirst.form !== 'day' && monthFirst.form !== 'day') return;
		this.#isDayFirst &&= this.#take('dmy', dayFirst);
		this.#isMonthFirst &&= this.#take('mdy', monthFirst);
	}

	/** Whether dates with dots were met: then numbers are written with a decimal comma. */
	get hasDots(): boolean {
		return this.#hasDots;
	}

	/**
	 * The orders that every date allows, and that keep within the days that the file names elsewhere.
	 * @param hint days that stand above the table or in the file's name; null where none do
	 */
	possible(hint: DaySpan | null, delimiter: string | null): readonly DateOrder[] {
		if (!this.#isOpen) return ['ymd'];
		if (this.#hasDots || delimiter === ';') return ['dmy'];
		const orders = [
			...(this.#isDayFirst ? (['dmy'] as const) : []),
			...(this.#isMonthFirst ? (['mdy'] as const) : [])
		];
		if (orders.length < 2 || !hint) return orders;
		const within = orders.filter((order) => {
			const span = this.#spans[order];
			return span !== null && dayFromNumber(span.from) >= hint.from && dayFromNumber(span.to) <= hint.to;
		});
		return within.length === 1 ? within : orders;
	}

	/** From the first to the last day by one reading. */
	spanBy(order: DateOrder): DaySpan | null {
		const span = order === 'ymd' ? null : this.#spans[order];
		return span && { from: dayFromNumber(span.from), to: dayFromNumber(span.to) };
	}

	#take(order: 'dmy' | 'mdy', day: DateText): boolean {
		if (day.form !== 'day') return false;
		const span = this.#spans[order];
		if (!span) this.#spans[order] = { from: day.day, to: day.day };
		else {
			span.from = Math.min(span.from, day.day);
			span.to = Math.max(span.to, day.day);
		}
		return true;
	}
}

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

const BLANK = /^(?:|[-–—]+|n\/?a|null|none|nan|no data|not available|keine daten)$/i;

/** Whether a cell says that there is no figure: that is not 0. */
export function isBlankCell(cell: Cell | undefined): boolean {
	if (cell === null || cell === undefined) return true;
	return typeof cell === 'string' && BLANK.test(withoutSurroundings(cell));
}

const SPACES = '\u0020\u00a0\u2007\u2009\u202f';
const MONEY_SIGN =
	/^(?:[$€£¥]|(?:USD|EUR|GBP|SEK|NOK|DKK|CAD|AUD|CHF|kr)\b)\s*|\s*(?:[$€£¥]|\b(?:USD|EUR|GBP|SEK|NOK|DKK|CAD|AUD|CHF|kr))$/i;

/** The number in a cell as digits with a decimal dot, and whether a percent sign stands with it; or why there is none. */
export function readNumber(
	cell: Cell,
	decimal: Decimal
): { readonly digits: string; readonly isPercent: boolean } | { readonly reason: RejectReason } {
	if (typeof cell === 'boolean') return { reason: 'not_a_number' };
	if (typeof cell === 'number') {
		return Number.isFinite(cell) ? { digits: String(cell), isPercent: false } : { reason: 'not_a_number' };
	}
	let text = withoutSurroundings(cellText(cell)).replace(/^'/, '');
	if (/^\[.*\]$/.test(text)) text = withoutSurroundings(text.slice(1, -1));
	const isPercent = /%$/.test(text);
	if (isPercent) text = withoutSurroundings(text.slice(0, -1));
	text = text.replace(MONEY_SIGN, '');
	if (/^[+-]?[\d.,]+\s*[kmb]$/i.test(text)) return { reason: 'rounded' };
	const sign = /^[-−]/.test(text) ? '-' : '';
	const body = text.replace(/^[-−+]/, '');
	const group = decimal === ',' ? '.' : ',';
	const escaped = (sign: string) => (sign === '.' ? '\\.' : sign);
	const plain = new RegExp(`^(?:\\d+(?:${escaped(decimal)}\\d+)?|${escaped(decimal)}\\d+)$`);
	const grouped = new RegExp(
		`^\\d{1,3}(?:[${escaped(group)}'’${SPACES}]\\d{3})+(?:${escaped(decimal)}\\d+)?$`
	);
	if (plain.test(body)) return { digits: sign + body.replace(',', '.'), isPercent };
	if (grouped.test(body)) {
		const digits = body.replace(new RegExp(`[${escaped(group)}'’${SPACES}]`, 'g'), '').replace(',', '.');
		return { digits: sign + digits, isPercent };
	}
	if (/^\d+(?:\.\d+)?[eE][+-]?\d+$/.test(body)) return { digits: sign + body, isPercent };
	return { reason: 'not_a_number' };
}

/**
 * The value of digits in a metric's unit. The point is moved in the text where it can be, so that 2.78 % is 0.0278.
 * @param percent whether the digits are a percentage
 */
function scaled(digits: string, { times, per }: Scale, percent: boolean): number {
	const shift = powerOfTen(times) - powerOfTen(per) - (percent ? 2 : 0);
	if (Number.isInteger(shift)) return shift === 0 ? Number(digits) : Number(shifted(digits, shift));
	const value = (Number(digits) * times) / per;
	return percent ? value / 100 : value;
}

function shifted(digits: string, shift: number): string {
	const [mantissa, exponent = '0'] = digits.toLowerCase().split('e');
	return `${mantissa}e${Number(exponent) + shift}`;
}

function powerOfTen(value: number): number {
	const power = Math.log10(value);
	return Number.isInteger(power) ? power : NaN;
}

/** All days that a text names, in its order. */
export function daysNamedIn(text: string): number[] {
	const found: number[] = [];
	const pattern =
		/\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?<!\d)\d{8}(?!\d)|\p{L}{3,12}\.? \d{1,2},? \d{4}|\d{1,2}\.? \p{L}{3,12}\.?,? \d{4}/gu;
	for (const [match] of text.matchAll(pattern)) {
		const day = readDateText(match);
		if (day?.form === 'day' && dayNumber(dayFromNumber(day.day)) !== null) found.push(day.day);
	}
	return found;
}

/** The days that a text names: two days, one, a week or a month; null where it names none. */
export function spanNamedIn(text: string): DaySpan | null {
	const days = daysNamedIn(text);
	if (days.length === 1 || days.length === 2) {
		const [a, b = a] = days as [number, number?];
		return { from: dayFromNumber(Math.min(a, b)), to: dayFromNumber(Math.max(a, b)) };
	}
	if (days.length > 2) return null;
	const part =
		/(?<!\d)\d{4}-?W\d{1,2}(?!\d)/i.exec(text)?.[0] ?? /(?<![\d-])\d{4}-\d{2}(?![\d-])/.exec(text)?.[0];
	const found = part === undefined ? null : readDateText(part);
	return found?.form === 'span' ? { from: dayFromNumber(found.from), to: dayFromNumber(found.to) } : null;
}

/** The figure of a metric in a cell, in the metric's unit; or why there is none. */
export function readFigure(
	cell: Cell,
	{ metric, times, per }: MetricName,
	{ decimal, isPercentage }: { readonly decimal: Decimal; readonly isPercentage: boolean }
): number | { readonly reason: RejectReason } {
	const number = readNumber(cell, decimal);
	if ('reason' in number) return number;
	let value = scaled(number.digits, { times, per }, number.isPercent || isPercentage);
	if (value < 0 || !Number.isFinite(value)) return { reason: 'out_of_range' };
	if (metric === 'watch_ms' || additionOf(metric) === 'money') value = Math.round(value);
	if (!FACT_METRICS[metric].isWhole) return value;
	if (!Number.isInteger(value)) return { reason: 'not_a_whole_number' };
	return value <= Number.MAX_SAFE_INTEGER ? value : { reason: 'out_of_range' };
}
