import { FIRST_YEAR, LAST_YEAR, dayNumber, type Day } from '../../model/calendar';
import { COUNTS } from '../../model/figures';
import type { RejectReason } from '../../model/problem';
import type { DaySpan } from '../../model/reported';
import type { NamedMetric } from './metric-names';

/** The cells of reports: figures with their signs, days, spans of days, and the Pins and boards that addresses name. */

const BLANK = /^(?:|[-–—]|n\/?a|null|none)$/i;
const PLAIN = /^(\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const GROUPED = /^\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?:\.\d+)?$/;

/** Whether a cell says that there is no figure: that is not 0. */
export function isBlank(cell: string): boolean {
	return BLANK.test(cell.trim());
}

/** The figure in a cell, in the metric's unit; a percent sign makes it a fraction. Or why there is none. */
export function readFigure(cell: string, { metric, scale, per }: NamedMetric): number | RejectReason {
	const text = cell.trim();
	const isPercent = text.endsWith('%');
	const digits = isPercent ? text.slice(0, -1).trim() : text;
	const number = PLAIN.test(digits)
		? Number(digits)
		: GROUPED.test(digits)
			? Number(digits.replace(/[^\d.]/g, ''))
			: NaN;
	if (Number.isNaN(number)) return /^-[\d.]/.test(digits) ? 'out_of_range' : 'not_a_number';
	const value = ((isPercent ? number / 100 : number) * scale) / per;
	if (metric === 'watch_ms')
		return Math.round(value) <= Number.MAX_SAFE_INTEGER ? Math.round(value) : 'out_of_range';
	if (!Number.isFinite(value)) return 'out_of_range';
	const isCounted =
		metric === 'engagements' || (COUNTS as readonly string[]).includes(metric) || /_audience$/.test(metric);
	if (!isCounted) return value;
	if (!Number.isInteger(value)) return 'not_a_whole_number';
	return value <= Number.MAX_SAFE_INTEGER ? value : 'out_of_range';
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})[a-z]*\\.?`;
const TWO = (digits: string) => digits.padStart(2, '0');

/** The ways to write a day that mean the same everywhere: how each looks, and its parts put in order. */
const DAY_FORMS = [
	{ looks: '(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)', order: ['year', 'month', 'date'] },
	{ looks: '(?<!\\d)(\\d{4})(\\d{2})(\\d{2})(?!\\d)', order: ['year', 'month', 'date'] },
	{ looks: `${MONTH} (\\d{1,2}),? (\\d{4})`, order: ['month', 'date', 'year'] },
	{ looks: `(\\d{1,2}) ${MONTH},? (\\d{4})`, order: ['date', 'month', 'year'] }
].map(({ looks, order }) => ({
	anywhere: new RegExp(looks, 'gi'),
	alone: new RegExp(`^${looks}(?:[T ]\\d\\d:\\d\\d.*)?$`, 'i'),
	dayOf: (match: RegExpMatchArray): Day => {
		const part = (name: string) => match[1 + order.indexOf(name)] ?? '';
		const month = MONTHS.indexOf(part('month').slice(0, 3).toLowerCase()) + 1;
		return [part('year'), TWO(month > 0 ? String(month) : part('month')), TWO(part('date'))].join('-');
	}
}));

/** All days that a text names, in its order. */
export function daysIn(text: string): Day[] {
	for (const { anywhere, dayOf } of DAY_FORMS) {
		const days = [...text.matchAll(anywhere)].map(dayOf).filter((day) => dayNumber(day) !== null);
		if (days.length > 0) return days;
	}
	return [];
}

/** The day that a cell holds, or why it holds none. A time behind the date is left out. */
export function readDay(cell: string): Day | { readonly reason: RejectReason } {
	const text = cell.trim();
	if (text === '') return { reason: 'missing_value' };
	for (const { alone, dayOf } of DAY_FORMS) {
		const match = alone.exec(text);
		if (!match) continue;
		const day = dayOf(match);
		if (dayNumber(day) === null) break;
		const year = Number(day.slice(0, 4));
		return year < FIRST_YEAR || year > LAST_YEAR ? { reason: 'year_out_of_range' } : day;
	}
	return { reason: 'not_a_time' };
}

/** The span that a text names by its two days, such as `2026-05-22 - 2026-05-28`, or by its one. */
export function spanIn(text: string): DaySpan | null {
	const days = daysIn(text);
	const [from, to = from] = days;
	if (from === undefined || to === undefined || days.length > 2) return null;
	return from <= to ? { from, to } : { from: to, to: from };
}

/** A Pin's id, from itself or from the Pin's address on any of the platform's sites; null where there is none. */
export function pinIdIn(cell: string): string | null {
	const text = cell.trim();
	if (/^\d{5,}$/.test(text)) return text;
	return /\/pin\/(?:[^/?#]*--)?(\d{5,})(?:[/?#]|$)/.exec(text)?.[1] ?? null;
}

/** A board's address without the site, from its whole address; null where there is none. */
export function boardIdIn(cell: string): string | null {
	const path = /^https?:\/\/[^/]+\/([^/?#]+)\/([^/?#]+)\/?(?:[?#].*)?$/.exec(cell.trim());
	if (!path || path[1] === 'pin') return null;
	try {
		return `${decodeURIComponent(path[1] as string)}/${decodeURIComponent(path[2] as string)}`;
	} catch {
		return `${path[1]}/${path[2]}`;
	}
}
