import { slicesOf, type ByteSource } from './byte-source';
import { SLICE_BYTES } from './fingerprint';

/**
 * The bytes of a source as a Blob, for formats that have to be read from their end. What is no Blob already is read
 * into one; the browser keeps large ones on the disk.
 */
export async function spooled(signal: AbortSignal, source: ByteSource): Promise<Blob> {
	if (source.blob) return source.blob;
	let blob = new Blob([]);
	for await (const slice of slicesOf(source, SLICE_BYTES)) {
		signal.throwIfAborted();
		blob = new Blob([blob, slice as Uint8Array<ArrayBuffer>]);
	}
	return blob;
}
