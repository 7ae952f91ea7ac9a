import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Two tabs over the same data. */

const OTHER_FILE = SMALL_FILE.replaceAll('2026-06-30', '2026-06-29');

let here: OverviewPage;
let there: OverviewPage;

test.beforeEach(async ({ page, context }) => {
	here = new OverviewPage(page);
	there = new OverviewPage(await context.newPage());
	await here.open();
	await there.open();
});

const choose = (page: Page, name: string, text: string) =>
	page
		.getByLabel('Import files', { exact: true })
		.setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('shows in one tab what the other imported, and what it took back', async ({ page }) => {
	await here.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(there.tile('impressions')).toHaveAttribute('value', '16');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(there.page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
});

test('lets imports of two tabs wait for each other, and says so', async ({ page }) => {
	await there.page.evaluate(
		() =>
			new Promise<void>((resolve) => {
				void navigator.locks.request('tackboard-write-main', () => {
					resolve();
					return new Promise<void>((end) => addEventListener('end-import', () => end(), { once: true }));
				});
			})
	);
	await choose(page, 'small.csv', SMALL_FILE);
	await expect(page.getByText('Waiting for an import in another tab…')).toBeVisible();
	await expect(here.importState).toHaveAttribute('data-import', 'running');
	await there.page.evaluate(() => dispatchEvent(new Event('end-import')));
	await expect(here.importState).toHaveAttribute('data-import', 'done');
	await expect(here.importState).toHaveAttribute('data-accepted', '7');
});

test('counts both of two imports at once', async ({ page }) => {
	await Promise.all([choose(page, 'small.csv', SMALL_FILE), choose(there.page, 'other.csv', OTHER_FILE)]);
	for (const overview of [here, there]) {
		await expect(overview.importState).toHaveAttribute('data-import', 'done');
		await expect(overview.tile('impressions')).toHaveAttribute('value', '32');
	}
});

test('answers while another tab takes out what is being asked about', async ({ page }) => {
	await here.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await here.importPath(await sampleFile(200_000));
	await there.open('?range=all&q=a');
	await page.goto('/data/?range=all');
	await here.ready();
	// A zone that no sums are kept of: every answer reads the segments.
	const zones = ['Asia/Kolkata', 'America/Lima', 'Asia/Tokyo'];
	const undone = page
		.getByRole('row', { name: /200000\.csv/ })
		.getByRole('button', { name: /^Undo/ })
		.click();
	for (const tz of zones)
		await there.page.evaluate((search) => {
			const link = Object.assign(document.createElement('a'), { href: search });
			document.body.append(link);
			link.click();
			link.remove();
		}, `?range=all&tz=${tz}`);
	await undone;
	await expect(there.tile('impressions')).toHaveAttribute('value', '23');
	await there.ready();
	await expect(there.page.getByRole('alert')).toHaveCount(0);
});
