import { writeMs } from '../../cells/instant';
import {
	APOSTROPHE,
	int96Ms,
	msOfWords,
	roomFor,
	writeCell,
	type CellKind,
	type CellValue
} from './parquet-cells';

/** The cells of a column of a row group, by number. Number 0 is the cell without a value. */

const MAX_TEXT_BYTES = 0x7fffffff;

/** Cells as a CSV would have them: cell c is bytes[starts[c], ends[c]). */
export class TextCells {
	bytes = new Uint8Array(1 << 10);
	starts = new Int32Array(1);
	ends = new Int32Array(1);
	count = 1;
	readonly #kind: CellKind;
	#end = 0;

	constructor(kind: CellKind) {
		this.#kind = kind;
	}

	/** Adds a cell for each value. */
	add(values: ArrayLike<unknown>): void {
		this.#makeCells(values.length);
		for (let i = 0; i < values.length; i++) {
			const value = values[i] as CellValue;
			this.#makeRoom(roomFor(value));
			this.starts[this.count] = this.#end;
			this.#end = writeCell(this.#kind, value, this.bytes, this.#end);
			this.ends[this.count++] = this.#end;
		}
	}

	/**
	 * Adds a cell for each of `count` texts in page[at, …), each of which stands behind its length.
	 * @throws RangeError where they are not there
	 */
	addPlain(page: Uint8Array, at: number, count: number): void {
		if (count * 4 > page.length - at) throw new RangeError('not so many texts');
		this.#makeCells(count);
		this.#makeRoom(page.length - at);
		this.bytes.set(page.subarray(at), this.#end);
		const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
		const moved = this.#end - at;
		this.#end += page.length - at;
		let from = at;
		for (let i = 0; i < count; i++) {
			const start = from + 4;
			from = start + view.getUint32(from, true);
			if (from > page.length) throw new RangeError('a text is cut off');
			if (start < from && page[start] === APOSTROPHE) {
				this.add([page.subarray(start, from)]);
				continue;
			}
			this.starts[this.count] = start + moved;
			this.ends[this.count++] = from + moved;
		}
	}

	/** The most bytes that a cell takes. */
	roomFor(cell: number): number {
		return (this.ends[cell] as number) - (this.starts[cell] as number);
	}

	/** Writes a cell. @returns the offset behind it */
	copy(cell: number, bytes: Uint8Array, at: number): number {
		const start = this.starts[cell] as number;
		const length = (this.ends[cell] as number) - start;
		if (length > 64) bytes.set(this.bytes.subarray(start, start + length), at);
		else for (let i = 0; i < length; i++) bytes[at + i] = this.bytes[start + i] as number;
		return at + length;
	}

	#makeCells(more: number): void {
		const count = this.count + more;
		if (count <= this.starts.length) return;
		const length = Math.max(count, this.starts.length * 2);
		this.starts = grown(this.starts, new Int32Array(length));
		this.ends = grown(this.ends, new Int32Array(length));
	}

	#makeRoom(more: number): void {
		const length = this.#end + more;
		if (length <= this.bytes.length) return;
		if (length > MAX_TEXT_BYTES) throw new RangeError('too much text');
		this.bytes = grown(this.bytes, new Uint8Array(Math.max(length, this.bytes.length * 2)));
	}
}

/** Instants. What a row that is rejected shows of one is written when it is asked for. */
export class TimeCells {
	/** In milliseconds since 1970; that of cell 0 is none. */
	ms = Float64Array.of(NaN);
	count = 1;
	readonly #kind: CellKind;

	constructor(kind: CellKind) {
		this.#kind = kind;
	}

	/** Adds a cell for each value. */
	add(values: ArrayLike<unknown>): void {
		const { length } = values;
		if (this.count + length > this.ms.length) {
			const room = Math.max(this.count + length, this.ms.length * 2);
			this.ms = grown(this.ms, new Float64Array(room));
		}
		if (values instanceof BigInt64Array && this.#kind.is === 'time') {
			// Read as words: a number of 64 bits would be an object of its own.
			const words = new Int32Array(values.buffer, values.byteOffset, length * 2);
			const { perMs } = this.#kind;
			for (let i = 0; i < length; i++) {
				const low = (words[2 * i] as number) >>> 0;
				this.ms[this.count++] = msOfWords(words[2 * i + 1] as number, low, perMs);
			}
		} else for (let i = 0; i < length; i++) this.ms[this.count++] = int96Ms(values[i] as bigint);
	}

	/** The most bytes that a cell takes. */
	roomFor(): number {
		return 32;
	}

	/** Writes a cell. @returns the offset behind it */
	copy(cell: number, bytes: Uint8Array, at: number): number {
		return cell === 0 ? at : writeMs(this.ms[cell] as number, bytes, at);
	}
}

function grown<A extends Uint8Array | Int32Array | Float64Array>(array: A, larger: A): A {
	larger.set(array);
	return larger;
}
