import { Inflate } from 'fflate';

/** DEFLATE and gzip streams, by the browser's own decompression where it has one. */

type Chunks = AsyncIterable<Uint8Array>;

/** The bytes that a raw DEFLATE stream holds. @throws DamagedStream */
export async function* inflated(packed: Chunks): AsyncGenerator<Uint8Array> {
	if (hasNative('deflate-raw')) yield* throughNative(packed, 'deflate-raw');
	else yield* throughFflate(packed);
}

/** Whether the browser itself decompresses this. */
export function hasNative(format: CompressionFormat): boolean {
	try {
		return new DecompressionStream(format) instanceof DecompressionStream;
	} catch {
		return false;
	}
}

/** A packed stream that ends too early, or holds what no packer writes. */
export class DamagedStream extends Error {}

/**
 * Chunks through a DecompressionStream. What the packed stream itself throws comes out as it is.
 * @throws DamagedStream
 */
export async function* throughNative(packed: Chunks, format: CompressionFormat): AsyncGenerator<Uint8Array> {
	const stream = new DecompressionStream(format);
	const writer = stream.writable.getWriter();
	const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
	const chunks = packed[Symbol.asyncIterator]();
	const source: { error?: unknown } = {};
	const feed = async () => {
		for (;;) {
			let next: IteratorResult<Uint8Array, unknown>;
			try {
				next = await chunks.next();
			} catch (error) {
				source.error = error;
				return writer.abort(error);
			}
			if (next.done === true) return writer.close();
			await writer.write(next.value as Uint8Array<ArrayBuffer>);
		}
	};
	const feeding = feed().catch(() => undefined); // the reader gets the failure
	try {
		for (;;) {
			const { done, value } = await reader.read();
			if (done) return;
			yield value;
		}
	} catch {
		await feeding;
		throw source.error ?? new DamagedStream();
	} finally {
		await reader.cancel().catch(() => undefined);
		await writer.abort().catch(() => undefined);
		await chunks.return?.(undefined);
	}
}

async function* throughFflate(packed: Chunks): AsyncGenerator<Uint8Array> {
	const out: Uint8Array[] = [];
	const inflate = new Inflate((chunk) => void (chunk.length > 0 && out.push(chunk)));
	const push = (chunk: Uint8Array, isLast: boolean) => {
		try {
			inflate.push(chunk, isLast);
		} catch {
			throw new DamagedStream();
		}
		return out.splice(0);
	};
	for await (const chunk of packed) yield* push(chunk, false);
	yield* push(new Uint8Array(0), true);
}
