import type { EngineData } from '../../engine/engine-data';
import type { Plan } from '../../engine/plan';
import type { EventDays } from '../../engine/reported/part-range';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import type { Query } from '../../model/query';
import { eventDaysOf, type StoredEventDays } from './event-days';
import { ReportedPart } from './reported-part';
import type { StoredData } from './stored-data';

/**
 * What is reported in a query's answer; null where it is of events alone.
 * @param plan of the query, by whatever grain
 */
export async function reportedOf(
	stored: StoredData,
	query: Query,
	plan: Plan,
	facts: ResolvedFacts | null,
	data: EngineData,
	coverage: (events: StoredEventDays) => EventDays = (events) => events
): Promise<ReportedPart | null> {
	if (!facts || facts.isEmpty) return null;
	const byDay = plan.grain === 'day' ? plan : stored.plan(query.filter, 'day');
	const events = await eventDaysOf(query.filter, byDay, stored.batches, data);
	return ReportedPart.of(
		query,
		plan,
		facts,
		coverage(events),
		await data.catalogue(),
		await stored.labelsOf(query, facts)
	);
}
