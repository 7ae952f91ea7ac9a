import type { CDPSession, Page } from 'playwright';
import { vi } from 'vitest';
import type { Tiles } from './plain-count';

const WAIT = { timeout: 60_000, interval: 20 };

/** A tab of the app, as used without a pause. */
export class SoakedTab {
	readonly page: Page;
	readonly #url: string;
	readonly #session: CDPSession;

	private constructor(page: Page, url: string, session: CDPSession) {
		this.page = page;
		this.#url = url;
		this.#session = session;
	}

	static async open(page: Page, url: string, address: string): Promise<SoakedTab> {
		const session = await page.context().newCDPSession(page);
		await session.send('Performance.enable');
		const tab = new SoakedTab(page, url, session);
		await tab.go(address);
		return tab;
	}

	/** Loads an address. */
	async go(address: string): Promise<void> {
		await this.page.goto(this.#url + address);
		await this.ready();
	}

	/** Goes to another view of the page that is open, without loading it anew. */
	async follow(search: string): Promise<void> {
		await this.page.evaluate((href) => {
			const link = Object.assign(document.createElement('a'), { href });
			document.body.append(link);
			link.click();
			link.remove();
		}, search);
		await this.ready();
	}

	async reload(): Promise<void> {
		await this.page.reload();
		await this.ready();
	}

	/** Waits until the page shows what its address requests. */
	async ready(): Promise<void> {
		await this.page.locator('main[data-ready="true"]').waitFor({ state: 'attached' });
	}

	/** Imports files in one run. @returns how it ended, and how many rows were taken */
	async import(
		files: readonly { readonly name: string; readonly text: string }[]
	): Promise<[string, number]> {
		const state = this.page.locator('[data-import]');
		const run = Number(await state.getAttribute('data-run')) + 1;
		const payload = files.map(({ name, text }) => ({
			name,
			mimeType: 'text/csv',
			buffer: Buffer.from(text)
		}));
		await this.page.getByLabel('Import files', { exact: true }).setInputFiles(payload);
		await this.page
			.locator(`[data-run="${run}"]:not([data-import="running"])`)
			.waitFor({ state: 'attached' });
		await this.ready();
		return [
			(await state.getAttribute('data-import')) ?? '',
			Number(await state.getAttribute('data-accepted'))
		];
	}

	/** Takes an import back on the Data page. */
	async undo(file: string): Promise<void> {
		await this.go('data/');
		const button = this.page.getByRole('button', { name: `Undo the import of ${file}`, exact: true });
		const row = await button.locator('xpath=ancestor::tr').elementHandle();
		await button.click();
		// The row goes at the end; the button has another name from the start.
		await row?.waitForElementState('hidden');
		await this.ready();
	}

	/** What the tiles show; null where nothing is stored. */
	async tiles(): Promise<Tiles | null> {
		const shown = await this.page
			.locator('[data-tile]')
			.evaluateAll((all) =>
				all.map((tile) => [
					tile.getAttribute('data-tile'),
					Number(tile.querySelector('data')?.getAttribute('value') ?? NaN)
				])
			);
		const tiles = Object.fromEntries(shown) as unknown as Tiles;
		if (shown.length === 0) return null;
		const { impressions, engagements, total_audience, engaged_audience } = tiles;
		return { impressions, engagements, total_audience, engaged_audience };
	}

	/** The ids of the Pins listed, best first. */
	pinIds(): Promise<string[]> {
		return this.page
			.locator('tr[data-pin]')
			.evaluateAll((rows) => rows.map((row) => row.getAttribute('data-pin') ?? ''));
	}

	/** Waits until the tiles show this: another tab may have changed what is stored just now. */
	async shows(expected: Tiles | null): Promise<boolean> {
		const isShown = async () => JSON.stringify(await this.tiles()) === JSON.stringify(expected);
		return vi.waitUntil(isShown, WAIT).catch(() => false);
	}

	/** Sentences that something went wrong. */
	alerts(): Promise<string[]> {
		return this.page.getByRole('alert').allTextContents();
	}

	/** Bytes that the page's own scripts hold, after a garbage collection. */
	async heapBytes(): Promise<number> {
		await this.page.requestGC();
		const { metrics } = await this.#session.send('Performance.getMetrics');
		return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
	}
}
