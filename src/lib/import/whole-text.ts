import { ProblemError } from '../model/problem';
import { slicesOf, type ByteSource } from './byte-source';

/** Formats whose parts refer to each other are read whole; what is larger is none of them. */
const MAX_BYTES = 64 << 20;
const SLICE_BYTES = 1 << 20;

/**
 * All bytes of a source.
 * @throws ProblemError row_too_long where it is larger than such files are; AbortError on abort
 */
export async function wholeBytes(signal: AbortSignal, source: ByteSource): Promise<Uint8Array<ArrayBuffer>> {
	const slices: Uint8Array[] = [];
	let length = 0;
	for await (const slice of slicesOf(source, SLICE_BYTES)) {
		signal.throwIfAborted();
		slices.push(slice);
		length += slice.length;
		if (length > MAX_BYTES) throw new ProblemError({ code: 'row_too_long', line: 1 });
	}
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const slice of slices) {
		bytes.set(slice, at);
		at += slice.length;
	}
	return bytes;
}

/**
 * All of a text, in UTF-8, without a byte order mark.
 * @throws as wholeBytes
 */
export async function wholeText(signal: AbortSignal, source: ByteSource): Promise<string> {
	return new TextDecoder().decode(await wholeBytes(signal, source));
}
