import type { Locator, Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { stockedTest } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect, test } from './support/test';

/** Presses Tab (or Shift+Tab) until something has the focus, as someone without a pointer does. */
async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
	for (let presses = 0; presses < 80; presses++) {
		if (await target.evaluate((element) => element === document.activeElement)) return;
		await page.keyboard.press(key);
	}
	throw new Error('the focus never came there');
}

const file = { name: 'small.csv', mimeType: 'text/csv', buffer: Buffer.from(SMALL_FILE) };

test('makes a whole visit by keyboard: import, filter, sort, read the chart, export @wide', async ({
	page
}) => {
	const chooser = page.waitForEvent('filechooser'); // asked for early: the browser must be set up before the key press
	const overview = new OverviewPage(page);
	await overview.open();

	await tabTo(page, page.getByLabel('Import files', { exact: true }));
	await page.keyboard.press('Enter');
	await (await chooser).setFiles(file);
	await expect(page.locator('[data-import="done"]')).toBeAttached();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');

	await page.keyboard.press('f');
	await expect(page.getByRole('radio', { name: 'Last 30 days' })).toBeFocused();
	await tabTo(page, page.getByRole('checkbox', { name: 'Desktop' }));
	await page.keyboard.press('Space');
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');
	await page.keyboard.press('Space');
	await overview.ready();

	await tabTo(page, page.getByRole('group', { name: /^Impressions, 1 Jun/ }));
	await page.keyboard.press('End');
	await expect(page.getByText('Tue, 30 Jun 2026, Impressions 6')).toBeAttached();

	await tabTo(page, page.getByLabel('Order of Top Pins'));
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowDown');
	await expect(page).toHaveURL(/sort=saves/);
	await overview.ready();
	expect(await overview.pinIds()).toEqual(['102', '101', '103']);

	await tabTo(page, page.getByRole('button', { name: /^Export/ }), 'Shift+Tab');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Daily figures' })).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(page.getByRole('menuitem', { name: 'Pins' })).toBeFocused();
	const download = page.waitForEvent('download');
	await page.keyboard.press('Enter');
	expect((await download).suggestedFilename()).toBe('tackboard_pins_2026-06-01_2026-06-30.csv');
});

stockedTest.describe('single keys', () => {
	stockedTest.use({ stock: SMALL });
	stockedTest.beforeEach(({ overview }) => overview.follow());

	stockedTest('are listed by the question mark, which closes by Escape', async ({ page }) => {
		await page.keyboard.press('?');
		const list = page.getByRole('dialog', { name: 'Keys' });
		await expect(list).toContainText('Open the Export menu');
		await page.keyboard.press('Escape');
		await expect(list).toHaveCount(0);
	});

	stockedTest('lead to pages and controls', async ({ page, overview }, { project }) => {
		// The browser has to be told to give choosers to the test, which takes it a moment: before the key is too late.
		const chooser = new Promise((resolve) => page.once('filechooser', resolve));
		await page.keyboard.press('4');
		await expect(page).toHaveURL(/\/definitions\/$/);
		await page.keyboard.press('3');
		await expect(page).toHaveURL(/\/data\/$/);
		await page.keyboard.press('1');
		// The page before it stays ready until it is there.
		await expect(overview.tile('impressions')).toBeVisible();
		if (project.name === 'phone') return;
		await page.keyboard.press('/');
		await expect(page.getByRole('searchbox')).toBeFocused();
		await page.keyboard.press('Tab');
		await page.keyboard.press('e');
		await expect(page.getByRole('menuitem', { name: 'Daily figures' })).toBeFocused();
		await page.keyboard.press('Escape');
		await page.keyboard.press('i');
		await chooser;
	});

	stockedTest('are letters in a field @wide', async ({ page }) => {
		await page.keyboard.press('/');
		await page.keyboard.type('e4?i');
		await expect(page.getByRole('searchbox')).toHaveValue('e4?i');
		await expect(page.getByRole('dialog')).toHaveCount(0);
		await expect(page).not.toHaveURL(/definitions/);
	});

	stockedTest('can be turned off, all but the list', async ({ page, overview }) => {
		await page.keyboard.press('?');
		await page.getByLabel('Use single keys').uncheck();
		await page.getByRole('button', { name: 'Done' }).click();
		await expect(page.getByRole('dialog', { name: 'Keys' })).toBeHidden();
		await page.keyboard.press('4');
		await page.keyboard.press('?');
		await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
		await expect(page).not.toHaveURL(/definitions/);
		await page.reload();
		await overview.ready();
		await page.keyboard.press('4');
		await page.keyboard.press('?');
		await expect(page.getByLabel('Use single keys')).not.toBeChecked();
	});
});
