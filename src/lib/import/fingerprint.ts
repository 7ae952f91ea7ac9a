import { createXXHash128 } from 'hash-wasm';
import type { ByteSource } from './byte-source';

/**
 * Tells whether two files hold the same bytes: a 128-bit xxHash over the hashes of the file's slices, so that slices
 * can be hashed as they are read, by whoever reads them.
 */

/** Files are read, and hashed, in slices of this many bytes: half as large they are read more slowly, twice as large no faster. */
export const SLICE_BYTES = 16 << 20;

/** Hashes slices, one at a time. */
export interface SliceHasher {
	/** Hash of one slice, as 32 hexadecimal digits. */
	hash(slice: Uint8Array): string;
}

let hasher: Promise<SliceHasher> | null = null;

/** The thread's hasher, by the 128-bit XXH3 of Yann Collet. It hashes one slice at a time, so all files can share it. */
export function sliceHasher(): Promise<SliceHasher> {
	return (hasher ??= createXXHash128().then((xxh) => ({
		hash: (slice) => xxh.init().update(slice).digest()
	})));
}

/** The fingerprint of a file from the hashes of its slices, in their order. */
export function combineHashes(hasher: SliceHasher, byteLength: number, hashes: readonly string[]): string {
	return hasher.hash(new TextEncoder().encode(`${byteLength}:${hashes.join()}`));
}

/** The fingerprint of a file that is read for this alone. */
export async function fingerprintOf(signal: AbortSignal, source: ByteSource): Promise<string> {
	const hasher = await sliceHasher();
	const hashes: string[] = [];
	for (let start = 0; start < source.byteLength; start += SLICE_BYTES) {
		signal.throwIfAborted();
		hashes.push(hasher.hash(await source.slice(start, Math.min(start + SLICE_BYTES, source.byteLength))));
	}
	return combineHashes(hasher, source.byteLength, hashes);
}
