import { growableUint32 } from './growable';
import { textCount, type TextBlock } from './text-block';

/**
 * Texts ↔ dense numbers, over bytes: a text that was seen before is found without making a string of it.
 * Numbers are given in the order of first sight, from 0, and never change.
 */

/** What gives texts their numbers: a `Dictionary`, wherever it is kept. */
export interface TextNumbers {
	readonly size: number;
	/** The number of the text bytes[start, end), which is added if it is new. */
	intern(bytes: Uint8Array, start: number, end: number): number;
	/** The same for many at once: text i is bytes[starts[i], ends[i]), i < length. */
	internSpans(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, length: number): Uint32Array;
	/** The texts numbered [first, size), as a block. */
	blockFrom(first: number): TextBlock;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/**
 * Bytes that can also be read four at a time, which is what makes hashing and comparing fast. The view is made anew
 * only when other bytes come along.
 */
class Words {
	bytes: Uint8Array = new Uint8Array(0);
	view: DataView = new DataView(this.bytes.buffer);

	of(bytes: Uint8Array): DataView {
		if (bytes !== this.bytes) {
			this.bytes = bytes;
			this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		}
		return this.view;
	}
}

/**
 * Hash of bytes [start, end): multiply and rotate over 32-bit words, the last of which overlaps the one before, and the
 * last mix of MurmurHash3 (Appleby), so that the low bits can be used as they are. Never 0.
 */
function hashOf(view: DataView, start: number, end: number): number {
	const length = end - start;
	let hash = Math.imul(length, 0x9e3779b1);
	if (length >= 4) {
		const last = end - 4;
		for (let i = start; i < last; i += 4) {
			hash = Math.imul(hash ^ view.getInt32(i, true), 0x85ebca6b);
			hash = (hash << 13) | (hash >>> 19);
		}
		hash = Math.imul(hash ^ view.getInt32(last, true), 0x85ebca6b);
	} else {
		for (let i = start; i < end; i++) hash = Math.imul(hash ^ view.getUint8(i), 0x85ebca6b);
	}
	hash = Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35);
	return hash ^ (hash >>> 13) || 1;
}

function isEqual(a: DataView, start: number, end: number, b: DataView, from: number): boolean {
	if (end - start < 4) {
		for (let i = start, j = from; i < end; i++, j++) if (a.getUint8(i) !== b.getUint8(j)) return false;
		return true;
	}
	const last = end - 4;
	for (let i = start, j = from; i < last; i += 4, j += 4) {
		if (a.getInt32(i, true) !== b.getInt32(j, true)) return false;
	}
	return a.getInt32(last, true) === b.getInt32(from + last - start, true);
}

/** Few enough for their scratch to stay in the nearest cache. */
const SPANS_A_STEP = 256;

/** Grow-only set of texts. Open addressing with linear probing, at most half full. */
export class Dictionary implements TextNumbers {
	#bytes = new Uint8Array(1 << 16);
	#view = new DataView(this.#bytes.buffer);
	readonly #offsets = growableUint32();
	/** Per place two words: the hash of the text there, and its number plus one; 0 where the place is free. */
	#places = new Int32Array(1 << 13);
	#size = 0;
	/** So many of the texts have a place; the others get one before the next look-up. */
	#placed = 0;
	readonly #words = new Words();

	constructor() {
		this.#offsets.push(0);
	}

	get size(): number {
		return this.#size;
	}

	/** The number of the text bytes[start, end), which is added if it is new. */
	intern(bytes: Uint8Array, start: number, end: number): number {
		const view = this.#words.of(bytes);
		return this.#intern(bytes, view, start, end, hashOf(view, start, end));
	}

	/**
	 * The numbers of many texts, text i at bytes[starts[i], ends[i]), i < length. In a large dictionary nearly every
	 * look-up waits for memory, three times over; done in steps over many texts, the waits overlap.
	 */
	internSpans(
		bytes: Uint8Array,
		starts: Int32Array | Uint32Array,
		ends: Int32Array | Uint32Array,
		length: number
	): Uint32Array {
		this.#placeAll();
		const numbers = new Uint32Array(length);
		const view = this.#words.of(bytes);
		const hashes = new Int32Array(SPANS_A_STEP);
		const candidates = new Int32Array(SPANS_A_STEP);
		const froms = new Int32Array(SPANS_A_STEP);
		const lengths = new Int32Array(SPANS_A_STEP);
		const firstBytes = new Uint8Array(SPANS_A_STEP);
		for (let first = 0; first < length; first += SPANS_A_STEP) {
			const step = Math.min(SPANS_A_STEP, length - first);
			const places = this.#places;
			const mask = places.length - 1;
			for (let i = 0; i < step; i++) {
				hashes[i] = hashOf(view, starts[first + i] as number, ends[first + i] as number);
			}
			for (let i = 0; i < step; i++) {
				const hash = hashes[i] as number;
				let place = (hash << 1) & mask;
				while (places[place] !== hash && places[place + 1] !== 0) place = (place + 2) & mask;
				candidates[i] = (places[place + 1] as number) - 1;
			}
			const offsets = this.#offsets.array;
			for (let i = 0; i < step; i++) {
				const candidate = Math.max(candidates[i] as number, 0);
				froms[i] = offsets[candidate] as number;
				lengths[i] = (offsets[candidate + 1] as number) - (froms[i] as number);
			}
			const own = this.#bytes;
			for (let i = 0; i < step; i++) firstBytes[i] = own[froms[i] as number] as number;
			for (let i = 0; i < step; i++) {
				const start = starts[first + i] as number;
				const end = ends[first + i] as number;
				const candidate = candidates[i] as number;
				const isFound =
					candidate >= 0 &&
					lengths[i] === end - start &&
					firstBytes[i] === bytes[start] &&
					isEqual(view, start, end, this.#view, froms[i] as number);
				numbers[first + i] = isFound ? candidate : this.#intern(bytes, view, start, end, hashes[i] as number);
			}
		}
		return numbers;
	}

	/** The number of the text bytes[start, end), or -1. */
	find(bytes: Uint8Array, start: number, end: number): number {
		const view = this.#words.of(bytes);
		return (this.#places[this.#find(view, start, end, hashOf(view, start, end)) + 1] as number) - 1;
	}

	/** The number of a text, which is added if it is new. */
	internText(text: string): number {
		const bytes = encoder.encode(text);
		return this.intern(bytes, 0, bytes.length);
	}

	/** Adds every text of a block; returns the number of each. */
	internBlock(block: TextBlock): Uint32Array {
		const { bytes, offsets } = block;
		return this.internSpans(bytes, offsets, offsets.subarray(1), textCount(block));
	}

	/** Adds texts of which it holds none, as the caller knows; none is looked up for that. */
	append({ bytes, offsets }: TextBlock): void {
		const from = this.#offsets.array[this.#size] as number;
		this.#makeRoom(from + bytes.length);
		this.#bytes.set(bytes, from);
		for (let i = 1; i < offsets.length; i++) this.#offsets.push(from + (offsets[i] as number));
		this.#size += offsets.length - 1;
	}

	/** The text with this number. */
	text(number: number): string {
		const offsets = this.#offsets.array;
		return decoder.decode(this.#bytes.subarray(offsets[number], offsets[number + 1]));
	}

	/** Whether the text with this number is bytes[start, end). */
	equals(number: number, bytes: Uint8Array, start: number, end: number): boolean {
		return this.#isAt(number, this.#words.of(bytes), start, end);
	}

	/** The texts numbered [first, size), as a block. */
	blockFrom(first: number): TextBlock {
		const offsets = this.#offsets.array.slice(first, this.#size + 1);
		const start = offsets[0] as number;
		const end = offsets[offsets.length - 1] as number;
		for (let i = 0; i < offsets.length; i++) offsets[i] = (offsets[i] as number) - start;
		return { bytes: this.#bytes.slice(start, end), offsets };
	}

	#intern(bytes: Uint8Array, view: DataView, start: number, end: number, hash: number): number {
		const place = this.#find(view, start, end, hash);
		const found = this.#places[place + 1] as number;
		if (found !== 0) return found - 1;
		this.#append(bytes, start, end);
		this.#places[place] = hash;
		this.#places[place + 1] = ++this.#size;
		this.#placed = this.#size;
		if (this.#size * 4 > this.#places.length) this.#rehash();
		return this.#size - 1;
	}

	#isAt(number: number, view: DataView, start: number, end: number): boolean {
		const offsets = this.#offsets.array;
		const from = offsets[number] as number;
		return (
			(offsets[number + 1] as number) - from === end - start && isEqual(view, start, end, this.#view, from)
		);
	}

	/** The place of the text, or the free place where it belongs: the index of its first word. */
	#find(view: DataView, start: number, end: number, hash: number): number {
		this.#placeAll();
		const places = this.#places;
		const mask = places.length - 1;
		let place = (hash << 1) & mask;
		for (;;) {
			const found = places[place + 1] as number;
			if (found === 0) return place;
			if (places[place] === hash && this.#isAt(found - 1, view, start, end)) return place;
			place = (place + 2) & mask;
		}
	}

	#append(bytes: Uint8Array, start: number, end: number): void {
		const from = this.#offsets.array[this.#size] as number;
		const to = from + end - start;
		this.#makeRoom(to);
		for (let i = start, j = from; i < end; i++, j++) this.#bytes[j] = bytes[i] as number;
		this.#offsets.push(to);
	}

	#makeRoom(length: number): void {
		if (length <= this.#bytes.length) return;
		const grown = new Uint8Array(Math.max(length, this.#bytes.length * 2));
		grown.set(this.#bytes);
		this.#bytes = grown;
		this.#view = new DataView(grown.buffer);
	}

	/** Gives those texts their places that were appended. */
	#placeAll(): void {
		if (this.#placed === this.#size) return;
		while (this.#size * 4 > this.#places.length) this.#rehash();
		const places = this.#places;
		const mask = places.length - 1;
		const offsets = this.#offsets.array;
		for (let number = this.#placed; number < this.#size; number++) {
			const hash = hashOf(this.#view, offsets[number] as number, offsets[number + 1] as number);
			let place = (hash << 1) & mask;
			while (places[place + 1] !== 0) place = (place + 2) & mask;
			places[place] = hash;
			places[place + 1] = number + 1;
		}
		this.#placed = this.#size;
	}

	#rehash(): void {
		const old = this.#places;
		const places = new Int32Array(old.length * 2);
		const mask = places.length - 1;
		for (let i = 0; i < old.length; i += 2) {
			if (old[i + 1] === 0) continue;
			let place = ((old[i] as number) << 1) & mask;
			while (places[place + 1] !== 0) place = (place + 2) & mask;
			places[place] = old[i] as number;
			places[place + 1] = old[i + 1] as number;
		}
		this.#places = places;
	}
}
