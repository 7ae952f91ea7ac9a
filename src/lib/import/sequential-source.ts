import type { ByteSource } from './byte-source';

type Chunks = AsyncIterator<Uint8Array, unknown>;

/**
 * Bytes that can only be had one after the other, such as those of a packed file. Holds no more than what the last slice
 * asked for; a slice that lies before it has the stream opened again and read up to there.
 */
export class SequentialSource implements ByteSource {
	byteLength = Infinity;
	readonly #open: () => AsyncIterable<Uint8Array>;
	#chunks: Chunks | null = null;
	/** Chunks not yet let go of: bytes [heldFrom, heldTo). */
	#held: Uint8Array[] = [];
	#heldFrom = 0;
	#heldTo = 0;
	#turn: Promise<unknown> = Promise.resolve();

	/** @param open opens the stream from its start */
	constructor(open: () => AsyncIterable<Uint8Array>) {
		this.#open = open;
	}

	slice(start: number, end: number): Promise<Uint8Array> {
		const slice = this.#turn.then(() => this.#read(start, end));
		this.#turn = slice.catch(() => undefined);
		return slice;
	}

	/** Lets go of the stream, once what is being read of it has been. */
	close(): Promise<void> {
		const closed = this.#turn.then(() => this.#reset());
		this.#turn = closed.catch(() => undefined);
		return closed;
	}

	async #reset(): Promise<void> {
		const chunks = this.#chunks;
		this.#chunks = null;
		this.#held = [];
		this.#heldFrom = this.#heldTo = 0;
		await chunks?.return?.();
	}

	async #read(start: number, end: number): Promise<Uint8Array> {
		if (start < this.#heldFrom) await this.#reset();
		this.#letGo(start);
		// One byte further than asked for: whoever gets the last slice must know that it is the last.
		while (this.#heldTo <= end && this.#heldTo < this.byteLength) {
			this.#chunks ??= this.#open()[Symbol.asyncIterator]();
			const { done, value } = await this.#chunks.next();
			if (done === true) this.byteLength = this.#heldTo;
			else if (value.length > 0) {
				this.#held.push(value);
				this.#heldTo += value.length;
				this.#letGo(start);
			}
		}
		return this.#copy(start, Math.min(end, this.#heldTo));
	}

	#letGo(start: number): void {
		let gone = 0;
		while (gone < this.#held.length && this.#heldFrom + this.#held[gone]!.length <= start) {
			this.#heldFrom += this.#held[gone++]!.length;
		}
		if (gone > 0) this.#held.splice(0, gone);
	}

	#copy(start: number, end: number): Uint8Array {
		const bytes = new Uint8Array(Math.max(0, end - start));
		let at = this.#heldFrom;
		for (const chunk of this.#held) {
			if (at >= end) break;
			const part = chunk.subarray(Math.max(0, start - at), end - at);
			bytes.set(part, Math.max(0, at - start));
			at += chunk.length;
		}
		return bytes;
	}
}
