import type { Page } from 'playwright/test';
import { handFolder } from '../../support/handed-folder';

/** A folder of the browser's own disk, which a page is handed in place of one that a user picks. */
export class FolderInBrowser {
	readonly #page: Page;
	readonly #name: string;

	private constructor(page: Page, name: string) {
		this.#page = page;
		this.#name = name;
	}

	/** Has the page, and every other one that is opened from now on, be handed the folder when it requests one. */
	static async begin(page: Page, name: string): Promise<FolderInBrowser> {
		await page.context().addInitScript(handFolder, name);
		await page.evaluate(handFolder, name);
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

	/** Its files, with all their bytes as text, a character a byte. */
	async files(): Promise<{ name: string; text: string }[]> {
		return this.#page.evaluate(async (folder) => {
			const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
			const files: { name: string; text: string }[] = [];
			const entries = (directory as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values();
			for await (const entry of entries) {
				const bytes = await (await entry.getFile()).arrayBuffer();
				files.push({ name: entry.name, text: new TextDecoder('latin1').decode(bytes) });
			}
			return files;
		}, this.#name);
	}

	/** Makes a copy of a file, as a drive does of files in conflict. */
	async copy(name: string, called: string): Promise<void> {
		await this.#page.evaluate(
			async ({ folder, name, called }) => {
				const directory = await (await navigator.storage.getDirectory()).getDirectoryHandle(folder);
				const file = await (await directory.getFileHandle(name)).getFile();
				const stream = await (await directory.getFileHandle(called, { create: true })).createWritable();
				await stream.write(file);
				await stream.close();
			},
			{ folder: this.#name, name, called }
		);
	}

	/** Cuts some bytes off the end of a file. */
	async cut(name: string, bytes: number): Promise<void> {
		await this.#page.evaluate(
			async ({ folder, name, bytes }) => {
				const root = await navigator.storage.getDirectory();
				const file = await (await root.getDirectoryHandle(folder)).getFileHandle(name);
				const { size } = await file.getFile();
				const stream = await file.createWritable({ keepExistingData: true });
				await stream.truncate(size - bytes);
				await stream.close();
			},
			{ folder: this.#name, name, bytes }
		);
	}
}
