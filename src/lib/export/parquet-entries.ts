import type { MinMaxType } from 'hyparquet/src/types.js';
import type { ChunkValues } from './parquet-chunk';

/** The least and the largest value of a column in a row group; none where it has no values. */
export interface Bounds {
	readonly min_value?: MinMaxType;
	readonly max_value?: MinMaxType;
}

/** Rows that refer to entries, each of which stands in the group's dictionary once. */
export class Entries {
	readonly #rows: Uint32Array;
	readonly #present: Uint8Array | null;
	#length = 0;
	#filled = 0;

	constructor(capacity: number, isOptional: boolean) {
		this.#rows = new Uint32Array(capacity);
		this.#present = isOptional ? new Uint8Array(capacity) : null;
	}

	add(entry: number): void {
		this.#rows[this.#filled++] = entry;
		if (this.#present) this.#present[this.#length] = 1;
		this.#length++;
	}

	addNone(): void {
		if (!this.#present) throw new Error('parquet: a needed value is missing');
		this.#present[this.#length++] = 0;
	}

	finish(entries: number, bytes: Uint8Array, bounds: Bounds): ChunkValues {
		const rows = this.#length;
		const filled = this.#filled;
		this.#length = this.#filled = 0;
		return {
			rows,
			present: this.#present?.subarray(0, rows) ?? null,
			// Without any entry there is nothing to refer to.
			...(entries === 0
				? { encoding: 'PLAIN', dictionary: null, values: new Uint8Array(0) }
				: {
						encoding: 'RLE_DICTIONARY',
						dictionary: { bytes, entries },
						values: this.#rows.subarray(0, filled)
					}),
			statistics: { ...bounds, null_count: BigInt(rows - filled) }
		};
	}
}
