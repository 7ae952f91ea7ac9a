import { join, resolve } from 'node:path';
import type { Page } from 'playwright';
import { handFolder } from '../support/handed-folder';
import type { CountedFile } from './counted-file';

/** A folder of the origin's own file system. */
const INBOX = 'Exports';

/** The app in a tab that may end at any moment. */
export class App {
	readonly #page: Page;
	readonly #url: string;
	readonly #folder: string;

	/**
	 * @param url of the site, with a slash at its end
	 * @param folder where the files to import are
	 */
	constructor(page: Page, url: string, folder: string) {
		this.#page = page;
		this.#url = url;
		this.#folder = folder;
	}

	async open(path: string): Promise<void> {
		await this.#page.goto(this.#url + path);
		await this.ready();
	}

	async ready(): Promise<void> {
		await this.#page.locator('main[data-ready="true"]').waitFor({ state: 'attached' });
	}

	/** Gives a field a file of the disk, as a chooser does; a browser that Playwright did not start would get a copy. */
	async chooseFile(selector: string, path: string): Promise<void> {
		await this.#page.locator(selector).waitFor({ state: 'attached' });
		const session = await this.#page.context().newCDPSession(this.#page);
		const { root } = await session.send('DOM.getDocument');
		const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
		await session.send('DOM.setFileInputFiles', { nodeId, files: [resolve(path)] });
		await session.detach();
	}

	async startImport({ name }: CountedFile): Promise<void> {
		await this.chooseFile('#import-files', join(this.#folder, name));
		await this.#page.locator('[data-import]:not([data-run="0"])').waitFor({ state: 'attached' });
	}

	async imported(file: CountedFile): Promise<void> {
		await this.open('?range=all');
		await this.startImport(file);
		await this.#page.locator('[data-import="done"]').waitFor({ state: 'attached' });
		await this.ready();
	}

	/** What the tiles show over all days; empty where nothing is stored. */
	async shown(search = ''): Promise<string> {
		await this.open(`?range=all${search}`);
		const tile = (metric: string) => this.#page.locator(`[data-tile="${metric}"] data`).getAttribute('value');
		const [impressions, engagements, people] = [
			await tile('impressions'),
			await tile('engagements'),
			await tile('total_audience')
		];
		return `${impressions} impressions, ${engagements} engagements, ${people} people`;
	}

	/** The bytes of a backup, taken before they would be downloaded. */
	async backup(): Promise<Buffer> {
		await this.open('data/');
		await this.#page.evaluate(() => {
			const original = URL.createObjectURL;
			URL.createObjectURL = (blob) => {
				const isScript = blob instanceof Blob && blob.type === 'text/javascript'; // that of the worker
				if (!isScript) Object.assign(globalThis, { savedBackup: blob });
				return original(blob);
			};
			HTMLAnchorElement.prototype.click = () => {};
		});
		await this.#page.getByRole('button', { name: 'Back up this workspace' }).click();
		await this.#page.waitForFunction(() => 'savedBackup' in globalThis);
		const text = await this.#page.evaluate(
			() =>
				new Promise<string>((resolve) => {
					const reader = new FileReader();
					reader.onload = () => resolve(String(reader.result));
					reader.readAsDataURL((globalThis as unknown as { savedBackup: Blob }).savedBackup);
				})
		);
		return Buffer.from(text.slice(text.indexOf(',') + 1), 'base64');
	}

	/**
	 * Goes to the Data page of a workspace, where the browser's picker gives a folder of the origin's own file system.
	 * @param search names the workspace
	 */
	async openFolders(search = ''): Promise<void> {
		await this.open(`data/${search}`);
		await this.#page.evaluate(handFolder, 'home');
	}

	async chooseHome(): Promise<void> {
		await this.#page.getByRole('button', { name: 'Choose a home folder' }).click();
	}

	/** Goes on with the home folder on the Data page, choosing it where that was not noted. */
	async goOnWithHome(): Promise<void> {
		await this.#chooseUnless('Choose a home folder', 'Stop using the folder');
		await this.homeIsDone();
	}

	/** Presses a button of the Data page once it can be used, unless the other is there in its place. */
	async #chooseUnless(name: string, other: string): Promise<void> {
		const choose = this.#page.getByRole('button', { name, disabled: false });
		await choose
			.or(this.#page.getByRole('button', { name: other }))
			.first()
			.waitFor();
		if (await choose.isVisible()) await choose.click();
	}

	/** Waits until a workspace and its home folder have been brought together. */
	async homeIsDone(): Promise<void> {
		await this.#page.locator('[data-home="idle"]').waitFor({ state: 'attached' });
	}

	/** Puts a file into the folder that the browser's picker gives as an inbox, and goes to the Data page. */
	async openInbox({ name }: CountedFile): Promise<void> {
		await this.open('data/');
		await this.#page.evaluate(handFolder, INBOX);
		await this.#page.evaluate(() => {
			const field = Object.assign(document.createElement('input'), { type: 'file', id: 'to-inbox' });
			document.body.append(field);
		});
		await this.chooseFile('#to-inbox', join(this.#folder, name));
		await this.#page.evaluate(async (folder) => {
			const field = document.querySelector<HTMLInputElement>('#to-inbox')!;
			const file = field.files![0]!;
			field.remove();
			const root = await navigator.storage.getDirectory();
			const directory = await root.getDirectoryHandle(folder, { create: true });
			const handle = await directory.getFileHandle(file.name, { create: true });
			await file.stream().pipeTo(await handle.createWritable());
		}, INBOX);
	}

	async chooseInbox(): Promise<void> {
		await this.#page.getByRole('button', { name: 'Choose inbox folder' }).click();
	}

	/** Goes on with the inbox on the Data page, choosing its folder where that was not noted. */
	async goOnWithInbox(): Promise<void> {
		await this.open('data/');
		await this.#page.evaluate(handFolder, INBOX);
		await this.#chooseUnless('Choose inbox folder', 'Stop using this folder');
		await this.inboxIsDone();
	}

	/** Waits until the inbox was looked through. */
	async inboxIsDone(): Promise<void> {
		await this.#page.locator('[data-inbox="idle"]').waitFor({ state: 'attached' });
	}

	/** What the page says of files of the home folder that it left out. */
	homeFaults(): Promise<readonly string[]> {
		return this.#page.locator('[data-folder="home"] [role="alert"]').allTextContents();
	}

	/** Makes a workspace, unless it is there. */
	async makeWorkspace(name: string): Promise<void> {
		await this.open(`?ws=${name}`);
		const make = this.#page.getByRole('button', { name: `Create “${name}”` });
		if ((await make.count()) === 0) return;
		await make.click();
		await make.waitFor({ state: 'detached' });
		await this.ready();
	}

	/** The name of a workspace that was made, such as by a restore; null where none was. */
	async madeName(): Promise<string | null> {
		await this.open('data/');
		return this.#page.evaluate(async () => {
			const names = (await indexedDB.databases()).map(({ name }) => name);
			if (!names.includes('tackboard')) return null;
			const db = await new Promise<IDBDatabase>((resolve) => {
				const request = indexedDB.open('tackboard');
				request.onsuccess = () => resolve(request.result);
			});
			const stored = await new Promise<{ name: string; isUnfinished?: boolean }[]>((resolve) => {
				const request = db.transaction('workspaces').objectStore('workspaces').getAll();
				request.onsuccess = () => resolve(request.result as { name: string }[]);
			});
			db.close();
			return stored.find(({ isUnfinished }) => !isUnfinished)?.name ?? null;
		});
	}
}
