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
		const length = this.#n.length;
		const codes = Uint32Array.from(this.#indexOfCode.keys());
		const { periods, entries, starts } = this.#byPeriod();
		const ends = growableUint32(periods.length + 1);
		const combinations = growableUint32(length);
		const n = growableFloat64(length);
		const watchMs = growableFloat64(length);
		const sumN = new Float64Array(codes.length);
		const sumWatchMs = new Float64Array(codes.length);
		const met = growableUint32();
		ends.push(0);
		for (let p = 0; p < periods.length; p++) {
			met.length = 0;
			for (let i = starts[p] as number; i < (starts[p + 1] as number); i++) {
				const e = entries[i] as number;
				const c = this.#combinations.array[e] as number;
				if (sumN[c] === 0) met.push(c);
				sumN[c]! += this.#n.array[e] as number;
				sumWatchMs[c]! += this.#watchMs.array[e] as number;
			}
			for (let i = 0; i < met.length; i++) {
				const c = met.array[i] as number;
				combinations.push(c);
				n.push(sumN[c] as number);
				watchMs.push(sumWatchMs[c] as number);
				sumN[c] = sumWatchMs[c] = 0;
			}
			ends.push(n.length);
		}
		return {
			periods,
			starts: ends.finish(),
			codes,
			combinations: narrow(combinations.finish(), codes.length) as PeriodSums['combinations'],
			n: narrowSums(n.finish()),
			watchMs: narrowSums(watchMs.finish())
		};
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
	const combinations = new Uint32Array(most);
	const n = new Float64Array(most);
	const watchMs = new Float64Array(most);
	const periods: number[] = [];
	const starts = [0];
	/** Per combination the place of its entry in the current period, plus one, where that is beyond the period's start. */
	const places = new Uint32Array(indexOfCode.size);
	/** Per sums the next period. */
	const nexts = all.map(() => 0);
	let end = 0;
	for (;;) {
		let period = Infinity;
		all.forEach((sums, i) => (period = Math.min(period, sums.periods[nexts[i] as number] ?? Infinity)));
		if (period === Infinity) break;
		const start = end;
		for (let i = 0; i < all.length; i++) {
			const sums = all[i]!;
			const p = nexts[i] as number;
			if (sums.periods[p] !== period) continue;
			nexts[i] = p + 1;
			const own = indexes[i]!;
			for (let e = sums.starts[p] as number; e < (sums.starts[p + 1] as number); e++) {
				const c = own[sums.combinations[e] as number] as number;
				if ((places[c] as number) <= start) {
					combinations[end] = c;
					places[c] = ++end;
				}
				const place = (places[c] as number) - 1;
				n[place]! += sums.n[e] as number;
				watchMs[place]! += sums.watchMs[e] as number;
			}
		}
		periods.push(period);
		starts.push(end);
	}
	const codes = Uint32Array.from(indexOfCode.keys());
	return {
		periods: Int32Array.from(periods),
		starts: Uint32Array.from(starts),
		codes,
		combinations: narrow(combinations.subarray(0, end), codes.length) as PeriodSums['combinations'],
		n: narrowSums(n.subarray(0, end)),
		watchMs: narrowSums(watchMs.subarray(0, end))
	};
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
