import type { HomeDirectory } from '../../src/lib/store/home/home-directory';

/** A folder in memory, shared by devices; it can end what is being done, as a crash does, and be damaged. */
export class MemoryDirectory implements HomeDirectory {
	readonly files = new Map<
		string,
		{ readonly bytes: Uint8Array<ArrayBuffer>; readonly modifiedMs: number }
	>();
	/** After so many more steps everything fails, as where the browser is ended; null for never. */
	stepsLeft: number | null = null;
	/** Bytes that it takes in all. */
	room = Infinity;
	/** The names of the files that were opened. */
	readonly opened: string[] = [];
	#time = 1_000;

	async names(): Promise<readonly string[]> {
		this.#step();
		return [...this.files.keys()];
	}

	async file(name: string): Promise<File | null> {
		this.#step();
		this.opened.push(name);
		const file = this.files.get(name);
		return file ? new File([file.bytes], name, { lastModified: file.modifiedMs }) : null;
	}

	async write(name: string, bytes: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
		let whole = new Uint8Array();
		for await (const some of bytes) {
			if (this.#size + whole.length + some.length > this.room)
				throw new DOMException('no room', 'QuotaExceededError');
			whole = Uint8Array.from([...whole, ...some]);
			// What is there when it ends here: a file that is cut.
			if (this.stepsLeft === 0) this.put(name, whole);
			this.#step();
		}
		this.put(name, whole);
	}

	async remove(name: string): Promise<void> {
		this.#step();
		this.files.delete(name);
	}

	/** Puts a file there, as something else than the program under test may do. */
	put(name: string, bytes: Uint8Array<ArrayBuffer>): void {
		this.files.set(name, { bytes, modifiedMs: ++this.#time });
	}

	get #size(): number {
		return [...this.files.values()].reduce((sum, { bytes }) => sum + bytes.length, 0);
	}

	#step(): void {
		if (this.stepsLeft === null) return;
		if (this.stepsLeft === 0) throw new Error('ended');
		this.stepsLeft--;
	}
}
