import { FIRST_VIDEO_KIND } from '../model/event';
import { CODES_PER_ACCOUNT, accountOf, kindOf } from './combination';
import { growableFloat64, growableUint16, growableUint32, narrow } from './growable';
import { MAX_SEGMENT_ROWS, SEGMENT_VERSION, type Segment, type VideoColumns } from './segment';

/** Local numbers → numbers of the workspace, for what a run's rows refer to. */
export interface Renumbering {
	readonly pins: Uint32Array;
	readonly users: Uint32Array;
	readonly accounts: Uint32Array;
}

/**
 * Collects the events of a run, in the order of the file, and cuts them into segments in the order of time. Events of
 * the same millisecond keep the order of the file. Use: add × n, finish, and start again.
 */
export class RunBuilder {
	readonly #times = growableFloat64();
	readonly #codes = growableUint32();
	readonly #pins = growableUint32();
	readonly #users = growableUint32();
	readonly #counts = growableUint32();
	/** Rows that are video plays, and what they carry. */
	readonly #videoRows = growableUint32();
	readonly #watchMs = growableFloat64();
	readonly #view = growableUint16();
	readonly #played = growableUint16();
	#isSorted = true;
	#lastMs = -Infinity;

	get rows(): number {
		return this.#times.length;
	}

	/** Adds an event of nobody. */
	add(timeMs: number, code: number, pin: number, count: number): void {
		if (timeMs < this.#lastMs) this.#isSorted = false;
		this.#lastMs = timeMs;
		this.#times.push(timeMs);
		this.#codes.push(code);
		this.#pins.push(pin);
		this.#users.push(0);
		this.#counts.push(count);
	}

	/** Names the person of a row that was added since the last finish; `user` is their number. */
	setUser(row: number, user: number): void {
		this.#users.array[row] = user + 1;
	}

	/** What the row just added carries as a video play. */
	addVideo(watchMs: number, viewHundredths: number, playedHundredths: number): void {
		this.#videoRows.push(this.#times.length - 1);
		this.#watchMs.push(watchMs);
		this.#view.push(viewHundredths);
		this.#played.push(playedHundredths);
	}

	/** The segments of what was added, with the workspace's numbers. Empties the builder. */
	finish(renumbering: Renumbering): Segment[] {
		const rows = this.rows;
		const order = this.#isSorted ? null : orderByTime(this.#times.array, rows);
		const videoIndex = this.#videoIndex();
		const segments: Segment[] = [];
		for (let start = 0; start < rows; start += MAX_SEGMENT_ROWS) {
			const end = Math.min(start + MAX_SEGMENT_ROWS, rows);
			segments.push(this.#cut(start, end, order, videoIndex, renumbering));
		}
		for (const column of [this.#times, this.#codes, this.#pins, this.#users, this.#counts]) column.length = 0;
		for (const column of [this.#videoRows, this.#watchMs, this.#view, this.#played]) column.length = 0;
		this.#isSorted = true;
		this.#lastMs = -Infinity;
		return segments;
	}

	/** Per row, the index of its video entry plus one; 0 where it is no video play. */
	#videoIndex(): Uint32Array {
		const index = new Uint32Array(this.rows);
		const rows = this.#videoRows;
		for (let i = 0; i < rows.length; i++) index[rows.array[i] as number] = i + 1;
		return index;
	}

	#cut(
		start: number,
		end: number,
		order: Uint32Array | null,
		videoIndex: Uint32Array,
		renumbering: Renumbering
	): Segment {
		const rows = end - start;
		const source = (i: number) => (order ? (order[start + i] as number) : start + i);
		const firstMs = this.#times.array[source(0)] as number;
		const lastMs = this.#times.array[source(rows - 1)] as number;

		const times = new Float64Array(rows);
		const combinations = new Uint16Array(rows);
		const pins = new Uint32Array(rows);
		const users = new Uint32Array(rows);
		const counts = new Uint32Array(rows);
		const indexOfCode = new Map<number, number>();
		let maxPin = 0;
		let maxUser = 0;
		let maxCount = 1;
		const video = {
			rows: growableUint16(),
			watchMs: growableFloat64(),
			view: growableUint16(),
			played: growableUint16()
		};
		let lastCode = -1;
		let lastIndex = 0;
		let maxWatch = 0;

		for (let i = 0; i < rows; i++) {
			const row = source(i);
			times[i] = (this.#times.array[row] as number) - firstMs;

			const code = this.#codes.array[row] as number;
			if (code !== lastCode) {
				lastCode = code;
				const known = indexOfCode.get(code);
				lastIndex = known ?? indexOfCode.size;
				if (known === undefined) indexOfCode.set(code, lastIndex);
			}
			combinations[i] = lastIndex;

			const pin = renumbering.pins[this.#pins.array[row] as number] as number;
			pins[i] = pin;
			if (pin > maxPin) maxPin = pin;

			const localUser = this.#users.array[row] as number;
			const user = localUser === 0 ? 0 : (renumbering.users[localUser - 1] as number) + 1;
			users[i] = user;
			if (user > maxUser) maxUser = user;

			const count = this.#counts.array[row] as number;
			counts[i] = count;
			if (count > maxCount) maxCount = count;

			if (kindOf(code) >= FIRST_VIDEO_KIND) {
				const entry = (videoIndex[row] as number) - 1;
				const watchMs = this.#watchMs.array[entry] as number;
				video.rows.push(i);
				video.watchMs.push(watchMs);
				video.view.push(this.#view.array[entry] as number);
				video.played.push(this.#played.array[entry] as number);
				if (watchMs > maxWatch) maxWatch = watchMs;
			}
		}

		const sums = new Float64Array(indexOfCode.size);
		for (let i = 0; i < rows; i++) sums[combinations[i] as number]! += counts[i] as number;
		const codes = Uint32Array.from(indexOfCode.keys(), (code) => {
			const account = accountOf(code);
			return code + ((renumbering.accounts[account] as number) - account) * CODES_PER_ACCOUNT;
		});
		return {
			version: SEGMENT_VERSION,
			rows,
			firstMs,
			lastMs,
			times: narrow(times, lastMs - firstMs),
			codes,
			sums: narrow(sums, Math.max(...sums)),
			combinations: narrow(combinations, codes.length - 1) as Segment['combinations'],
			pins: narrow(pins, maxPin) as Segment['pins'],
			users: narrow(users, maxUser) as Segment['users'],
			counts: maxCount === 1 ? null : (narrow(counts, maxCount) as Segment['counts']),
			video: {
				rows: video.rows.finish(),
				watchMs: narrow(video.watchMs.finish(), maxWatch),
				viewHundredths: video.view.finish(),
				playedHundredths: video.played.finish()
			} satisfies VideoColumns
		};
	}
}

/**
 * The order of rows by time, stable. Least-significant-digit radix sort over 3 × 14 bits: the years that events lie
 * in are under 2^42 milliseconds apart.
 */
function orderByTime(times: Float64Array, rows: number): Uint32Array {
	const BITS = 14;
	const BUCKETS = 1 << BITS;
	let min = Infinity;
	for (let i = 0; i < rows; i++) min = Math.min(min, times[i] as number);
	let order = new Uint32Array(rows);
	for (let i = 0; i < rows; i++) order[i] = i;
	let next = new Uint32Array(rows);
	for (let pass = 0, scale = 1; pass < 3; pass++, scale *= BUCKETS) {
		const starts = new Uint32Array(BUCKETS + 1);
		const digit = (row: number) => Math.floor(((times[row] as number) - min) / scale) & (BUCKETS - 1);
		for (let i = 0; i < rows; i++) starts[digit(i) + 1]!++;
		for (let b = 0; b < BUCKETS; b++) starts[b + 1]! += starts[b] as number;
		for (let i = 0; i < rows; i++) {
			const row = order[i] as number;
			next[starts[digit(row)]!++] = row;
		}
		[order, next] = [next, order];
	}
	return order;
}
