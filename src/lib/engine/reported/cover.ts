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
