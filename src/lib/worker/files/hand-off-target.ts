import type { ByteSink } from '../../export/events-parquet';
import { ProblemError } from '../../model/problem';

/** Where a file that is handed off goes. */
export interface HandOffTarget {
	readonly write: ByteSink;
	/** Ends the file. A file that is not on the disk yet is the result. */
	finish(): Promise<Blob | null>;
	/** Leaves nothing of it behind. */
	discard(): Promise<void>;
}

/** A file that the browser keeps until it is downloaded: on its disk, if need be. */
export function blobTarget(type: string): HandOffTarget {
	let parts: Blob[] = [];
	return {
		write: (bytes) => void parts.push(new Blob([bytes])),
		finish: async () => new Blob(parts, { type }),
		discard: async () => void (parts = [])
	};
}

/** Some browsers can remove a file that was picked. */
type Removable = FileSystemFileHandle & { readonly remove?: () => Promise<void> };

/**
 * A file that was picked to be written. Until it is finished, the file's bytes are kept beside it by the browser.
 * All failures are ProblemError file_not_written.
 */
export async function pickedTarget(file: FileSystemFileHandle): Promise<HandOffTarget> {
	const stream = await orNotWritten(file.createWritable());
	return {
		write: (bytes) => orNotWritten(stream.write(bytes)),
		finish: async () => {
			await orNotWritten(stream.close());
			return null;
		},
		discard: async () => {
			try {
				await stream.abort();
				// Picking it has made it, empty; a file that holds anything is somebody's.
				if ((await file.getFile()).size === 0) await (file as Removable).remove?.();
			} catch {
				// The failure before this one is shown.
			}
		}
	};
}

async function orNotWritten<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch {
		throw new ProblemError({ code: 'file_not_written' });
	}
}
