import { expect, type Page } from 'playwright/test';

/** Waits until the page is answered by its service worker, which by then keeps all that the app needs. */
export async function controlled(page: Page): Promise<void> {
	await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated', null, {
		timeout: 30_000
	});
}

/** Waits until what is fetched later is there too. */
export async function keptWhole(page: Page): Promise<void> {
	const isThere = () =>
		page.evaluate(async () => {
			const keys = await Promise.all(
				(await caches.keys()).map(async (name) => (await caches.open(name)).keys())
			);
			const urls = keys.flat().map(({ url }) => url);
			return ['parquet.worker', 'workbook.worker', '/icons/monochrome.svg'].every((part) =>
				urls.some((url) => url.includes(part))
			);
		});
	await expect.poll(isThere, { timeout: 30_000 }).toBe(true);
}
