import { Gunzip } from 'fflate';
import { createCRC32 } from 'hash-wasm';
import { ProblemError } from '../../model/problem';
import { DamagedStream, hasNative, throughNative } from './inflate';

type Chunks = AsyncIterable<Uint8Array>;

/** Bytes of a gzip member after its stream: the checksum and length of what it holds. */
const TRAILER_BYTES = 8;

export function isGzip(head: Uint8Array): boolean {
	return head[0] === 0x1f && head[1] === 0x8b && head[2] === 8;
}

/**
 * The bytes that a gzip file holds.
 * @param open opens the packed stream from its start
 * @throws ProblemError damaged_gzip
 */
export async function* gunzipped(open: () => Chunks): AsyncGenerator<Uint8Array> {
	let given = 0;
	if (hasNative('gzip')) {
		try {
			for await (const chunk of throughNative(open(), 'gzip')) {
				given += chunk.length;
				yield chunk;
			}
			return;
		} catch (error) {
			if (!(error instanceof DamagedStream)) throw error;
		}
	}
	// Files of several members, one after the other, are refused by some browsers: damage is distinguished from them here.
	let skip = given;
	for await (const chunk of members(open())) {
		if (chunk.length > skip) yield chunk.subarray(skip);
		skip = Math.max(0, skip - chunk.length);
	}
}

/** The bytes of all members. Each one's checksum is compared before the next one is read. */
async function* members(packed: Chunks): AsyncGenerator<Uint8Array> {
	const checksum = await createCRC32();
	checksum.init();
	const damaged = new ProblemError({ code: 'damaged_gzip' });
	const out: Uint8Array[] = [];
	const tail = new Tail();
	const gunzip = new Gunzip((chunk) => {
		if (chunk.length === 0) return;
		checksum.update(chunk);
		out.push(chunk);
	});
	gunzip.onmember = (offset) => {
		if (tail.crcBefore(offset) !== checksum.digest()) throw damaged;
		checksum.init();
	};
	const push = (chunk: Uint8Array, isLast: boolean) => {
		tail.push(chunk);
		try {
			gunzip.push(chunk, isLast);
		} catch {
			throw damaged;
		}
		return out.splice(0);
	};
	for await (const chunk of packed) yield* push(chunk, false);
	yield* push(new Uint8Array(0), true);
	if (tail.crcBefore(tail.length) !== checksum.digest()) throw damaged;
}

/** The end of a stream, as far back as the trailer before any of its last chunk's bytes. */
class Tail {
	length = 0;
	#bytes = new Uint8Array(0);

	push(chunk: Uint8Array): void {
		const kept = this.#bytes.subarray(Math.max(0, this.#bytes.length - 3 * TRAILER_BYTES));
		this.#bytes = new Uint8Array(kept.length + chunk.length);
		this.#bytes.set(kept);
		this.#bytes.set(chunk, kept.length);
		this.length += chunk.length;
	}

	/** The checksum in the trailer that ends before `offset`, as hash-wasm writes it. */
	crcBefore(offset: number): string {
		const at = offset - TRAILER_BYTES - (this.length - this.#bytes.length);
		if (at < 0) return '';
		const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset + at, 4);
		return view.getUint32(0, true).toString(16).padStart(8, '0');
	}
}
