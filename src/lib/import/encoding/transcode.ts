import type { Encoding } from '../../model/import-report';
import { slicesOf, type ByteSource } from '../byte-source';
import { SLICE_BYTES, combineHashes, sliceHasher } from '../fingerprint';
import { SequentialSource } from '../sequential-source';

/** So much is turned from one encoding to the other at a time. */
const STEP_BYTES = 1 << 20;

/** The text of a source in UTF-8, and the fingerprint of its bytes as they were. */
export interface Transcoded {
	readonly source: ByteSource;
	/** Both are known once the source was read to its end. */
	readonly fingerprint: () => string;
	readonly rawLength: () => number;
}

/** Turns text into UTF-8 while it is read. */
export async function transcoded(raw: ByteSource, encoding: Encoding): Promise<Transcoded> {
	const hasher = await sliceHasher();
	const encoder = new TextEncoder();
	let hashes: string[] = [];
	const source = new SequentialSource(async function* () {
		const decoder = new TextDecoder(encoding);
		const own: string[] = [];
		for await (const slice of slicesOf(raw, SLICE_BYTES)) {
			own.push(hasher.hash(slice));
			for (let at = 0; at < slice.length; at += STEP_BYTES) {
				const step = slice.subarray(at, at + STEP_BYTES);
				yield encoder.encode(decoder.decode(step, { stream: true }));
			}
		}
		hashes = own;
		yield encoder.encode(decoder.decode());
	});
	return {
		source,
		fingerprint: () => combineHashes(hasher, raw.byteLength, hashes),
		rawLength: () => raw.byteLength
	};
}
