import { growableUint32 } from './growable';

/**
 * Texts ↔ dense numbers, over bytes: a text that was seen before is found without making a string of it.
 * Numbers are given in the order of first sight, from 0, and never change.
 */

/** Texts end to end in UTF-8: text i is bytes[offsets[i], offsets[i + 1]). The form in which texts are stored and sent. */
export interface TextBlock {
	readonly bytes: Uint8Array;
	/** One entry more than there are texts. */
	readonly offsets: Uint32Array;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The number of texts in a block. */
export function textCount(block: TextBlock): number {
	return block.offsets.length - 1;
}

/** Text `index` of a block. */
export function textAt(block: TextBlock, index: number): string {
	return decoder.decode(block.bytes.subarray(block.offsets[index], block.offsets[index + 1]));
}

/** FNV-1a (Fowler, Noll, Vo) over bytes[start, end), with a last mix so that the low bits can be used as they are. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
	let hash = 0x811c9dc5;
	for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
	hash ^= hash >>> 15;
	hash = Math.imul(hash, 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}

/** Grow-only set of texts. Open addressing with linear probing, at most half full. */
export class Dictionary {
	#bytes = new Uint8Array(1 << 16);
	readonly #offsets = growableUint32();
	readonly #hashes = growableUint32();
	/** Number + 1 of the text in each place; 0 is free. */
	#places = new Uint32Array(1 << 12);

	constructor() {
		this.#offsets.push(0);
	}

	get size(): number {
		return this.#hashes.length;
	}

	/** The number of the text bytes[start, end), which is added if it is new. */
	intern(bytes: Uint8Array, start: number, end: number): number {
		const hash = hashBytes(bytes, start, end);
		let place = this.#find(bytes, start, end, hash);
		const found = this.#places[place] as number;
		if (found !== 0) return found - 1;
		const number = this.#hashes.length;
		this.#append(bytes, start, end);
		this.#hashes.push(hash);
		if ((number + 1) * 2 > this.#places.length) {
			this.#rehash();
			place = this.#find(bytes, start, end, hash);
		}
		this.#places[place] = number + 1;
		return number;
	}

	/** The number of the text bytes[start, end), or -1. */
	find(bytes: Uint8Array, start: number, end: number): number {
		return (this.#places[this.#find(bytes, start, end, hashBytes(bytes, start, end))] as number) - 1;
	}

	/** The number of a text, which is added if it is new. */
	internText(text: string): number {
		const bytes = encoder.encode(text);
		return this.intern(bytes, 0, bytes.length);
	}

	/** Adds every text of a block; returns the number of each. */
	internBlock(block: TextBlock): Uint32Array {
		const numbers = new Uint32Array(textCount(block));
		for (let i = 0; i < numbers.length; i++) {
			numbers[i] = this.intern(block.bytes, block.offsets[i] as number, block.offsets[i + 1] as number);
		}
		return numbers;
	}

	/** The text with this number. */
	text(number: number): string {
		const offsets = this.#offsets.array;
		return decoder.decode(this.#bytes.subarray(offsets[number], offsets[number + 1]));
	}

	/** Whether the text with this number is bytes[start, end). */
	equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
		const own = this.#bytes;
		const from = this.#offsets.array[number] as number;
		if ((this.#offsets.array[number + 1] as number) - from !== end - start) return false;
		for (let i = start, j = from; i < end; i++, j++) if (bytes[i] !== own[j]) return false;
		return true;
	}

	/** The texts numbered [first, size), as a block. */
	blockFrom(first: number): TextBlock {
		const offsets = this.#offsets.array.slice(first, this.size + 1);
		const start = offsets[0] as number;
		const end = offsets[offsets.length - 1] as number;
		for (let i = 0; i < offsets.length; i++) offsets[i] = (offsets[i] as number) - start;
		return { bytes: this.#bytes.slice(start, end), offsets };
	}

	/** The place of the text, or the free place where it belongs. */
	#find(bytes: Uint8Array, start: number, end: number, hash: number): number {
		const places = this.#places;
		const hashes = this.#hashes.array;
		const mask = places.length - 1;
		let place = hash & mask;
		for (;;) {
			const found = places[place] as number;
			if (found === 0 || (hashes[found - 1] === hash && this.equals(found - 1, bytes, start, end)))
				return place;
			place = (place + 1) & mask;
		}
	}

	#append(bytes: Uint8Array, start: number, end: number): void {
		const from = this.#offsets.array[this.#offsets.length - 1] as number;
		const to = from + end - start;
		if (to > this.#bytes.length) {
			const grown = new Uint8Array(Math.max(to, this.#bytes.length * 2));
			grown.set(this.#bytes);
			this.#bytes = grown;
		}
		for (let i = start, j = from; i < end; i++, j++) this.#bytes[j] = bytes[i] as number;
		this.#offsets.push(to);
	}

	#rehash(): void {
		const places = new Uint32Array(this.#places.length * 4);
		const mask = places.length - 1;
		const hashes = this.#hashes.array;
		for (let number = 0; number < this.#hashes.length - 1; number++) {
			let place = (hashes[number] as number) & mask;
			while (places[place] !== 0) place = (place + 1) & mask;
			places[place] = number + 1;
		}
		this.#places = places;
	}
}
