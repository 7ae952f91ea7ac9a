import { PeopleCounter } from '../../engine/met-people/count-people';
import type { PeopleFigures } from '../../model/people';
import type { Query } from '../../model/query';
import { paceOf } from '../threads/pacing';
import type { StoredData } from './stored-data';

/** Who is new and who comes back, out of what is stored. Fetched when it is first asked for. */
export class PeopleEngine {
	readonly #stored: StoredData;
	/** The counter of what is stored now, in the zone that was asked for last. */
	#newest: { readonly batches: unknown; readonly tz: string; readonly counter: PeopleCounter } | null = null;

	constructor(stored: StoredData) {
		this.#stored = stored;
	}

	/** @param compared the same question about the days that are compared with; null for none */
	count(signal: AbortSignal, query: Query, compared: Query | null): Promise<PeopleFigures> {
		const stored = this.#stored;
		return stored.withoutDamage(async () => {
			const data = await stored.engineData(signal, paceOf(signal));
			return this.#counterOf(query).count(data, query, compared);
		});
	}

	#counterOf({ filter }: Query): PeopleCounter {
		const stored = this.#stored;
		const { batches } = stored;
		const { tz } = filter;
		if (this.#newest?.batches !== batches || this.#newest.tz !== tz) {
			const everyDay = stored.plan({ ...filter, ...stored.daysOfEvents(tz) }, 'day');
			const planOf = (filter: Query['filter']) => stored.plan(filter, 'day');
			this.#newest = { batches, tz, counter: new PeopleCounter({ everyDay, planOf }) };
		}
		return this.#newest.counter;
	}
}
