import { textAt, textCount, type TextBlock } from './text-block';

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
