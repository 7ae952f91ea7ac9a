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

/**
 * Packs files into one archive, piece by piece: never more than a few megabytes are held.
 * @param onprogress told how many bytes of the files are packed
 */
export async function zipFiles(
	signal: AbortSignal,
	entries: readonly ZipEntry[],
	onprogress: (bytesDone: number) => void
): Promise<Blob> {
	const parts: Blob[] = [];
	let pieces: Uint8Array<ArrayBuffer>[] = [];
	let held = 0;
	let bytesDone = 0;
	let failure: Error | null = null;
	const flush = () => {
		parts.push(new Blob(pieces));
		pieces = [];
		held = 0;
	};
	const zip = new Zip((error, piece) => {
		failure ??= error;
		if (error) return;
		pieces.push(piece as Uint8Array<ArrayBuffer>);
		held += piece.length;
		if (held > FLUSH_BYTES) flush();
	});
	for (const { name, blob } of entries) {
		const entry = new ZipDeflate(name, { level: LEVEL });
		zip.add(entry);
		const reader = blob.stream().getReader();
		for (;;) {
			signal.throwIfAborted();
			const { done, value } = await reader.read();
			if (done) break;
			entry.push(value);
			bytesDone += value.length;
			onprogress(bytesDone);
		}
		entry.push(new Uint8Array(0), true);
		if (failure) throw failure;
	}
	zip.end();
	if (failure) throw failure;
	flush();
	return new Blob(parts, { type: 'application/zip' });
}
