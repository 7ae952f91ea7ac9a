import type { TextBlock } from '../../columns/text-block';
import { slicesOf, type ByteSource } from '../byte-source';
import { SLICE_BYTES } from '../fingerprint';

/**
 * Notices text that is not valid UTF-8 although the start of the file was. Only what is kept is looked at, each text
 * once: that costs next to nothing, where a look at every byte of a large file would not.
 */

const decoder = new TextDecoder();

/** Whether a text in the block may not have been valid UTF-8. */
export function mayBeBadText({ bytes, offsets }: TextBlock): boolean {
	if (isAscii(bytes)) return false;
	// What cannot be decoded becomes U+FFFD; the odd file holds it as it is.
	if (decoder.decode(bytes).includes('\uFFFD')) return true;
	for (const offset of offsets) if (((bytes[offset] ?? 0) & 0xc0) === 0x80) return true;
	return false;
}

/** Whether all of a source is valid UTF-8. */
export async function isUtf8Throughout(signal: AbortSignal, source: ByteSource): Promise<boolean> {
	const strict = new TextDecoder('utf-8', { fatal: true });
	try {
		for await (const slice of slicesOf(source, SLICE_BYTES)) {
			signal.throwIfAborted();
			strict.decode(slice, { stream: true });
		}
		strict.decode();
		return true;
	} catch (error) {
		if (error instanceof TypeError) return false;
		throw error;
	}
}

function isAscii(bytes: Uint8Array): boolean {
	for (let i = 0; i < bytes.length; i++) if ((bytes[i] as number) > 127) return false;
	return true;
}
