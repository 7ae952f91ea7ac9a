import type { Catalogue } from '../columns/catalogue';
import { ATTRIBUTES } from '../model/event';

const encoder = new TextEncoder();

/** Texts numbered in the order of first sight, kept as UTF-8. */
export class TextPool {
	readonly #numbers = new Map<string, number>();
	readonly #bytes: Uint8Array[] = [];

	constructor(texts: readonly string[] = []) {
		for (const text of texts) this.number(text);
	}

	number(text: string): number {
		let number = this.#numbers.get(text);
		if (number === undefined) {
			number = this.#bytes.push(encoder.encode(text)) - 1;
			this.#numbers.set(text, number);
		}
		return number;
	}

	bytes(number: number): Uint8Array {
		return this.#bytes[number]!;
	}
}

const UNKNOWN = -2;
const NONE = -1;

/** What stands on each row of a Pin, looked up when the first of its rows comes. Attributes go by their place in ATTRIBUTES. */
export class PinTexts {
	readonly #catalogue: Catalogue;
	readonly #ids: (Uint8Array | undefined)[];
	readonly #attributes: readonly { readonly pool: TextPool; readonly ofPin: Int32Array }[];

	constructor(catalogue: Catalogue) {
		this.#catalogue = catalogue;
		const { pinCount } = catalogue;
		this.#ids = new Array<Uint8Array | undefined>(pinCount);
		this.#attributes = ATTRIBUTES.map(() => ({
			pool: new TextPool(),
			ofPin: new Int32Array(pinCount).fill(UNKNOWN)
		}));
	}

	/** The id of a Pin. */
	bytes(pin: number): Uint8Array {
		return (this.#ids[pin] ??= encoder.encode(this.#catalogue.pinId(pin)));
	}

	/** The number of a Pin's attribute among its texts; -1 where it has none. */
	attribute(attribute: number, pin: number): number {
		const { pool, ofPin } = this.#attributes[attribute]!;
		let number = ofPin[pin] as number;
		if (number === UNKNOWN) {
			const text = this.#catalogue.attribute(ATTRIBUTES[attribute]!, pin);
			ofPin[pin] = number = text === '' ? NONE : pool.number(text);
		}
		return number;
	}

	/** All texts that an attribute has had so far. */
	texts(attribute: number): TextPool {
		return this.#attributes[attribute]!.pool;
	}
}
