import type { Day } from '../model/calendar';
import { METRICS, type MetricId } from '../model/metric';
import { formatMetric, formatTick, formatWeekday } from './format';
import { weekdayOf } from './weekdays';

/** Changes as people read them. The sign is a minus sign, as wide as the plus. */

const MINUS = '\u2212';

/**
 * What is added or taken away: `+12,944`. Of a rate in percentage points: `−0.892`.
 * @param currency the code of the currency that money is in; '' where it is not said
 */
export function formatContribution(
	locale: string,
	metric: MetricId,
	value: number | null,
	currency = ''
): string {
	if (value === null) return formatMetric(locale, metric, null);
	return signed(value, sizeOf(locale, metric, value, currency));
}

/** The same without its sign, for sentences that say the direction. */
export function formatSize(locale: string, metric: MetricId, value: number, currency = ''): string {
	return sizeOf(locale, metric, value, currency);
}

/** The end of a scale: `+70k`. */
export function formatScaleEnd(locale: string, metric: MetricId, value: number): string {
	if (METRICS[metric].unit !== 'fraction') return signed(value, formatTick(locale, metric, Math.abs(value)));
	return signed(
		value,
		new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(Math.abs(value) * 100)
	);
}

/** The name of a day's weekday. */
export function formatWeekdayOf(locale: string, day: Day): string {
	return formatWeekday(locale, weekdayOf(day));
}

function sizeOf(locale: string, metric: MetricId, value: number, currency: string): string {
	if (METRICS[metric].unit !== 'fraction') return formatMetric(locale, metric, Math.abs(value), currency);
	return new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(
		Math.abs(value) * 100
	);
}

function signed(value: number, text: string): string {
	return value > 0 ? `+${text}` : value < 0 ? `${MINUS}${text}` : text;
}
