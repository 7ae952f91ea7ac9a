import type { Page } from 'playwright/test';
import { controlled } from './support/installed-site';
import { serveChanging, type ChangingSite } from './support/next-version';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

// What a service worker does is under test here.
test.use({ serviceWorkers: 'allow' });

/** A new version of the app while pages of the old one are open. */

let site: ChangingSite;
let overview: OverviewPage;

const comeBack = (page: Page) => page.evaluate(() => dispatchEvent(new Event('focus')));
const isOffered = (page: Page) =>
	expect(page.getByText('A new version of Tackboard is ready.')).toBeVisible();
const updateNow = (page: Page) => page.getByRole('button', { name: 'Update now' }).click();

test.beforeEach(async ({ page, watch }) => {
	site = await serveChanging('/app/');
	watch.allowOrigin(site.url);
	overview = new OverviewPage(page);
	await page.goto(site.url);
	await overview.ready();
	await controlled(page);
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
});

test.afterEach(() => site.close());

test('offers a new version and takes it up when told to, at the same address', async ({ page }) => {
	const address = `${site.url}?range=all&device=mobile`;
	await page.goto(address);
	await overview.ready();
	await site.goOn('2');
	await expect(page.getByText('A new version')).toHaveCount(0);
	await page.reload();
	await overview.ready();
	await comeBack(page);
	await isOffered(page);
	// Until then the old version stays, over a reload too.
	await page.reload();
	await overview.ready();
	expect(await page.locator('html').getAttribute('data-version')).toBeNull();
	await isOffered(page);
	await updateNow(page);
	await expect(page.locator('html')).toHaveAttribute('data-version', '2');
	await overview.ready();
	expect(page.url()).toBe(address);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '18');
	await expect(page.getByText('A new version')).toHaveCount(0);
});

test('lets an import under way in another tab end first', async ({ page, context }) => {
	const other = await context.newPage();
	await other.goto(site.url);
	await new OverviewPage(other).ready();
	// What every import holds while it runs.
	await other.evaluate(
		() =>
			new Promise<void>((resolve) => {
				void navigator.locks.request('tackboard-app', { mode: 'shared' }, () => {
					resolve();
					return new Promise<void>((end) => addEventListener('end-import', () => end(), { once: true }));
				});
			})
	);
	await site.goOn('2');
	await comeBack(page);
	await isOffered(page);
	await updateNow(page);
	await expect(page.getByText('Updating…')).toBeVisible();
	const waiting = () =>
		other.evaluate(async () => {
			const { pending = [] } = await navigator.locks.query();
			return pending.filter(({ name }) => name === 'tackboard-app').length;
		});
	await expect.poll(waiting).toBe(1);
	expect(await page.locator('html').getAttribute('data-version')).toBeNull();
	await other.evaluate(() => dispatchEvent(new Event('end-import')));
	await expect(page.locator('html')).toHaveAttribute('data-version', '2');
});

test('tells other tabs, which touch nothing any more until they are loaded anew', async ({
	page,
	context
}) => {
	const other = await context.newPage();
	const otherOverview = new OverviewPage(other);
	await other.goto(site.url);
	await otherOverview.ready();
	await controlled(other);
	await other.locator('[role="status"]').first().waitFor({ state: 'attached' });
	await site.goOn('2');
	await comeBack(page);
	await isOffered(page);
	await isOffered(other);
	await updateNow(page);
	await expect(page.locator('html')).toHaveAttribute('data-version', '2');
	await expect(other.getByText('Tackboard was updated in another tab.')).toBeVisible();
	const field = other.getByLabel('Import files', { exact: true });
	const text = SMALL_FILE.replaceAll('101', '104');
	await field.setInputFiles({ name: 'late.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(otherOverview.importState).toHaveAttribute('data-import', 'failed');
	await other.getByRole('button', { name: 'Reload' }).click();
	await expect(other.locator('html')).toHaveAttribute('data-version', '2');
	await otherOverview.ready();
	await expect(otherOverview.tile('impressions')).toHaveAttribute('value', '16');
});

test('leaves data of a newer version alone, and says so', async ({ page }) => {
	const version = () =>
		page.evaluate(
			async () => (await indexedDB.databases()).find(({ name }) => name === 'tackboard-main')?.version
		);
	// A page of the host's that is not the app, and so has nothing open.
	await page.route('**/blank', (route) =>
		route.fulfill({ contentType: 'text/html', body: '<link rel="icon" href="data:,">' })
	);
	await page.goto(`${new URL(site.url).origin}/blank`);
	await page.evaluate(
		() =>
			new Promise<void>((resolve, reject) => {
				const request = indexedDB.open('tackboard-main', 990);
				request.onupgradeneeded = () => request.result.deleteObjectStore('daySums');
				request.onerror = () => reject(request.error);
				request.onsuccess = () => {
					request.result.close();
					resolve();
				};
			})
	);
	await page.goto(site.url);
	await expect(page.getByRole('alert')).toContainText('A newer version of Tackboard has changed this data.');
	expect(await version()).toBe(990);
});
