import type { About, MetricSeries } from '../model/answer';
import { dayNumber, type Day } from '../model/calendar';
import { ageOn } from '../model/life';
import type { MetricId } from '../model/metric';

/** The life of a Pin as far as reports have it: by days, by periods and by totals since its first day. */

/** A figure of a stretch of a Pin's life. */
export interface AgeRow {
	/** The ages on its first and its last day. */
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly isEstimate: boolean;
	/** All that is known until its last day. */
	readonly running: number;
}

export interface ReportedLife {
	readonly metric: MetricId;
	readonly age: number;
	/** The newest total since its first day; null where there is none. */
	readonly total: {
		readonly value: number;
		readonly day: Day;
		readonly age: number;
		readonly isEstimate: boolean;
	} | null;
	/** No day twice, in the order of time. */
	readonly rows: readonly AgeRow[];
	/** How many days it has had, and how many of them no row is of. */
	readonly days: number;
	readonly missing: number;
	/** The ages between which half of the figures so far had come; null where that is not known. */
	readonly half: { readonly from: number; readonly to: number } | null;
}

/** A known figure of some days, by their numbers, both included. */
interface Stretch {
	readonly from: number;
	readonly to: number;
	readonly value: number;
	readonly isEstimate: boolean;
}

/**
 * @param series of the metric, day by day from the day `first` on
 * @param about what reports say of the Pin by periods and levels of their own
 * @param born the day that the Pin was made
 */
export function reportedLife(
	metric: MetricId,
	{ values, isEstimate }: MetricSeries,
	first: number,
	{ periods, levels }: Pick<About, 'periods' | 'levels'>,
	born: number
): ReportedLife {
	const newest = first + values.length - 1;
	const ofDays = values.flatMap((value, i): Stretch[] =>
		value === null ? [] : [{ from: first + i, to: first + i, value, isEstimate: isEstimate?.[i] === true }]
	);
	const ofPeriods = periods.flatMap(({ from, to, figures }): Stretch[] => {
		const figure = figures.find((each) => each.metric === metric);
		const [start, end] = [dayNumber(from), dayNumber(to)];
		if (!figure || start === null || end === null || end > newest) return [];
		return [{ from: start, to: end, value: figure.value, isEstimate: figure.isEstimate }];
	});
	let running = 0;
	let covered = 0;
	const rows = mostDays([...ofDays, ...ofPeriods]).map(({ from, to, value, isEstimate }): AgeRow => {
		running += value;
		covered += Math.max(0, to - Math.max(from, born) + 1);
		return { from: ageOn(from, born), to: ageOn(to, born), value, isEstimate, running };
	});
	const days = Math.max(0, newest - born + 1);
	const missing = days - covered;
	const half = missing > 0 || running === 0 ? undefined : rows.find((row) => 2 * row.running >= running);
	const level = levels.find((each) => each.metric === metric);
	return {
		metric,
		age: ageOn(newest, born),
		total: level
			? {
					value: level.value,
					day: level.day,
					age: ageOn(dayNumber(level.day) ?? born, born),
					isEstimate: level.isEstimate
				}
			: null,
		rows,
		days,
		missing,
		half: half ? { from: half.from, to: half.to } : null
	};
}

/**
 * Of stretches that overlap, those that cover most days with no day twice; of equal ones the shorter stretches. Each is
 * weighed against the best of all that end before it (weighted interval scheduling).
 */
function mostDays(stretches: readonly Stretch[]): readonly Stretch[] {
	const sorted = [...stretches].sort((a, b) => a.to - b.to || b.from - a.from);
	/** The best of the first i stretches: its days, its stretches, and the place of the last of them. */
	const best: { readonly days: number; readonly count: number; readonly last: number }[] = [
		{ days: 0, count: 0, last: -1 }
	];
	const before: number[] = [];
	sorted.forEach(({ from, to }, i) => {
		let low = 0;
		let high = i;
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (sorted[middle]!.to < from) low = middle + 1;
			else high = middle;
		}
		before.push(low);
		const [without, rest] = [best[i]!, best[low]!];
		const taken = { days: rest.days + to - from + 1, count: rest.count + 1, last: i };
		const isBetter =
			taken.days > without.days || (taken.days === without.days && taken.count > without.count);
		best.push(isBetter ? taken : without);
	});
	const chosen: Stretch[] = [];
	for (let at = sorted.length; best[at]!.last >= 0;) {
		const { last } = best[at]!;
		chosen.push(sorted[last]!);
		at = before[last]!;
	}
	return chosen.reverse();
}
