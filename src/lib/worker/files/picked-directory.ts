import { ProblemError } from '../../model/problem';
import type { HomeDirectory } from '../../store/home/home-directory';

/** A directory whose files can be listed; the DOM library of workers lacks it. */
type Listed = FileSystemDirectoryHandle & {
	values(): AsyncIterable<FileSystemHandle>;
};

/** A folder on the disk that was picked. Failures of the folder as a whole are ProblemError home_…. */
export function pickedDirectory(handle: FileSystemDirectoryHandle): HomeDirectory {
	return {
		names: () =>
			ofFolder(async () => {
				const names: string[] = [];
				for await (const entry of (handle as Listed).values())
					if (entry.kind === 'file') names.push(entry.name);
				return names;
			}),
		file: (name) =>
			ofFolder(async () => {
				try {
					return await (await handle.getFileHandle(name)).getFile();
				} catch (error) {
					if (error instanceof DOMException && error.name === 'NotFoundError') return null;
					throw error;
				}
			}),
		write: (name, bytes) =>
			ofFolder(async () => {
				const file = await handle.getFileHandle(name, { create: true });
				const stream = await file.createWritable();
				let length = 0;
				try {
					for await (const some of bytes) {
						length += some.length;
						await stream.write(some);
					}
					await stream.close();
				} catch (error) {
					await stream.abort().catch(() => {}); // it may have ended already
					const cause = await causeOf(error, file, length);
					// Made for this and never written: nothing is lost with it.
					if ((await file.getFile()).size === 0) await handle.removeEntry(name).catch(() => {});
					throw cause;
				}
			}),
		remove: (name) =>
			ofFolder(async () => {
				try {
					await handle.removeEntry(name);
				} catch (error) {
					if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
				}
			})
	};
}

/**
 * Why a write failed. Chromium at times ends one on a full disk without saying so, and says it where as much room is asked
 * for by itself.
 * @param length bytes that were to be in the file by then
 */
async function causeOf(error: unknown, file: FileSystemFileHandle, length: number): Promise<unknown> {
	if (!(error instanceof DOMException && error.name === 'AbortError')) return error;
	const stream = await file.createWritable();
	try {
		await stream.truncate(length);
		return error;
	} catch (refusal) {
		return refusal;
	} finally {
		await stream.abort().catch(() => {}); // it may have ended already
	}
}

const PROBLEMS: Readonly<Record<string, 'home_full' | 'home_gone' | 'home_refused'>> = {
	QuotaExceededError: 'home_full',
	NotFoundError: 'home_gone',
	NotAllowedError: 'home_refused',
	NoModificationAllowedError: 'home_refused',
	SecurityError: 'home_refused'
};

async function ofFolder<T>(work: () => Promise<T>): Promise<T> {
	try {
		return await work();
	} catch (error) {
		const code = error instanceof DOMException ? PROBLEMS[error.name] : undefined;
		throw code ? new ProblemError({ code }) : error;
	}
}
