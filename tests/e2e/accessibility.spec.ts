import type { Page } from 'playwright/test';
import { ALL_RULES, COLOUR_RULES, violationsOf } from './support/axe';
import { DOLLARS, EUROS } from './support/ads-reports';
import { OverviewPage } from './support/overview-page';
import { quarterOfExports } from '../support/year-of-exports';
import { withAllPages } from './support/site-pages';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

const PAGES = withAllPages([
	'',
	'?range=all&split=device&compare=previous',
	'?view=top-pins',
	'?from=2019-01-01&to=2019-01-31',
	'?ws=Nowhere',
	'video/',
	'pin/?id=101',
	'pin/?id=999',
	'board/?name=Light',
	'changes/',
	'changes/?metric=save_rate',
	'people/?from=2026-06-01&to=2026-06-30&grain=week&compare=previous',
	'data/',
	'definitions/'
]);

/**
 * What axe finds in light colours, and what the dark ones add to that. Colours are looked at in one language: they are
 * the same in every other, and looking at them takes more time than all the rest.
 */
async function findings(page: Page): Promise<readonly string[]> {
	// What may come after the page is ready is looked at too, and not what stands in its place.
	await expect(page.locator('main .bone:visible')).toHaveCount(0);
	const language = await page.evaluate(() => document.documentElement.lang);
	if (language !== 'en') return violationsOf(page, ALL_RULES, COLOUR_RULES);
	const light = await violationsOf(page, ALL_RULES);
	await page.emulateMedia({ colorScheme: 'dark' });
	const dark = await violationsOf(page, { type: 'rule', values: COLOUR_RULES });
	await page.emulateMedia({ colorScheme: 'light' });
	return [...light, ...dark.map((line) => `dark: ${line}`)];
}

for (const locale of ['en-GB', 'sv-SE'])
	test.describe(`in light and dark colours, ${locale}`, () => {
		test.use({ locale });

		test('axe finds nothing on any page', async ({ page }) => {
			test.setTimeout(300_000); // axe looks at every element of thirteen pages
			const overview = new OverviewPage(page);
			await overview.open();
			const found: Record<string, readonly string[]> = { 'first visit': await findings(page) };
			await page.locator('#import-files').setInputFiles({
				name: 'small.csv',
				mimeType: 'text/csv',
				buffer: Buffer.from(SMALL_FILE)
			});
			await expect(page.locator('[data-import="done"]')).toBeAttached();
			await overview.ready();
			found['after the import'] = await findings(page);
			await overview.open(); // without the report of the import, which would lie over a part of each page
			for (const path of PAGES) {
				await overview.follow(path);
				found[`/${path}`] = await findings(page);
			}
			expect(Object.entries(found).filter(([, each]) => each.length > 0)).toEqual([]);
		});

		test('axe finds nothing where reports are all there is', async ({ page }) => {
			test.setTimeout(300_000);
			const overview = new OverviewPage(page);
			await overview.open();
			await page.locator('#import-files').setInputFiles(
				[...quarterOfExports(3), EUROS, DOLLARS].map(({ name, text }) => ({
					name,
					mimeType: 'text/csv',
					buffer: Buffer.from(text)
				}))
			);
			await expect(page.locator('[data-import="done"]')).toBeAttached();
			await overview.ready();
			const found: Record<string, readonly string[]> = {};
			await overview.open(); // without the report of the import
			const paths = [
				'?compare=previous',
				'?split=device',
				`pin/?id=${(await overview.pinIds())[0]}`,
				'ads/?range=all&compare=previous',
				'changes/',
				'data/'
			];
			for (const path of paths) {
				await overview.follow(path);
				found[`/${path}`] = await findings(page);
			}
			expect(Object.entries(found).filter(([, each]) => each.length > 0)).toEqual([]);
		});

		test('axe finds nothing in what opens', async ({ page }, { project }) => {
			const overview = new OverviewPage(page);
			await overview.open();
			await page.keyboard.press('?');
			await expect(page.locator('dialog[open]')).toBeVisible();
			expect(await findings(page), 'keys').toEqual([]);
			await page.keyboard.press('Escape');
			const menus = project.name === 'phone' ? ['phone-menu'] : ['workspace-menu', 'export-menu'];
			for (const menu of menus) {
				await page.locator(`[popovertarget="${menu}"]`).click();
				await expect(page.locator(`#${menu}`)).toBeVisible();
				expect(await findings(page), menu).toEqual([]);
				await page.keyboard.press('Escape');
			}
		});
	});

test('moves nothing on its own for who wants no motion', async ({ page }) => {
	await page.emulateMedia({ reducedMotion: 'reduce' });
	await new OverviewPage(page).open();
	const moving = await page.evaluate(
		() =>
			document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0) > 1)
				.length
	);
	expect(moving).toBe(0);
});

test('tells what figures have come, and nothing else', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	const told = page.getByRole('status').filter({ hasText: 'New figures' });
	await expect(told).toHaveText('New figures. Impressions: 16. 1 Jun – 30 Jun 2026.');
	await overview.follow('?account=nowhere.example');
	await expect(told).toHaveText('New figures: none match.');
});
