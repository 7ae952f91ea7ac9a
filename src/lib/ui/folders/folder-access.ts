/** Folders of the disk that the user hands to this site, where the browser can do that. */

interface FolderPicker {
	showDirectoryPicker?: (options: {
		readonly id: string;
		readonly mode: 'read' | 'readwrite';
		readonly startIn?: 'documents' | 'downloads';
	}) => Promise<FileSystemDirectoryHandle>;
}

/** What Chromium adds to handles of files and folders; folders of the browser's own disk may lack it, and are allowed. */
interface Permitted {
	queryPermission?: (wanted: { readonly mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
	requestPermission?: (wanted: { readonly mode: 'read' | 'readwrite' }) => Promise<PermissionState>;
}

/** Whether the browser can hand over a folder for good. */
export function canPickFolder(): boolean {
	return (window as FolderPicker).showDirectoryPicker !== undefined;
}

/**
 * Asks for a folder. Only while a click or a key is handled.
 * @param id of the use, by which the browser finds the folder that it was in last
 * @returns null where the user thought better of it
 */
export async function pickFolder(
	id: string,
	mode: 'read' | 'readwrite'
): Promise<FileSystemDirectoryHandle | null> {
	const { showDirectoryPicker } = window as FolderPicker;
	try {
		return (await showDirectoryPicker?.({ id, mode })) ?? null;
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return null;
		throw error;
	}
}

/** Whether the browser lets this page at a folder without a question. */
export async function isAllowed(
	folder: FileSystemDirectoryHandle,
	mode: 'read' | 'readwrite'
): Promise<boolean> {
	const state = await (folder as Permitted).queryPermission?.({ mode });
	return state === undefined || state === 'granted';
}

/** Has the browser ask the user. Only while a click or a key is handled. Returns whether it was allowed. */
export async function askToAllow(
	folder: FileSystemDirectoryHandle,
	mode: 'read' | 'readwrite'
): Promise<boolean> {
	const state = await (folder as Permitted).requestPermission?.({ mode });
	return state === undefined || state === 'granted';
}
