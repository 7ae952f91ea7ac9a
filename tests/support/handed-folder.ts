/**
 * Has the page be handed a folder of the browser's own disk when it asks the user for one. Runs in the page, and so uses
 * nothing from here.
 */
export function handFolder(name: string): void {
	Object.assign(globalThis, {
		showDirectoryPicker: async () => {
			const root = await navigator.storage.getDirectory();
			return root.getDirectoryHandle(name, { create: true });
		}
	});
}
