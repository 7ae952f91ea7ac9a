import type { EngineData } from '../../engine/engine-data';
import type { Plan } from '../../engine/plan';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import { eventDaysOf, type StoredEventDays } from './event-days';
import { ReportedPart } from './reported-part';
import type { StoredData } from './stored-data';

/** What is stored of the days of a query, by day. */
export interface StoredPeriod {
	readonly query: Query;
	readonly plan: Plan;
	readonly data: EngineData;
	readonly events: StoredEventDays;
	/** Null where events say all. */
	readonly reported: ReportedPart | null;
}

/** Looks at what is stored of a query's days; counts nothing yet. */
export async function readPeriod(
	signal: AbortSignal,
	stored: StoredData,
	query: Query
): Promise<StoredPeriod> {
	const plan = stored.plan(query.filter, 'day');
	const data = await stored.engineData(signal, paceOf(signal));
	const events = await eventDaysOf(query.filter, plan, stored.batches, data);
	const facts = await stored.facts(signal);
	const labels = facts && (await stored.labelsOf(query, facts));
	const reported =
		facts && !facts.isEmpty
			? ReportedPart.of(query, plan, facts, events, await data.catalogue(), labels)
			: null;
	return { query, plan, data, events, reported };
}
