import { isLitter } from '$lib/model/litter';

/** What was handed over in one go: files, those of folders included. */
export interface Handed {
	readonly files: readonly File[];
	/** Whether a folder was among it. */
	readonly hasFolder: boolean;
	/** What lies in a folder and could not be opened, by its path there. */
	readonly unreadable: readonly string[];
}

/** Files that were picked, pasted or shared one by one; what systems leave beside them is passed over. */
export function handedFiles(files: Iterable<File>): Handed {
	return { files: [...files].filter(({ name }) => !isLitter(name)), hasFolder: false, unreadable: [] };
}

/** Files of a folder that was picked, each under its path in that folder. */
export function filesOfFolder(files: Iterable<File>): Handed {
	const named = [...files].map((file) =>
		underPath(file, file.webkitRelativePath.slice(file.webkitRelativePath.indexOf('/') + 1))
	);
	return { ...handedFiles(named), hasFolder: true };
}

/**
 * Files that were dropped or pasted, and all that lie in folders among them, at any depth. A file of a folder bears its
 * path there; where more than the one folder was handed over, the folder's name stands before it. Call it while the
 * event is handled: afterwards the browser says nothing more.
 */
export async function transferredFiles(transfer: DataTransfer): Promise<Handed> {
	const items = [...transfer.items].filter(({ kind }) => kind === 'file');
	const loose: File[] = [];
	const folders: FileSystemDirectoryEntry[] = [];
	for (const item of items) {
		const entry = item.webkitGetAsEntry();
		const file = item.getAsFile();
		if (entry?.isDirectory) folders.push(entry as FileSystemDirectoryEntry);
		else if (file) loose.push(file);
	}
	if (folders.length === 0) return handedFiles(loose);
	const found: FoundFiles = { files: [], unreadable: [] };
	for (const folder of folders) await look(folder, items.length === 1 ? '' : `${folder.name}/`, found);
	const all = handedFiles([...loose, ...found.files]);
	return { ...all, hasFolder: true, unreadable: found.unreadable };
}

interface FoundFiles {
	readonly files: File[];
	readonly unreadable: string[];
}

/** @param path of the folder, with a slash at its end */
async function look(folder: FileSystemDirectoryEntry, path: string, found: FoundFiles): Promise<void> {
	const reader = folder.createReader();
	const entries: FileSystemEntry[] = [];
	try {
		// Browsers give a large folder piece by piece, and nothing at its end.
		for (;;) {
			const some = await new Promise<FileSystemEntry[]>((give, fail) => reader.readEntries(give, fail));
			if (some.length === 0) break;
			entries.push(...some);
		}
	} catch {
		found.unreadable.push(path);
	}
	entries.sort((a, b) => (a.name < b.name ? -1 : 1));
	for (const entry of entries) {
		const own = path + entry.name;
		if (entry.isDirectory) await look(entry as FileSystemDirectoryEntry, `${own}/`, found);
		else if (!isLitter(own)) {
			const opening = new Promise<File>((give, fail) => (entry as FileSystemFileEntry).file(give, fail));
			await opening.then(
				(file) => void found.files.push(underPath(file, own)),
				() => void found.unreadable.push(own)
			);
		}
	}
}

/** The same file under another name: its bytes stay where they are, and its time is kept. */
function underPath(file: File, path: string): File {
	if (path === file.name) return file;
	return new File([file], path, { type: file.type, lastModified: file.lastModified });
}
