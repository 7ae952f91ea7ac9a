import { CLOSED_VALUES, EVENTS, EVENT_ALIASES, type ClosedDimension } from '../../model/event';
import { Dictionary } from '../../columns/dictionary';

/** Read where a cell holds no value of the list. */
export const UNKNOWN_VALUE = -1;

/** Spellings that are remembered; beyond, each cell is looked at anew, so that odd files cannot fill the memory. */
const MAX_SPELLINGS = 1024;

const decoder = new TextDecoder();

/** Cells of a closed list → the index of their value. Each spelling is worked out once. */
export class ClosedList {
	readonly #spellings = new Dictionary();
	readonly #values: number[] = [];
	readonly #read: (text: string) => number;

	constructor(read: (text: string) => number) {
		this.#read = read;
	}

	/** The index of the value in bytes[start, end), or UNKNOWN_VALUE. An empty cell is a spelling like any other. */
	parse(bytes: Uint8Array, start: number, end: number): number {
		if (this.#values.length >= MAX_SPELLINGS || end - start > 64) {
			return this.#read(decoder.decode(bytes.subarray(start, end)));
		}
		const spelling = this.#spellings.intern(bytes, start, end);
		const known = this.#values[spelling];
		if (known !== undefined) return known;
		const value = this.#read(decoder.decode(bytes.subarray(start, end)));
		this.#values[spelling] = value;
		return value;
	}
}

/** The list of events: case, spaces, hyphens and underscores are ignored, and some have other names. */
export function eventList(): ClosedList {
	const plain = EVENTS.map((name) => name.replaceAll('_', ''));
	return new ClosedList((text) => {
		const key = text.replace(/[\s_-]/g, '').toLowerCase();
		const alias = Object.hasOwn(EVENT_ALIASES, key) ? EVENT_ALIASES[key] : undefined;
		return alias ? EVENTS.indexOf(alias) : plain.indexOf(key);
	});
}

/** The list of a dimension's values: case and surrounding space are ignored; an empty cell is the default. */
export function dimensionList(dimension: ClosedDimension, whenEmpty: string): ClosedList {
	const values: readonly string[] = CLOSED_VALUES[dimension];
	return new ClosedList((text) => {
		const value = text.trim().toLowerCase();
		return values.indexOf(value === '' ? whenEmpty : value);
	});
}
