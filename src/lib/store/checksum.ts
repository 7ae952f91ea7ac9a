import { createXXHash64 } from 'hash-wasm';
import { packedColumns, type PackedSegment } from '../columns/packed-segment';

/** A 64-bit xxHash over all of a stored segment: finds what a disk has changed. Not meant against someone who means to. */
export async function segmentChecksum(packed: PackedSegment): Promise<string> {
	const { version, rows, firstMs, lastMs } = packed;
	const hasher = await sharedHasher();
	hasher.init();
	const columns = packedColumns(packed);
	const lengths = columns.map(({ byteLength }) => byteLength);
	hasher.update([version, rows, firstMs, lastMs, ...lengths].join());
	for (const { buffer, byteOffset, byteLength } of columns) {
		hasher.update(new Uint8Array(buffer, byteOffset, byteLength));
	}
	return hasher.digest();
}

let hasherMade: ReturnType<typeof createXXHash64> | null = null;

function sharedHasher(): ReturnType<typeof createXXHash64> {
	return (hasherMade ??= createXXHash64());
}
