import { dayFromNumber, dayNumber, type Day } from '../../model/calendar';
import type { Decimal } from '../../model/mapping';
import type { RejectReason } from '../../model/problem';
import { daysNamedIn } from '../tables/days-named-in';
import { isBlankCell } from '../tables/is-blank-cell';

/** Shares, affinities, sizes and days of Audience insights. */

/** How a file writes its shares. */
export interface ShareStyle {
	readonly decimal: Decimal;
	/** Whether bare numbers are percentages. */
	readonly isPercent: boolean;
}

/** Settled once per file: by the signs in its numbers, else by its dialect; mostly above 1 they are percentages. */
export function shareStyleOf(
	shares: readonly string[],
	others: readonly string[],
	delimiter: string
): ShareStyle {
	const cells = [...shares, ...others];
	const hasComma = cells.some((cell) => /\d,\d/.test(cell));
	const hasDot = cells.some((cell) => /\d\.\d/.test(cell));
	const decimal = hasComma === hasDot ? (delimiter === ';' ? ',' : '.') : hasComma ? ',' : '.';
	const bare = shares.flatMap((cell) => {
		const number = numberIn(cell, decimal);
		return number === null || number === 0 ? [] : [number];
	});
	return { decimal, isPercent: bare.filter((number) => number > 1).length * 2 > bare.length };
}

/** The share in a cell as a fraction, null where the cell is blank, or why there is none. */
export function readShare(cell: string, { decimal, isPercent }: ShareStyle): number | null | RejectReason {
	if (isBlankCell(cell)) return null;
	const text = cell.trim();
	const hasSign = text.endsWith('%');
	const number = numberIn(hasSign ? text.slice(0, -1) : text, decimal, hasSign || isPercent ? -2 : 0);
	if (number === null) return 'not_a_number';
	return number < 0 || number > 1 ? 'out_of_range' : number;
}

/** The affinity in a cell (`1.24`, `1.24x`), null where the cell is blank, or why there is none. */
export function readAffinity(cell: string, { decimal }: ShareStyle): number | null | RejectReason {
	if (isBlankCell(cell)) return null;
	const number = numberIn(cell.replace(/[x×]\s*$/i, ''), decimal);
	if (number === null) return 'not_a_number';
	return number < 0 ? 'out_of_range' : number;
}

/** The number in a cell times ten to a power, so that 81.2 % is 0.812 to the last digit. */
function numberIn(cell: string, decimal: Decimal, power = 0): number | null {
	const text = cell.trim().replace('\u2212', '-').replace(decimal, '.');
	const match = /^([+-]?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}))(?:e([+-]?\d{1,3}))?$/i.exec(text);
	// In a file of decimal commas a dot groups, which no share needs.
	if (!match || (decimal === ',' && cell.includes('.'))) return null;
	return Number(`${match[1]}e${Number(match[2] ?? 0) + power}`);
}

export interface AudienceSize {
	readonly size: number | null;
	readonly isUpTo: boolean;
}

const UP_TO =
	/^(?:up to|at most|max\.?|bis zu|upp till|högst|jusqu['’]à|jusqu['’]a|hasta|fino a|tot|até|<=?|≤)\s*/i;
const GROUPED = /^\d{1,3}(?:[.,'’\s]\d{3})+$/;
const THOUSANDS: Readonly<Record<string, number>> = { k: 1_000, m: 1_000_000 };

/**
 * How many people a text names. `10,000` is exact, `Up to 10,000` a bound. `10K` and `10K+` are rounded, so they are no
 * size; `Up to 10K` is a bound all the same.
 */
export function readSize(cell: string): AudienceSize {
	const text = cell.trim();
	const isUpTo = UP_TO.test(text);
	const [, digits = '', unit = ''] = /^([\d.,'’\s]*\d)\s*([km]?)$/i.exec(text.replace(UP_TO, '')) ?? [];
	const size = wholeNumberIn(digits) * (THOUSANDS[unit.toLowerCase()] ?? 1);
	const isKnown = Number.isSafeInteger(size) && (unit === '' || isUpTo);
	return isKnown ? { size, isUpTo } : { size: null, isUpTo: false };
}

function wholeNumberIn(digits: string): number {
	if (/^\d+$/.test(digits)) return Number(digits);
	if (GROUPED.test(digits)) return Number(digits.replace(/\D/g, ''));
	return /^\d+[.,]0{1,2}$/.test(digits) ? Number(digits.replace(/[.,]0+$/, '')) : NaN;
}

/** The day that a text names, the last one of a range; null where there is none, or where it can be read in two ways. */
export function readInsightsDay(cell: string): Day | null {
	const named = daysNamedIn(cell)
		.map(dayFromNumber)
		.reduce((last, day) => (day > last ? day : last), '');
	if (named !== '') return named;
	const [, first = '', sign = '', second = '', year = ''] =
		/^(\d{1,2})([./-])(\d{1,2})\2(\d{4})\b/.exec(cell.trim()) ?? [];
	if (sign === '') return null;
	const asDay = (month: string, day: string) => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	const readings = sign === '.' ? [asDay(second, first)] : [asDay(second, first), asDay(first, second)];
	const days = [...new Set(readings)].filter((day) => dayNumber(day) !== null);
	return days.length === 1 ? (days[0] as Day) : null;
}
