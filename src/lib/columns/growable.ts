/** Typed arrays that grow: the place where values of unknown number are collected before they are cut to size. */

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A typed array with room to spare. Read `array` up to `length`; it is replaced when it grows, so never keep it. */
class Growable<A extends Numbers> {
	array: A;
	length = 0;
	readonly #make: (length: number) => A;

	constructor(make: (length: number) => A, capacity = 1024) {
		this.#make = make;
		this.array = make(capacity);
	}

	push(value: number): void {
		if (this.length === this.array.length) this.reserve(this.length + 1);
		this.array[this.length++] = value;
	}

	/** Makes room for `length` values; new places hold 0. */
	reserve(length: number): void {
		if (length <= this.array.length) return;
		const grown = this.#make(Math.max(length, this.array.length * 2));
		grown.set(this.array);
		this.array = grown;
	}

	/** A copy of just the values. */
	finish(): A {
		return this.array.slice(0, this.length) as A;
	}
}

export const growableUint32 = (capacity?: number) => new Growable((n) => new Uint32Array(n), capacity);
export const growableInt32 = (capacity?: number) => new Growable((n) => new Int32Array(n), capacity);
export const growableFloat64 = (capacity?: number) => new Growable((n) => new Float64Array(n), capacity);
export const growableUint16 = (capacity?: number) => new Growable((n) => new Uint16Array(n), capacity);

/** An array of whole numbers in the narrowest type that holds `max`. */
export function narrow(
	values: ArrayLike<number>,
	max: number
): Uint8Array | Uint16Array | Uint32Array | Float64Array {
	if (max <= 0xff) return new Uint8Array(values);
	if (max <= 0xffff) return new Uint16Array(values);
	if (max <= 0xffff_ffff) return new Uint32Array(values);
	return new Float64Array(values);
}
