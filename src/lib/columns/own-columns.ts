import { CODES_PER_CLASS } from './combination';
import { narrow } from './growable';
import { ofRows } from './narrow-segment';
import type { Segment } from './segment';

/**
 * Columns of one's own. What a row has in all of them together is its tuple; a segment lists the tuples that occur, and
 * each row has the index of its own. They are no part of combinations: with two columns of 200 and 20 values nearly every
 * row of a segment would have another combination, and so would nearly every row of a day in the sums by day.
 */
export interface OwnColumns {
	/** Their names, in rising order. */
	readonly names: readonly string[];
	/**
	 * Tuple t has in column c the value numbered values[t × names.length + c]: 0 for none, else the number of its text in the
	 * workspace plus one.
	 */
	readonly values: Uint16Array;
	/** Per row the index of its tuple. */
	readonly rows: Uint8Array | Uint16Array;
}

/** A workspace has at most so many. */
export const MAX_OWN_COLUMNS = 4;

/** Which rows a question is about by columns of one's own, and what class each has. */
export interface OwnTask {
	/** Per filtered column 1 for each value that passes, by number. */
	readonly filters: readonly { readonly name: string; readonly passes: Uint8Array }[];
	/** The column that a question is split by, with the class of each value, below 16; 0 leaves its rows out. */
	readonly split: { readonly name: string; readonly classes: Uint8Array } | null;
}

/** Of a segment's tuples, the values of a column; null where it has none of that name, so that all values are 0. */
export function valuesOfTuples({ own }: Segment, name: string): ((tuple: number) => number) | null {
	const column = own ? own.names.indexOf(name) : -1;
	if (!own || column < 0) return null;
	const { names, values } = own;
	return (tuple) => values[tuple * names.length + column] as number;
}

/** How many different tuples a segment has; where it has no columns of one's own, the one of no values. */
export function tupleCount({ own }: Segment): number {
	return own ? own.values.length / own.names.length : 1;
}

/**
 * A segment as a question about columns of one's own sees it: only the rows that pass, and their class in their codes
 * (combination.ts).
 * @returns null where no row passes
 */
export function withOwn(segment: Segment, { filters, split }: OwnTask): Segment | null {
	const count = tupleCount(segment);
	const classes = new Uint8Array(count).fill(1);
	let [least, most] = [Infinity, 0];
	const readers = filters.map(({ name, passes }) => ({ passes, of: valuesOfTuples(segment, name) }));
	const splitOf = split && valuesOfTuples(segment, split.name);
	for (let tuple = 0; tuple < count; tuple++) {
		if (split) classes[tuple] = split.classes[splitOf ? splitOf(tuple) : 0] ?? 0;
		if (!readers.every(({ passes, of }) => passes[of ? of(tuple) : 0] === 1)) classes[tuple] = 0;
		least = Math.min(least, classes[tuple] as number);
		most = Math.max(most, classes[tuple] as number);
	}
	if (most === 0) return null;
	const kept = least === 0 ? rowsWith(segment, classes) : null;
	const narrowed = kept ? ofRows(segment, kept) : segment;
	return narrowed && split ? withClasses(narrowed, classes) : narrowed;
}

/** The rows whose tuple has a class. */
function rowsWith({ rows, own }: Segment, classes: Uint8Array): Uint16Array {
	const kept = new Uint16Array(rows);
	let length = 0;
	for (let row = 0; row < rows; row++) {
		kept[length] = row;
		if (classes[own ? (own.rows[row] as number) : 0] !== 0) length++;
	}
	return kept.subarray(0, length);
}

/** The same rows with their class in their codes. */
function withClasses(segment: Segment, classes: Uint8Array): Segment {
	const { codes, combinations, own, rows } = segment;
	/** Per combination and class the index of its code, plus one. */
	const places = new Uint32Array(codes.length << 4);
	const coded: number[] = [];
	const indexes = new Uint32Array(rows);
	for (let row = 0; row < rows; row++) {
		const combination = combinations[row] as number;
		const ownClass = classes[own ? (own.rows[row] as number) : 0] as number;
		const place = (combination << 4) | ownClass;
		if (places[place] === 0)
			places[place] = coded.push((codes[combination] as number) + ownClass * CODES_PER_CLASS);
		indexes[row] = (places[place] as number) - 1;
	}
	return {
		...segment,
		codes: Uint32Array.from(coded),
		combinations: narrow(indexes, coded.length) as Segment['combinations']
	};
}
