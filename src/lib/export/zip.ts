import { Zip, ZipDeflate } from 'fflate';

/** One file of an archive. */
export interface ZipEntry {
	readonly name: string;
	readonly blob: Blob;
}

/** Text compresses well at the fastest setting already. */
const LEVEL = 1;

/** Finished stretches go to the browser, which keeps them on disk if need be. */
const FLUSH_BYTES = 1 << 22;

/** An archive that is written file by file, piece by piece: never more than a few megabytes are held. */
export class ZipFile {
	readonly #parts: Blob[] = [];
	#pieces: Uint8Array<ArrayBuffer>[] = [];
	#held = 0;
	#failure: Error | null = null;
	#entry: ZipDeflate | null = null;
	readonly #zip = new Zip((error, piece) => {
		this.#failure ??= error;
		if (error) return;
		this.#pieces.push(piece as Uint8Array<ArrayBuffer>);
		this.#held += piece.length;
		if (this.#held > FLUSH_BYTES) this.#flush();
	});

	/** Begins a file, and ends the one before it. */
	begin(name: string): void {
		this.#end();
		this.#entry = new ZipDeflate(name, { level: LEVEL });
		this.#zip.add(this.#entry);
	}

	/** Adds bytes to the file that was begun. */
	write(bytes: Uint8Array): void {
		this.#entry!.push(bytes);
		this.#check();
	}

	/** The whole archive. */
	finish(type: string): Blob {
		this.#end();
		this.#zip.end();
		this.#check();
		this.#flush();
		return new Blob(this.#parts, { type });
	}

	#end(): void {
		this.#entry?.push(new Uint8Array(0), true);
		this.#entry = null;
		this.#check();
	}

	#check(): void {
		if (this.#failure) throw this.#failure;
	}

	#flush(): void {
		this.#parts.push(new Blob(this.#pieces));
		this.#pieces = [];
		this.#held = 0;
	}
}

/**
 * Packs files into one archive.
 * @param onprogress gets how many bytes of the files are packed
 */
export async function zipFiles(
	signal: AbortSignal,
	entries: readonly ZipEntry[],
	onprogress: (bytesDone: number) => void
): Promise<Blob> {
	const zip = new ZipFile();
	let bytesDone = 0;
	for (const { name, blob } of entries) {
		zip.begin(name);
		const reader = blob.stream().getReader();
		for (;;) {
			signal.throwIfAborted();
			const { done, value } = await reader.read();
			if (done) break;
			zip.write(value);
			bytesDone += value.length;
			onprogress(bytesDone);
		}
	}
	return zip.finish('application/zip');
}
