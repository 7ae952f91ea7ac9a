import { guardFormula } from '../../../model/csv-cell';
import type { Problem } from '../../../model/problem';
import type { RowFields, RowTaker } from '../../row-fields';
import type { JsonKeys } from './json-keys';
import { CUT_OFF, JsonScanner, NOT_JSON, skipSpace } from './json-scanner';

/** Gives the objects in a file's bytes to a taker; one of these per file. */
export interface JsonReader {
	/**
	 * Reads what is whole of bytes[from, to).
	 * @returns the offset of what is not, or what is wrong with the file
	 */
	read(bytes: Uint8Array, from: number, to: number, isLast: boolean, taker: RowTaker): number | Problem;
	/** Physical lines that end before what is not read yet. */
	readonly lines: number;
}

const LF = 10;
const CR = 13;
const APOSTROPHE = 39;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const QUOTE = 34;
const COLON = 58;

/** One object a line. A line that holds something else is rejected, and the next one read. */
export class JsonLines implements JsonReader {
	lines = 0;
	readonly #rows: ScannedRows;

	constructor(keys: JsonKeys) {
		this.#rows = new ScannedRows(keys);
	}

	read(bytes: Uint8Array, from: number, to: number, isLast: boolean, taker: RowTaker): number {
		let start = from;
		while (start < to) {
			let end = bytes.indexOf(LF, start);
			if (end < 0 || end >= to) {
				if (!isLast) return start;
				end = to;
			}
			const at = skipSpace(bytes, start, end);
			if (at < end) this.#line(bytes, at, end, taker);
			this.lines++;
			start = end + 1;
		}
		return to;
	}

	#line(bytes: Uint8Array, from: number, to: number, taker: RowTaker): void {
		const { scanner } = this.#rows;
		const behind = bytes[from] === OPEN_BRACE ? scanner.scan(bytes, from, to) : NOT_JSON;
		if (behind > 0 && skipSpace(bytes, behind, to) === to) this.#rows.add(bytes, this.lines, taker);
		else this.#rows.reject(bytes, from, bytes[to - 1] === CR ? to - 1 : to, this.lines, taker);
	}
}

/** What is to come next. The last four are for what stands behind the array, in the objects around it. */
type ArrayState = 'array' | 'first' | 'value' | 'comma' | 'after' | 'key' | 'colon' | 'other';

/**
 * An array of objects, written in any layout: all of a file, or under a key of an object. What the object has behind it
 * is passed over.
 */
export class JsonArray implements JsonReader {
	lines: number;
	readonly #rows: ScannedRows;
	#rowCount = 0;
	/** Objects that the array stands in and that are not closed yet. */
	#depth: number;
	#state: ArrayState = 'array';
	/** Lines are counted up to here, in the current bytes. */
	#counted = 0;

	/**
	 * @param depth how many objects the array stands in
	 * @param lines how many lines end before it
	 */
	constructor(keys: JsonKeys, depth = 0, lines = 0) {
		this.#rows = new ScannedRows(keys);
		this.#depth = depth;
		this.lines = lines;
	}

	read(bytes: Uint8Array, from: number, to: number, isLast: boolean, taker: RowTaker): number | Problem {
		this.#counted = from;
		for (let start = from; ;) {
			const at = skipSpace(bytes, start, to);
			const isWhole = this.#state === 'after' && this.#depth === 0;
			const behind = at < to ? this.#step(bytes, at, to, taker) : CUT_OFF;
			if (behind === CUT_OFF) {
				if (isLast && !isWhole) return { code: 'json_cut_off', rows: this.#rowCount };
				this.#countLines(bytes, at);
				return at;
			}
			if (behind === NOT_JSON) return { code: 'json_broken', row: this.#rowCount + 1 };
			start = behind;
		}
	}

	/** Reads what stands at `at`, up to what may come next. @returns the offset behind it, or CUT_OFF or NOT_JSON */
	#step(bytes: Uint8Array, at: number, to: number, taker: RowTaker): number {
		const byte = bytes[at] as number;
		const state = this.#state;
		if (state === 'value' || (state === 'first' && byte !== CLOSE_BRACKET))
			return this.#row(bytes, at, to, taker);
		if (state === 'other' || (state === 'key' && byte === QUOTE)) {
			const behind = this.#rows.scanner.value(bytes, at, to);
			if (behind > 0) this.#state = state === 'key' ? 'colon' : 'after';
			return behind;
		}
		const isWithin = state === 'after' && this.#depth > 0;
		if (state === 'array' && byte === OPEN_BRACKET) this.#state = 'first';
		else if ((state === 'first' || state === 'comma') && byte === CLOSE_BRACKET) this.#state = 'after';
		else if (state === 'comma' && byte === COMMA) this.#state = 'value';
		else if (state === 'colon' && byte === COLON) this.#state = 'other';
		else if (isWithin && byte === COMMA) this.#state = 'key';
		else if (isWithin && byte === CLOSE_BRACE) this.#depth--;
		else return NOT_JSON;
		return at + 1;
	}

	#row(bytes: Uint8Array, at: number, to: number, taker: RowTaker): number {
		const { scanner } = this.#rows;
		const isObject = bytes[at] === OPEN_BRACE;
		const behind = isObject ? scanner.scan(bytes, at, to) : scanner.value(bytes, at, to);
		if (behind < 0) return behind;
		this.#countLines(bytes, at);
		if (isObject) this.#rows.add(bytes, this.lines, taker);
		else this.#rows.reject(bytes, at, behind, this.lines, taker);
		this.#rowCount++;
		this.#state = 'comma';
		return behind;
	}

	#countLines(bytes: Uint8Array, to: number): void {
		this.lines += lineEnds(bytes, this.#counted, to);
		this.#counted = to;
	}
}

/** How many lines end in bytes[from, to). */
export function lineEnds(bytes: Uint8Array, from: number, to: number): number {
	let lines = 0;
	for (let at = from; at < to; at++) if (bytes[at] === LF) lines++;
	return lines;
}

/** Gives what a scanner has scanned to a taker. */
class ScannedRows {
	readonly scanner: JsonScanner;
	readonly #keys: JsonKeys;

	constructor(keys: JsonKeys) {
		this.#keys = keys;
		this.scanner = new JsonScanner(keys, keys.names.length);
	}

	/** Gives the object that was scanned last. */
	add(bytes: Uint8Array, line: number, taker: RowTaker): void {
		this.scanner.unescape(bytes);
		const { row } = this.scanner;
		row.line = line;
		if (!hasApostrophe(bytes, row)) return this.#give(bytes, row, taker);
		taker.settle(bytes);
		const [copy, guarded] = guardedRow(bytes, row);
		this.#give(copy, guarded, taker);
		taker.settle(copy);
	}

	/** Rejects what stands in bytes[from, to), which is no object. */
	reject(bytes: Uint8Array, from: number, to: number, line: number, taker: RowTaker): void {
		const row = { starts: Int32Array.of(from), ends: Int32Array.of(to), fields: 1, line };
		taker.reject(bytes, row, null, 'not_an_object');
	}

	/** A list or an object stands for no value of a column; one under another key is ignored. */
	#give(bytes: Uint8Array, row: RowFields, taker: RowTaker): void {
		for (const field of this.scanner.nested) {
			const column = this.#keys.columnOf(field);
			if (column !== null) return taker.reject(bytes, row, column, 'not_a_single_value');
		}
		taker.add(bytes, row);
	}
}

/** Whether a cell might lose an apostrophe that only CSV files have too much. */
function hasApostrophe(bytes: Uint8Array, { starts, ends, fields }: RowFields): boolean {
	for (let f = 0; f < fields; f++) if (bytes[starts[f]!] === APOSTROPHE && ends[f]! > starts[f]!) return true;
	return false;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** The row as a CSV would have it: checks take an apostrophe before a formula off, so one is put there. */
function guardedRow(bytes: Uint8Array, { starts, ends, fields, line }: RowFields): [Uint8Array, RowFields] {
	const cells = Array.from({ length: fields }, (_, f) => {
		const cell = bytes.subarray(starts[f], ends[f]);
		return cell[0] === APOSTROPHE ? encoder.encode(guardFormula(decoder.decode(cell))) : cell;
	});
	const copy = new Uint8Array(cells.reduce((sum, cell) => sum + cell.length, 0));
	const row = { starts: new Int32Array(fields), ends: new Int32Array(fields), fields, line };
	let at = 0;
	cells.forEach((cell, f) => {
		copy.set(cell, at);
		row.starts[f] = at;
		row.ends[f] = at += cell.length;
	});
	return [copy, row];
}
