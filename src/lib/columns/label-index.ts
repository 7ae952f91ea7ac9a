import { hasRule, namedPins, type Label } from '../model/own-words';
import type { Catalogue } from './catalogue';

/** Stands between texts, so that no words are found across two of them. */
const BETWEEN = '\n';

/** All that a rule's words are looked for in. */
interface PinTexts {
	/** Title, link and board of every known Pin, in lower case, one after the other. */
	readonly text: string;
	/** Numbers of these Pins, and where the texts of each begin. */
	readonly pins: Uint32Array;
	readonly starts: Uint32Array;
}

/**
 * Which Pins bear which label, by number. Each label is worked out when it is first asked for. Made anew whenever labels
 * or what is stored change.
 */
export class LabelIndex {
	/** The names of all labels, in their order. */
	readonly names: readonly string[];
	readonly #labels: readonly Label[];
	readonly #catalogue: Catalogue;
	readonly #pins = new Map<string, Uint32Array>();
	#texts: PinTexts | null = null;

	constructor(labels: readonly Label[], catalogue: Catalogue) {
		this.names = [...new Set(labels.map(({ name }) => name))];
		this.#labels = labels;
		this.#catalogue = catalogue;
	}

	get pinCount(): number {
		return this.#catalogue.pinCount;
	}

	/** The Pins that bear a label, by number, rising; none where there is no such label. */
	pinsOf(name: string): Uint32Array {
		let pins = this.#pins.get(name);
		if (!pins) this.#pins.set(name, (pins = this.#bearers(name)));
		return pins;
	}

	/**
	 * The Pins that bear any of some labels: 1 where one does.
	 * @param names '' stands for the Pins without any label
	 */
	mask(names: readonly string[]): Uint8Array {
		const mask = new Uint8Array(this.pinCount);
		for (const name of names) {
			if (name !== '') for (const pin of this.pinsOf(name)) mask[pin] = 1;
			else this.#withoutLabel().forEach((bears, pin) => (mask[pin]! |= bears));
		}
		return mask;
	}

	#withoutLabel(): Uint8Array {
		return (this.#without ??= this.mask(this.names).map((bears) => 1 - bears));
	}
	#without: Uint8Array | null = null;

	#bearers(name: string): Uint32Array {
		const found = new Set<number>();
		for (const label of this.#labels) {
			if (label.name !== name) continue;
			for (const pinId of namedPins(label)) {
				const pin = this.#catalogue.pinNumber(pinId);
				if (pin >= 0) found.add(pin);
			}
			if (hasRule(label)) for (const pin of this.#matching(label)) found.add(pin);
		}
		return Uint32Array.from(found).sort();
	}

	/** The Pins that a rule takes in. */
	#matching({ words, createdFrom, createdTo }: Label): number[] {
		const pins = this.#withWords(words.toLowerCase());
		if (createdFrom === null && createdTo === null) return pins;
		return pins.filter((pin) => {
			const day = this.#catalogue.attribute('created_at', pin).slice(0, 10);
			return day !== '' && day >= (createdFrom ?? day) && day <= (createdTo ?? day);
		});
	}

	#withWords(words: string): number[] {
		const { text, pins, starts } = (this.#texts ??= textsOf(this.#catalogue));
		if (words === '') return Array.from(pins);
		const found: number[] = [];
		let place = 0; // the Pin whose texts the last match stands in
		for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at)) {
			while (place + 1 < starts.length && (starts[place + 1] as number) <= at) place++;
			found.push(pins[place] as number);
			// On with the next Pin.
			if (place + 1 === starts.length) break;
			at = starts[place + 1] as number;
		}
		return found;
	}
}

function textsOf(catalogue: Catalogue): PinTexts {
	const texts: string[] = [];
	const pins: number[] = [];
	const starts: number[] = [];
	let length = 0;
	for (let pin = 0; pin < catalogue.pinCount; pin++) {
		if (!catalogue.isKnown(pin)) continue;
		const parts = (['pin_title', 'link', 'board'] as const).map((name) => catalogue.attribute(name, pin));
		const text = `${parts.join(BETWEEN)}${BETWEEN}`.toLowerCase();
		pins.push(pin);
		starts.push(length);
		texts.push(text);
		length += text.length;
	}
	return { text: texts.join(''), pins: Uint32Array.from(pins), starts: Uint32Array.from(starts) };
}
