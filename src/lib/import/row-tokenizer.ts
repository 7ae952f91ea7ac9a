/**
 * Bytes of a delimited text file → rows of fields, by RFC 4180, without making strings. Lines end in LF, CRLF or CR.
 * NUL bytes are left out. What is not plain RFC 4180 (text after a closing quote) is left to PapaParse: see `stopped`.
 */

const NUL = 0;
const QUOTE = 34;
const LF = 10;
const CR = 13;

/** No row may be longer: what is, is a quote that was never closed, or no table at all. */
export const MAX_ROW_BYTES = 16 << 20;

/** Why tokenizing stopped before the end of the bytes. */
export type Stopped =
	/** It did not: all whole rows are read. */
	| null
	/** The row at the returned offset is not plain RFC 4180. */
	| 'not_plain';

/** What to read of some bytes. */
export interface Stretch {
	readonly from: number;
	readonly to: number; // exclusive
	/** Rows that start here or later are left. */
	readonly stopAt: number;
	/** Whether the file ends at `to`. */
	readonly isLast: boolean;
	/** Returns false to stop before the next row. */
	readonly onRow: () => boolean;
}

/** Finds the fields of rows; its own fields are those of the current row, until the next one. */
export class RowTokenizer {
	/** Field f of the current row is bytes[starts[f], ends[f]), with quotes already undone. */
	starts = new Int32Array(64);
	ends = new Int32Array(64);
	/** Number of fields of the current row. */
	fields = 0;
	/** Physical line on which the current row starts. */
	line: number;
	stopped: Stopped = null;
	/** Whether the row that could not be finished has an open quote. */
	isQuoteOpen = false;

	readonly #delimiter: number;
	/** Fields of the current row with doubled quotes to undo. */
	readonly #doubled: number[] = [];

	constructor(delimiter: number, line = 1) {
		this.#delimiter = delimiter;
		this.line = line;
	}

	/**
	 * Reads the rows in bytes[from, to) and calls `onRow` for each that is not an empty line. `bytes` must have room for
	 * one byte more at `to`, which is overwritten. A row that is not finished at `to` is left, unless `isLast`.
	 * @returns the offset of the first byte that is not part of a finished row
	 */
	read(bytes: Uint8Array, stretch: Stretch): number {
		const { from, to, stopAt, isLast, onRow } = stretch;
		const delimiter = this.#delimiter;
		// Bytes above this end no field: most are told by one comparison.
		const highest = Math.max(delimiter, CR);
		const lows = Math.imul(highest + 1, 0x01010101);
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		let { starts, ends } = this;
		bytes[to] = LF; // so that no field runs beyond the end
		this.stopped = null;
		this.isQuoteOpen = false;
		let row = from;
		const stop = Math.min(to, stopAt);
		while (row < stop) {
			let at = row;
			let lines = 1; // physical lines of this row
			let fields = 0;
			let byte: number; // the one that ends the current field
			let hasDoubled = false;
			let hasNul = false;
			do {
				if (fields === starts.length) {
					this.#makeRoom();
					({ starts, ends } = this);
				}
				byte = bytes[at] as number;
				while (byte === NUL && at < to) byte = bytes[++at] as number;
				if (byte === QUOTE) {
					starts[fields] = ++at;
					for (;;) {
						while ((byte = bytes[at] as number) !== QUOTE && at < to) {
							if (byte <= CR) {
								if (byte === LF || (byte === CR && bytes[at + 1] !== LF)) lines++;
								else if (byte === NUL) hasNul = true;
							}
							at++;
						}
						if (at >= to || (at + 1 >= to && !isLast)) {
							this.isQuoteOpen = true;
							return row;
						}
						if (at + 1 >= to || bytes[at + 1] !== QUOTE) break;
						if (!hasDoubled) this.#doubled.length = 0;
						hasDoubled = true;
						this.#doubled.push(fields);
						at += 2;
					}
					ends[fields] = at++;
					byte = bytes[at] as number;
					while (byte === NUL && at < to) byte = bytes[++at] as number;
					if (byte !== delimiter && byte !== LF && byte !== CR) {
						this.stopped = 'not_plain';
						return row;
					}
				} else {
					starts[fields] = at;
					// four bytes at a time, as long as all of them are above
					while (at + 4 <= to) {
						const word = view.getInt32(at, true);
						if (((word - lows) & ~word & 0x80808080) !== 0) break;
						at += 4;
					}
					byte = bytes[at] as number;
					while (byte > highest || (byte !== delimiter && byte !== LF && byte !== CR)) {
						if (byte === NUL) hasNul = true;
						byte = bytes[++at] as number;
					}
					ends[fields] = at;
				}
				fields++;
				at++;
			} while (byte === delimiter);
			// `at` is behind the byte that ended the row; at to + 1 that was the one put there above
			if (at > to) {
				if (!isLast) return row;
			} else if (byte === CR) {
				if (at === to && !isLast) return row;
				if (at < to && bytes[at] === LF) at++;
			}

			this.fields = fields;
			let goesOn = true;
			if (fields > 1 || ends[0] !== starts[0]) {
				if (hasDoubled) for (const field of new Set(this.#doubled)) this.#undouble(bytes, field);
				if (hasNul) this.#dropNuls(bytes);
				goesOn = onRow();
			}
			this.line += lines;
			row = Math.min(at, to);
			if (!goesOn) return row;
		}
		return row;
	}

	/** Turns each `""` in a field into `"`, in place: the row is finished, nobody reads its bytes again. */
	#undouble(bytes: Uint8Array, field: number): void {
		const end = this.ends[field] as number;
		let to = this.starts[field] as number;
		for (let from = to; from < end; from++) {
			const byte = bytes[from] as number;
			bytes[to++] = byte;
			if (byte === QUOTE) from++;
		}
		this.ends[field] = to;
	}

	/** Takes the NULs out of the fields, in place. */
	#dropNuls(bytes: Uint8Array): void {
		for (let f = 0; f < this.fields; f++) this.ends[f] = dropNuls(bytes, this.starts[f]!, this.ends[f]!);
	}

	#makeRoom(): void {
		const { starts, ends } = this;
		this.starts = new Int32Array(starts.length * 2);
		this.starts.set(starts);
		this.ends = new Int32Array(ends.length * 2);
		this.ends.set(ends);
	}
}

/** Takes the NULs out of bytes[start, end), in place. @returns where what is left ends */
function dropNuls(bytes: Uint8Array, start: number, end: number): number {
	let to = start;
	for (let from = start; from < end; from++) {
		const byte = bytes[from] as number;
		if (byte !== NUL) bytes[to++] = byte;
	}
	return to;
}
