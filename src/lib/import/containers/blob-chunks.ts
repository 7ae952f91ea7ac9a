/** So much of a packed file is read at a time. */
const CHUNK_BYTES = 1 << 20;

/** The bytes of a Blob from its start to its end; `onRead` gets how many each time. */
export async function* blobChunks(blob: Blob, onRead: (bytes: number) => void): AsyncGenerator<Uint8Array> {
	for (let start = 0; start < blob.size; start += CHUNK_BYTES) {
		const chunk = new Uint8Array(await blob.slice(start, start + CHUNK_BYTES).arrayBuffer());
		onRead(chunk.length);
		yield chunk;
	}
}
