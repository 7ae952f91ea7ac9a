import { textAt, textCount, type TextBlock } from './text-block';

/** As many as a double holds exactly. */
const KEY_BYTES = 6;

/** Blocks of texts that are numbered on from block to block. */
export class TextBlocks {
	readonly count: number;
	readonly #blocks: readonly TextBlock[];
	/** Number of each block's first text. */
	readonly #firsts: number[] = [];

	constructor(blocks: readonly TextBlock[]) {
		this.#blocks = blocks;
		let count = 0;
		for (const block of blocks) {
			this.#firsts.push(count);
			count += textCount(block);
		}
		this.count = count;
	}

	text(number: number): string {
		const b = this.#blockOf(number);
		return textAt(this.#blocks[b]!, number - (this.#firsts[b] as number));
	}

	/** Text `number` in UTF-8, as it stands in its block. */
	bytes(number: number): Uint8Array {
		const b = this.#blockOf(number);
		const { bytes, offsets } = this.#blocks[b]!;
		const i = number - (this.#firsts[b] as number);
		return bytes.subarray(offsets[i], offsets[i + 1]);
	}

	/** Some of the texts as a block, in the order of `numbers`. */
	pick(numbers: Uint32Array): TextBlock {
		const offsets = new Uint32Array(numbers.length + 1);
		const blocks = Uint32Array.from(numbers, (number) => this.#blockOf(number));
		for (let i = 0; i < numbers.length; i++) {
			const own = this.#blocks[blocks[i] as number]!.offsets;
			const at = (numbers[i] as number) - (this.#firsts[blocks[i] as number] as number);
			offsets[i + 1] = (offsets[i] as number) + (own[at + 1] as number) - (own[at] as number);
		}
		const bytes = new Uint8Array(offsets[numbers.length] as number);
		for (let i = 0; i < numbers.length; i++) {
			const own = this.#blocks[blocks[i] as number]!;
			const at = (numbers[i] as number) - (this.#firsts[blocks[i] as number] as number);
			let to = offsets[i] as number;
			// Byte by byte: texts are short.
			for (let from = own.offsets[at] as number; from < (own.offsets[at + 1] as number); from++)
				bytes[to++] = own.bytes[from] as number;
		}
		return { bytes, offsets };
	}

	#blockOf(number: number): number {
		let low = 0;
		let high = this.#firsts.length;
		while (high - low > 1) {
			const middle = (low + high) >>> 1;
			if ((this.#firsts[middle] as number) <= number) low = middle;
			else high = middle;
		}
		return low;
	}

	/**
	 * The numbers of all texts in the order of their bytes, which is that of their code points. No text is decoded: of each
	 * the twelve bytes after what all begin with are compared as two numbers, and the others where these are equal.
	 */
	inOrder(): Uint32Array {
		const shared = this.#sharedStart();
		const keys = [0, KEY_BYTES].map((from) => this.#keysFrom(shared + from));
		const [high, low] = keys as [Float64Array, Float64Array];
		return Uint32Array.from({ length: this.count }, (_, number) => number).sort(
			(a, b) =>
				(high[a] as number) - (high[b] as number) ||
				(low[a] as number) - (low[b] as number) ||
				compareBytes(this.bytes(a), this.bytes(b))
		);
	}

	/** How many bytes all texts begin with alike. */
	#sharedStart(): number {
		if (this.count === 0) return 0;
		const first = this.bytes(0);
		let shared = first.length;
		for (const { bytes, offsets } of this.#blocks)
			for (let i = 0; i + 1 < offsets.length; i++) {
				const start = offsets[i] as number;
				shared = Math.min(shared, (offsets[i + 1] as number) - start);
				for (let at = 0; at < shared; at++) if (bytes[start + at] !== first[at]) shared = at;
			}
		return shared;
	}

	/** So many bytes of each text from a place on as a number that orders as they do; 0 stands for those that are not there. */
	#keysFrom(place: number): Float64Array {
		const keys = new Float64Array(this.count);
		let number = 0;
		for (const { bytes, offsets } of this.#blocks)
			for (let i = 0; i + 1 < offsets.length; i++) {
				const end = offsets[i + 1] as number;
				let key = 0;
				const start = (offsets[i] as number) + place;
				for (let at = start; at < start + KEY_BYTES; at++)
					key = key * 256 + (at < end ? (bytes[at] as number) : 0);
				keys[number++] = key;
			}
		return keys;
	}

	/** The number of a text; -1 where there is none. Looks at all of them. */
	indexOf(text: string): number {
		const wanted = new TextEncoder().encode(text);
		for (const [b, { bytes, offsets }] of this.#blocks.entries()) {
			for (let i = 0; i + 1 < offsets.length; i++) {
				const start = offsets[i] as number;
				if ((offsets[i + 1] as number) - start !== wanted.length) continue;
				if (wanted.every((byte, at) => bytes[start + at] === byte)) return (this.#firsts[b] as number) + i;
			}
		}
		return -1;
	}
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
	const length = Math.min(a.length, b.length);
	for (let i = 0; i < length; i++) {
		const difference = (a[i] as number) - (b[i] as number);
		if (difference !== 0) return difference;
	}
	return a.length - b.length;
}
