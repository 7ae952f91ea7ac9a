/** Where bytes come from: a File in the browser, a buffer in a test. */
export interface ByteSource {
	readonly byteLength: number;
	/** bytes[start, end) */
	slice(start: number, end: number): Promise<Uint8Array>;
}

/** The bytes of a File or Blob. */
export function blobSource(blob: Blob): ByteSource {
	return {
		byteLength: blob.size,
		slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer())
	};
}
