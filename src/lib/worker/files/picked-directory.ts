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
				try {
					for await (const some of bytes) await stream.write(some);
					await stream.close();
				} catch (error) {
					await stream.abort().catch(() => {}); // it may have ended already
					// Made for this and never written: nothing is lost with it.
					if ((await file.getFile()).size === 0) await handle.removeEntry(name).catch(() => {});
					throw error;
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
