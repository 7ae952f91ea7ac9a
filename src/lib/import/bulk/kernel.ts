import type { TextNumbers } from '../../columns/dictionary';
import type { TextBlock } from '../../columns/text-block';
import { KERNEL_BASE64 } from './kernel-module';

/** An address in the kernel's memory. */
export type Address = number;

/** What the WebAssembly module offers: see src/kernel, from which `npm run kernel` makes it. */
interface KernelExports {
	readonly memory: WebAssembly.Memory;
	readonly nextRow: WebAssembly.Global<'i32'>;
	readonly nextLine: WebAssembly.Global<'i32'>;
	allocate(byteLength: number): Address;
	reallocate(address: Address, byteLength: number): Address;
	free(address: Address): void;
	readRows(
		from: Address,
		stopAt: Address,
		to: Address,
		delimiter: number,
		columns: number,
		most: number,
		cells: Address,
		marks: Address,
		places: Address
	): number;
	readStamps(
		cells: Address,
		columns: number,
		field: number,
		rows: number,
		firstYear: number,
		lastYear: number,
		times: Address
	): void;
	findStretches(
		texts: Address,
		cells: Address,
		columns: number,
		first: number,
		last: number,
		rows: number,
		found: Address
	): void;
	findIds(texts: Address, cells: Address, columns: number, field: number, rows: number, found: Address): void;
	createTexts(): Address;
	reserve(texts: Address, more: number, moreBytes: number): void;
	intern(texts: Address, start: Address, end: Address): number;
	textCount(texts: Address): number;
	copyTexts(texts: Address, first: number): Address;
}

/** Around the bytes that rows are read from, so many more can be read. */
const MARGIN = 64;

let compiled: Promise<WebAssembly.Module> | null = null;

/**
 * The WebAssembly module that does the heavy work on bytes, with a memory of its own. The views of the memory are made
 * anew when it grows: read them again after anything that makes room.
 */
export class Kernel {
	readonly exports: KernelExports;
	bytes = new Uint8Array(0);
	words = new Int32Array(0);
	doubles = new Float64Array(0);
	#input: Address;
	#inputLength = 0;
	#scratch: Address = 0;
	#scratchLength = 0;

	static async create(): Promise<Kernel> {
		compiled ??= WebAssembly.compile(fromBase64(KERNEL_BASE64));
		return new Kernel(await WebAssembly.instantiate(await compiled));
	}

	private constructor(instance: WebAssembly.Instance) {
		this.exports = instance.exports as unknown as KernelExports;
		this.#input = this.allocate(2 * MARGIN);
	}

	/** New memory of so many bytes; starts at a multiple of 16. */
	allocate(byteLength: number): Address {
		const address = this.exports.allocate(byteLength);
		this.#look();
		return address;
	}

	/** Where bytes to be read are to be put; makes room for so many. What was there is kept. */
	inputFor(length: number): Address {
		if (length > this.#inputLength) {
			this.#inputLength = length;
			this.#input = this.exports.reallocate(this.#input, length + 2 * MARGIN);
			this.#look();
		}
		return this.#input + MARGIN;
	}

	/** Puts bytes into memory, until the next call. */
	lend(bytes: Uint8Array, start: number, end: number): Address {
		if (end - start > this.#scratchLength) {
			this.#scratchLength = Math.max(end - start, 2 * this.#scratchLength, 1024);
			this.#scratch = this.exports.reallocate(this.#scratch || this.exports.allocate(0), this.#scratchLength);
			this.#look();
		}
		this.bytes.set(bytes.subarray(start, end), this.#scratch);
		return this.#scratch;
	}

	/** Makes room in some texts, see `KernelTexts`. */
	reserve(texts: Address, more: number, moreBytes: number): void {
		this.exports.reserve(texts, more, moreBytes);
		this.#look();
	}

	/** See src/kernel/texts.ts. */
	copyTexts(texts: Address, first: number): Address {
		const copy = this.exports.copyTexts(texts, first);
		this.#look();
		return copy;
	}

	#look(): void {
		const { buffer } = this.exports.memory;
		if (this.bytes.buffer === buffer) return;
		this.bytes = new Uint8Array(buffer);
		this.words = new Int32Array(buffer);
		this.doubles = new Float64Array(buffer);
	}
}

/** A dictionary in the kernel's memory. */
export class KernelTexts implements TextNumbers {
	readonly address: Address;
	readonly #kernel: Kernel;

	constructor(kernel: Kernel) {
		this.#kernel = kernel;
		this.address = kernel.exports.createTexts();
		kernel.reserve(this.address, 0, 0);
	}

	get size(): number {
		return this.#kernel.exports.textCount(this.address);
	}

	intern(bytes: Uint8Array, start: number, end: number): number {
		const from = this.#kernel.lend(bytes, start, end);
		this.#kernel.reserve(this.address, 1, end - start);
		return this.internHere(from, from + end - start);
	}

	internSpans(bytes: Uint8Array, starts: Int32Array, ends: Int32Array, length: number): Uint32Array {
		const numbers = new Uint32Array(length);
		for (let i = 0; i < length; i++) numbers[i] = this.intern(bytes, starts[i] as number, ends[i] as number);
		return numbers;
	}

	/** Makes room for so many texts and bytes more. */
	reserve(more: number, moreBytes: number): void {
		this.#kernel.reserve(this.address, more, moreBytes);
	}

	/** The number of the text at [start, end) of the kernel's memory; there must be room for it. */
	internHere(start: Address, end: Address): number {
		return this.#kernel.exports.intern(this.address, start, end);
	}

	blockFrom(first: number): TextBlock {
		const copy = this.#kernel.copyTexts(this.address, first);
		const { bytes, words } = this.#kernel;
		const start = copy + (this.size - first + 1) * 4;
		const offsets = new Uint32Array(words.subarray(copy >>> 2, start >>> 2));
		const block = { bytes: bytes.slice(start, start + (offsets[offsets.length - 1] as number)), offsets };
		this.#kernel.exports.free(copy);
		return block;
	}
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
