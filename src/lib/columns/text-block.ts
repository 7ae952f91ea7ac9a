/** Texts end to end in UTF-8: text i is bytes[offsets[i], offsets[i + 1]). The form in which texts are stored and sent. */
export interface TextBlock {
	readonly bytes: Uint8Array;
	/** One entry more than there are texts. */
	readonly offsets: Uint32Array;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

/** A block of these texts. */
export function textBlock(texts: readonly string[]): TextBlock {
	const encoded = texts.map((text) => encoder.encode(text));
	const offsets = new Uint32Array(texts.length + 1);
	encoded.forEach((text, i) => (offsets[i + 1] = offsets[i]! + text.length));
	const bytes = new Uint8Array(offsets[texts.length]!);
	encoded.forEach((text, i) => bytes.set(text, offsets[i]));
	return { bytes, offsets };
}

/** The number of texts in a block. */
export function textCount(block: TextBlock): number {
	return block.offsets.length - 1;
}

/** Text `index` of a block. */
export function textAt(block: TextBlock, index: number): string {
	return decoder.decode(block.bytes.subarray(block.offsets[index], block.offsets[index + 1]));
}
