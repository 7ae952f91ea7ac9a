import { ProblemError } from '../../../model/problem';
import { slicesOf } from '../../byte-source';
import { SLICE_BYTES, combineHashes, sliceHasher } from '../../fingerprint';
import { NEEDED_COLUMNS } from '../../../model/event';
import { neededNames, readHeader, type Header } from '../../header';
import type { PartProgress } from '../../part';
import { withOwnColumns } from '../../own-header';
import type { PartReader } from '../../part-reader';
import type { GiveRows } from '../../part-rows';
import type { RowTaker } from '../../row-fields';
import { MAX_ROW_BYTES } from '../../row-tokenizer';
import type { EventFormat, EventsRead, FileToRead, Head } from '../format';
import { JsonKeys } from './json-keys';
import { JsonArray, JsonLines, lineEnds, type JsonReader } from './json-rows';
import { JsonScanner, NOT_JSON, skipSpace } from './json-scanner';

/** Events as JSON: an object each, one a line or in an array. Keys are what headers are in a CSV. */

const LF = 10;
const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** How the rows of a file are found. */
interface JsonShape {
	readonly format: 'ndjson' | 'json';
	/** Where they start. */
	readonly start: number;
	reader(keys: JsonKeys): JsonReader;
}

/** One object a line. */
export const jsonLines: EventFormat = {
	gives: 'events',
	score: (head) => {
		const { bytes, isWhole } = head;
		const start = firstByte(bytes);
		if (bytes[start] !== OPEN_BRACE) return 0;
		const lineEnd = bytes.indexOf(LF, start);
		if (lineEnd < 0 && !isWhole) return 0;
		const to = lineEnd < 0 ? bytes.length : lineEnd;
		const behind = new JsonScanner(new JsonKeys(), 0).scan(bytes, start, to);
		const isLine = behind > 0 && skipSpace(bytes, behind, to) === to;
		return isLine ? scoreOfKeys(head, linesAt(textStart(bytes))) : 0;
	},
	read: (signal, file, reader, onSlice) => {
		return readJson(signal, file, reader, onSlice, linesAt(textStart(file.head.bytes)));
	}
};

function linesAt(start: number): JsonShape {
	return { format: 'ndjson', start, reader: (keys) => new JsonLines(keys) };
}

/** How sure it is that objects are events, by their keys. */
function scoreOfKeys(head: Head, shape: JsonShape): number {
	const { names } = keysIn(head, shape);
	const needed = neededNames(names);
	return needed === NEEDED_COLUMNS.length ? 0.95 : needed === 2 || names.length === 0 ? 0.6 : 0.1;
}

/** An array of objects. */
export const jsonArray: EventFormat = {
	gives: 'events',
	score: (head) => {
		const { bytes } = head;
		const start = firstByte(bytes);
		if (bytes[start] !== OPEN_BRACKET) return 0;
		const first = bytes[skipSpace(bytes, start + 1, bytes.length)];
		if (first !== OPEN_BRACE) return first === CLOSE_BRACKET || first === undefined ? 0.6 : 0;
		return scoreOfKeys(head, arrayAt(bytes, { start, depth: 0 }));
	},
	read: (signal, file, reader, onSlice) => {
		const start = firstByte(file.head.bytes);
		return readJson(signal, file, reader, onSlice, arrayAt(file.head.bytes, { start, depth: 0 }));
	}
};

/** An array of events under a key of an object. */
export const jsonUnderKey: EventFormat = {
	gives: 'events',
	score: (head) => {
		const place = arrayUnderKey(head.bytes);
		if (place === null) return 0;
		const needed = neededNames(keysIn(head, arrayAt(head.bytes, place)).names);
		return needed === NEEDED_COLUMNS.length ? 0.95 : needed === 2 ? 0.6 : 0;
	},
	read: (signal, file, reader, onSlice) => {
		const place = arrayUnderKey(file.head.bytes);
		if (!place) throw new Error('it was recognised by the same bytes');
		return readJson(signal, file, reader, onSlice, arrayAt(file.head.bytes, place));
	}
};

/** Where an array starts, and how many objects it stands in. */
interface ArrayPlace {
	readonly start: number;
	readonly depth: number;
}

function arrayAt(bytes: Uint8Array, { start, depth }: ArrayPlace): JsonShape {
	const lines = lineEnds(bytes, 0, start);
	return { format: 'json', start, reader: (keys) => new JsonArray(keys, depth, lines) };
}

/** Under these keys answers have their rows, one of them perhaps within another. */
const ROW_KEYS = new Set(['data', 'items', 'results', 'rows', 'records']);
const MAX_DEPTH = 4;

const decoder = new TextDecoder();

/** The first array under such a key of the object at `from`; null where there is none in a file's first bytes. */
function arrayUnderKey(bytes: Uint8Array, from = firstByte(bytes), depth = 1): ArrayPlace | null {
	if (bytes[from] !== OPEN_BRACE) return null;
	const scanner = new JsonScanner(new JsonKeys(), 0);
	const { length } = bytes;
	for (let at = from, next = COMMA; next === COMMA;) {
		at = skipSpace(bytes, at + 1, length);
		const keyEnd = bytes[at] === QUOTE ? scanner.value(bytes, at, length) : NOT_JSON;
		if (keyEnd < 0) return null;
		const key = decoder.decode(bytes.subarray(at + 1, keyEnd - 1)).toLowerCase();
		at = skipSpace(bytes, keyEnd, length);
		if (bytes[at] !== COLON) return null;
		at = skipSpace(bytes, at + 1, length);
		if (ROW_KEYS.has(key) && bytes[at] === OPEN_BRACKET) return { start: at, depth };
		const within = ROW_KEYS.has(key) && depth < MAX_DEPTH ? arrayUnderKey(bytes, at, depth + 1) : null;
		if (within) return within;
		const behind = scanner.value(bytes, at, length);
		if (behind < 0) return null;
		at = skipSpace(bytes, behind, length);
		next = bytes[at] as number;
	}
	return null;
}

async function readJson(
	signal: AbortSignal,
	{ source, head }: FileToRead,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void,
	shape: JsonShape
): Promise<EventsRead> {
	const keys = keysIn(head, shape);
	headerOf(keys); // says which needed ones are missing
	keys.fix();
	const header = withOwnColumns(headerOf(keys), reader.own);
	const kept = new Set(header.own?.map(({ field }) => keys.names[field]));
	const hasher = await sliceHasher();
	const hashes: string[] = [];
	let byteLength = 0;

	const give: GiveRows = async (taker, afterBlock) => {
		const json = shape.reader(keys);
		let buffer = new Uint8Array(0);
		let carried = 0; // bytes of an unfinished object, at the start of the buffer
		let from = shape.start;
		const read = (isLast: boolean, length: number) => {
			if (from > length) return void (carried = length); // the rows start in a later slice
			const behind = json.read(buffer, from, length, isLast, taker);
			if (typeof behind !== 'number') throw new ProblemError(behind);
			taker.settle(buffer);
			if (length - behind > MAX_ROW_BYTES) {
				throw new ProblemError({ code: 'row_too_long', line: json.lines + 1 });
			}
			buffer.copyWithin(0, behind, length);
			carried = length - behind;
			from = 0;
		};
		for await (const slice of slicesOf(source, SLICE_BYTES)) {
			signal.throwIfAborted();
			hashes.push(hasher.hash(slice));
			byteLength += slice.length;
			if (buffer.length < carried + slice.length) {
				const larger = new Uint8Array(carried + slice.length);
				larger.set(buffer.subarray(0, carried));
				buffer = larger;
			}
			buffer.set(slice, carried);
			read(byteLength >= source.byteLength, carried + slice.length);
			await afterBlock(byteLength);
		}
		return { lines: json.lines };
	};
	const part = await reader.readRows(signal, 0, header, give, onSlice);
	return {
		format: shape.format,
		header,
		unknownColumns: keys.unknown.filter((name) => !kept.has(name)),
		parts: [part],
		firstLines: [1],
		fingerprint: combineHashes(hasher, byteLength, hashes),
		parser: 'bytes'
	};
}

/** The keys of the objects at the start of a file. */
function keysIn(head: Head, shape: JsonShape): JsonKeys {
	const keys = new JsonKeys();
	const unused: RowTaker = { add: () => {}, reject: () => {}, settle: () => {} };
	const bytes = head.bytes.slice(); // a copy: escapes are undone in place
	shape.reader(keys).read(bytes, shape.start, bytes.length, head.isWhole, unused);
	return keys;
}

function headerOf(keys: JsonKeys): Header {
	const found = readHeader(keys.names);
	if ('problem' in found) throw new ProblemError(found.problem);
	return found.header;
}

/** Where the text starts: behind a byte order mark. */
function textStart(bytes: Uint8Array): number {
	return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

/** Where the first byte is that is no space. */
function firstByte(bytes: Uint8Array): number {
	return skipSpace(bytes, textStart(bytes), bytes.length);
}
