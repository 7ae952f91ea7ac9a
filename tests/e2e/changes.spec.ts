import type { Locator, Page } from 'playwright/test';
import { stockedTest as test } from './support/stocked-test';
import { CHANGES, QUARTER_OF_EXPORTS } from './support/stocks';
import { expect } from './support/test';

/** The page of changes, its sentences on the Overview, and unusual days. */

/** The contribution of each row of a part, by name; the rest under `rest`. */
function contributions(page: Page, part: string): Promise<Record<string, number>> {
	return page
		.locator(`tr[data-part="${part}"]`)
		.evaluateAll((rows) =>
			Object.fromEntries(
				rows.map((row) => [
					row.hasAttribute('data-rest') ? 'rest' : (row.dataset.name ?? ''),
					Number(row.querySelector('data:not([data-metric])')?.getAttribute('value'))
				])
			)
		);
}

/** The contribution of a row. */
const amount = (row: Locator) => row.locator('data:not([data-metric])').first();

test.describe('of events', () => {
	test.use({ stock: CHANGES });

	test('shows what made a count rise, each part adding up to the whole', async ({ page, overview }) => {
		await overview.follow('changes/');
		const total = page.locator('[data-part="total"]');
		await expect(amount(total)).toHaveAttribute('value', '560');
		await expect(total).toContainText('5,100');
		expect(await contributions(page, 'device')).toEqual({ mobile: 600, desktop: -40 });
		expect(await contributions(page, 'pin')).toEqual({ lamp: 300, sign: 300, rug: -40 });
		expect(await contributions(page, 'board')).toEqual({ Light: 300, Signs: 300, Floors: -40 });
		expect(await contributions(page, 'link')).toEqual({
			'https://shop.example/lamp': 300,
			'https://shop.example/sign': 300,
			rest: -40
		});
		await expect(page.locator('tr[data-part="pin"][data-new]')).toHaveAttribute('data-name', 'sign');
		await expect(page.locator('tr[data-part="pin"][data-gone]')).toHaveAttribute('data-name', 'rug');
		const lamp = page.locator('tr[data-part="pin"][data-name="lamp"]');
		await expect(lamp.locator('[data-metric="impressions"]')).toHaveAttribute('value', '4800');
		await expect(lamp).toContainText('up 6.7%, from 4,500 to 4,800');
		// A row leads to the view that it is about, compared with the same days.
		await page.locator('tr[data-part="device"][data-name="mobile"] a').click();
		await overview.ready();
		await expect(page).toHaveURL(/\/\?compare=previous&device=mobile$/);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '3600');
	});

	test('parts a rate into its own part and the mix, and lists audiences', async ({ page, overview }) => {
		await overview.follow('changes/');
		await page.getByRole('combobox', { name: 'Metric' }).selectOption('save_rate');
		await overview.ready();
		await expect(page).toHaveURL(/metric=save_rate/);
		const rows = page.locator('tr[data-part="device"]');
		const found = await rows.evaluateAll((all) =>
			all.map(({ dataset }) => ({ own: Number(dataset.own), mix: Number(dataset.mix) }))
		);
		const change = Number(await amount(page.locator('[data-part="total"]')).getAttribute('value'));
		expect(change).toBeCloseTo(450 / 5_100 - 454 / 4_540, 12);
		expect(found.reduce((sum, { own, mix }) => sum + own + mix, 0)).toBeCloseTo(change, 12);
		await page.getByRole('combobox', { name: 'Metric' }).selectOption('total_audience');
		await overview.ready();
		expect(await contributions(page, 'device')).toEqual({ mobile: 1, desktop: -1 });
		await expect(page.locator('[data-rest]')).toHaveCount(0);
	});

	test('says that there is nothing to compare with where nothing is stored before', async ({
		page,
		overview
	}) => {
		await overview.follow('changes/?range=all');
		await expect(page.getByRole('heading', { name: 'No earlier period to compare with' })).toBeVisible();
		await page.getByRole('link', { name: 'Show the last 60 days' }).click();
		await overview.ready();
		await expect(page.locator('[data-part="total"]')).toBeVisible();
	});

	test('marks an unusual day on the Overview, which leads to what made it', async ({ page, overview }) => {
		await overview.follow('');
		const marks = page.locator('[data-unusual]');
		await expect(marks).toHaveCount(1);
		await expect(marks).toHaveAttribute('data-unusual', '2026-06-23');
		await expect(page.locator('[data-change-sentences]')).toHaveCount(0);
		await marks.click();
		await overview.ready();
		await expect(page).toHaveURL(/\/changes\/\?unusual=2026-06-23$/);
		const card = page.getByRole('region', { name: 'Tue, 23 Jun 2026' });
		await expect(card).toContainText('The median of the 8 Tuesdays before it was 150');
		await expect(card).toContainText('What made it, compared with 16 Jun 2026 (160)');
		await expect(amount(card.locator('tr[data-day-part="pin"][data-name="sign"]'))).toHaveAttribute(
			'value',
			'300'
		);
		// The same by its name, for those who do not point.
		await overview.follow('');
		await page.getByRole('link', { name: 'Tue, 23 Jun 2026 (460)' }).press('Enter');
		await overview.ready();
		await expect(card).toBeVisible();
		await overview.follow('?metric=saves');
		await expect(marks).toHaveCount(0);
	});

	test('stands on the Overview in three sentences where a comparison is set', async ({ page, overview }) => {
		await overview.follow('?compare=previous');
		const sentences = page.locator('[data-change-sentences] li');
		await expect(sentences).toHaveCount(3);
		await expect(sentences.nth(0)).toContainText('Mobile gained 600.');
		await expect(sentences.nth(1)).toContainText('54% of the rise.');
		await expect(sentences.nth(2)).toContainText('Rug is gone: −40.');
		await sentences.nth(2).getByRole('link').click();
		await overview.ready();
		await expect(page).toHaveURL(/\/pin\/\?id=rug&compare=previous$/);
	});

	test('scrolls within nothing on a phone, and is reached by its key @phone', async ({ page, overview }) => {
		await overview.follow('');
		await page.keyboard.press('7');
		await overview.ready();
		await expect(page).toHaveURL(/\/changes\/$/);
		const tooWide = () =>
			page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		expect(await tooWide()).toBe(0);
		await page.setViewportSize({ width: 320, height: 700 });
		for (const search of ['', '?metric=save_rate', '?metric=total_audience', '?unusual=2026-06-23']) {
			await overview.follow(`changes/${search}`);
			expect(await tooWide(), search).toBe(0);
		}
	});
});

test.describe('of reports', () => {
	test.use({ stock: QUARTER_OF_EXPORTS });

	test('states the change over the days that both periods know, and what would take it apart', async ({
		page,
		overview
	}) => {
		await overview.follow('changes/');
		await expect(amount(page.locator('[data-part="total"]'))).not.toHaveAttribute('value', '');
		await expect(page.getByText('Your reports do not show the change by')).toBeVisible();
	});
});
