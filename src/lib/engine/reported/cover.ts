import { daysBetween, type Day } from '../../model/calendar';
import type { DaySpan } from '../../model/reported';

/**
 * Of periods that may overlap, those that cover most days of a range with no day twice. One that is the range itself
 * comes first; of sets that cover as many days, the one of fewest periods.
 */
export function bestCover<Period extends { readonly span: DaySpan }>(
	periods: readonly Period[],
	range: DaySpan
): readonly Period[] {
	const inside = periods.filter(({ span }) => span.from >= range.from && span.to <= range.to);
	const exact = inside.find(({ span }) => span.from === range.from && span.to === range.to);
	if (exact) return [exact];
	const inOrder = [...inside].sort(
		(a, b) => compareDays(a.span.to, b.span.to) || compareDays(b.span.from, a.span.from)
	);
	// best[i] is the best choice among the first i periods.
	const best: { days: number; chosen: readonly Period[] }[] = [{ days: 0, chosen: [] }];
	inOrder.forEach((period, i) => {
		let before = i;
		while (before > 0 && inOrder[before - 1]!.span.to >= period.span.from) before--;
		const without = best[i]!;
		const days = best[before]!.days + daysBetween(period.span.from, period.span.to);
		const count = best[before]!.chosen.length + 1;
		const isBetter = days > without.days || (days === without.days && count < without.chosen.length);
		best.push(isBetter ? { days, chosen: [...best[before]!.chosen, period] } : without);
	});
	return best[inOrder.length]!.chosen;
}

function compareDays(a: Day, b: Day): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

/** Something known of days by their numbers, both included. */
export interface Known<T> {
	readonly from: number;
	readonly to: number;
	readonly value: T;
}

/**
 * Of what is known of single days and of longer periods, that which covers most of some days with no day twice. Of sets
 * that cover as many days, the one with most single days, then the one of fewest periods.
 * @param days numbers of days that follow each other in time, with gaps or without
 * @param ofDay what is known of the day at each place of `days`; null for nothing
 * @param periods of several days
 */
export function bestOfDays<T>(
	days: readonly number[],
	ofDay: readonly (T | null)[],
	periods: readonly Known<T>[]
): Known<T>[] {
	const single = (place: number): Known<T>[] => {
		const value = ofDay[place] as T | null;
		return value === null ? [] : [{ from: days[place]!, to: days[place]!, value }];
	};
	const places = new Map(days.map((day, place) => [day, place]));
	const ending = new Map<number, { readonly first: number; readonly known: Known<T> }[]>();
	for (const known of periods) {
		const [first, last] = [places.get(known.from), places.get(known.to)];
		// A period that holds other days than these says nothing of these.
		if (first === undefined || last === undefined || last - first !== known.to - known.from) continue;
		const others = ending.get(last) ?? [];
		ending.set(last, [...others, { first, known }]);
	}
	if (ending.size === 0) return days.flatMap((_, place) => single(place));

	// best[i] is the best choice among the first i days; `before` is where its last step starts.
	interface Choice {
		readonly covered: number;
		readonly singles: number;
		readonly count: number;
		readonly before: number;
		readonly last: Known<T> | null;
	}
	const best: Choice[] = [{ covered: 0, singles: 0, count: 0, before: 0, last: null }];
	days.forEach((_, place) => {
		const skipped: Choice = { ...best[place]!, before: place, last: null };
		const steps = [
			...single(place).map((known) => ({ first: place, known })),
			...(ending.get(place) ?? [])
		].map(({ first, known }): Choice => {
			const { covered, singles, count } = best[first]!;
			return {
				covered: covered + place + 1 - first,
				singles: singles + (first === place ? 1 : 0),
				count: count + 1,
				before: first,
				last: known
			};
		});
		best.push(
			steps.reduce((a, b) => {
				const order = b.covered - a.covered || b.singles - a.singles || a.count - b.count;
				return order > 0 ? b : a;
			}, skipped)
		);
	});
	const chosen: Known<T>[] = [];
	for (let place = days.length; place > 0;) {
		const { before, last } = best[place]!;
		if (last) chosen.push(last);
		place = before;
	}
	return chosen.reverse();
}
