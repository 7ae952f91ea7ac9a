/**
 * Bytes of a delimited text → the cells of many rows at once, 64 bytes at a step. Reads plain rows that end before the
 * bytes do; before any other row it stops.
 */

const NUL: i32 = 0;
const QUOTE: i32 = 34;
const LF: i32 = 10;
const CR: i32 = 13;

/** Where the next row starts, and how many line ends lie before it. */
export let nextRow: usize = 0;
export let nextLine: u32 = 0;

/** What a row has in `marks` that has no doubled quote. */
const NONE_DOUBLED: u32 = 0xffff_ffff;

/** How a cell stands so far. */
const BARE = 0;
const QUOTED = 1;
const CLOSED = 2;

/** Which of the 64 bytes at `at` may end something: bit i is byte i. */
function edges(at: usize, delimiter: v128): u64 {
	return (
		edges16(at, delimiter) |
		(edges16(at + 16, delimiter) << 16) |
		(edges16(at + 32, delimiter) << 32) |
		(edges16(at + 48, delimiter) << 48)
	);
}

function edges16(at: usize, delimiter: v128): u64 {
	const bytes = v128.load(at);
	const found = v128.or(
		v128.or(i8x16.eq(bytes, delimiter), i8x16.eq(bytes, i8x16.splat(34))),
		i8x16.le_u(bytes, i8x16.splat(13))
	);
	return <u64>i8x16.bitmask(found);
}

/**
 * Reads at most `most` rows that start in [from, stopAt) and end before `to`; empty lines are left out. 64 bytes from
 * `to` on must be readable. Of row r:
 * - cells + (r × columns + f) × 8: the start and end of the contents of field f, two words; those of fields that the
 *   row does not have lie at its end;
 * - marks + r × 4: the first field with doubled quotes, which are left as they are; 0 where the row has contents
 *   beyond its columns, or NUL bytes, which are left too;
 * - places + r × 8: where it starts, and how many line ends lie between `from` and there.
 * @returns the number of rows
 */
export function readRows(
	from: usize,
	stopAt: usize,
	to: usize,
	delimiter: i32,
	columns: u32,
	most: u32,
	cells: usize,
	marks: usize,
	places: usize
): u32 {
	const delimiters = i8x16.splat(<i8>delimiter);
	const stop = min(stopAt, to);
	let rows: u32 = 0;
	let line: u32 = 0;
	let start = from; // of the current cell
	let state = BARE;
	let closed: usize = 0; // where its closing quote is
	let field: u32 = 0;
	let mark: u32 = NONE_DOUBLED;
	let done: usize = 0; // bytes before this are done with
	nextRow = from;
	nextLine = 0;
	if (from >= stop || most === 0) return 0;
	for (let block = from; block < to; block += 64) {
		let mask = edges(block, delimiters);
		if (to - block < 64) mask &= ((<u64>1) << (to - block)) - 1;
		for (; mask !== 0; mask &= mask - 1) {
			const at = block + <usize>ctz(mask);
			const byte = <i32>load<u8>(at);
			if (byte === delimiter && state === BARE) {
				if (field < columns) {
					store<u32>(cells, <u32>start);
					store<u32>(cells, <u32>at, 4);
					cells += 8;
				} else if (start !== at) mark = 0;
				field++;
				start = at + 1;
				continue;
			}
			if (at < done) continue;
			if (state === QUOTED) {
				if (byte === QUOTE) {
					let next = at + 1;
					for (; next < to && load<u8>(next) === NUL; next++) mark = 0;
					if (next >= to) return rows;
					const after = <i32>load<u8>(next);
					if (after === QUOTE) {
						if (next > at + 1) return rows;
						done = at + 2;
						mark = min(mark, field);
					} else if (after === delimiter || after === LF || after === CR) {
						closed = at;
						state = CLOSED;
					} else return rows;
				} else if (byte === LF || (byte === CR && load<u8>(at + 1) !== LF)) line++;
				else if (byte === NUL) mark = 0;
				continue;
			}
			const isLineEnd = byte === LF || byte === CR;
			if (!isLineEnd && byte !== delimiter) {
				if (byte === QUOTE && at === start) {
					state = QUOTED;
					start = at + 1;
				} else if (byte === NUL) {
					if (at === start) start++;
					mark = 0;
				}
				continue;
			}
			const end = state === CLOSED ? closed : at;
			const isEmpty = start === end;
			if (field < columns) {
				store<u32>(cells, <u32>start);
				store<u32>(cells, <u32>end, 4);
				cells += 8;
			} else if (!isEmpty) mark = 0;
			field++;
			state = BARE;
			start = at + 1;
			if (!isLineEnd) continue;

			if (byte === CR) {
				if (at + 1 >= to) return rows;
				if (load<u8>(at + 1) === LF) start = done = at + 2;
			}
			if (field === 1 && isEmpty) cells -= 8;
			else {
				for (; field < columns; field++) {
					store<u32>(cells, <u32>at);
					store<u32>(cells, <u32>at, 4);
					cells += 8;
				}
				store<u32>(marks + rows * 4, mark);
				store<u32>(places + rows * 8, <u32>nextRow);
				store<u32>(places + rows * 8, nextLine, 4);
				rows++;
			}
			line++;
			field = 0;
			mark = NONE_DOUBLED;
			nextRow = start;
			nextLine = line;
			if (rows === most || start >= stop) return rows;
		}
	}
	return rows;
}
