import type { RangeIndex } from '../../engine/range-index';
import type { Query } from '../../model/query';

/** So many filters and splits are kept: those that were looked at last. */
const MOST_KEPT = 6;

/** What is known of people under filters, by these; of what is stored now. */
export class RangeIndexes {
	/** In the order of their last use; null where a question has none. */
	readonly #kept = new Map<string, RangeIndex | null>();
	/** Rises where other events are stored. */
	#edition = 0;

	/** Other events are stored. */
	clear(): void {
		this.#edition++;
		this.#kept.clear();
	}

	/** The index of a query; null where there is none, or none yet. */
	of(query: Query): RangeIndex | null {
		const key = keyOf(query);
		const index = this.#kept.get(key) ?? null;
		if (index) this.#keep(key, index);
		return index;
	}

	/** Keeps what is built for a query, unless that is known, or other events are stored by then. */
	async keep(query: Query, build: () => Promise<RangeIndex | null>): Promise<void> {
		const key = keyOf(query);
		if (this.#kept.has(key)) return;
		const edition = this.#edition;
		const index = await build();
		if (edition === this.#edition) this.#keep(key, index);
	}

	#keep(key: string, index: RangeIndex | null): void {
		this.#kept.delete(key);
		this.#kept.set(key, index);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > MOST_KEPT) this.#kept.delete(oldest!);
	}
}

/** All that an index depends on: not the days, nor how they are cut. */
function keyOf({ filter: { tz, values }, subject, split }: Query): string {
	return JSON.stringify([tz, values, subject, split]);
}
