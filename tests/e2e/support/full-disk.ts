import type { CDPSession, Page } from 'playwright/test';

/** More than any test here stores, and little enough to be asked for at once. */
const AMPLE_BYTES = 16_000_000;

/** A disk with little room left, as the browser sees it. */
export class Disk {
	readonly #page: Page;
	readonly #session: CDPSession;
	readonly #origin: string;

	private constructor(page: Page, session: CDPSession, origin: string) {
		this.#page = page;
		this.#session = session;
		this.#origin = origin;
	}

	/**
	 * The disk under a page that has not been to the site yet.
	 * @param url of the site, which has stored nothing yet
	 */
	static async of(page: Page, url: string, bytes = AMPLE_BYTES): Promise<Disk> {
		const session = await page.context().newCDPSession(page);
		const disk = new Disk(page, session, new URL(url).origin);
		await disk.#allow(bytes);
		return disk;
	}

	/** Leaves room for so many bytes besides what is stored; negative where the disk is fuller than full. The page is on the site. */
	async leaveRoom(bytes: number): Promise<void> {
		const { usage } = await this.#session.send('Storage.getUsageAndQuota', { origin: this.#origin });
		await this.#allow(Math.max(1, usage + bytes));
		await this.#page.evaluate(askForTooMuch, AMPLE_BYTES);
	}

	/** Leaves as much room as there was at first. */
	async clear(): Promise<void> {
		await this.#allow(AMPLE_BYTES);
	}

	async #allow(quotaSize: number): Promise<void> {
		await this.#session.send('Storage.overrideQuotaForOrigin', { origin: this.#origin, quotaSize });
	}
}

/**
 * Asks for more than there is. Chromium keeps in mind for half a minute how much room it has found, and looks again only
 * where that is not enough. Runs in the page.
 */
async function askForTooMuch(bytes: number): Promise<void> {
	const name = 'asking for too much';
	const opening = indexedDB.open(name, 1);
	const isOpen = await new Promise<boolean>((resolve) => {
		opening.onupgradeneeded = () => void opening.result.createObjectStore('all', { autoIncrement: true });
		opening.onsuccess = () => resolve(true);
		opening.onerror = () => resolve(false);
	});
	if (!isOpen) return;
	const writing = opening.result.transaction('all', 'readwrite');
	const piece = new Uint8Array(60_000);
	for (let written = 0; written < bytes; written += piece.length) writing.objectStore('all').add(piece);
	await new Promise<void>((resolve, reject) => {
		writing.onabort = () => resolve();
		writing.oncomplete = () => reject(new Error('there was room for it'));
	});
	opening.result.close();
	await new Promise((resolve) => (indexedDB.deleteDatabase(name).onsuccess = resolve));
}
