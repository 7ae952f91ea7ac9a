import { ProblemError } from '../../model/problem';
import { slicesOf } from '../byte-source';
import { SLICE_BYTES, combineHashes, createSliceHasher } from '../fingerprint';
import { readHeader, type Header } from '../header';
import type { PartProgress } from '../part';
import type { PartReader } from '../part-reader';
import type { GiveRows } from '../part-rows';
import type { RowTaker } from '../row-fields';
import { MAX_ROW_BYTES } from '../row-tokenizer';
import type { EventFormat, EventsRead, FileToRead, Head } from './format';
import { JsonKeys } from './json-keys';
import { JsonArray, JsonLines, type JsonReader } from './json-rows';
import { JsonScanner, skipSpace } from './json-scanner';

/** Events as JSON: an object each, one a line or in an array. Keys are what headers are in a CSV. */

const LF = 10;
const OPEN_BRACE = 123;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** One object a line. */
export const jsonLines: EventFormat = {
	gives: 'events',
	recognises: ({ bytes, isWhole }) => {
		const start = firstByte(bytes);
		if (bytes[start] !== OPEN_BRACE) return false;
		const lineEnd = bytes.indexOf(LF, start);
		if (lineEnd < 0 && !isWhole) return false;
		const to = lineEnd < 0 ? bytes.length : lineEnd;
		const behind = new JsonScanner(new JsonKeys(), 0).scan(bytes, start, to);
		return behind > 0 && skipSpace(bytes, behind, to) === to;
	},
	read: (signal, file, reader, onSlice) =>
		readJson(signal, file, reader, onSlice, 'ndjson', (keys) => new JsonLines(keys))
};

/** An array of objects. */
export const jsonArray: EventFormat = {
	gives: 'events',
	recognises: ({ bytes }) => {
		const start = firstByte(bytes);
		if (bytes[start] !== OPEN_BRACKET) return false;
		const first = bytes[skipSpace(bytes, start + 1, bytes.length)];
		return first === OPEN_BRACE || first === CLOSE_BRACKET || first === undefined;
	},
	read: (signal, file, reader, onSlice) =>
		readJson(signal, file, reader, onSlice, 'json', (keys) => new JsonArray(keys))
};

async function readJson(
	signal: AbortSignal,
	{ source, head }: FileToRead,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void,
	format: 'ndjson' | 'json',
	createReader: (keys: JsonKeys) => JsonReader
): Promise<EventsRead> {
	const keys = keysIn(head, createReader);
	headerOf(keys); // says which needed ones are missing
	keys.fix();
	const header = headerOf(keys);
	const hasher = await createSliceHasher();
	const hashes: string[] = [];
	let byteLength = 0;

	const give: GiveRows = async (taker, afterBlock) => {
		const json = createReader(keys);
		let buffer = new Uint8Array(0);
		let carried = 0; // bytes of an unfinished object, at the start of the buffer
		let from = textStart(head.bytes);
		const read = (isLast: boolean, length: number) => {
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
		format,
		header,
		unknownColumns: keys.unknown,
		parts: [part],
		firstLines: [1],
		fingerprint: combineHashes(hasher, byteLength, hashes),
		parser: 'bytes'
	};
}

/** The keys of the objects at the start of a file. */
function keysIn(head: Head, createReader: (keys: JsonKeys) => JsonReader): JsonKeys {
	const keys = new JsonKeys();
	const unused: RowTaker = { add: () => {}, reject: () => {}, settle: () => {} };
	const bytes = head.bytes.slice(); // a copy: escapes are undone in place
	createReader(keys).read(bytes, textStart(bytes), bytes.length, head.isWhole, unused);
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
