import { dayNumber, MS_PER_DAY, type Day } from '../model/calendar';
import { METRICS, type MetricId, type MetricUnit } from '../model/metric';
import type { Grain } from '../model/query';
import { endOfBucket, isSameYear, type DayRange } from './range';

/** Numbers, dates and sizes as people read them. The locale is always given; nothing here reads the browser's. */

// Making a formatter costs far more than using one.
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
	const key = locale + JSON.stringify(options);
	let format = numberFormats.get(key);
	if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
	return format;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = locale + JSON.stringify(options);
	let format = dateFormats.get(key);
	if (!format) dateFormats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
	return format;
}

/** Stands where there is no value. */
const NO_VALUE = '–';

const FULL: Readonly<Record<MetricUnit, Intl.NumberFormatOptions>> = {
	count: { maximumFractionDigits: 0 },
	people: { maximumFractionDigits: 0 },
	fraction: { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 },
	seconds: { style: 'unit', unit: 'second', minimumFractionDigits: 1, maximumFractionDigits: 1 },
	minutes: { style: 'unit', unit: 'minute', maximumFractionDigits: 1 },
	money: { minimumFractionDigits: 2, maximumFractionDigits: 2 },
	multiple: { minimumFractionDigits: 2, maximumFractionDigits: 2 }
};
const SHORT: Readonly<Record<MetricUnit, Intl.NumberFormatOptions>> = {
	count: { notation: 'compact', maximumFractionDigits: 1 },
	people: { notation: 'compact', maximumFractionDigits: 1 },
	fraction: { style: 'percent', maximumFractionDigits: 2 },
	seconds: { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: 1 },
	minutes: { notation: 'compact', maximumFractionDigits: 1 },
	money: { notation: 'compact', maximumFractionDigits: 2 },
	multiple: { maximumFractionDigits: 2 }
};

/** A whole number with its digits grouped. */
export function formatCount(locale: string, value: number): string {
	return numberFormat(locale, FULL.count).format(value);
}

/**
 * A metric's value in full.
 * @param currency the code of the currency that money is in; '' where it is not said
 */
export function formatMetric(locale: string, metric: MetricId, value: number | null, currency = ''): string {
	if (value === null) return NO_VALUE;
	const { unit } = METRICS[metric];
	const options = FULL[unit];
	// A file may name anything, and a formatter takes nothing but a code.
	const isNamed = unit === 'money' && /^[A-Za-z]{3}$/.test(currency);
	const named = isNamed ? { ...options, style: 'currency' as const, currency } : options;
	return numberFormat(locale, named).format(value);
}

/** A metric's average over days or rows: a small one has a decimal, so that it is not rounded to nothing. */
export function formatAverage(locale: string, metric: MetricId, value: number): string {
	const options = FULL[METRICS[metric].unit];
	const isSmall = METRICS[metric].unit === 'count' && value > 0 && value < 10;
	return numberFormat(locale, isSmall ? { maximumFractionDigits: 1 } : options).format(value);
}

/** A metric's value as an axis shows it. */
export function formatTick(locale: string, metric: MetricId, value: number): string {
	return numberFormat(locale, SHORT[METRICS[metric].unit]).format(value);
}

/** A share in whole percent; a small one is not called nothing. */
export function formatShare(locale: string, fraction: number): string {
	const percent = numberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
	return fraction > 0 && fraction < 0.005 ? `<${percent.format(0.01)}` : percent.format(fraction);
}

/** A label in the middle of a sentence: `Spend` becomes `spend`; `CPM` stays, and so do German nouns. */
export function inSentence(locale: string, label: string): string {
	const [first = '', second = ''] = label;
	if (second !== second.toLocaleLowerCase(locale) || locale.startsWith('de')) return label;
	return first.toLocaleLowerCase(locale) + label.slice(first.length);
}

/** Names in a sentence: `Saves, Closeups and Link clicks`. */
export function formatNames(locale: string, names: readonly string[]): string {
	return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

/** A part of a whole as a percentage. */
export function formatPart(locale: string, fraction: number | null): string {
	if (fraction === null) return NO_VALUE;
	return numberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(fraction);
}

/** A share with one decimal, so that shares stand below each other; a small one is not called nothing. */
export function formatPercent(locale: string, fraction: number): string {
	const percent = numberFormat(locale, {
		style: 'percent',
		minimumFractionDigits: 1,
		maximumFractionDigits: 1
	});
	return fraction > 0 && fraction < 0.0005 ? `<${percent.format(0.001)}` : percent.format(fraction);
}

/** A share as a number of percent with one decimal, where a heading says that it is one: `31.8`; a whole is `100`. */
export function formatPercentNumber(locale: string, fraction: number): string {
	const digits = fraction === 1 ? 0 : 1;
	return numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
		fraction * 100
	);
}

/** A difference of two shares in percentage points: `+2.4`. */
export function formatPoints(locale: string, fraction: number): string {
	return numberFormat(locale, {
		signDisplay: 'exceptZero',
		minimumFractionDigits: 1,
		maximumFractionDigits: 1
	}).format(fraction * 100);
}

/** How many times as much: `2.11×`. */
export function formatTimes(locale: string, factor: number): string {
	return `${numberFormat(locale, FULL.multiple).format(factor)}×`;
}

/** A change as a signed percentage: `+12.4%`. */
export function formatChange(locale: string, fraction: number): string {
	return numberFormat(locale, {
		style: 'percent',
		signDisplay: 'exceptZero',
		minimumFractionDigits: 1,
		maximumFractionDigits: 1
	}).format(fraction);
}

const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** A size in the unit that suits it. */
export function formatBytes(locale: string, bytes: number): string {
	let step = 0;
	while (step < BYTE_UNITS.length - 1 && bytes >= 1000 ** (step + 1)) step++;
	return numberFormat(locale, {
		style: 'unit',
		unit: BYTE_UNITS[step] ?? 'byte',
		unitDisplay: step === 0 ? 'long' : 'short',
		maximumFractionDigits: step === 0 ? 0 : 1
	}).format(bytes / 1000 ** step);
}

/** A stretch of time to come, roughly. */
export function formatSeconds(locale: string, seconds: number): string {
	const [value, unit] = seconds < 90 ? [Math.ceil(seconds), 'second'] : [Math.ceil(seconds / 60), 'minute'];
	return numberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

// A day has no zone of its own here: it is drawn as that date in UTC.
const dateOf = (day: Day) => new Date((dayNumber(day) ?? 0) * MS_PER_DAY);
const DAY_MONTH = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;

/** `23 Nov 2026` */
export function formatDay(locale: string, day: Day): string {
	return dateFormat(locale, { ...DAY_MONTH, year: 'numeric' }).format(dateOf(day));
}

/** `23 Nov`: where the year is known. */
export function formatDayShort(locale: string, day: Day): string {
	return dateFormat(locale, DAY_MONTH).format(dateOf(day));
}

/** `Nov 2026` */
export function formatMonth(locale: string, day: Day): string {
	return dateFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(dateOf(day));
}

/** `25 Oct – 23 Nov 2026`; the year of both stands where the language writes it: `2026年10月25日 – 11月23日`. */
export function formatRange(locale: string, range: DayRange): string {
	if (range.from === range.to) return formatDay(locale, range.from);
	const isYearOnce = isSameYear(range.from, range.to);
	const isFirst = isYearOnce && isYearFirst(locale);
	const from = isYearOnce && !isFirst ? formatDayShort(locale, range.from) : formatDay(locale, range.from);
	return `${from} – ${isFirst ? formatDayShort(locale, range.to) : formatDay(locale, range.to)}`;
}

/** Whether a language writes the year before the day. */
function isYearFirst(locale: string): boolean {
	const parts = dateFormat(locale, { ...DAY_MONTH, year: 'numeric' }).formatToParts(0);
	return parts.find(({ type }) => type === 'year' || type === 'day')?.type === 'year';
}

/** `3 April 2026 – 5 May 2026`: where the two must differ at a glance. */
export function formatLongRange(locale: string, range: DayRange): string {
	const long = (day: Day) =>
		dateFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
			dateOf(day)
		);
	return range.from === range.to ? long(range.from) : `${long(range.from)} – ${long(range.to)}`;
}

/** A step of the series: its day, week or month. */
export function formatBucket(locale: string, day: Day, grain: Grain): string {
	if (grain === 'month') return formatMonth(locale, day);
	if (grain === 'week') return formatRange(locale, { from: day, to: endOfBucket(day, grain) });
	return dateFormat(locale, { ...DAY_MONTH, year: 'numeric', weekday: 'short' }).format(dateOf(day));
}

/** A moment on this machine's own clock, such as when a file was imported. */
export function formatMoment(locale: string, ms: number): string {
	return dateFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);
}

/** A weekday's name; 0 is Monday. */
export function formatWeekday(locale: string, weekday: number, width: 'long' | 'short' = 'long'): string {
	const MONDAY = 4; // 1970-01-05, as a number of days
	return dateFormat(locale, { weekday: width, timeZone: 'UTC' }).format((MONDAY + weekday) * MS_PER_DAY);
}

/** An hour of the day, such as `18:00`. */
export function formatHour(locale: string, hour: number): string {
	return dateFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(hour * 3_600_000);
}

/** A whole hour of the day, such as `18:00–19:00`. */
export function formatHours(locale: string, hour: number): string {
	return `${formatHour(locale, hour)}–${formatHour(locale, (hour + 1) % 24)}`;
}
