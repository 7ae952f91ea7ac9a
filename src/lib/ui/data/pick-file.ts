/** Where the browser lets a page write a file itself, so that a large one goes straight to the disk. */

interface SavePicker {
	showSaveFilePicker?: (options: {
		suggestedName: string;
		types: { accept: Record<string, string[]> }[];
	}) => Promise<FileSystemFileHandle>;
}

/**
 * Asks where to save a file.
 * @returns `download` where the browser has no such question: then the file is one for the downloads; null where whoever
 * was asked thought better of it
 */
export async function pickFile(
	suggestedName: string,
	type: string
): Promise<FileSystemFileHandle | 'download' | null> {
	const { showSaveFilePicker } = window as SavePicker;
	if (!showSaveFilePicker) return 'download';
	const extension = suggestedName.slice(suggestedName.lastIndexOf('.'));
	try {
		return await showSaveFilePicker({ suggestedName, types: [{ accept: { [type]: [extension] } }] });
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') return null;
		return 'download'; // it may not ask here, as within another site's frame
	}
}
