import { m } from '$lib/i18n/generated/messages.js';
import { formatLocale } from '$lib/i18n/locale';
import type { DayState } from '$lib/model/answer';
import type { CoverageCell, CoverageGroupName, Month } from '$lib/view/coverage';
import { formatCount, formatNames } from '$lib/view/format';
import { METRIC_LABELS } from '../labels';

/** What the page says of days that are there or not. */

export const STATE_LABELS: Readonly<Record<DayState, () => string>> = {
	events: m.coverage_from_events,
	reports: m.coverage_from_reports,
	estimate: m.coverage_estimated,
	missing: m.coverage_missing
};

export const GROUP_LABELS: Readonly<Record<CoverageGroupName, () => string>> = {
	account: m.coverage_account,
	video: m.coverage_video,
	ads: m.coverage_ads
};

const COUNTED: Readonly<Record<DayState, (inputs: { n: string }) => string>> = {
	events: m.coverage_n_events,
	reports: m.coverage_n_reports,
	estimate: m.coverage_n_estimate,
	missing: m.coverage_n_missing
};

const monthFormats = new Map<string, Intl.DateTimeFormat>();

/** A month's name: `November 2026`, `Nov`. */
export function monthName(month: Month, width: 'long' | 'short'): string {
	const locale = formatLocale();
	let format = monthFormats.get(locale + width);
	if (!format) {
		const year = width === 'long' ? ({ year: 'numeric' } as const) : {};
		format = new Intl.DateTimeFormat(locale, { month: width, timeZone: 'UTC', ...year });
		monthFormats.set(locale + width, format);
	}
	return format.format(new Date(`${month}-01T00:00:00Z`));
}

/** What screen readers say of a cell. */
export function cellName({ metric, month, known, days, estimated }: CoverageCell): string {
	const locale = formatLocale();
	const words = {
		count: days,
		metric: METRIC_LABELS[metric](),
		month: monthName(month, 'long'),
		known: formatCount(locale, known),
		days: formatCount(locale, days)
	};
	if (estimated === 0) return m.coverage_cell(words);
	return m.coverage_cell_estimated({ ...words, estimated: formatCount(locale, estimated) });
}

/** The days of a cell: how many are in which state, and which ones where there is more than one. */
export function daysInWords(cell: CoverageCell): string {
	const locale = formatLocale();
	const states = [...new Set(cell.stretches.map(({ state }) => state))];
	const parts = states.map((state) => {
		const stretches = cell.stretches.filter((stretch) => stretch.state === state);
		const count = stretches.reduce((sum, { days }) => sum + days, 0);
		const text = COUNTED[state]({ n: formatCount(locale, count) });
		if (states.length === 1 && cell.toCome === 0) return text;
		const dates = stretches.map(({ from, to }) => {
			const [first, last] = [Number(from.slice(8)), Number(to.slice(8))];
			return first === last ? `${first}` : `${first}–${last}`;
		});
		return `${text} (${formatNames(locale, dates)})`;
	});
	if (cell.toCome > 0) parts.push(m.coverage_n_to_come({ n: formatCount(locale, cell.toCome) }));
	return m.coverage_parts({ parts: parts.join('; ') });
}
