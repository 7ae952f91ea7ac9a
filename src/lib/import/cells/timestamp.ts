import { END_MS, FIRST_MS, MS_PER_DAY, daysFromCivil, daysInMonth } from '../../model/calendar';
import { isBlank } from './number';

/** Read from `parseTimestamp` where the cell holds no time, and where its year is not one that events lie in. */
export const NOT_A_TIME = -1;
export const OUT_OF_YEARS = -2;

const DASH = 45;
const PLUS = 43;
const COLON = 58;
const DOT = 46;
const COMMA = 44;
const ZERO = 48;
const SPACE = 32;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

// The day last read: files are mostly in the order of time, so the next row is likely on the same one.
let cachedDate = -1;
let cachedMs = 0;
const cachedBytes = new Uint8Array(10);

/** Whether the ten bytes at `at` are the date that was read last. */
function isCachedDate(bytes: Uint8Array, at: number): boolean {
	// from the end, where dates differ most
	for (let i = 9; i >= 0; i--) if (bytes[at + i] !== cachedBytes[i]) return false;
	return true;
}

/** Milliseconds of a time in its most common form, `T18:04:05.123Z`; -1 where it is another. */
function parseFullTime(bytes: Uint8Array, at: number): number {
	const separators =
		bytes[at] === 84 && bytes[at + 3] === COLON && bytes[at + 6] === COLON && bytes[at + 9] === DOT;
	if (!separators || bytes[at + 13] !== 90) return -1;
	const hour = digits(bytes, at + 1, 2);
	const minute = digits(bytes, at + 4, 2);
	const second = digits(bytes, at + 7, 2);
	const ms = digits(bytes, at + 10, 3);
	if (hour > 23 || minute > 59 || second > 59 || ms === Infinity) return -1;
	return (hour * 60 + minute) * 60_000 + second * 1000 + ms;
}

/**
 * The instant in bytes[start, end), in milliseconds since 1970 (UTC), or one of the two codes above. Takes ISO 8601
 * with or without offset, seconds and fraction (finer digits than milliseconds are cut off), a space for the `T`, a
 * plain date, and epoch time by its number of digits. ` UTC`, ` GMT` and a space before an offset are understood, and
 * the name of a zone in brackets after `Z` or an offset, which says nothing more. Without an offset it is UTC.
 */
export function parseTimestamp(bytes: Uint8Array, start: number, end: number): number {
	if (end - start === 24 && isCachedDate(bytes, start)) {
		const timeMs = parseFullTime(bytes, start + 10);
		if (timeMs >= 0) return inYears(cachedMs + timeMs);
	}
	while (start < end && (bytes[start] as number) <= SPACE) start++;
	while (end > start && (bytes[end - 1] as number) <= SPACE) end--;
	const length = end - start;
	if (length < 10 || bytes[start + 4] !== DASH) return parseEpoch(bytes, start, end);

	const ms = parseDate(bytes, start);
	if (ms === NOT_A_TIME) return NOT_A_TIME;
	if (length === 10) return inYears(ms);

	const separator = bytes[start + 10] as number;
	if (separator !== 84 && separator !== 116 && separator !== SPACE) return NOT_A_TIME; // T, t
	if (length < 16 || bytes[start + 13] !== COLON) return NOT_A_TIME;
	const hour = digits(bytes, start + 11, 2);
	const minute = digits(bytes, start + 14, 2);
	if (hour > 23 || minute > 59) return NOT_A_TIME; // not a number is larger than any
	let time = (hour * 60 + minute) * 60_000;

	let at = start + 16;
	if (at < end && bytes[at] === COLON) {
		const second = at + 3 <= end ? digits(bytes, at + 1, 2) : Infinity;
		if (second > 59) return NOT_A_TIME;
		time += second * 1000;
		at += 3;
		if (at < end && (bytes[at] === DOT || bytes[at] === COMMA)) {
			at++;
			const first = at;
			for (let scale = 100; at < end && isDigit(bytes[at] as number); at++) {
				time += ((bytes[at] as number) - ZERO) * scale;
				scale = scale === 1 ? 0 : scale / 10;
			}
			if (at === first) return NOT_A_TIME;
		}
	}
	if (at === end) return inYears(ms + time);
	const offset = parseOffset(bytes, at, end);
	return offset === Infinity ? NOT_A_TIME : inYears(ms + time - offset);
}

/** As `parseTimestamp`, for a cell that can be empty: 0 where it is. */
export function readCreated(bytes: Uint8Array, start: number, end: number): number {
	if (start === end) return 0;
	const ms = parseTimestamp(bytes, start, end);
	return ms === NOT_A_TIME && isBlank(bytes, start, end) ? 0 : ms;
}

/** The instant, or OUT_OF_YEARS. */
export function inYears(ms: number): number {
	return ms >= FIRST_MS && ms < END_MS ? ms : OUT_OF_YEARS;
}

function isDigit(byte: number): boolean {
	return byte >= ZERO && byte <= ZERO + 9;
}

/** The number written in `length` digits at `at`; Infinity where one is not a digit. */
function digits(bytes: Uint8Array, at: number, length: number): number {
	let value = 0;
	for (let i = at; i < at + length; i++) {
		const byte = bytes[i] as number;
		if (!isDigit(byte)) return Infinity;
		value = value * 10 + byte - ZERO;
	}
	return value;
}

/** Midnight UTC of the YYYY-MM-DD at `at`. */
function parseDate(bytes: Uint8Array, at: number): number {
	if (bytes[at + 7] !== DASH) return NOT_A_TIME;
	const year = digits(bytes, at, 4);
	const month = digits(bytes, at + 5, 2);
	const day = digits(bytes, at + 8, 2);
	const date = year * 10_000 + month * 100 + day;
	if (date === cachedDate) return cachedMs;
	if (date === Infinity || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
		return NOT_A_TIME;
	cachedDate = date;
	cachedBytes.set(bytes.subarray(at, at + 10));
	// Dates before 1970 are negative; keep them apart from the codes, they are out of years in any case.
	cachedMs = Math.max(daysFromCivil(year, month, day) * MS_PER_DAY, 0);
	return cachedMs;
}

/**
 * Milliseconds that what follows the time in bytes[at, end) is ahead of UTC: `Z`, `+02`, `+0200`, `+02:00`, ` +0200`,
 * ` UTC`, ` GMT`, and behind any of them the name of a zone in brackets; Infinity if it is none of these.
 */
function parseOffset(bytes: Uint8Array, at: number, end: number): number {
	if (bytes[end - 1] === CLOSE_BRACKET) {
		end = openBracket(bytes, at, end - 1);
		if (end <= at) return Infinity;
	}
	let sign = bytes[at] as number;
	if (sign === 90 || sign === 122) return at + 1 === end ? 0 : Infinity; // Z, z
	if (sign === SPACE) {
		if (isUtcName(bytes, at + 1, end)) return 0;
		sign = bytes[++at] as number;
	}
	if (sign !== PLUS && sign !== DASH) return Infinity;
	const length = end - at - 1;
	if (length !== 2 && length !== 4 && !(length === 5 && bytes[at + 3] === COLON)) return Infinity;
	const hours = digits(bytes, at + 1, 2);
	const minutes = length === 2 ? 0 : digits(bytes, end - 2, 2);
	if (hours > 23 || minutes > 59) return Infinity;
	return (sign === DASH ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** Whether bytes[at, end) are `UTC` or `GMT`, in any case. */
function isUtcName(bytes: Uint8Array, at: number, end: number): boolean {
	if (end - at !== 3) return false;
	const name = String.fromCharCode(bytes[at]!, bytes[at + 1]!, bytes[at + 2]!).toUpperCase();
	return name === 'UTC' || name === 'GMT';
}

/**
 * Where the bracket opens that closes at `close`; -1 where between the two is anything but a zone's name: letters,
 * digits, `_`, `/`, `+`, `-`.
 */
function openBracket(bytes: Uint8Array, from: number, close: number): number {
	let at = close - 1;
	while (at > from && isZoneByte(bytes[at] as number)) at--;
	return bytes[at] === OPEN_BRACKET && at < close - 1 ? at : -1;
}

function isZoneByte(byte: number): boolean {
	const letter = byte | 32;
	return (letter >= 97 && letter <= 122) || isDigit(byte) || [PLUS, DASH, 47, 95].includes(byte);
}

/** So many digits of epoch time are seconds, milliseconds, microseconds; more are nanoseconds. */
const SECOND_DIGITS = 11;
const MS_DIGITS = 14;
const MICROSECOND_DIGITS = 17;

/** The instant of an epoch time, finer digits than milliseconds cut off. */
function parseEpoch(bytes: Uint8Array, start: number, end: number): number {
	const length = end - start;
	if (length === 0) return NOT_A_TIME;
	for (let i = start; i < end; i++) if (!isDigit(bytes[i] as number)) return NOT_A_TIME;
	if (length <= SECOND_DIGITS) return inYears(digits(bytes, start, length) * 1000);
	if (length <= MS_DIGITS) return inYears(digits(bytes, start, length));
	return inYears(digits(bytes, start, length - (length <= MICROSECOND_DIGITS ? 3 : 6)));
}
