import { dayNumber } from '../../model/calendar';
import type { FactSource } from '../../model/reported';
import type { CountedColumns } from './counted-columns';

/** A stretch of days by their numbers, both included. */
interface Days {
	readonly from: number;
	readonly to: number;
}

/** The days that figures are of or that files cover, in as few stretches as possible, in the order of time. */
export function coveredDays(
	{ from, to }: Pick<CountedColumns, 'from' | 'to'>,
	sources: readonly FactSource[]
): Days[] {
	// Hundreds of thousands of figures are about few days: of each first day, only the longest stretch is kept.
	const longest = new Map<number, number>();
	const cover = (first: number, last: number) => {
		const other = longest.get(first);
		if (other === undefined || last > other) longest.set(first, last);
	};
	for (let i = 0; i < from.length; i++) cover(from[i] as number, to[i] as number);
	for (const { covered } of sources) {
		for (const span of covered) {
			const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
			if (first !== null && last !== null) cover(first, last);
		}
	}
	const result: Days[] = [];
	for (const [first, last] of [...longest].sort(([a], [b]) => a - b)) {
		const before = result.at(-1);
		if (before && first <= before.to) {
			if (last > before.to) result[result.length - 1] = { from: before.from, to: last };
		} else result.push({ from: first, to: last });
	}
	return result;
}
