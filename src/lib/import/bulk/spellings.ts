import { KernelTexts, type Address, type Kernel } from './kernel';

const QUOTE = 34;

/** So many are remembered, so that files in which each is another cannot fill the memory. */
const MAX_SPELLINGS = 1 << 17;

/** Not remembered are longer ones than this. */
const MAX_LENGTH = 4096;

/**
 * What a stretch of fields that stand side by side means, by how it is written: with its quotes and delimiters, so that
 * what is written alike has the same cells. Each spelling is worked out once.
 */
export class Spellings {
	/** The stretch: fields [first, last]; -1 where the fields do not stand side by side, and nothing is remembered. */
	readonly first: number;
	readonly last: number;
	readonly #kernel: Kernel;
	readonly #texts: KernelTexts;
	readonly #values: number[] = [];
	readonly #found: Address;

	/** @param rows how many are looked up at once, at most */
	constructor(kernel: Kernel, fields: readonly number[], rows: number) {
		const first = Math.min(...fields);
		const last = Math.max(...fields);
		const isStretch = fields.length > 0 && last - first + 1 === fields.length;
		this.first = isStretch ? first : -1;
		this.last = isStretch ? last : -1;
		this.#kernel = kernel;
		this.#texts = new KernelTexts(kernel);
		this.#found = kernel.allocate(rows * 4);
		kernel.words.fill(-1, this.#found >>> 2, (this.#found >>> 2) + rows);
	}

	/** Looks up the stretches of many rows. Makes room for as many new ones, of so many bytes together. */
	find(cells: Address, columns: number, rows: number, byteLength: number): void {
		if (this.first < 0) return;
		this.#texts.reserve(rows, byteLength);
		this.#kernel.exports.findStretches(
			this.#texts.address,
			cells,
			columns,
			this.first,
			this.last,
			rows,
			this.#found
		);
	}

	/** Forgets what was learnt of all of them. */
	forget(): void {
		this.#values.fill(-1);
	}

	/** The number of the spelling that was found for row r, or -1. */
	numberAt(r: number): number {
		return this.#kernel.words[(this.#found >>> 2) + r] as number;
	}

	/** What was learnt of the spelling that was found for row r, or -1. */
	valueAt(r: number): number {
		const number = this.numberAt(r);
		return number < 0 ? -1 : (this.#values[number] as number);
	}

	/**
	 * Remembers what the spelling of a row means; `row` is the index of its first cell among the kernel's words.
	 * @returns the spelling's number, or -1 where it is not remembered
	 */
	learn(row: number, value: number): number {
		if (this.first < 0 || this.#values.length >= MAX_SPELLINGS) return -1;
		const { bytes, words } = this.#kernel;
		let start = words[row + 2 * this.first] as number;
		let end = words[row + 2 * this.last + 1] as number;
		if (bytes[start - 1] === QUOTE) start--;
		if (bytes[end] === QUOTE) end++;
		if (end - start > MAX_LENGTH) return -1;
		const number = this.#texts.internHere(start, end);
		this.#values[number] = value;
		return number;
	}
}
