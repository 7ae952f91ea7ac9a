import type { Catalogue } from '../columns/catalogue';
import type { Top, TopPin } from '../model/answer';
import { occurs, sortValues, topPin, type Sides, type SortOrder } from './top';

/** Another order of a list: the places of its Pins, out of their numbers in the list's own order (-1 for one without). */
export type PlacesOf = (pins: ArrayLike<number>) => Uint32Array;

/**
 * The full list of Pins behind an answer: sorted once, then read in stretches, and searched. Made for one answer; its
 * catalogue and counts do not change.
 */
export class PinList {
	readonly #sides: Sides;
	readonly #catalogue: Catalogue;
	/** Numbers of all Pins that occur, best first. */
	readonly #order: Uint32Array;
	/** What is searched, by Pin; made by the first search. */
	#texts: Map<number, string> | null = null;
	/** The newest search: a list is read in many stretches. */
	#found: { readonly words: string; readonly order: Uint32Array } | null = null;

	constructor(sides: Sides, catalogue: Catalogue, order: SortOrder) {
		this.#sides = sides;
		this.#catalogue = catalogue;
		const values = sortValues(sides, order);
		// Of equal values those stay in the order of their ids.
		this.#order = catalogue.pinsById
			.filter((pin) => occurs(sides, pin))
			.sort((a, b) => (values[b] as number) - (values[a] as number) || 0);
	}

	/**
	 * Rows first, first + 1, … of those whose title, id or link contains the words, in any case.
	 * @param placesOf puts them in another order
	 */
	rows(words: string, first: number, count: number, placesOf?: PlacesOf): Top<TopPin> {
		const found = this.#search(words.trim().toLowerCase());
		const order = placesOf ? placesOf(found).map((place) => found[place] as number) : found;
		const rows = Array.from(order.subarray(first, first + count), (pin) =>
			topPin(this.#sides, this.#catalogue, pin)
		);
		return { rows, total: found.length, period: null };
	}

	#search(words: string): Uint32Array {
		if (words === '') return this.#order;
		if (this.#found?.words !== words) {
			const texts = (this.#texts ??= this.#searched());
			this.#found = { words, order: this.#order.filter((pin) => texts.get(pin)!.includes(words)) };
		}
		return this.#found.order;
	}

	#searched(): Map<number, string> {
		const catalogue = this.#catalogue;
		return new Map(
			Array.from(this.#order, (pin) => {
				const texts = [
					catalogue.attribute('pin_title', pin),
					catalogue.pinId(pin),
					catalogue.attribute('link', pin)
				];
				return [pin, texts.join('\0').toLowerCase()];
			})
		);
	}
}
