/**
 * JSON objects in bytes → rows of fields, without making values of them: a number keeps its digits, so that an id of
 * 18 digits stays whole, and most text is used where it stands.
 */

/** Read from `scan` where the bytes end inside a value, and where they are no JSON. */
export const CUT_OFF = -1;
export const NOT_JSON = -2;

const NUL = 0;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const SPACE = 32;
const TAB = 9;
const LF = 10;
const CR = 13;

/** Which field a key fills; -1 where it is kept out. */
export interface FieldKeys {
	/** @param place how many keys came before it in its object: objects mostly have the same order */
	fieldOf(bytes: Uint8Array, start: number, end: number, place: number): number;
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();

export class JsonScanner {
	/** The fields of the object that was scanned last; `line` is the caller's to set. */
	readonly row: { starts: Int32Array; ends: Int32Array; fields: number; line: number };
	/** Those of them that hold a list or an object. */
	readonly nested: number[] = [];
	readonly #keys: FieldKeys;
	readonly #escaped: number[] = [];
	/** Where the text or literal that was scanned last starts and ends, without quotes, and whether it has escapes. */
	#start = 0;
	#end = 0;
	#hasEscapes = false;
	#isNested = false;

	constructor(keys: FieldKeys, fields: number) {
		this.#keys = keys;
		this.row = { starts: new Int32Array(fields), ends: new Int32Array(fields), fields, line: 0 };
	}

	/**
	 * Scans the object at bytes[from], which is a `{`, into `row`. The bytes stay as they are.
	 * @returns the offset behind it, or CUT_OFF or NOT_JSON
	 */
	scan(bytes: Uint8Array, from: number, to: number): number {
		const { starts, ends } = this.row;
		starts.fill(from);
		ends.fill(from);
		this.#escaped.length = 0;
		this.nested.length = 0;
		let at = skipSpace(bytes, from + 1, to);
		if (at < to && bytes[at] === CLOSE_BRACE) return at + 1;
		for (let place = 0; ; place++) {
			if (at >= to) return CUT_OFF;
			if (bytes[at] !== QUOTE) return NOT_JSON;
			at = this.#text(bytes, at, to);
			if (at < 0) return at;
			const field = this.#keys.fieldOf(bytes, this.#start, this.#end, place);

			at = skipSpace(bytes, at, to);
			if (at >= to) return CUT_OFF;
			if (bytes[at] !== COLON) return NOT_JSON;
			at = this.value(bytes, skipSpace(bytes, at + 1, to), to);
			if (at < 0) return at;
			if (field >= 0 && field < starts.length) {
				starts[field] = this.#start;
				ends[field] = this.#end;
				if (this.#hasEscapes) this.#escaped.push(field);
				if (this.#isNested) this.nested.push(field);
				else if (this.nested.includes(field)) this.nested.splice(this.nested.indexOf(field), 1); // named twice
			}

			at = skipSpace(bytes, at, to);
			if (at >= to) return CUT_OFF;
			if (bytes[at] === CLOSE_BRACE) return at + 1;
			if (bytes[at] !== COMMA) return NOT_JSON;
			at = skipSpace(bytes, at + 1, to);
		}
	}

	/** Passes over any value. @returns the offset behind it, or CUT_OFF or NOT_JSON */
	value(bytes: Uint8Array, from: number, to: number): number {
		if (from >= to) return CUT_OFF;
		const first = bytes[from] as number;
		this.#isNested = first === OPEN_BRACE || first === OPEN_BRACKET;
		if (first === QUOTE) return this.#text(bytes, from, to);
		return this.#isNested ? this.#listOrObject(bytes, from, to) : this.#literal(bytes, from, to);
	}

	/** Undoes the escapes of the row that was scanned last and leaves out NULs, in place: nobody reads its bytes again. */
	unescape(bytes: Uint8Array): void {
		for (const field of this.#escaped) {
			const start = this.row.starts[field]!;
			const text = encoder.encode(unescaped(decoder.decode(bytes.subarray(start, this.row.ends[field]))));
			bytes.set(text, start); // never longer than it was: an escape takes more bytes than what it stands for
			this.row.ends[field] = start + text.length;
		}
	}

	#text(bytes: Uint8Array, from: number, to: number): number {
		this.#start = from + 1;
		this.#hasEscapes = false;
		for (let at = from + 1; at < to; at++) {
			const byte = bytes[at] as number;
			if (byte > BACKSLASH) continue;
			if (byte === QUOTE) {
				this.#end = at;
				return at + 1;
			}
			if (byte === BACKSLASH) {
				this.#hasEscapes = true;
				at++;
			} else if (byte === NUL) this.#hasEscapes = true; // is left out with them
		}
		return CUT_OFF;
	}

	#literal(bytes: Uint8Array, from: number, to: number): number {
		let at = from;
		while (at < to && isLiteral(bytes[at] as number)) at++;
		if (at === from) return NOT_JSON;
		if (at === to) return CUT_OFF; // it may go on
		this.#hasEscapes = false;
		this.#start = from;
		this.#end = at;
		const first = bytes[from] as number;
		if (first === 45 || (first >= 48 && first <= 57)) return at; // a number: what it holds is checked as a cell
		switch (decoder.decode(bytes.subarray(from, at))) {
			case 'true':
			case 'false':
				return at;
			case 'null':
			case 'NaN': // no JSON, but what some programs write where there is no value
				this.#end = from;
				return at;
		}
		return NOT_JSON;
	}

	#listOrObject(bytes: Uint8Array, from: number, to: number): number {
		let depth = 0;
		for (let at = from; at < to; at++) {
			const byte = bytes[at] as number;
			if (byte === QUOTE) {
				at = this.#text(bytes, at, to) - 1;
				if (at < 0) return CUT_OFF;
			} else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
			else if ((byte === CLOSE_BRACE || byte === CLOSE_BRACKET) && --depth === 0) {
				this.#hasEscapes = false;
				this.#start = from;
				this.#end = at + 1;
				return at + 1;
			}
		}
		return CUT_OFF;
	}
}

/** Where the next byte is that is no space: what JSON calls so, and NUL, which is left out everywhere. */
export function skipSpace(bytes: Uint8Array, from: number, to: number): number {
	let at = from;
	while (at < to && (bytes[at] as number) <= SPACE && isSpace(bytes[at] as number)) at++;
	return at;
}

function isSpace(byte: number): boolean {
	return byte === SPACE || byte === LF || byte === CR || byte === TAB || byte === 0;
}

function isLiteral(byte: number): boolean {
	return (
		(byte >= 48 && byte <= 57) || // digits
		(byte >= 97 && byte <= 122) ||
		(byte >= 65 && byte <= 90) ||
		byte === 45 ||
		byte === 43 ||
		byte === 46
	);
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
	const plain = text.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, hex?: string, char?: string) =>
		hex === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(parseInt(hex, 16))
	);
	return plain.replaceAll('\0', '');
}
