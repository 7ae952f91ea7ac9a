/** Sets of small whole numbers, 32 to a word: number n is bit n % 32 of word n / 32. */
export type Bitmap = Uint32Array;

/** The empty set of numbers below `length`. */
export function emptyBitmap(length: number): Bitmap {
	return new Uint32Array(Math.ceil(length / 32));
}

/** Adds the members of `other` to `bitmap`; both are of the same length. */
export function addBits(bitmap: Bitmap, other: Bitmap): void {
	for (let i = 0; i < bitmap.length; i++) bitmap[i]! |= other[i] as number;
}

/**
 * How many members a set has. Counts the bits of a word in parallel: Hacker's Delight (Warren), figure 5-2.
 */
export function countBits(bitmap: Bitmap): number {
	let count = 0;
	for (let i = 0; i < bitmap.length; i++) {
		let word = bitmap[i] as number;
		word -= (word >>> 1) & 0x55555555;
		word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
		word = (word + (word >>> 4)) & 0x0f0f0f0f;
		count += Math.imul(word, 0x01010101) >>> 24;
	}
	return count;
}
