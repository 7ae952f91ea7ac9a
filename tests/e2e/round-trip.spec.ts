import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { expect, test } from './support/test';

const VIEWS = [
	'?range=all',
	'?range=all&device=mobile,tablet&content=paid',
	'?range=60d&format=video&tz=Asia/Kolkata'
];

/** What each view shows: the tiles and the order of the Pins. */
async function figures(page: Page): Promise<unknown[]> {
	const overview = new OverviewPage(page);
	const shown = [];
	for (const view of VIEWS) {
		await overview.open(view);
		const tiles = await page
			.locator('[data-tile] data')
			.evaluateAll((all) => all.map((figure) => figure.getAttribute('value')));
		shown.push([tiles, await overview.pinIds()]);
	}
	return shown;
}

async function exportEvents(page: Page): Promise<Buffer> {
	await new OverviewPage(page).open('?range=all');
	await page.getByRole('button', { name: /^Export/ }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: /^Events/ }).click();
	return readFile(await (await download).path());
}

test('events that are exported and imported again give the same figures and the same export @wide', async ({
	page,
	browser,
	baseURL,
	watch
}, testInfo) => {
	test.setTimeout(180_000); // four exports of all events, and their imports in another browser
	const overview = new OverviewPage(page);
	await overview.open();
	await overview.importPath(await sampleFile(20_000));
	const before = await figures(page);
	const exported = await exportEvents(page);
	expect(exported.length).toBeGreaterThan(1_000_000);

	const context = await browser.newContext({ baseURL: baseURL ?? '' });
	watch.add(context);
	const other = await context.newPage();
	const path = testInfo.outputPath('events.csv');
	await writeFile(path, exported);
	const again = new OverviewPage(other);
	await again.open();
	await again.importPath(path);
	await expect(again.importState).toHaveAttribute('data-accepted', '20000');
	expect(await figures(other)).toEqual(before);
	expect((await exportEvents(other)).equals(exported)).toBe(true);
	await context.close();
});

test('an import that is cancelled leaves nothing behind @wide', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await page.getByLabel('Import files', { exact: true }).setInputFiles(await sampleFile(600_000));
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(overview.importState).toHaveAttribute('data-import', 'cancelled');
	await page.reload();
	await overview.ready();
	await expect(page.locator('[data-tile]')).toHaveCount(0);
	const stored = await page.evaluate(async () => {
		const open = indexedDB.open('tackboard-main');
		const db = await new Promise<IDBDatabase>((resolve) => (open.onsuccess = () => resolve(open.result)));
		const count = (store: string) =>
			new Promise<number>((resolve) => {
				const request = db.transaction(store).objectStore(store).count();
				request.onsuccess = () => resolve(request.result);
			});
		return Promise.all([...db.objectStoreNames].map(count));
	});
	expect(stored.every((count) => count === 0)).toBe(true);
});
