import { ProblemError } from '../../model/problem';

/** No data packs so well; what does is made to fill the disk. */
const MAX_RATIO = 1_000;

/** Below this size nothing does harm, however well it is packed. */
const HARMLESS_BYTES = 1 << 20;

/** Ends a stream that unpacks to more than `freeBytes`, or to more than 1,000 times its packed size. */
export async function* within(
	packedBytes: number,
	freeBytes: number,
	chunks: AsyncIterable<Uint8Array>
): AsyncGenerator<Uint8Array> {
	const most = Math.min(freeBytes, Math.max(HARMLESS_BYTES, packedBytes * MAX_RATIO));
	let length = 0;
	for await (const chunk of chunks) {
		length += chunk.length;
		if (length > most) throw new ProblemError({ code: 'unpacks_too_far' });
		yield chunk;
	}
}
