import type { Filter } from '../../model/query';
import { sumsOf, type EngineData } from '../answer';
import type { Plan } from '../plan';
import type { EventDays } from './merge';

/**
 * The days of a range that hold any event at all, in the filter's time zone and whatever else it lets through.
 * @param plan of the range, by day
 * @param any whether any event is stored
 */
export async function eventDaysOf(
	filter: Filter,
	plan: Plan,
	data: EngineData,
	any: boolean
): Promise<EventDays> {
	const days = new Set<number>();
	if (plan.segments.length > 0) {
		const sums = await sumsOf({ filter, subject: null }, plan, data, null);
		for (const { bucketOf } of sums) {
			for (const bucket of bucketOf) if (bucket >= 0) days.add(plan.bucketDays[bucket] as number);
		}
	}
	return { any, days };
}
