import type { Catalogue } from '../../columns/catalogue';
import type { Top, TopPin } from '../../model/answer';
import type { PlacesOf } from '../pin-list';
import { ListRows } from './list-rows';
import {
	ListSide,
	comparableSide,
	type ListBefore,
	type ListEntry,
	type ListQuery,
	type ListSources
} from './list-side';

/** The full list of Pins: sorted once, then read in stretches, and searched. */
export class ReportedPinList {
	/**
	 * Null where no report has a part in the list: then it is that of events.
	 * @param before the range that is compared with
	 */
	static of(
		query: ListQuery,
		sources: ListSources,
		before: ListBefore | null = null
	): ReportedPinList | null {
		const now = new ListSide('pin', query, sources, sources.counts);
		const then = before && new ListSide('pin', before.query, before.sources, before.sources.counts);
		const isOfEvents = now.ids.size === 0 && (then?.ids.size ?? 0) === 0;
		return isOfEvents ? null : new ReportedPinList(query, sources.catalogue, now, then);
	}

	readonly #rows: ListRows;
	readonly #catalogue: Catalogue;
	#texts: Map<ListEntry, string> | null = null;
	/** The newest search. */
	#found: { readonly words: string; readonly entries: readonly ListEntry[] } = { words: '', entries: [] };

	private constructor(query: ListQuery, catalogue: Catalogue, now: ListSide, then: ListSide | null) {
		this.#catalogue = catalogue;
		const before = comparableSide(query, now, then);
		const sides = before ? [now, before] : [now];
		const entries: ListEntry[] = [];
		const listed = new Set<string>();
		const add = (number: number, id: string) => {
			listed.add(id);
			entries.push({ number, id, name: id });
		};
		for (let pin = 0; pin < catalogue.pinCount; pin++)
			if (sides.some((side) => side.isCounted(pin))) add(pin, catalogue.pinId(pin));
		for (const { ids } of sides) for (const id of ids) if (!listed.has(id)) add(catalogue.pinNumber(id), id);
		this.#rows = new ListRows(entries, now, before, query);
	}

	/**
	 * Rows first, first + 1, … of those whose title, id or link contains the words, in any case.
	 * @param placesOf puts them in another order
	 */
	rows(words: string, first: number, count: number, placesOf?: PlacesOf): Top<TopPin> {
		const { entries, period } = this.#rows;
		const wanted = words.trim().toLowerCase();
		// A list is read in many stretches.
		if (this.#found.words !== wanted)
			this.#found = {
				words: wanted,
				entries: entries.filter((entry) => this.#textOf(entry).includes(wanted))
			};
		const found = wanted === '' ? entries : this.#found.entries;
		const places = placesOf?.(found.map(({ number }) => number));
		const order = places ? Array.from(places, (place) => found[place]!) : found;
		return {
			rows: order.slice(first, first + count).map((entry) => this.#row(entry)),
			total: found.length,
			period
		};
	}

	#row(entry: ListEntry): TopPin {
		const { number, id } = entry;
		return { pinId: id, ...this.#catalogue.pin(number), ...this.#rows.figuresOf(entry) };
	}

	#textOf(entry: ListEntry): string {
		this.#texts ??= new Map();
		let text = this.#texts.get(entry);
		if (text === undefined) {
			const { title, link } = this.#catalogue.pin(entry.number);
			this.#texts.set(entry, (text = [title, entry.id, link].join('\0').toLowerCase()));
		}
		return text;
	}
}
