import { dayAt } from '$lib/model/calendar';
import type { BatchSummary } from '$lib/model/import-report';
import type { DayRange } from '$lib/view/range';

/**
 * The days that a batch is about; null where it is about none.
 * @param tz in which days of events are counted
 */
export function daysOfBatch(batch: BatchSummary, tz: string): DayRange | null {
	if (batch.report?.days) return batch.report.days;
	if (batch.firstMs === null || batch.lastMs === null) return null;
	return { from: dayAt(batch.firstMs, tz), to: dayAt(batch.lastMs, tz) };
}
