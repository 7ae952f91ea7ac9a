/** Where bytes come from: a File in the browser, a buffer in a test, a stream that is unpacked on the way. */
export interface ByteSource {
	/** Infinity for a stream until its end was reached. */
	readonly byteLength: number;
	/**
	 * bytes[start, end), shorter where the end comes before. A stream reads on from slice to slice; an earlier start has
	 * it begin anew.
	 */
	slice(start: number, end: number): Promise<Uint8Array>;
	/** Set where the bytes are those of a Blob, which other threads can read from anywhere. */
	readonly blob?: Blob;
	/** Lets go of what is held for a stream. */
	close?(): Promise<void>;
}

/** A Blob up to this size is read once and kept: asking the browser for a piece takes longer than reading this much. */
const KEPT_BYTES = 1 << 20;

/** The bytes of a File or Blob. */
export function blobSource(blob: Blob): ByteSource & { readonly blob: Blob } {
	let kept: Promise<Uint8Array> | null = null;
	const bytesOf = async (part: Blob) => new Uint8Array(await part.arrayBuffer());
	return {
		blob,
		byteLength: blob.size,
		slice: async (start, end) =>
			blob.size > KEPT_BYTES
				? bytesOf(blob.slice(start, end))
				: (await (kept ??= bytesOf(blob))).slice(start, Math.max(start, end))
	};
}

/** Bytes that are held already. */
export function bufferSource(bytes: Uint8Array): ByteSource {
	return { byteLength: bytes.length, slice: (start, end) => Promise.resolve(bytes.slice(start, end)) };
}

/** The bytes of a source from its start to its end, in slices of this many. */
export async function* slicesOf(source: ByteSource, sliceBytes: number): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < source.byteLength;) {
		const slice = await source.slice(start, Math.min(start + sliceBytes, source.byteLength));
		if (slice.length === 0) return;
		start += slice.length;
		yield slice;
	}
}
