import { CODES_PER_ACCOUNT, accountOf } from './combination';
import { growableFloat64, growableUint16, growableUint32, narrow } from './growable';
import type { OwnColumns } from './own-columns';
import {
	MAX_SEGMENT_ROWS,
	OWN_SEGMENT_VERSION,
	SEGMENT_VERSION,
	type Segment,
	type VideoColumns
} from './segment';
import { fileOrder, orderByTime } from './time-order';

/** Rows that there is room for at first. */
const FIRST_ROOM = 1024;

/** Local numbers → numbers of the workspace, for what a run's rows refer to. */
export interface Renumbering {
	readonly pins: Uint32Array;
	readonly users: Uint32Array;
	readonly accounts: Uint32Array;
	/** Of columns of one's own; not there without any. */
	readonly own?: OwnRenumbering | null;
}

/** What the numbers of tuples stand for that a run's rows refer to. */
export interface OwnRenumbering {
	readonly names: readonly string[];
	/** Tuple t has in column c the local value tuples[t × names.length + c]: 0 for none, else its local number plus one. */
	readonly tuples: Uint32Array;
	/** Per column, local numbers → numbers of the workspace. */
	readonly values: readonly Uint32Array[];
}

/**
 * Collects the events of a run, in the order of the file, and cuts them into segments in the order of time. Events of
 * the same millisecond keep the order of the file. Use: add × n, finish, and start again.
 */
export class RunBuilder {
	#rows = 0;
	// The columns; in each there is room for as many rows.
	#times = new Float64Array(FIRST_ROOM);
	#codes = new Uint32Array(FIRST_ROOM);
	#pins = new Uint32Array(FIRST_ROOM);
	#users = new Uint32Array(FIRST_ROOM);
	#counts = new Uint32Array(FIRST_ROOM);
	/** Tuples of columns of one's own; null where no row has any. */
	#tuples: Uint32Array | null = null;
	/** Rows that are video plays, and what they carry. */
	readonly #videoRows = growableUint32();
	readonly #watchMs = growableFloat64();
	readonly #view = growableUint16();
	readonly #played = growableUint16();
	#isSorted = true;
	#lastMs = -Infinity;
	/** Where a segment's columns are put together before they are cut to size. */
	readonly #scratch = new Uint32Array(MAX_SEGMENT_ROWS);
	/** Per account, and in it per code: the code's index in the current segment, plus one; 0 where it has none yet. */
	readonly #indexes: (Uint32Array | undefined)[] = [];

	get rows(): number {
		return this.#rows;
	}

	/** Adds an event of nobody. */
	add(timeMs: number, code: number, pin: number, count: number): void {
		const row = this.#rows;
		if (row === this.#times.length) this.#grow();
		if (timeMs < this.#lastMs) this.#isSorted = false;
		this.#lastMs = timeMs;
		this.#times[row] = timeMs;
		this.#codes[row] = code;
		this.#pins[row] = pin;
		this.#users[row] = 0;
		this.#counts[row] = count;
		this.#rows = row + 1;
	}

	/** Names the person of a row that was added since the last finish; `user` is their number. */
	setUser(row: number, user: number): void {
		this.#users[row] = user + 1;
	}

	/** Says what the row just added has in columns of one's own, by the number of its tuple. */
	setTuple(tuple: number): void {
		this.#tuples ??= new Uint32Array(this.#times.length);
		this.#tuples[this.#rows - 1] = tuple;
	}

	/** What the row just added carries as a video play. */
	addVideo(watchMs: number, viewHundredths: number, playedHundredths: number): void {
		this.#videoRows.push(this.#rows - 1);
		this.#watchMs.push(watchMs);
		this.#view.push(viewHundredths);
		this.#played.push(playedHundredths);
	}

	/** The segments of what was added, with the workspace's numbers. Empties the builder. */
	finish(renumbering: Renumbering): Segment[] {
		const rows = this.#rows;
		const order = this.#isSorted ? fileOrder(rows) : orderByTime(this.#times, rows);
		const videoIndex = this.#videoIndex();
		const segments: Segment[] = [];
		for (let start = 0; start < rows; start += MAX_SEGMENT_ROWS) {
			segments.push(this.#cut(order.subarray(start, start + MAX_SEGMENT_ROWS), videoIndex, renumbering));
		}
		this.#rows = 0;
		this.#tuples = null;
		for (const column of [this.#videoRows, this.#watchMs, this.#view, this.#played]) column.length = 0;
		this.#isSorted = true;
		this.#lastMs = -Infinity;
		return segments;
	}

	#grow(): void {
		const room = this.#times.length * 2;
		const grown = <A extends Float64Array | Uint32Array>(larger: A, column: A) => (
			larger.set(column),
			larger
		);
		this.#times = grown(new Float64Array(room), this.#times);
		this.#codes = grown(new Uint32Array(room), this.#codes);
		this.#pins = grown(new Uint32Array(room), this.#pins);
		this.#users = grown(new Uint32Array(room), this.#users);
		this.#counts = grown(new Uint32Array(room), this.#counts);
		if (this.#tuples) this.#tuples = grown(new Uint32Array(room), this.#tuples);
	}

	/** Per row, the index of its video entry plus one; 0 where it is no video play. */
	#videoIndex(): Uint32Array {
		const index = new Uint32Array(this.#rows);
		const rows = this.#videoRows;
		for (let i = 0; i < rows.length; i++) index[rows.array[i] as number] = i + 1;
		return index;
	}

	/** The segment of the rows in `order`. */
	#cut(order: Uint32Array, videoIndex: Uint32Array, renumbering: Renumbering): Segment {
		const rows = order.length;
		const firstMs = this.#times[order[0] as number] as number;
		const lastMs = this.#times[order[rows - 1] as number] as number;
		const { codes, combinations } = this.#cutCombinations(order, renumbering.accounts);
		const own = renumbering.own && this.#cutOwn(order, renumbering.own);
		return {
			version: own ? OWN_SEGMENT_VERSION : SEGMENT_VERSION,
			rows,
			firstMs,
			lastMs,
			times: this.#cutTimes(order, firstMs, lastMs),
			codes,
			combinations,
			pins: this.#cutPins(order, renumbering.pins),
			users: this.#cutUsers(order, renumbering.users),
			counts: this.#cutCounts(order),
			video: this.#cutVideo(order, videoIndex),
			...(own ? { own } : {})
		};
	}

	/** Null where no row has a value in any column. */
	#cutOwn(order: Uint32Array, { names, tuples, values }: OwnRenumbering): OwnColumns | null {
		if (!this.#tuples) return null;
		const scratch = this.#scratch;
		/** Per tuple its index in the segment, plus one. */
		const indexes = new Uint32Array(tuples.length / names.length);
		const found: number[] = [];
		let seen = 0;
		for (let i = 0; i < order.length; i++) {
			const tuple = this.#tuples[order[i] as number] as number;
			if (indexes[tuple] === 0) {
				indexes[tuple] = ++seen;
				for (let c = 0; c < names.length; c++) {
					const local = tuples[tuple * names.length + c] as number;
					found.push(local === 0 ? 0 : (values[c]![local - 1] as number) + 1);
				}
			}
			scratch[i] = (indexes[tuple] as number) - 1;
		}
		if (found.every((value) => value === 0)) return null;
		const rows = narrow(scratch.subarray(0, order.length), seen - 1) as OwnColumns['rows'];
		return { names, values: Uint16Array.from(found), rows };
	}

	#cutTimes(order: Uint32Array, firstMs: number, lastMs: number): Segment['times'] {
		const times = this.#times;
		const span = lastMs - firstMs;
		if (span > 0xffff_ffff) return Float64Array.from(order, (row) => (times[row] as number) - firstMs);
		const scratch = this.#scratch;
		for (let i = 0; i < order.length; i++) scratch[i] = (times[order[i] as number] as number) - firstMs;
		return narrow(scratch.subarray(0, order.length), span);
	}

	#cutCombinations(order: Uint32Array, accounts: Uint32Array): Pick<Segment, 'codes' | 'combinations'> {
		const codes = this.#codes;
		const scratch = this.#scratch;
		const seen: number[] = [];
		for (let i = 0; i < order.length; i++) {
			const code = codes[order[i] as number] as number;
			const indexes = (this.#indexes[accountOf(code)] ??= new Uint32Array(CODES_PER_ACCOUNT));
			let index = indexes[code % CODES_PER_ACCOUNT] as number;
			if (index === 0) index = indexes[code % CODES_PER_ACCOUNT] = seen.push(code);
			scratch[i] = index - 1;
		}
		for (const code of seen) this.#indexes[accountOf(code)]![code % CODES_PER_ACCOUNT] = 0;
		return {
			codes: Uint32Array.from(seen, (code) => {
				const account = accountOf(code);
				return code + ((accounts[account] as number) - account) * CODES_PER_ACCOUNT;
			}),
			combinations: narrow(scratch.subarray(0, order.length), seen.length - 1) as Segment['combinations']
		};
	}

	#cutPins(order: Uint32Array, numbers: Uint32Array): Segment['pins'] {
		const pins = this.#pins;
		const scratch = this.#scratch;
		let max = 0;
		for (let i = 0; i < order.length; i++) {
			const pin = numbers[pins[order[i] as number] as number] as number;
			scratch[i] = pin;
			if (pin > max) max = pin;
		}
		return narrow(scratch.subarray(0, order.length), max) as Segment['pins'];
	}

	#cutUsers(order: Uint32Array, numbers: Uint32Array): Segment['users'] {
		const users = this.#users;
		const scratch = this.#scratch;
		let max = 0;
		for (let i = 0; i < order.length; i++) {
			const local = users[order[i] as number] as number;
			const user = local === 0 ? 0 : (numbers[local - 1] as number) + 1;
			scratch[i] = user;
			if (user > max) max = user;
		}
		return narrow(scratch.subarray(0, order.length), max) as Segment['users'];
	}

	#cutCounts(order: Uint32Array): Segment['counts'] {
		const counts = this.#counts;
		const scratch = this.#scratch;
		let max = 1;
		for (let i = 0; i < order.length; i++) {
			const count = counts[order[i] as number] as number;
			scratch[i] = count;
			if (count > max) max = count;
		}
		return max === 1 ? null : (narrow(scratch.subarray(0, order.length), max) as Segment['counts']);
	}

	#cutVideo(order: Uint32Array, videoIndex: Uint32Array): VideoColumns {
		const scratch = this.#scratch;
		let plays = 0;
		for (let i = 0; i < order.length; i++) {
			if (videoIndex[order[i] as number] !== 0) scratch[plays++] = i;
		}
		const rows = new Uint16Array(scratch.subarray(0, plays));
		const watchMs = new Float64Array(plays);
		const viewHundredths = new Uint16Array(plays);
		const playedHundredths = new Uint16Array(plays);
		let max = 0;
		for (let i = 0; i < plays; i++) {
			const entry = (videoIndex[order[rows[i] as number] as number] as number) - 1;
			watchMs[i] = this.#watchMs.array[entry] as number;
			viewHundredths[i] = this.#view.array[entry] as number;
			playedHundredths[i] = this.#played.array[entry] as number;
			if ((watchMs[i] as number) > max) max = watchMs[i] as number;
		}
		return { rows, watchMs: narrow(watchMs, max), viewHundredths, playedHundredths };
	}
}
