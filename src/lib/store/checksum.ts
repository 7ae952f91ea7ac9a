import { createXXHash64 } from 'hash-wasm';
import { factBlockArrays, type FactBlock } from '../columns/fact-block';
import { packedColumns, type PackedSegment } from '../columns/packed-segment';
import { claimsArrays, type PinClaims } from '../columns/pin-claims';
import { rangeIndexArrays, type PackedRangeIndex } from '../columns/packed-range-index';
import type { InsightsSnapshot } from '../model/insights';

/**
 * 64-bit xxHashes over all of a stored piece: they find what a disk has changed. Not meant against someone who means to.
 */

export async function segmentChecksum(packed: PackedSegment): Promise<string> {
	const { version, rows, firstMs, lastMs, own } = packed;
	const names = own ? `,${JSON.stringify(own.names)}` : '';
	return checksumOf(`${version},${rows},${firstMs},${lastMs}${names}`, packedColumns(packed));
}

export async function factsChecksum(block: FactBlock): Promise<string> {
	const { version, scopes, metrics } = block;
	return checksumOf(JSON.stringify([version, scopes, metrics]), factBlockArrays(block));
}

export async function claimsChecksum(claims: PinClaims): Promise<string> {
	return checksumOf(Object.keys(claims.attributes).join(), claimsArrays(claims));
}

export async function snapshotChecksum(snapshot: InsightsSnapshot): Promise<string> {
	return checksumOf(JSON.stringify(snapshot), []);
}

export async function rangeIndexChecksum(
	index: PackedRangeIndex,
	more: readonly ArrayBufferView[],
	of: string
): Promise<string> {
	const { version, firstDay } = index;
	return checksumOf(`${version},${firstDay},${of}`, [...rangeIndexArrays(index), ...more]);
}

async function checksumOf(head: string, arrays: readonly ArrayBufferView[]): Promise<string> {
	const hasher = await sharedHasher();
	hasher.init();
	hasher.update([head, ...arrays.map(({ byteLength }) => byteLength)].join());
	for (const { buffer, byteOffset, byteLength } of arrays) {
		hasher.update(new Uint8Array(buffer, byteOffset, byteLength));
	}
	return hasher.digest();
}

let hasherMade: ReturnType<typeof createXXHash64> | null = null;

function sharedHasher(): ReturnType<typeof createXXHash64> {
	return (hasherMade ??= createXXHash64());
}
