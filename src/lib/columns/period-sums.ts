import { dayNumberAt, dayStarts } from '../model/calendar';
import { growableFloat64, growableUint32, narrow } from './growable';
import { rowAt, type Segment } from './segment';

/**
 * Sums per combination over periods of time: what figures and series are made of, so that no row has to be read for
 * them. Kept beside the segments by day; made on the way where a question needs other periods.
 */
export interface PeriodSums {
	/** Numbers of the periods that hold any event (days since 1970, or buckets); they rise. */
	readonly periods: Int32Array;
	/** Period i has the entries [starts[i], starts[i + 1]). */
	readonly starts: Uint32Array;
	/** The combinations that occur (combination.ts). */
	readonly codes: Uint32Array;
	/** Per entry, the index of its combination in `codes`; no period has one twice. */
	readonly combinations: Uint8Array | Uint16Array | Uint32Array;
	/** Per entry, Σ n and Σ n × watch time in milliseconds. */
	readonly n: Sums;
	readonly watchMs: Sums;
}

type Sums = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Which instants are which period: period `first + i` covers [starts[i], starts[i + 1]). */
export interface PeriodBorders {
	readonly first: number;
	readonly starts: Float64Array;
}

/** The days of a zone that a segment touches. */
export function dayBorders({ firstMs, lastMs }: Segment, zone: string): PeriodBorders {
	const first = dayNumberAt(firstMs, zone);
	return { first, starts: dayStarts(first, dayNumberAt(lastMs, zone), zone) };
}

/** Bytes that the sums take, in memory and stored. */
export function periodSumsBytes(sums: PeriodSums): number {
	return periodSumsArrays(sums).reduce((bytes, { byteLength }) => bytes + byteLength, 0);
}

/** Its arrays, for a checksum. */
export function periodSumsArrays(sums: PeriodSums): readonly ArrayBufferView[] {
	const { periods, starts, codes, combinations, n, watchMs } = sums;
	return [periods, starts, codes, combinations, n, watchMs];
}

/** Adds up segments. Use: addSegment × n, finish. */
export class PeriodSumsBuilder {
	readonly #indexOfCode = new Map<number, number>();
	// An entry each; several may be of one period and combination until the end.
	readonly #periods = growableFloat64();
	readonly #combinations = growableUint32();
	readonly #n = growableFloat64();
	readonly #watchMs = growableFloat64();

	/** Adds the rows of a segment that lie within the borders; not those that are hidden (narrow-segment.ts). */
	addSegment(segment: Segment, { first, starts }: PeriodBorders): void {
		const { codes, combinations, counts, video } = segment;
		const indexes = this.#indexesOf(codes);
		const n = new Float64Array(codes.length + 1);
		const watchMs = new Float64Array(codes.length + 1);
		let row = rowAt(segment, starts[0] as number);
		let play = 0;
		while (play < video.rows.length && (video.rows[play] as number) < row) play++;
		for (let p = periodAt(starts, segment, row); row < segment.rows && p + 1 < starts.length; p++) {
			const end = rowAt(segment, starts[p + 1] as number);
			if (end === row) continue;
			for (let r = row; r < end; r++) {
				n[combinations[r] as number]! += counts === null ? 1 : (counts[r] as number);
			}
			for (; play < video.rows.length && (video.rows[play] as number) < end; play++) {
				const r = video.rows[play] as number;
				watchMs[combinations[r] as number]! +=
					(counts === null ? 1 : (counts[r] as number)) * (video.watchMs[play] as number);
			}
			row = end;
			for (let c = 0; c < codes.length; c++) {
				if (n[c] === 0) continue;
				this.#push(first + p, indexes[c] as number, n[c] as number, watchMs[c] as number);
				n[c] = watchMs[c] = 0;
			}
		}
	}

	finish(): PeriodSums {
		const codes = Uint32Array.from(this.#indexOfCode.keys());
		const { periods, entries, starts } = this.#byPeriod();
		const writer = new PeriodSumsWriter(codes, entries.length);
		periods.forEach((period, p) => {
			for (let i = starts[p] as number; i < (starts[p + 1] as number); i++) {
				const e = entries[i] as number;
				writer.add(
					this.#combinations.array[e] as number,
					this.#n.array[e] as number,
					this.#watchMs.array[e] as number
				);
			}
			writer.end(period);
		});
		return writer.finish();
	}

	#push(period: number, combination: number, n: number, watchMs: number): void {
		this.#periods.push(period);
		this.#combinations.push(combination);
		this.#n.push(n);
		this.#watchMs.push(watchMs);
	}

	#indexesOf(codes: Uint32Array): Uint32Array {
		return codes.map((code) => indexIn(this.#indexOfCode, code));
	}

	/** The periods that occur, and the entries in their order: those of period i from starts[i] on. */
	#byPeriod() {
		const length = this.#n.length;
		const all = this.#periods.array;
		const periods = Int32Array.from(new Set(all.subarray(0, length))).sort();
		const place = new Map<number, number>();
		periods.forEach((period, p) => place.set(period, p));
		const starts = new Uint32Array(periods.length + 1);
		const placeOf = new Uint32Array(length);
		let lastPeriod = NaN;
		let last = 0;
		for (let e = 0; e < length; e++) {
			const period = all[e] as number;
			if (period !== lastPeriod) {
				lastPeriod = period;
				last = place.get(period) as number;
			}
			placeOf[e] = last;
			starts[last + 1]!++;
		}
		for (let p = 0; p < periods.length; p++) starts[p + 1]! += starts[p] as number;
		const next = starts.slice();
		const entries = new Uint32Array(length);
		for (let e = 0; e < length; e++) entries[next[placeOf[e] as number]!++] = e;
		return { periods, entries, starts };
	}
}

/** Several sums as one. All of them have their periods in order, so that each is gone through once. */
export function sumsTogether(all: readonly PeriodSums[]): PeriodSums {
	const indexOfCode = new Map<number, number>();
	const indexes = all.map(({ codes }) => codes.map((code) => indexIn(indexOfCode, code)));
	const most = all.reduce((sum, { n }) => sum + n.length, 0);
	const writer = new PeriodSumsWriter(Uint32Array.from(indexOfCode.keys()), most);
	/** Per sums the next period. */
	const nexts = all.map(() => 0);
	const nextOf = (i: number) => all[i]!.periods[nexts[i] as number] ?? Infinity;
	for (;;) {
		const period = nexts.reduce((first, _, i) => Math.min(first, nextOf(i)), Infinity);
		if (period === Infinity) return writer.finish();
		all.forEach(({ starts, combinations, n, watchMs }, i) => {
			if (nextOf(i) !== period) return;
			const own = indexes[i]!;
			const p = nexts[i]!++;
			for (let e = starts[p] as number; e < (starts[p + 1] as number); e++)
				writer.add(own[combinations[e] as number] as number, n[e] as number, watchMs[e] as number);
		});
		writer.end(period);
	}
}

/** Writes sums period by period, each of which may be added to in any order. Use: (add × n, end) × periods, finish. */
class PeriodSumsWriter {
	readonly #codes: Uint32Array;
	readonly #combinations: Uint32Array;
	readonly #n: Float64Array;
	readonly #watchMs: Float64Array;
	readonly #periods: number[] = [];
	readonly #starts = [0];
	/** Per combination the place of its last entry, plus one: of the current period where that is beyond its start. */
	readonly #places: Uint32Array;
	#start = 0; // of the current period
	#end = 0;

	/** @param most entries that are added */
	constructor(codes: Uint32Array, most: number) {
		this.#codes = codes;
		this.#combinations = new Uint32Array(most);
		this.#n = new Float64Array(most);
		this.#watchMs = new Float64Array(most);
		this.#places = new Uint32Array(codes.length);
	}

	/** Adds to a combination's sums in the current period; `combination` is its index in `codes`. */
	add(combination: number, n: number, watchMs: number): void {
		if ((this.#places[combination] as number) <= this.#start) {
			this.#combinations[this.#end] = combination;
			this.#places[combination] = ++this.#end;
		}
		const place = (this.#places[combination] as number) - 1;
		this.#n[place]! += n;
		this.#watchMs[place]! += watchMs;
	}

	/** Ends the current period, which has this number. */
	end(period: number): void {
		this.#periods.push(period);
		this.#starts.push((this.#start = this.#end));
	}

	finish(): PeriodSums {
		const codes = this.#codes;
		const end = this.#end;
		return {
			periods: Int32Array.from(this.#periods),
			starts: Uint32Array.from(this.#starts),
			codes,
			combinations: narrow(this.#combinations.subarray(0, end), codes.length) as PeriodSums['combinations'],
			n: narrowSums(this.#n.subarray(0, end)),
			watchMs: narrowSums(this.#watchMs.subarray(0, end))
		};
	}
}

/** Which of the periods that `starts` border row `row` is in. */
function periodAt(starts: Float64Array, segment: Segment, row: number): number {
	if (row >= segment.rows) return starts.length;
	const ms = segment.firstMs + (segment.times[row] as number);
	let low = 0;
	let high = starts.length;
	while (high - low > 1) {
		const middle = (low + high) >>> 1;
		if ((starts[middle] as number) <= ms) low = middle;
		else high = middle;
	}
	return low;
}

/** The index of a code, which gets the next one where it has none. */
function indexIn(indexOfCode: Map<number, number>, code: number): number {
	let index = indexOfCode.get(code);
	if (index === undefined) indexOfCode.set(code, (index = indexOfCode.size));
	return index;
}

function narrowSums(sums: Float64Array): Sums {
	return narrow(
		sums,
		sums.reduce((most, sum) => Math.max(most, sum), 0)
	);
}
