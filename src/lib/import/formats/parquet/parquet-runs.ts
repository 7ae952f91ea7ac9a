/**
 * Small whole numbers as Parquet packs them: in runs, each of which is one number that comes many times, or many numbers
 * of a few bits each. Levels and the numbers of dictionary entries stand like this.
 */

/** Writers pad the last run; none by more than this. */
const PADDING = 512;

/**
 * Reads `count` numbers of `width` bits from bytes[from, …) into values[into, …).
 * @throws RangeError where they are damaged
 */
export function readRuns(
	bytes: Uint8Array,
	from: number,
	width: number,
	values: Int32Array,
	into: number,
	count: number
): void {
	if (width > 32) throw new RangeError('no numbers are that wide');
	if (width === 0) {
		values.fill(0, into, into + count);
		return;
	}
	let at = from;
	for (let done = 0; done < count;) {
		let header = 0;
		let byte = 128;
		for (let scale = 1; byte >= 128; scale *= 128) {
			if (at >= bytes.length || scale > 2 ** 28) throw new RangeError('a run has no head');
			byte = bytes[at++] as number;
			header += (byte & 127) * scale;
		}
		const isPacked = header % 2 === 1;
		const times = Math.floor(header / 2);
		const length = isPacked ? times * 8 : times;
		if (length === 0 || length > count - done + PADDING) throw new RangeError('no run is that long');
		const taken = Math.min(length, count - done);
		const byteLength = isPacked ? Math.ceil((taken * width) / 8) : (width + 7) >> 3;
		if (byteLength > bytes.length - at) throw new RangeError('a run is cut off');
		if (isPacked) unpack(bytes, at, width, values, into + done, taken);
		else values.fill(numberAt(bytes, at, byteLength), into + done, into + done + taken);
		at += isPacked ? times * width : byteLength;
		done += taken;
	}
}

function unpack(
	bytes: Uint8Array,
	from: number,
	width: number,
	values: Int32Array,
	into: number,
	count: number
): void {
	let i = 0;
	if (width <= 25) {
		// A word of 32 bits holds such a number wherever in a byte it starts.
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const mask = (1 << width) - 1;
		const last = bytes.length - 4;
		for (; i < count; i++) {
			const bit = i * width;
			const at = from + (bit >>> 3);
			if (at > last) break;
			values[into + i] = (view.getInt32(at, true) >>> (bit & 7)) & mask;
		}
	}
	for (; i < count; i++) {
		const at = from + Math.floor((i * width) / 8);
		const bits = numberAt(bytes, at, Math.min(5, bytes.length - at));
		values[into + i] = Math.floor(bits / 2 ** ((i * width) % 8)) % 2 ** width;
	}
}

function numberAt(bytes: Uint8Array, at: number, byteLength: number): number {
	let value = 0;
	for (let i = byteLength - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] as number);
	return value;
}
