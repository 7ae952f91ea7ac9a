import type { Page } from 'playwright/test';
import type { KeptContext } from './kept-contexts';
import { OverviewPage } from './overview-page';
import { NOTHING, type Stock } from './stocks';
import { test } from './test';

/**
 * The `test` for tests that only look at what is stored. Loading the site and importing a file takes most of the time of
 * a short test, so that is done once: the page stays, and the next test that begins with the same stock goes on with it.
 * It is closed where a test has changed what it stores.
 */

interface Fixtures {
	kept: KeptContext;
	/** What is stored when the test begins. */
	stock: Stock;
	/** The page, on Definitions: that shows nothing of what is stored. */
	overview: OverviewPage;
}

/** Where a page that is kept waits for its next test. */
const WAITING_PLACE = 'definitions/';

export const stockedTest = test.extend<Fixtures>({
	stock: [NOTHING, { option: true }],

	kept: async ({ keptContexts, stock, locale, timezoneId, colorScheme }, use) => {
		const name = JSON.stringify([stock.name, locale, timezoneId, colorScheme]);
		const kept = await keptContexts.take(name);
		await use(kept);
		const [page, ...others] = kept.context.pages();
		const isAsBefore = page && others.length === 0 && kept.before === (await stored(page));
		if (!isAsBefore) await keptContexts.drop(name);
	},

	context: async ({ kept }, use) => use(kept.context),

	page: async ({ kept, stock, viewport, colorScheme }, use) => {
		const [page] = kept.context.pages();
		if (page) {
			if (viewport && JSON.stringify(page.viewportSize()) !== JSON.stringify(viewport))
				await page.setViewportSize(viewport);
			await page.mouse.move(0, 0);
			await page.emulateMedia({ colorScheme: colorScheme ?? 'light', reducedMotion: null });
			await waitInPlace(page);
			return use(page);
		}
		const first = await kept.context.newPage();
		await importStock(first, stock);
		kept.before = await stored(first);
		await use(first);
	},

	overview: async ({ page }, use) => use(new OverviewPage(page))
});

/** Imports the files by way of the interface, and goes where tests find the page. */
async function importStock(page: Page, { files }: Stock): Promise<void> {
	const overview = new OverviewPage(page);
	await overview.open();
	if (files.length > 0) {
		await overview.importFiles(...files);
		await importReport(page).getByRole('button', { name: 'Dismiss' }).click();
	}
	await overview.follow(WAITING_PLACE);
}

const importReport = (page: Page) => page.getByRole('region', { name: 'Import report' });

/** Takes a page from wherever a test has left it to where the next one finds it. */
async function waitInPlace(page: Page): Promise<void> {
	const overview = new OverviewPage(page);
	await page.evaluate(() => {
		for (const open of document.querySelectorAll<HTMLElement>(':popover-open')) open.hidePopover();
		for (const open of document.querySelectorAll('dialog')) open.close();
	});
	await overview.follow(WAITING_PLACE);
	if ((await page.locator('dialog[open], :popover-open').or(importReport(page)).count()) === 0) return;
	await page.goto(`/${WAITING_PLACE}`);
	await overview.ready();
}

/** How much there is in each database, and the settings. */
async function stored(page: Page): Promise<string> {
	const counts = await page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const all = Object.entries(localStorage).map(([key, value]) => `${key}=${value}`);
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name));
			// Sums of days, and people, are counted whenever they are missing.
			const counted = ['daySums', 'rangeIndexes'];
			for (const store of [...db.objectStoreNames].filter((each) => !counted.includes(each)))
				all.push(`${name}/${store}=${await done(db.transaction(store).objectStore(store).count())}`);
			db.close();
		}
		return all;
	});
	return counts.sort().join('\n');
}
