/** Times in their most common form, `2025-01-31T18:04:05.123Z`. */

const DASH = 45;
const DOT = 46;
const COLON = 58;
const LETTER_T = 84;
const LETTER_Z = 90;
const MS_PER_DAY: f64 = 86_400_000;

// The date last read, as its bytes, and its midnight: files are mostly in the order of time.
let cachedStart: u64 = 0;
let cachedEnd: u16 = 0;
let cachedMs: f64 = -1;

/**
 * Reads the field of each row as a time: to times + r × 8, in milliseconds since 1970 (UTC); -1 where it is in another
 * form, or none, or not in the years [firstYear, lastYear].
 */
export function readStamps(
	cells: usize,
	columns: u32,
	field: u32,
	rows: u32,
	firstYear: u32,
	lastYear: u32,
	times: usize
): void {
	for (let r: u32 = 0; r < rows; r++) {
		const cell = cells + (r * columns + field) * 8;
		const start: usize = load<u32>(cell);
		let ms: f64 = -1;
		if (load<u32>(cell, 4) - <u32>start === 24) {
			const timeMs = timeAt(start + 10);
			if (timeMs >= 0) {
				if (load<u64>(start) !== cachedStart || load<u16>(start, 8) !== cachedEnd) {
					cachedStart = load<u64>(start);
					cachedEnd = load<u16>(start, 8);
					cachedMs = dateAt(start, firstYear, lastYear);
				}
				if (cachedMs >= 0) ms = cachedMs + <f64>timeMs;
			}
		}
		store<f64>(times + r * 8, ms);
	}
}

/** The two digits at `at`; 100 or more where they are none. */
function pair(at: usize): u32 {
	const tens = <u32>load<u8>(at) - 48;
	const ones = <u32>load<u8>(at, 1) - 48;
	return tens > 9 || ones > 9 ? 100 : tens * 10 + ones;
}

/** Milliseconds of the `T18:04:05.123Z` at `at`, or -1. */
function timeAt(at: usize): i32 {
	const hasMarks =
		load<u8>(at) === LETTER_T &&
		load<u8>(at, 3) === COLON &&
		load<u8>(at, 6) === COLON &&
		load<u8>(at, 9) === DOT &&
		load<u8>(at, 13) === LETTER_Z;
	const hour = pair(at + 1);
	const minute = pair(at + 4);
	const second = pair(at + 7);
	const hundredths = pair(at + 10);
	const thousandth = <u32>load<u8>(at, 12) - 48;
	if (!hasMarks || hour > 23 || minute > 59 || second > 59 || hundredths > 99 || thousandth > 9) return -1;
	return (hour * 60 + minute) * 60_000 + second * 1000 + hundredths * 10 + thousandth;
}

/** Midnight of the `2025-01-31` at `at`, or -1. */
function dateAt(at: usize, firstYear: u32, lastYear: u32): f64 {
	const century = pair(at);
	const yearOfCentury = pair(at + 2);
	const month = pair(at + 5);
	const day = pair(at + 8);
	if (load<u8>(at, 4) !== DASH || load<u8>(at, 7) !== DASH || century > 99 || yearOfCentury > 99) return -1;
	const year = century * 100 + yearOfCentury;
	if (year < firstYear || year > lastYear || month < 1 || month > 12) return -1;
	if (day < 1 || day > daysInMonth(year, month)) return -1;
	// days since 1 March of the year 0: a leap day is then the last of its year
	const marchYear = month > 2 ? year : year - 1;
	const marchMonth = month > 2 ? month - 3 : month + 9;
	const leapDays = marchYear / 4 - marchYear / 100 + marchYear / 400;
	const days = marchYear * 365 + leapDays + (marchMonth * 153 + 2) / 5 + day - 1;
	return (<f64>days - 719_468) * MS_PER_DAY;
}

function daysInMonth(year: u32, month: u32): u32 {
	if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
	return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
