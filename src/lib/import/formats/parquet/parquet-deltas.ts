/**
 * Looks through differences between values before hyparquet decodes them. It does not check the counts in a page:
 * damaged ones would have it run for ever.
 * @returns where they end, with `count` values from bytes[from, …) on
 * @throws RangeError where they are damaged
 */
export function checkDeltas(bytes: Uint8Array, from: number, count: number): number {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	let at = from;
	/** A number without sign, exact where it has no more than five bytes. */
	const varInt = (maxBytes: number): number => {
		let value = 0;
		for (let n = 0; n < maxBytes; n++) {
			const byte = view.getUint8(at++);
			value += (byte & 127) * 2 ** (7 * n);
			if (byte < 128) return value;
		}
		throw new RangeError('a number is too long');
	};
	const blockValues = varInt(5);
	const parts = varInt(5);
	varInt(5);
	varInt(10);
	const partValues = blockValues / parts;
	if (!(blockValues > 0 && parts > 0 && partValues % 8 === 0)) throw new RangeError('bad blocks');
	for (let left = count - 1; left > 0;) {
		varInt(10);
		const widths = at;
		at += parts;
		for (let part = 0; part < parts && left > 0; part++) {
			const width = view.getUint8(widths + part);
			if (width > 64) throw new RangeError('bad width');
			at += (partValues * width) / 8;
			left -= partValues;
		}
	}
	return at;
}
