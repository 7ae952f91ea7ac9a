/** Whole numbers from 0 to `max` that entries are put in order by. */
export interface OrderKey {
	readonly values: ArrayLike<number>;
	readonly max: number;
}

/** Entries handled between two turns of others. */
export const ENTRIES_PER_TURN = 32_768;

const DIGIT_BITS = 16;
const DIGIT_MASK = (1 << DIGIT_BITS) - 1;

/**
 * The places of `length` entries in the order of their keys, the last key first in weight; entries that are equal in
 * all keys keep their order. A radix sort, least significant digit first. Yields where others can have a turn.
 */
export function* radixOrder(length: number, keys: readonly OrderKey[]): Generator<void, Uint32Array> {
	let order = Uint32Array.from({ length }, (_, i) => i);
	let next = new Uint32Array(length);
	for (const { values, max } of keys) {
		for (let shift = 0; shift < 32 && max / 2 ** shift >= 1; shift += DIGIT_BITS) {
			const largest = Math.min(DIGIT_MASK, Math.floor(max / 2 ** shift));
			const starts = new Uint32Array(largest + 2);
			for (let i = 0; i < length; i++) {
				const place = (((values[i] as number) >>> shift) & DIGIT_MASK) + 1;
				starts[place] = (starts[place] as number) + 1;
				if (i % ENTRIES_PER_TURN === 0) yield;
			}
			for (let digit = 0; digit <= largest; digit++) {
				starts[digit + 1] = (starts[digit + 1] as number) + (starts[digit] as number);
			}
			for (let i = 0; i < length; i++) {
				const entry = order[i] as number;
				const digit = ((values[entry] as number) >>> shift) & DIGIT_MASK;
				next[starts[digit] as number] = entry;
				starts[digit] = (starts[digit] as number) + 1;
				if (i % ENTRIES_PER_TURN === 0) yield;
			}
			[order, next] = [next, order];
		}
	}
	return order;
}
