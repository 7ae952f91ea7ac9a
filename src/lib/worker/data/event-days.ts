import { sumsOf } from '../../engine/query-sums';
import type { EngineData } from '../../engine/engine-data';
import type { Plan } from '../../engine/plan';
import type { EventDays } from '../../engine/reported/part-range';
import { dayNumberAt } from '../../model/calendar';
import type { Filter } from '../../model/query';
import type { LiveBatch } from '../../store/database';

export interface StoredEventDays extends EventDays {
	/** Whether any event is stored at all. */
	readonly isAnyStored: boolean;
}

/**
 * What is known of a range's days by events: those that hold any, in the filter's time zone and whatever else it lets
 * through; and those between the first and the last event of a file, which would hold some if there had been any.
 * @param byDay the plan of the range by day
 */
export async function eventDaysOf(
	filter: Filter,
	byDay: Plan,
	batches: readonly LiveBatch[],
	data: EngineData
): Promise<StoredEventDays> {
	const days = new Set<number>();
	if (byDay.segments.length > 0) {
		const sums = await sumsOf({ filter }, byDay, data, null, null);
		for (const { bucketOf } of sums)
			for (const bucket of bucketOf) if (bucket >= 0) days.add(byDay.bucketDays[bucket] as number);
	}
	const { tz } = filter;
	const spans = batches.flatMap(({ firstMs, lastMs, report }) =>
		report || firstMs === null || lastMs === null
			? []
			: [{ from: dayNumberAt(firstMs, tz), to: dayNumberAt(lastMs, tz) }]
	);
	return {
		isAnyStored: spans.length > 0,
		holds: (day) => days.has(day),
		covers: (day) => spans.some(({ from, to }) => from <= day && day <= to)
	};
}
