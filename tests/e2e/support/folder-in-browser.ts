import type { Page } from 'playwright/test';

/** A folder of the browser's own disk, which a page is handed in place of one that a user picks. */
export class FolderInBrowser {
	readonly #page: Page;
	readonly #name: string;

	private constructor(page: Page, name: string) {
		this.#page = page;
		this.#name = name;
	}

	/** Has every page of the context be handed the folder when it asks for one. Call before the page is opened. */
	static async begin(page: Page, name: string): Promise<FolderInBrowser> {
		await page.context().addInitScript((name) => {
			Object.assign(window, {
				showDirectoryPicker: async () => {
					const root = await navigator.storage.getDirectory();
					return root.getDirectoryHandle(name, { create: true });
				}
			});
		}, name);
		return new FolderInBrowser(page, name);
	}

	/** Writes files, whole ones in one step. */
	async write(files: Readonly<Record<string, string>>): Promise<void> {
		await this.#page.evaluate(
			async ({ folder, files }) => {
				const root = await navigator.storage.getDirectory();
				const directory = await root.getDirectoryHandle(folder, { create: true });
				for (const [name, text] of Object.entries(files)) {
					const file = await directory.getFileHandle(name, { create: true });
					const writable = await file.createWritable();
					await writable.write(text);
					await writable.close();
				}
			},
			{ folder: this.#name, files }
		);
	}

	/** Writes a file row by row, each of which is there before the next one follows a little later. */
	async grow(name: string, head: string, row: string, rows: number): Promise<void> {
		await this.#page.evaluate(
			async ({ folder, name, head, row, rows }) => {
				const root = await navigator.storage.getDirectory();
				const file = await (await root.getDirectoryHandle(folder)).getFileHandle(name, { create: true });
				for (let done = 1, size = 0; done <= rows; done++) {
					const text = done === 1 ? head + row : row;
					const writable = await file.createWritable({ keepExistingData: true });
					await writable.seek(size);
					await writable.write(text);
					await writable.close();
					size += text.length;
					// What a slow program does, not a wait for anything.
					await new Promise((resolve) => setTimeout(resolve, 200));
				}
			},
			{ folder: this.#name, name, head, row, rows }
		);
	}

	/** Makes a folder within it. */
	async makeFolder(name: string): Promise<void> {
		await this.#page.evaluate(
			async ({ folder, name }) => {
				const root = await navigator.storage.getDirectory();
				const directory = await root.getDirectoryHandle(folder, { create: true });
				await directory.getDirectoryHandle(name, { create: true });
			},
			{ folder: this.#name, name }
		);
	}

	/** The names of its files. */
	async names(): Promise<string[]> {
		return this.#page.evaluate(async (folder) => {
			const root = await navigator.storage.getDirectory();
			const names: string[] = [];
			for await (const name of (await root.getDirectoryHandle(folder)).keys()) names.push(name);
			return names.sort();
		}, this.#name);
	}
}
