import type { RangeIndex } from '../../engine/range-index';
import { dimensionsIn } from '../../model/dimension';
import { NATIVE_DIMENSIONS } from '../../model/event';
import type { Query } from '../../model/query';

/** Filters and splits that were looked at last are kept, as long as they have no more entries than this: 96 MB. */
const MOST_ENTRIES = 16_000_000;

/** What of a question an index depends on: not the days, nor how they are cut. */
export type Indexed = Pick<Query, 'filter' | 'subject' | 'split'>;

/** What is known of people under filters, by these; of what is stored now. */
export class RangeIndexes {
	readonly #mostEntries: number;
	/** In the order of their last use; null where a question has none. */
	readonly #kept = new Map<string, RangeIndex | null>();
	/** Rises where other events are stored. */
	#edition = 0;

	constructor(mostEntries = MOST_ENTRIES) {
		this.#mostEntries = mostEntries;
	}

	/** Other events are stored. */
	clear(): void {
		this.#edition++;
		this.#kept.clear();
	}

	/**
	 * The index of a query; null where there is none, or none yet. One of a split serves a query without it too: the people
	 * of all values together are the first of its lists.
	 */
	of(query: Indexed): RangeIndex | null {
		const keys = query.split === null ? [null, ...NATIVE_DIMENSIONS] : [query.split];
		for (const split of keys) {
			const key = keyOf({ ...query, split });
			const index = this.#kept.get(key) ?? null;
			if (!index) continue;
			this.#keep(key, index);
			return index;
		}
		return null;
	}

	/** Takes in what was built before this worker started; of what is stored now. */
	take(query: Indexed, index: RangeIndex): void {
		const key = keyOf(query);
		if (!this.#kept.has(key)) this.#keep(key, index);
	}

	/** Keeps what is built for a query, unless that is known, or other events are stored by then. */
	async keep(query: Query, build: () => Promise<RangeIndex | null>): Promise<void> {
		const key = keyOf(query);
		if (this.#kept.has(key) || this.of(query)) return;
		const edition = this.#edition;
		const index = await build();
		if (edition === this.#edition) this.#keep(key, index);
	}

	#keep(key: string, index: RangeIndex | null): void {
		this.#kept.delete(key);
		this.#kept.set(key, index);
		let entries = [...this.#kept.values()].reduce((sum, kept) => sum + (kept?.entries ?? 0), 0);
		for (const [oldest, kept] of this.#kept) {
			if (entries <= this.#mostEntries) break;
			// One that is too large by itself is not built again and again.
			entries -= kept?.entries ?? 0;
			if (oldest === key) this.#kept.set(key, null);
			else this.#kept.delete(oldest);
		}
	}
}

function keyOf({ filter: { tz, values }, subject, split }: Indexed): string {
	const set = dimensionsIn(values).filter((dimension) => values[dimension]?.length);
	return JSON.stringify([tz, set.map((dimension) => [dimension, values[dimension]]), subject, split]);
}
