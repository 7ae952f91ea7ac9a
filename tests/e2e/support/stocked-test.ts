import type { Page } from 'playwright/test';
import type { KeptContext, Stored } from './kept-contexts';
import { OverviewPage } from './overview-page';
import { NOTHING, type Stock } from './stocks';
import { expect, test } from './test';

/**
 * The `test` for tests that look at what is stored, or import something more. Loading the site and importing a file takes
 * most of the time of a short test, so that is done once: the page stays, and the next test that begins with the same
 * stock goes on with it. What a test has imported is taken back after it; the page is closed where anything else of what
 * it stores has changed. It may have run imports before: their number is not one that a test can know.
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
		const isAsBefore = page && others.length === 0 && (await comesBackTo(kept.before, page));
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
	await closeReport(page);
	await overview.follow(WAITING_PLACE);
	if ((await page.locator('dialog[open], :popover-open').or(importReport(page)).count()) === 0) return;
	await page.goto(`/${WAITING_PLACE}`);
	await overview.ready();
}

/** Leaves out what an import still asks for, and closes its report. */
async function closeReport(page: Page): Promise<void> {
	const report = importReport(page);
	if ((await report.count()) === 0) return;
	for (const name of [/^Leave out/, 'Dismiss']) {
		const button = report.getByRole('button', { name });
		for (let left = await button.count(); left > 0; left--) await button.first().click();
	}
}

/** Taking back more than these takes longer than loading the site anew. */
const MOST_TAKEN_BACK = 6;

/** Takes back what was imported since, and returns whether all that is stored is as it was. */
async function comesBackTo(before: Stored | null, page: Page): Promise<boolean> {
	const now = await stored(page);
	if (before === null || now.text === before.text) return before !== null;
	const more = now.batches.filter((batch) => !before.batches.includes(batch));
	if (storesIn(now) !== storesIn(before) || more.length === 0 || more.length > MOST_TAKEN_BACK) return false;
	await waitInPlace(page);
	await new OverviewPage(page).follow('data/');
	for (const batch of more) {
		const row = page.locator(`tr[data-batch="${batch}"]`);
		await row.locator('.undo button').click();
		await expect(row).toHaveCount(0);
	}
	return (await stored(page)).text === before.text;
}

/** Which stores there are, of which databases. */
const storesIn = ({ text }: Stored) => [...text.matchAll(/^(.*\/.*)=/gm)].map(([, name]) => name).join();

/** The batches, and in words how much there is in each database, and the settings. */
async function stored(page: Page): Promise<Stored> {
	const { all, batches } = await page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		// Whether the browser was asked to keep what is stored changes nothing that a test looks at.
		const settings = Object.entries(localStorage).filter(([key]) => key !== 'tackboard:asked-to-keep');
		const all = settings.map(([key, value]) => `${key}=${value}`);
		const batches: string[] = [];
		for (const { name = '' } of await indexedDB.databases()) {
			const db = await done(indexedDB.open(name));
			// Sums of days, and people, are counted whenever they are missing; marks of undone imports change no page.
			const counted = ['daySums', 'rangeIndexes', 'undoMarks'];
			for (const store of [...db.objectStoreNames].filter((each) => !counted.includes(each))) {
				const keys = await done(db.transaction(store).objectStore(store).getAllKeys());
				all.push(`${name}/${store}=${keys.length}`);
				if (store === 'batches') batches.push(...keys.map(String));
			}
			db.close();
		}
		return { all, batches };
	});
	return { text: [...all.sort(), `batches=${batches.join()}`].join('\n'), batches };
}
