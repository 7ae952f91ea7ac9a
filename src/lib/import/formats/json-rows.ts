import { guardFormula } from '../../model/csv-cell';
import type { Problem } from '../../model/problem';
import type { RowFields, RowTaker } from '../row-fields';
import type { JsonKeys } from './json-keys';
import { CUT_OFF, JsonScanner, NOT_JSON, skipSpace } from './json-scanner';

/** Gives the objects in a file's bytes to a taker; one of these per file. */
export interface JsonReader {
	/**
	 * Reads what is whole of bytes[from, to).
	 * @returns the offset of what is not, or what is wrong with the file
	 */
	read(bytes: Uint8Array, from: number, to: number, isLast: boolean, taker: RowTaker): number | Problem;
	/** Lines read until now; objects where these are not in lines. */
	readonly lines: number;
}

const LF = 10;
const CR = 13;
const APOSTROPHE = 39;
const COMMA = 44;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;

/** One object a line. A line that holds something else is rejected, and the next one read. */
export class JsonLines implements JsonReader {
	lines = 0;
	readonly #scanner: JsonScanner;

	constructor(keys: JsonKeys) {
		this.#scanner = new JsonScanner(keys, keys.names.length);
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
		const behind = bytes[from] === OPEN_BRACE ? this.#scanner.scan(bytes, from, to) : NOT_JSON;
		if (behind > 0 && skipSpace(bytes, behind, to) === to) {
			addRow(bytes, this.#scanner, this.lines, taker);
		} else {
			const end = bytes[to - 1] === CR ? to - 1 : to;
			taker.reject(bytes.subarray(from, end), this.lines, 'not_an_object');
		}
	}
}

/** An array of objects, written in any layout. */
export class JsonArray implements JsonReader {
	lines = 0;
	readonly #scanner: JsonScanner;
	#state: 'before' | 'first' | 'value' | 'comma' | 'after' = 'before';

	constructor(keys: JsonKeys) {
		this.#scanner = new JsonScanner(keys, keys.names.length);
	}

	read(bytes: Uint8Array, from: number, to: number, isLast: boolean, taker: RowTaker): number | Problem {
		let start = from;
		for (;;) {
			const at = skipSpace(bytes, start, to);
			if (at === to) {
				const isCut = isLast && this.#state !== 'after';
				return isCut ? { code: 'json_cut_off', rows: this.lines } : at;
			}
			const byte = bytes[at] as number;
			const state = this.#state;
			if (state === 'before' && byte === OPEN_BRACKET) this.#state = 'first';
			else if ((state === 'first' || state === 'comma') && byte === CLOSE_BRACKET) this.#state = 'after';
			else if (state === 'comma' && byte === COMMA) this.#state = 'value';
			else if (state === 'first' || state === 'value') {
				const isObject = byte === OPEN_BRACE;
				const behind = isObject ? this.#scanner.scan(bytes, at, to) : this.#scanner.value(bytes, at, to);
				if (behind === CUT_OFF) return isLast ? { code: 'json_cut_off', rows: this.lines } : at;
				if (behind < 0) return { code: 'json_broken', row: this.lines + 1 };
				if (isObject) addRow(bytes, this.#scanner, this.lines, taker);
				else taker.reject(bytes.subarray(at, behind), this.lines, 'not_an_object');
				this.lines++;
				this.#state = 'comma';
				start = behind;
				continue;
			} else return { code: 'json_broken', row: this.lines + 1 };
			start = at + 1;
		}
	}
}

function addRow(bytes: Uint8Array, scanner: JsonScanner, line: number, taker: RowTaker): void {
	scanner.unescape(bytes);
	const { row } = scanner;
	row.line = line;
	if (!hasApostrophe(bytes, row)) return taker.add(bytes, row);
	taker.settle(bytes);
	const [copy, guarded] = guardedRow(bytes, row);
	taker.add(copy, guarded);
	taker.settle(copy);
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
