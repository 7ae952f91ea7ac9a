import type { DataPageHeader, PageHeader } from 'hyparquet';

type DataPageHeaderV2 = NonNullable<PageHeader['data_page_header_v2']>;

/**
 * Looks through the values of a Parquet page before hyparquet decodes them. It believes the counts that stand in a page:
 * damaged ones would have it run for ever, or take all memory there is.
 */

/** Where the parts of a page's bytes lie. */
interface Layout {
	/** Whether the column has values that may be missing: then levels come before the values. */
	readonly hasLevels: boolean;
	/** Of pages of the second version, which say where the levels lie. */
	readonly v2: DataPageHeaderV2 | null;
}

/** Writers pad the last run; none by more than this. */
const PADDING = 512;

/** @throws RangeError where the values cannot be as many as the page says */
export function checkValues(
	bytes: Uint8Array,
	header: DataPageHeader | DataPageHeaderV2,
	layout: Layout
): void {
	const { hasLevels, v2 } = layout;
	const walk = new Walk(bytes);
	const { num_values: all, encoding } = header;
	let values = all;
	if (v2) {
		const { repetition_levels_byte_length: first, definition_levels_byte_length: length, num_nulls } = v2;
		if (!(first >= 0 && length >= 0 && num_nulls >= 0 && num_nulls <= all))
			throw new RangeError('bad levels');
		walk.at = first;
		if (hasLevels) walk.runs(1, all);
		walk.at = first + length;
		values = all - num_nulls;
	} else if (hasLevels) {
		const end = walk.prefixed();
		values = walk.runs(1, all);
		walk.at = end;
	}
	if (encoding === 'RLE') {
		walk.prefixed();
		walk.runs(1, values);
	} else if (encoding.endsWith('_DICTIONARY')) {
		const width = walk.byte();
		if (width > 32) throw new RangeError('bad width');
		if (width > 0 || v2) walk.runs(width, values);
	} else if (encoding.startsWith('DELTA_')) {
		walk.deltas(values);
		if (encoding === 'DELTA_BYTE_ARRAY') walk.deltas(values);
	}
}

/** A walk through the bytes of a page. */
class Walk {
	at = 0;
	readonly #view: DataView;

	constructor(bytes: Uint8Array) {
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}

	/** @throws RangeError behind the last one */
	byte(): number {
		return this.#view.getUint8(this.at++);
	}

	/** The end of what is led by its length in four bytes. */
	prefixed(): number {
		const length = this.#view.getUint32(this.at, true);
		this.at += 4;
		return this.at + length;
	}

	/**
	 * Passes runs of so many values, each so many bits wide.
	 * @returns how many of them are 1, where they are one bit wide
	 */
	runs(width: number, count: number): number {
		let ones = 0;
		for (let left = count; left > 0;) {
			const header = this.#varInt(5);
			const times = Math.floor(header / 2);
			const isPacked = header % 2 === 1;
			const values = isPacked ? times * 8 : times;
			if (values === 0 || values > left + PADDING) throw new RangeError('no run is that long');
			if (width === 1)
				ones += isPacked ? this.#onesIn(Math.min(values, left)) : this.#first() * Math.min(times, left);
			this.at += isPacked ? times * width : (width + 7) >> 3;
			left -= values;
		}
		return ones;
	}

	/** Passes differences between so many values. */
	deltas(count: number): void {
		const blockValues = this.#varInt(5);
		const parts = this.#varInt(5);
		this.#varInt(5);
		this.#varInt(10);
		const partValues = blockValues / parts;
		if (!(blockValues > 0 && parts > 0 && partValues % 8 === 0)) throw new RangeError('bad blocks');
		for (let left = count - 1; left > 0;) {
			this.#varInt(10);
			const widths = this.at;
			this.at += parts;
			for (let part = 0; part < parts && left > 0; part++) {
				const width = this.#view.getUint8(widths + part);
				if (width > 64) throw new RangeError('bad width');
				this.at += (partValues * width) / 8;
				left -= partValues;
			}
		}
	}

	#first(): number {
		return this.#view.getUint8(this.at) & 1;
	}

	#onesIn(bits: number): number {
		let ones = 0;
		for (let bit = 0; bit < bits; bit++) ones += (this.#view.getUint8(this.at + (bit >> 3)) >> (bit & 7)) & 1;
		return ones;
	}

	/** A number without sign, exact where it has no more than five bytes. */
	#varInt(maxBytes: number): number {
		let value = 0;
		for (let n = 0; n < maxBytes; n++) {
			const byte = this.byte();
			value += (byte & 127) * 2 ** (7 * n);
			if (byte < 128) return value;
		}
		throw new RangeError('a number is too long');
	}
}
