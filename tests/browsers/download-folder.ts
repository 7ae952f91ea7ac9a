import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Download } from './tab';

/** What browsers call a file that they have not written to its end. */
const UNFINISHED = /\.(part|wkdownload)$/;

/** A browser's folders, for those that save downloads by themselves. */
export class DownloadFolder {
	/** All that the browser keeps. */
	readonly home: string;
	readonly downloads: string;

	private constructor(home: string) {
		this.home = home;
		this.downloads = join(home, 'downloads');
	}

	static async make(): Promise<DownloadFolder> {
		const folder = new DownloadFolder(await mkdtemp(join(tmpdir(), 'tackboard-browser-')));
		await mkdir(folder.downloads);
		return folder;
	}

	/** Waits until a whole file is there, and takes it away. */
	async take(): Promise<Download> {
		return vi.waitFor(
			async () => {
				const names = await readdir(this.downloads);
				const [name] = names;
				if (name === undefined || names.some((file) => UNFINISHED.test(file)))
					throw new Error(`no download has ended; there are ${names.join(', ') || 'no files'}`);
				const path = join(this.downloads, name);
				const bytes = await readFile(path);
				// A name can be taken before there is anything to write.
				if (bytes.length === 0) throw new Error(`${name} is empty`);
				await rm(path);
				return { name, bytes: new Uint8Array(bytes) };
			},
			{ timeout: 45_000, interval: 50 }
		);
	}

	async remove(): Promise<void> {
		await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
	}
}
