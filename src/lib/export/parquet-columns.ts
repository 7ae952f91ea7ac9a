import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { deltaBinaryPack } from 'hyparquet-writer/src/delta.js';
import type { ChunkValues } from './parquet-chunk';
import { Entries } from './parquet-entries';

/**
 * The columns of a row group while it is being filled: `add` a row after the other, then `finish`, which empties them for
 * the next group. They hold at most `capacity` rows. Texts: parquet-text-column.ts.
 */

/** Whole numbers of few different values, also of decimals without their point. */
export class NumberColumn {
	readonly #bytes: 4 | 8;
	readonly #rows: Entries;
	readonly #entryOf = new Map<number, number>();
	#lastValue = NaN;
	#lastEntry = 0;

	/** @param bytes of a value: of INT32 or INT64 */
	constructor(bytes: 4 | 8, capacity: number) {
		this.#bytes = bytes;
		this.#rows = new Entries(capacity, false);
	}

	add(value: number): void {
		if (value !== this.#lastValue) {
			let entry = this.#entryOf.get(value);
			if (entry === undefined) this.#entryOf.set(value, (entry = this.#entryOf.size));
			this.#lastValue = value;
			this.#lastEntry = entry;
		}
		this.#rows.add(this.#lastEntry);
	}

	finish(): ChunkValues {
		const values = [...this.#entryOf.keys()];
		this.#entryOf.clear();
		this.#lastValue = NaN;
		let least = Infinity;
		let most = -Infinity;
		const bytes = new Uint8Array(values.length * this.#bytes);
		const view = new DataView(bytes.buffer);
		values.forEach((value, i) => {
			if (this.#bytes === 4) view.setInt32(i * 4, value, true);
			else view.setBigInt64(i * 8, BigInt(value), true);
			least = Math.min(least, value);
			most = Math.max(most, value);
		});
		return this.#rows.finish(
			values.length,
			bytes,
			values.length === 0 ? {} : { min_value: BigInt(least), max_value: BigInt(most) }
		);
	}
}

/** Times in milliseconds since 1970 that mostly rise. */
export class TimeColumn {
	readonly #times: Float64Array;
	#length = 0;

	constructor(capacity: number) {
		this.#times = new Float64Array(capacity);
	}

	add(ms: number): void {
		this.#times[this.#length++] = ms;
	}

	finish(): ChunkValues {
		const times = this.#times.subarray(0, this.#length);
		const rows = this.#length;
		this.#length = 0;
		let least = Infinity;
		let most = -Infinity;
		for (let i = 0; i < rows; i++) {
			least = Math.min(least, times[i] as number);
			most = Math.max(most, times[i] as number);
		}
		return {
			rows,
			present: null,
			dictionary: null,
			encoding: 'DELTA_BINARY_PACKED',
			values: most - least <= MAX_SMALL_SPAN ? smallDeltas(times) : deltas(times),
			statistics:
				rows === 0
					? { null_count: 0n }
					: { min_value: BigInt(least), max_value: BigInt(most), null_count: 0n }
		};
	}
}

function deltas(times: Float64Array): Uint8Array {
	const writer = new ByteWriter(times.length * 2 + 64);
	deltaBinaryPack(writer, BigInt64Array.from(times, BigInt), 'INT64');
	return writer.getBytes();
}

const MAX_SMALL_SPAN = 0x7fffffff;

/**
 * The same bytes from times that lie within 24 days. The writer is ten times as fast with numbers of 32 bits, and only
 * the first value, which stands at the end of the head, distinguishes the two.
 */
function smallDeltas(times: Float64Array): Uint8Array {
	const first = times[0] ?? 0;
	const offsets = Int32Array.from(times, (ms) => ms - first);
	const small = new ByteWriter(times.length * 2 + 64);
	deltaBinaryPack(small, offsets, 'INT64');
	const bytes = small.getBytes();
	// Three numbers, then the first value, which is 0 and one byte.
	let head = 0;
	for (let numbers = 0; numbers < 3; head++) if ((bytes[head] as number) < 128) numbers++;
	const writer = new ByteWriter(bytes.length + 16);
	writer.appendBytes(bytes.subarray(0, head));
	writer.appendZigZag(BigInt(first));
	writer.appendBytes(bytes.subarray(head + 1));
	return writer.getBytes();
}
