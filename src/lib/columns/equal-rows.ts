import { growableInt32, growableUint32 } from './growable';
import type { OwnColumns } from './own-columns';
import { videoFrom, type Segment } from './segment';

/** Rows [from, to) of a segment. */
export interface RowRange {
	readonly segment: Segment;
	readonly from: number;
	readonly to: number; // exclusive
}

/**
 * Rows by what they say: time, combination, Pin, person, count, and what a video play carries. A hash table of the
 * different ones, each with how many there are, so that any number of equal rows takes one look-up each.
 */
export class RowPool {
	/** Per hash, the entry that is looked at first, plus one. */
	readonly #heads: Uint32Array;
	readonly #mask: number;
	readonly #segments: Segment[] = [];
	// An entry per different row: the first such row, how many there are, and how many `turn` has used.
	readonly #places = growableUint32();
	readonly #rows = growableUint32();
	readonly #plays = growableInt32();
	readonly #counts = growableUint32();
	readonly #used = growableUint32();
	readonly #turns = growableUint32();
	readonly #next = growableUint32();

	/** @param rows about as many will be added */
	constructor(rows: number) {
		const size = 1 << Math.min(26, Math.max(4, 33 - Math.clz32(rows)));
		this.#heads = new Uint32Array(size);
		this.#mask = size - 1;
	}

	/** Adds rows; of `marks` (one per row of the segment) those that are not 0 are left out. */
	add(range: RowRange, marks: Uint8Array): void {
		const place = this.#segments.push(range.segment) - 1;
		eachRow(range, (row, play) => {
			if (marks[row] !== 0) return;
			const hash = hashOf(range.segment, row, play) & this.#mask;
			const known = this.#find(hash, range.segment, row, play);
			if (known >= 0) return void this.#counts.array[known]!++;
			this.#places.push(place);
			this.#rows.push(row);
			this.#plays.push(play);
			this.#counts.push(1);
			this.#used.push(0);
			this.#turns.push(0);
			this.#next.push(this.#heads[hash] as number);
			this.#heads[hash] = this.#rows.length;
		});
	}

	/**
	 * Marks the rows that have an equal one here.
	 * @param turn from 1: within a turn, each row here is the partner of one row at most
	 * @param marks one per row of the segment
	 * @returns how many were marked
	 */
	markEqual(range: RowRange, turn: number, marks: Uint8Array, mark: number): number {
		let marked = 0;
		eachRow(range, (row, play) => {
			const hash = hashOf(range.segment, row, play) & this.#mask;
			const entry = this.#find(hash, range.segment, row, play);
			if (entry < 0) return;
			if (this.#turns.array[entry] !== turn) {
				this.#turns.array[entry] = turn;
				this.#used.array[entry] = 0;
			}
			if (this.#used.array[entry] === this.#counts.array[entry]) return;
			this.#used.array[entry]!++;
			marks[row] = mark;
			marked++;
		});
		return marked;
	}

	/** The entry of a row's equals; -1 where there is none. */
	#find(hash: number, segment: Segment, row: number, play: number): number {
		let entry = this.#heads[hash] as number;
		for (; entry !== 0; entry = this.#next.array[entry - 1] as number) {
			const i = entry - 1;
			const other = this.#segments[this.#places.array[i] as number]!;
			const otherRow = this.#rows.array[i] as number;
			if (isEqual(segment, row, play, other, otherRow, this.#plays.array[i] as number)) return i;
		}
		return -1;
	}
}

/** Calls back for each row, with the index of its video play; -1 where it is none. */
function eachRow({ segment, from, to }: RowRange, see: (row: number, play: number) => void): void {
	const plays = segment.video.rows;
	let play = videoFrom(segment.video, from);
	for (let row = from; row < to; row++) see(row, plays[play] === row ? play++ : -1);
}

function isEqual(a: Segment, rowA: number, playA: number, b: Segment, rowB: number, playB: number): boolean {
	return (
		a.firstMs + (a.times[rowA] as number) === b.firstMs + (b.times[rowB] as number) &&
		a.pins[rowA] === b.pins[rowB] &&
		a.users[rowA] === b.users[rowB] &&
		a.codes[a.combinations[rowA] as number] === b.codes[b.combinations[rowB] as number] &&
		countOf(a, rowA) === countOf(b, rowB) &&
		isSameTuple(a, rowA, b, rowB) &&
		isSamePlay(a, playA, b, playB)
	);
}

function isSamePlay({ video: a }: Segment, playA: number, { video: b }: Segment, playB: number): boolean {
	if (playA < 0 || playB < 0) return playA === playB;
	return (
		a.watchMs[playA] === b.watchMs[playB] &&
		a.viewHundredths[playA] === b.viewHundredths[playB] &&
		a.playedHundredths[playA] === b.playedHundredths[playB]
	);
}

/** Whether two rows have the same values in all columns of one's own. */
function isSameTuple(a: Segment, rowA: number, b: Segment, rowB: number): boolean {
	if (!a.own && !b.own) return true;
	const names = new Set([...(a.own?.names ?? []), ...(b.own?.names ?? [])]);
	return [...names].every((name) => ownValue(a, rowA, name) === ownValue(b, rowB, name));
}

function ownValue({ own }: Segment, row: number, name: string): number {
	const column = own ? own.names.indexOf(name) : -1;
	return own && column >= 0
		? (own.values[(own.rows[row] as number) * own.names.length + column] as number)
		: 0;
}

function countOf({ counts }: Segment, row: number): number {
	return counts === null ? 1 : (counts[row] as number);
}

function hashOf(segment: Segment, row: number, play: number): number {
	const { video } = segment;
	let hash = mix(0, segment.firstMs + (segment.times[row] as number));
	hash = mix(hash, segment.pins[row] as number);
	hash = mix(hash, segment.users[row] as number);
	hash = mix(hash, segment.codes[segment.combinations[row] as number] as number);
	hash = mix(hash, countOf(segment, row));
	if (play >= 0) {
		hash = mix(hash, video.watchMs[play] as number);
		hash = mix(hash, video.viewHundredths[play] as number);
		hash = mix(hash, video.playedHundredths[play] as number);
	}
	if (segment.own) hash = mixTuple(hash, segment.own, row);
	hash ^= hash >>> 15;
	hash = Math.imul(hash, 0x2c1b3c6d);
	return (hash ^ (hash >>> 13)) >>> 0;
}

/** What a row has in columns of one's own; no value is as no column. */
function mixTuple(hash: number, { names, values, rows }: OwnColumns, row: number): number {
	const from = (rows[row] as number) * names.length;
	for (let c = 0; c < names.length; c++)
		hash = values[from + c] === 0 ? hash : mix(hash, values[from + c] as number);
	return hash;
}

/** One more value (its lower 32 bits) into a hash. */
function mix(hash: number, value: number): number {
	const mixed = Math.imul(hash ^ (value | 0), 0x9e3779b1);
	return (mixed << 15) | (mixed >>> 17);
}
