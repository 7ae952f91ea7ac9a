import type { ChunkValues } from './parquet-chunk';
import { Entries } from './parquet-entries';

/** Texts by number. */
export interface NumberedTexts {
	/** Text `number` in UTF-8. */
	bytes(number: number): Uint8Array;
}

/** A column of texts that have numbers elsewhere, filled and finished as those in parquet-columns.ts. */
export class TextColumn {
	readonly #texts: NumberedTexts;
	readonly #rows: Entries;
	/** Per number of a text, its entry in this group plus one; 0 where it has none. */
	#entryOf = new Uint32Array(1024);
	/** The numbers of the entries. */
	#entries: number[] = [];
	/** The entries as a dictionary page has them: each after its length. */
	#bytes = new Uint8Array(1 << 12);
	#end = 0;
	/** Where the entries are that come first and last. */
	#least: readonly [start: number, end: number] = [0, 0];
	#most: readonly [start: number, end: number] = [0, 0];

	constructor(texts: NumberedTexts, capacity: number, isOptional = false) {
		this.#texts = texts;
		this.#rows = new Entries(capacity, isOptional);
	}

	/** Size of the group's dictionary by now. */
	get byteLength(): number {
		return this.#end;
	}

	add(number: number): void {
		if (number >= this.#entryOf.length) {
			const larger = new Uint32Array(Math.max(number + 1, this.#entryOf.length * 2));
			larger.set(this.#entryOf);
			this.#entryOf = larger;
		}
		let entry = this.#entryOf[number] as number;
		if (entry === 0) {
			this.#append(this.#texts.bytes(number));
			this.#entryOf[number] = entry = this.#entries.push(number);
		}
		this.#rows.add(entry - 1);
	}

	addNone(): void {
		this.#rows.addNone();
	}

	finish(): ChunkValues {
		const bounds =
			this.#entries.length === 0
				? {}
				: { min_value: this.#bytes.slice(...this.#least), max_value: this.#bytes.slice(...this.#most) };
		const bytes = this.#bytes.subarray(0, this.#end);
		const chunk = this.#rows.finish(this.#entries.length, bytes, bounds);
		for (const number of this.#entries) this.#entryOf[number] = 0;
		this.#entries = [];
		this.#end = 0; // its bytes stay as they are until the next row
		return chunk;
	}

	#append(text: Uint8Array): void {
		const { length } = text;
		const start = this.#end + 4;
		const end = start + length;
		if (end > this.#bytes.length) {
			const larger = new Uint8Array(end * 2);
			larger.set(this.#bytes.subarray(0, this.#end));
			this.#bytes = larger;
		}
		const bytes = this.#bytes;
		for (let i = 0; i < 4; i++) bytes[this.#end + i] = length >>> (8 * i);
		if (length > 64) bytes.set(text, start);
		else for (let i = 0; i < length; i++) bytes[start + i] = text[i] as number;
		this.#end = end;
		const place = [start, end] as const;
		if (this.#entries.length === 0) this.#least = this.#most = place;
		else if (isBefore(bytes, place, this.#least)) this.#least = place;
		else if (isBefore(bytes, this.#most, place)) this.#most = place;
	}
}

/** Whether a text comes before another by their bytes, as Parquet orders texts; UTF-16 would order some otherwise. */
function isBefore(
	bytes: Uint8Array,
	[start, end]: readonly [number, number],
	[otherStart, otherEnd]: readonly [number, number]
): boolean {
	const length = Math.min(end - start, otherEnd - otherStart);
	for (let i = 0; i < length; i++) {
		const own = bytes[start + i] as number;
		const other = bytes[otherStart + i] as number;
		if (own !== other) return own < other;
	}
	return end - start < otherEnd - otherStart;
}
