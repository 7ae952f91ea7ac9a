import { readFile } from 'node:fs/promises';
import { serve, type StaticSite } from '../../src/tools/serve';
import { controlled, keptWhole } from './support/installed-site';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

// What a service worker does is under test here.
test.use({ serviceWorkers: 'allow' });

/** The built site without its server: what the first visit kept must do. */

for (const base of ['/', '/some/sub/path/'])
	test.describe(`offline at ${base}`, { tag: '@wide' }, () => {
		let site: StaticSite;

		test.beforeEach(async ({ page, watch }) => {
			site = await serve({ folder: 'build', port: 0, base, isPacked: false });
			watch.allowOrigin(site.url);
			await page.goto(site.url);
			await new OverviewPage(page).ready();
			await controlled(page);
			await keptWhole(page);
			await site.close();
		});

		test('imports, filters and exports offline, from the very page of the first visit', async ({ page }) => {
			const overview = new OverviewPage(page);
			await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
			await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
			// Enough for threads of the worker's own.
			await overview.importPath(await sampleFile(200_000));
			await expect(overview.importState).toHaveAttribute('data-import', 'done');
			const download = page.waitForEvent('download');
			await page.keyboard.press('e');
			await page.getByRole('menuitem', { name: 'Pins' }).first().click();
			expect((await download).suggestedFilename()).toMatch(/\.csv$/);
			await page.goto(`${site.url}?range=all`);
			await overview.ready();
			const impressions = await overview.tile('impressions').getAttribute('value');
			expect(Number(impressions)).toBeGreaterThan(50_000);
		});

		test('opens every page offline by its address, with its query and in another language', async ({
			page
		}) => {
			const overview = new OverviewPage(page);
			await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
			for (const path of ['', 'video', 'video/', 'data/', 'definitions', 'pin/', 'board', 'index.html']) {
				await page.goto(`${site.url}${path}?range=all&device=mobile&unheard=of`);
				await overview.ready();
				const folder = path.replace(/index\.html$/, '').replace(/([^/])$/, '$1/');
				expect(page.url()).toBe(`${site.url}${folder}?range=all&device=mobile&unheard=of`);
			}
			await page.goto(`${site.url}?range=all&device=mobile`);
			await overview.ready();
			await expect(overview.tile('impressions')).toHaveAttribute('value', '18');
			await page.evaluate(() => localStorage.setItem('tackboard:language', 'sv'));
			await page.reload();
			await overview.ready();
			await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
			await expect(page.getByRole('heading', { level: 1 })).toHaveText('Översikt');
		});

		test('makes sample data and reads Parquet offline', async ({ page }) => {
			const overview = new OverviewPage(page);
			await page.getByRole('button', { name: 'Try with sample data' }).click();
			await expect(overview.importState).toHaveAttribute('data-import', 'done', { timeout: 30_000 });
			const file = 'tests/fixtures/typed.parquet';
			await overview.importBytes({ name: 'events.parquet', bytes: await readFile(file) });
			await expect(overview.importState).toHaveAttribute('data-import', 'done');
		});
	});
