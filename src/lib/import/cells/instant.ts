import { MS_PER_DAY } from '../../model/calendar';

/** Instants and days as cells have them, written without strings. */

const ZERO = 48;
const encoder = new TextEncoder();

/** Writes an instant as `2025-01-31T18:04:05.123Z`. @returns the offset behind it */
export function writeMs(ms: number, bytes: Uint8Array, at: number): number {
	const days = Math.floor(ms / MS_PER_DAY);
	let to = writeDate(days, bytes, at);
	const time = ms - days * MS_PER_DAY;
	bytes[to] = 84; // T
	const seconds = Math.floor(time / 1000);
	to = writeDigits(Math.floor(seconds / 3600), 2, bytes, to + 1);
	bytes[to] = 58; // :
	to = writeDigits(Math.floor(seconds / 60) % 60, 2, bytes, to + 1);
	bytes[to] = 58;
	to = writeDigits(seconds % 60, 2, bytes, to + 1);
	bytes[to] = 46; // .
	to = writeDigits(time % 1000, 3, bytes, to + 1);
	bytes[to] = 90; // Z
	return to + 1;
}

// The day written last: rows are mostly in the order of time.
let lastDays = NaN;
let lastDate: Uint8Array = new Uint8Array(0);

/** Writes the day that is so many after 1 January 1970 as `2025-01-31`. @returns the offset behind it */
export function writeDate(days: number, bytes: Uint8Array, at: number): number {
	if (days !== lastDays) {
		lastDays = days;
		// Years that are written with other than four digits are no events' in any case, and rejected as such.
		lastDate = encoder.encode(dateText(days));
	}
	bytes.set(lastDate, at);
	return at + lastDate.length;
}

function dateText(days: number): string {
	const date = new Date(days * MS_PER_DAY);
	return Number.isNaN(date.getTime()) ? '0000-01-01' : date.toISOString().slice(0, -14).slice(-10);
}

function writeDigits(value: number, digits: number, bytes: Uint8Array, at: number): number {
	let rest = value;
	for (let i = at + digits - 1; i >= at; i--) {
		bytes[i] = ZERO + (rest % 10);
		rest = Math.floor(rest / 10);
	}
	return at + digits;
}
