import { Dictionary } from '../../columns/dictionary';
import { growableUint32 } from '../../columns/growable';
import { MAX_OPEN_VALUES } from '../../model/event';
import type { Header, OwnField } from '../header';
import type { RowFields } from '../row-fields';
import { readId, type Span } from './text';

/** With more tuples than this, they are numbered anew for the next run. */
const MANY_TUPLES = 1 << 18;

/** The cells of columns of one's own → the number of their tuple. Values have local numbers, from 0; no value is -1. */
export class OwnCells {
	readonly fields: readonly OwnField[];
	/** Per column its values, by their local numbers. */
	readonly values: readonly Dictionary[];
	/** The column whose value was one too many. */
	crowded = 0;
	/** Rises when tuples are numbered anew. */
	edition = 0;
	readonly #span: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };
	/** Per column but the first: tuples of the columns up to it, by the one before and the value. */
	#joined: Map<number, number>[] = [];
	readonly #tuples = growableUint32();

	private constructor(fields: readonly OwnField[]) {
		this.fields = fields;
		this.values = fields.map(({ values }) => {
			const dictionary = new Dictionary();
			for (const value of values) dictionary.internText(value);
			return dictionary;
		});
		this.#forget();
	}

	/** Null where a header has none. */
	static of({ own = [] }: Header): OwnCells | null {
		return own.length === 0 ? null : new OwnCells(own);
	}

	get names(): readonly string[] {
		return this.fields.map(({ name }) => name);
	}

	/** Tuple t has in column c the value tuples[t × columns + c]: its local number plus one, 0 for none. */
	get tuples(): Uint32Array {
		return this.#tuples.array.subarray(0, this.#tuples.length);
	}

	/** Whether a column has as many values as there can be. */
	get isFull(): boolean {
		return this.values.some(({ size }) => size >= MAX_OPEN_VALUES);
	}

	/** Whether no cell of a row has a value that would be one too many. */
	hasRoom(bytes: Uint8Array, row: RowFields): boolean {
		return this.values.every((known, c) => {
			if (known.size < MAX_OPEN_VALUES || !this.#read(bytes, row, c)) return true;
			if (known.find(this.#span.bytes, this.#span.start, this.#span.end) >= 0) return true;
			this.crowded = c;
			return false;
		});
	}

	/** The number of the row's tuple; new values get numbers. */
	read(bytes: Uint8Array, row: RowFields): number {
		let tuple = 0;
		for (const [c, { field }] of this.fields.entries()) {
			const isThere = field < row.fields;
			const value = isThere ? this.value(bytes, row.starts[field]!, row.ends[field]!, c) : -1;
			tuple = this.join(tuple, c, value + 1);
		}
		return tuple;
	}

	/** The local number of the value in a cell of a column, which is added if it is new; -1 for none. */
	value(bytes: Uint8Array, start: number, end: number, column: number): number {
		const span = this.#span;
		readId(bytes, start, end, span);
		return span.start === span.end ? -1 : this.values[column]!.intern(span.bytes, span.start, span.end);
	}

	/**
	 * The tuple of the columns up to `column`. Call for each column in turn; the last result is a row's tuple.
	 * @param before the result for the column before; 0 for the first
	 * @param value a local number plus one, 0 for none
	 */
	join(before: number, column: number, value: number): number {
		const key = before * (MAX_OPEN_VALUES + 2) + value;
		const known = this.#joined[column]!;
		let tuple = known.get(key);
		if (tuple !== undefined) return tuple;
		tuple = known.size;
		known.set(key, tuple);
		if (column === this.fields.length - 1) this.#write(before, value, column);
		else this.#prefixes[column]!.push([before, value]);
		return tuple;
	}

	/** A run is over: tuples need not be known any more where there are many. */
	endRun(): void {
		if (this.#tuples.length / this.fields.length > MANY_TUPLES) this.#forget();
	}

	/** Per column but the last, the one before and the value of each of its tuples. */
	#prefixes: [number, number][][] = [];

	#write(before: number, value: number, column: number): void {
		const found = [value];
		for (let c = column - 1, at = before; c >= 0; c--) {
			const [earlier, own] = this.#prefixes[c]![at]!;
			found.unshift(own);
			at = earlier;
		}
		for (const each of found) this.#tuples.push(each);
	}

	#forget(): void {
		this.edition++;
		this.#tuples.length = 0;
		this.#joined = this.fields.map(() => new Map());
		this.#prefixes = this.fields.map(() => []);
	}

	/** Reads a cell into the span; false where it is empty, or not there. */
	#read(bytes: Uint8Array, { starts, ends, fields }: RowFields, column: number): boolean {
		const { field } = this.fields[column]!;
		if (field >= fields || starts[field] === ends[field]) return false;
		readId(bytes, starts[field]!, ends[field]!, this.#span);
		return this.#span.start !== this.#span.end;
	}
}
