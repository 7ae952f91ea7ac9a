import { resolveFactsNow } from '../../engine/reported/resolve-facts';
import type { PageEngine } from '../../model/page-request';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import { AdsPart } from './ads-part';
import type { StoredData } from './stored-data';

/** Answers of reports on ads alone. Their figures are read once for all that is asked of a range. */
export function adsEngine(
	signal: AbortSignal,
	stored: StoredData
): Pick<PageEngine, 'figures' | 'answer' | 'compare' | 'ads'> {
	const pace = paceOf(signal);
	const parts = new Map<Query, Promise<AdsPart>>();
	const read = async (query: Query) => {
		const facts = (await stored.facts(signal)) ?? resolveFactsNow([]);
		return AdsPart.of(pace, query, stored.plan(query.filter, query.grain), facts);
	};
	const partOf = (query: Query) => {
		let part = parts.get(query);
		if (!part) parts.set(query, (part = read(query)));
		return part;
	};
	const answer = async (query: Query) =>
		(await partOf(query)).answer(pace, await stored.damagedReports(signal));
	const compare = async (query: Query, compared: Query) =>
		(await partOf(query)).compare(pace, await partOf(compared));
	return {
		figures: async (query, compared) => ({
			answer: await answer(query),
			comparison: compared && (await compare(query, compared))
		}),
		answer,
		compare,
		ads: async (query, compared) => {
			const then = compared && (await partOf(compared));
			return (await partOf(query)).tables(pace, then, await stored.catalogue());
		}
	};
}
