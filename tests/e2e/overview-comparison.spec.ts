import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

test.use({ stock: SMALL });
test.beforeEach(({ overview }) => overview.follow());

test('compares with the days before, a year before, and matching weekdays @wide', async ({
	page,
	overview
}) => {
	await page.getByRole('radio', { name: 'Days before' }).check();
	await overview.ready();
	await expect(page).toHaveURL(/\?compare=previous$/);
	// 16 in June, 7 in the 30 days before.
	await expect(overview.tile('impressions')).toHaveAttribute('data-change', String((16 - 7) / 7));
	await expect(page.locator('[data-tile="impressions"]')).toContainText('+128.6%');
	await expect(page.getByText('compared with 2 May – 31 May 2026')).toBeVisible();
	// Nothing was saved then: from nothing there is no change.
	await expect(overview.tile('engagements')).not.toHaveAttribute('data-change');

	await page.getByRole('checkbox', { name: 'Match weekdays' }).check();
	await overview.ready();
	await expect(page).toHaveURL(/\?compare=previous&match=weekday$/);
	await expect(page.getByText('compared with 27 Apr – 26 May 2026')).toBeVisible();

	await page.getByRole('radio', { name: 'Year before' }).check();
	await overview.ready();
	await expect(page.getByText('compared with 2 Jun – 1 Jul 2025')).toBeVisible();

	await page.getByRole('button', { name: 'Year before: remove this filter' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/$/);
	await expect(overview.tile('impressions')).not.toHaveAttribute('data-change');
});

test('draws the other days as a second line, reads them out and lists them', async ({ page, overview }) => {
	await overview.follow('?compare=previous');
	const legend = page.getByRole('group', { name: 'Series on the chart' });
	await expect(legend.getByRole('button')).toHaveText(['Impressions', '2 May – 31 May 2026']);

	const chart = page.getByRole('group', { name: /^Impressions, 1 Jun – 30 Jun 2026/ });
	await chart.focus();
	await page.keyboard.press('Home');
	for (let step = 0; step < 13; step++) await page.keyboard.press('ArrowRight');
	await expect(
		page.getByText('Sun, 14 Jun 2026, Impressions 0, Fri, 15 May 2026 7', { exact: true })
	).toBeAttached();

	await page.getByRole('button', { name: 'Show as table' }).click();
	await expect(page.getByRole('columnheader', { name: '2 May – 31 May 2026' })).toBeVisible();
	const row = page.getByRole('row', { name: /14 Jun 2026/ });
	await expect(row.locator('data')).toHaveCount(2);
	await expect(row.locator('data').last()).toHaveAttribute('value', '7');
});

test('keeps the comparison over a reload, and the tiles of a split show it too', async ({
	page,
	overview
}) => {
	await overview.follow('?compare=previous&split=device');
	await page.reload();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('data-change', String((16 - 7) / 7));
});

test('is set in the sheet of the dates on a phone @phone', async ({ page, overview }) => {
	await page.getByRole('button', { name: 'Last 30 days' }).click();
	await page.getByRole('radio', { name: 'Days before' }).check();
	await page.getByRole('button', { name: 'Done' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('data-change', String((16 - 7) / 7));
});
