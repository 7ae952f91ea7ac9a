import type { Total } from '../../src/lib/model/answer';
import { daysBetween } from '../../src/lib/model/calendar';
import type { DaySpan } from '../../src/lib/model/reported';

/** How many days spans hold that do not overlap. */
export function dayCount(spans: readonly DaySpan[]): number {
	return spans.reduce((sum, { from, to }) => sum + daysBetween(from, to), 0);
}

/** A total with how many days are missing and estimated in place of which. */
export function withDayCounts({ missing, estimated, ...total }: Total) {
	return { ...total, daysMissing: dayCount(missing), daysEstimated: dayCount(estimated) };
}
