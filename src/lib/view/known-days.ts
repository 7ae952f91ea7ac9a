import type { Answer, Total } from '../model/answer';
import { addDays, dayNumber, daysBetween, type Day } from '../model/calendar';
import { METRICS, METRIC_IDS, type MetricId } from '../model/metric';
import type { DaySpan } from '../model/reported';
import { isExported, MAX_EXPORT_DAYS } from './gaps';

/** What a figure of reports lacks: which of the range's days are known, and which export would bring the others. */

/** A stretch of days that are alike, as a part of the range. */
export interface DayStretch {
	readonly state: 'known' | 'estimate' | 'missing';
	readonly days: number;
}

export interface KnownDays {
	readonly known: number;
	readonly estimated: number;
	readonly days: number;
	/** The range from its first day to its last. */
	readonly stretches: readonly DayStretch[];
}

const countOf = (spans: readonly DaySpan[]) =>
	spans.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0);

/** @param first the first day of the range */
export function knownDays({ missing, estimated }: Total, first: Day, days: number): KnownDays {
	const marked = [
		...missing.map((span) => ({ ...span, state: 'missing' as const })),
		...estimated.map((span) => ({ ...span, state: 'estimate' as const }))
	].sort((a, b) => (a.from < b.from ? -1 : 1));
	const stretches: DayStretch[] = [];
	const start = dayNumber(first) as number;
	let at = 0;
	const fill = (until: number, state: DayStretch['state']) => {
		if (until > at) stretches.push({ state, days: until - at });
		at = Math.max(at, until);
	};
	for (const { from, to, state } of marked) {
		fill((dayNumber(from) as number) - start, 'known');
		fill((dayNumber(to) as number) - start + 1, state);
	}
	fill(days, 'known');
	return { known: days - countOf(missing), estimated: countOf(estimated), days, stretches };
}

/** Whether a figure of the answer may lack days: where reports have a part in it, or nothing is known of some day. */
export function hasReports({ reportedDays, totals }: Answer, metrics: readonly MetricId[]): boolean {
	return reportedDays > 0 || metrics.some((metric) => totals[metric].missing.length > 0);
}

/** The newest days that an export of a metric should be of: an unbroken stretch, as long as one export can be. */
export function newestGap({ missing }: Total): DaySpan | null {
	const last = missing.at(-1);
	if (!last) return null;
	const start = addDays(last.to, 1 - MAX_EXPORT_DAYS);
	return { from: start > last.from ? start : last.from, to: last.to };
}

/**
 * How many exports would complete the figures: one a metric for all its missing days that lie within as many days as an
 * export can have.
 */
export function exportsMissing({ totals }: Answer, metrics: readonly MetricId[]): number {
	return metrics.filter(isExported).reduce((sum, metric) => {
		let exports = 0;
		let covered: Day = '';
		for (const { from, to } of totals[metric].missing) {
			for (let day = from > covered ? from : addDays(covered, 1); day <= to; day = addDays(covered, 1)) {
				exports++;
				covered = addDays(day, MAX_EXPORT_DAYS - 1);
			}
		}
		return sum + exports;
	}, 0);
}

/** The exports that would bring a metric: its own, or of a rate those of its parts. */
export function exportsOf(metric: MetricId): readonly MetricId[] {
	if (isExported(metric)) return [metric];
	const { formula } = METRICS[metric];
	const parts = formula.kind === 'ratio' ? [formula.part, formula.whole] : [formula.of];
	return METRIC_IDS.filter((other) => {
		const made = METRICS[other].formula;
		return isExported(other) && made.kind === 'amount' && parts.includes(made.of);
	});
}
