/* eslint no-loss-of-precision: off -- whole numbers of 64 bits are exact here */

/**
 * Texts → dense numbers, from 0, in the order of first sight. Open addressing with linear probing, at most half full;
 * a place is two words: the hash of the text there, and where its record is, or 0 where the place is free. A record is
 * the text's length, its number and its bytes, so that a look-up waits for memory twice and no more.
 */
@unmanaged
export class Texts {
	places: usize;
	mask: u32;
	size: u32;
	/** The records, end to end, each at a multiple of 4; the first at 4, so that 0 is none. */
	records: usize;
	recordsEnd: u32;
	recordsRoom: u32;
	/** Bytes of all texts. */
	byteLength: u32;
	/** Where the record of each text is. */
	offsets: usize;
	/** Texts that there is room for. */
	room: u32;
}

const FIRST_ROOM: u32 = 1 << 8;
const HEAD: u32 = 8; // of a record: its length and number

export function createTexts(): Texts {
	const texts = changetype<Texts>(heap.alloc(offsetof<Texts>()));
	texts.size = 0;
	texts.byteLength = 0;
	texts.room = FIRST_ROOM;
	texts.mask = FIRST_ROOM * 2 - 1;
	texts.places = emptyPlaces(texts.mask);
	texts.offsets = heap.alloc(FIRST_ROOM * 4);
	texts.recordsEnd = 4;
	texts.recordsRoom = FIRST_ROOM * 32;
	texts.records = heap.alloc(texts.recordsRoom);
	return texts;
}

function emptyPlaces(mask: u32): usize {
	const byteLength = (mask + 1) * 8;
	const places = heap.alloc(byteLength);
	memory.fill(places, 0, byteLength);
	return places;
}

export function textCount(texts: Texts): u32 {
	return texts.size;
}

/** Makes room for so many texts and bytes more: `intern` takes no memory of its own. */
export function reserve(texts: Texts, more: u32, moreBytes: u32): void {
	const room = texts.size + more;
	if (room > texts.room) {
		while (texts.room < room) texts.room *= 2;
		texts.offsets = heap.realloc(texts.offsets, texts.room * 4);
		rehash(texts);
	}
	const end = texts.recordsEnd + moreBytes + more * (HEAD + 3);
	if (end > texts.recordsRoom) {
		texts.recordsRoom = max(end, texts.recordsRoom * 2);
		texts.records = heap.realloc(texts.records, texts.recordsRoom);
	}
}

function rehash(texts: Texts): void {
	const old = texts.places;
	const oldEnd = old + (texts.mask + 1) * 8;
	texts.mask = texts.room * 2 - 1;
	texts.places = emptyPlaces(texts.mask);
	for (let from = old; from < oldEnd; from += 8) {
		if (load<u32>(from, 4) === 0) continue;
		let place = load<u32>(from) & texts.mask;
		while (load<u32>(texts.places + place * 8, 4) !== 0) place = (place + 1) & texts.mask;
		store<u64>(texts.places + place * 8, load<u64>(from));
	}
	heap.free(old);
}

/**
 * Copies the texts numbered [first, size) to new memory, to be freed by the caller: one word more than there are texts,
 * with the start of each in the bytes that follow, and the end.
 */
export function copyTexts(texts: Texts, first: u32): usize {
	const count = texts.size - first;
	const copy = heap.alloc((count + 1) * 4 + texts.byteLength);
	const bytes = copy + (count + 1) * 4;
	let end: u32 = 0;
	store<u32>(copy, 0);
	for (let i: u32 = 0; i < count; i++) {
		const record = texts.records + load<u32>(texts.offsets + (first + i) * 4);
		memory.copy(bytes + end, record + HEAD, load<u32>(record));
		end += load<u32>(record);
		store<u32>(copy + i * 4, end, 4);
	}
	return copy;
}

function mix(hash: u64, word: u64): u64 {
	hash = (hash ^ word) * 0x9e37_79b9_7f4a_7c15;
	return hash ^ (hash >> 32);
}

/** Multiply and fold over 64-bit words, the last of which overlaps the one before. */
function hashOf(start: usize, length: u32): u32 {
	let hash = mix(0x2545_f491_4f6c_dd1d, length);
	if (length >= 8) {
		const last = start + length - 8;
		for (; start < last; start += 8) hash = mix(hash, load<u64>(start));
		hash = mix(hash, load<u64>(last));
	} else if (length >= 4) {
		hash = mix(hash, (<u64>load<u32>(start)) | ((<u64>load<u32>(start + length - 4)) << 32));
	} else if (length > 0) {
		const ends = (<u64>load<u8>(start)) | ((<u64>load<u8>(start + length - 1)) << 8);
		hash = mix(hash, ends | ((<u64>load<u8>(start + (length >> 1))) << 16));
	}
	hash *= 0xd6e8_feb8_6659_fd93;
	return <u32>(hash >> 32);
}

function isEqual(a: usize, b: usize, length: u32): bool {
	if (length >= 16) {
		const last = a + length - 16;
		const lastB = b + length - 16;
		for (; a < last; a += 16, b += 16) {
			if (v128.any_true(v128.xor(v128.load(a), v128.load(b)))) return false;
		}
		return !v128.any_true(v128.xor(v128.load(last), v128.load(lastB)));
	}
	if (length >= 8) {
		return load<u64>(a) === load<u64>(b) && load<u64>(a + length - 8) === load<u64>(b + length - 8);
	}
	if (length >= 4) {
		return load<u32>(a) === load<u32>(b) && load<u32>(a + length - 4) === load<u32>(b + length - 4);
	}
	for (let i: u32 = 0; i < length; i++) if (load<u8>(a + i) !== load<u8>(b + i)) return false;
	return true;
}

function isAt(record: usize, start: usize, length: u32): bool {
	return load<u32>(record) === length && isEqual(record + HEAD, start, length);
}

/** Told in place of a number. */
const NOT_KNOWN: i32 = -1;
const NOT_AN_ID: i32 = -2;

/** Not a record: those are at multiples of 4. */
const ANOTHER: u32 = 1;

/** Most rows that are looked up at once, and what is kept between the steps of it. */
const MOST_ROWS = 1024;
const hashes = memory.data(MOST_ROWS * 4, 8);
const single = memory.data(4, 8);
const candidates = memory.data(MOST_ROWS * 4, 8);
const spans = memory.data(MOST_ROWS * 8, 8);

/** The number of the text [start, end), which is added if it is new; there must be room for it. */
export function intern(texts: Texts, start: usize, end: usize): u32 {
	const length = <u32>(end - start);
	store<u32>(spans, <u32>start);
	store<u32>(spans, length, 4);
	findSpans(texts, 1, single);
	if (load<i32>(single) >= 0) return load<u32>(single);
	const offset = texts.recordsEnd;
	const number = texts.size++;
	store<u32>(texts.records + offset, length);
	store<u32>(texts.records + offset, number, 4);
	memory.copy(texts.records + offset + HEAD, start, length);
	texts.recordsEnd = (offset + HEAD + length + 3) & ~3;
	texts.byteLength += length;
	store<u32>(texts.offsets + number * 4, offset);
	const hash = load<u32>(hashes);
	let place = hash & texts.mask;
	while (load<u32>(texts.places + place * 8, 4) !== 0) place = (place + 1) & texts.mask;
	store<u32>(texts.places + place * 8, hash);
	store<u32>(texts.places + place * 8, offset, 4);
	return number;
}

const QUOTE: u8 = 34;
const APOSTROPHE: u8 = 39;

/**
 * Looks up what each row has in fields [first, last], as written: with quotes and delimiters. `cells` as `readRows`
 * leaves them. Row r's number goes to found + r × 4, NOT_KNOWN where there is none.
 */
export function findStretches(
	texts: Texts,
	cells: usize,
	columns: u32,
	first: u32,
	last: u32,
	rows: u32,
	found: usize
): void {
	for (let r: u32 = 0; r < rows; r++) {
		const row = cells + r * columns * 8;
		let start: usize = load<u32>(row + first * 8);
		let end: usize = load<u32>(row + last * 8, 4);
		if (load<u8>(start - 1) === QUOTE) start--;
		if (load<u8>(end) === QUOTE) end++;
		store<u32>(spans + r * 8, <u32>start);
		store<u32>(spans + r * 8, <u32>(end - start), 4);
	}
	findSpans(texts, rows, found);
}

/**
 * Looks up the id that each row has in a field; NOT_AN_ID where it is empty or not an id as it stands.
 */
export function findIds(texts: Texts, cells: usize, columns: u32, field: u32, rows: u32, found: usize): void {
	for (let r: u32 = 0; r < rows; r++) {
		const cell = cells + (r * columns + field) * 8;
		store<u64>(spans + r * 8, (<u64>load<u32>(cell)) | ((<u64>(load<u32>(cell, 4) - load<u32>(cell))) << 32));
	}
	findSpans(texts, rows, found);
	for (let r: u32 = 0; r < rows; r++) {
		const start: usize = load<u32>(spans + r * 8);
		const length = load<u32>(spans + r * 8, 4);
		if (
			length === 0 ||
			!isIdEnd(load<u8>(start)) ||
			!isIdEnd(load<u8>(start + length - 1)) ||
			load<u8>(start) === APOSTROPHE
		) {
			store<i32>(found + r * 4, NOT_AN_ID);
		}
	}
}

/** Whether a byte is a visible character of ASCII. */
function isIdEnd(byte: u8): bool {
	return <u32>byte - 33 < 94;
}

/** What stands at a place for a text of this hash: its record, 0 if it is free, or ANOTHER. */
function recordAt(texts: Texts, place: u32, hash: u32): u32 {
	const at = texts.places + place * 8;
	const record = load<u32>(at, 4);
	return record === 0 || load<u32>(at) === hash ? record : ANOTHER;
}

/** Looks up all spans step by step, for all rows at each step, so that waits for memory overlap. */
function findSpans(texts: Texts, rows: u32, found: usize): void {
	for (let r: u32 = 0; r < rows; r++) {
		store<u32>(hashes + r * 4, hashOf(load<u32>(spans + r * 8), load<u32>(spans + r * 8, 4)));
	}
	for (let r: u32 = 0; r < rows; r++) {
		const hash = load<u32>(hashes + r * 4);
		store<u32>(candidates + r * 4, recordAt(texts, hash & texts.mask, hash));
	}
	for (let r: u32 = 0; r < rows; r++) {
		const start: usize = load<u32>(spans + r * 8);
		const length = load<u32>(spans + r * 8, 4);
		const hash = load<u32>(hashes + r * 4);
		let place = hash & texts.mask;
		let record = load<u32>(candidates + r * 4);
		while (record !== 0 && (record === ANOTHER || !isAt(texts.records + record, start, length))) {
			place = (place + 1) & texts.mask;
			record = recordAt(texts, place, hash);
		}
		store<i32>(found + r * 4, record === 0 ? NOT_KNOWN : load<i32>(texts.records + record, 4));
	}
}
