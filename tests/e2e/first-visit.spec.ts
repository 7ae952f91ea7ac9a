import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** What is to be seen before any script of the app has run: its files never come. */
async function openWithoutScripts(page: Page): Promise<void> {
	await page.route('**/_app/**/*.js', () => new Promise(() => {}));
	await page.goto('', { waitUntil: 'domcontentloaded' });
}

const welcome = (page: Page) => page.getByRole('heading', { name: 'See how your Pins perform' });
const outline = (page: Page) => page.locator('[data-tile="impressions"]');

test.describe('before any script has run', () => {
	test.use({ serviceWorkers: 'block' }); // one would have the files
	test.afterEach(({ page }) => page.unrouteAll({ behavior: 'ignoreErrors' }));

	test('meets a first visit with the welcome', async ({ page }) => {
		await openWithoutScripts(page);
		await expect(welcome(page)).toBeVisible();
		await expect(outline(page)).toBeHidden();
	});

	test('shows the outline of the figures to who has imported something', async ({ page }) => {
		const overview = new OverviewPage(page);
		await overview.open();
		await overview.importFiles({ name: 'events.csv', text: SMALL_FILE });
		await openWithoutScripts(page);
		await expect(outline(page)).toBeVisible();
		await expect(welcome(page)).toBeHidden();
	});

	test.describe('to a visitor who prefers another language', () => {
		test.use({ locale: 'sv-SE' });

		test('shows no sentence in one that is not theirs', async ({ page }) => {
			await openWithoutScripts(page);
			await expect(outline(page)).toBeVisible();
			await expect(welcome(page)).toBeHidden();
		});
	});
});

test('keeps the welcome as it is when the app has found nothing stored', async ({ page }) => {
	await page.goto('', { waitUntil: 'commit' });
	await expect(welcome(page)).toBeVisible();
	const drawn = await welcome(page).elementHandle();
	await expect(page.locator('main')).toHaveAttribute('data-ready', 'true');
	expect(await drawn?.evaluate((heading) => heading.isConnected)).toBe(true);
});
