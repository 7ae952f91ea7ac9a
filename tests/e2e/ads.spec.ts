import type { Page } from 'playwright/test';
import { DOLLARS, EUROS } from './support/ads-reports';
import { OverviewPage } from './support/overview-page';
import { expect, test } from './support/test';

/** The Ads page: two reports, of two currencies, and what is to be seen of them. */

const DAY = 'from=2026-09-01&to=2026-09-01';

let ads: OverviewPage;

async function openAds(page: Page, search: string) {
	await page.goto(`/ads/${search}`);
	await ads.ready();
}

const spendOf = (page: Page, row: string) => page.locator(`tr[${row}] [data-metric="spend"]`);
const names = (page: Page) =>
	page
		.getByRole('region', { name: 'Campaigns', exact: true })
		.locator('tbody tr')
		.evaluateAll((rows) =>
			rows.map((row) => row.dataset.campaign ?? row.dataset.adGroup ?? row.dataset.ad ?? '')
		);

test.beforeEach(async ({ page }) => {
	ads = new OverviewPage(page);
	await ads.open();
});

test('says how to get a report where none is of ads', async ({ page }) => {
	await ads.importFiles({ name: 'daily.csv', text: 'Date,Impressions\n2026-09-01,5\n' });
	await openAds(page, '');
	await expect(page.getByRole('heading', { name: 'No paid figures yet' })).toBeVisible();
	await expect(page.locator('ol li')).toHaveCount(3);
	await expect(page.locator('ol')).toContainText('Ads Manager');
	// It is there as soon as it is imported.
	await ads.importFiles(EUROS);
	await expect(ads.tile('spend')).toHaveAttribute('value', '35');
	await openAds(page, '?from=2026-01-01&to=2026-01-31');
	await expect(page.getByText('No report has paid figures for')).toBeVisible();
	await page.getByRole('link', { name: 'Show all days' }).click();
	await ads.ready();
	await expect(ads.tile('spend')).toHaveAttribute('value', '35');
});

test('shows figures, campaigns that open, and two currencies apart', async ({ page }) => {
	await ads.importFiles(EUROS, DOLLARS);
	await openAds(page, `?${DAY}&compare=previous`);
	const expected = {
		spend: '25',
		impressions: '2900',
		cpm: '10',
		link_clicks: '54',
		cost_per_click: '0.5',
		checkouts: '4',
		order_value: '75',
		return_on_spend: '3'
	};
	for (const [metric, value] of Object.entries(expected))
		await expect(ads.tile(metric), metric).toHaveAttribute('value', value);
	await expect(page.locator('[data-tile="order_value"]')).toContainText('Order value');
	const spend = page.locator('[data-tile="spend"]');
	await expect(spend).toContainText('€25.00');
	await expect(spend).toContainText('and US$4.00');
	await expect(spend).toHaveAttribute('data-days-known', '1');
	await expect(ads.tile('spend')).toHaveAttribute('data-change', '1.5');

	expect(await names(page)).toEqual(['Autumn, shelves', 'Gift guide', 'Cabin signs']);
	await expect(spendOf(page, 'data-campaign="Autumn, shelves"')).toHaveAttribute('value', '20');
	await expect(spendOf(page, 'data-campaign="Autumn, shelves"')).toHaveAttribute('data-change', '1');
	await expect(page.locator('tr[data-campaign="Gift guide"]')).toHaveAttribute('data-new');
	await page.getByRole('button', { name: 'Autumn, shelves' }).press('Enter');
	await page.getByRole('button', { name: 'Walls' }).click();
	expect(await names(page)).toEqual([
		'Autumn, shelves',
		'Walls',
		'Oak wall',
		'Brackets',
		'Gift guide',
		'Cabin signs'
	]);
	await expect(spendOf(page, 'data-ad="Oak wall"')).toHaveAttribute('value', '12');
	await expect(spendOf(page, 'data-currency="EUR"')).toHaveAttribute('value', '25');
	await expect(spendOf(page, 'data-currency="USD"')).toHaveAttribute('value', '4');
	await expect(spendOf(page, 'data-pin="11111"')).toHaveAttribute('value', '12');

	await page
		.locator('th[aria-sort], th')
		.getByRole('button', { name: 'Cost per link click' })
		.first()
		.click();
	await expect(page).toHaveURL(/sort=cost_per_click/);
	expect((await names(page))[0]).toBe('Autumn, shelves');
	const sideways = () =>
		page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	expect(await sideways()).toBe(0);
});

test('counts the chosen campaigns, which stand in the address', async ({ page }, { project }) => {
	await ads.importFiles(EUROS, DOLLARS);
	await openAds(page, `?${DAY}&campaign=Gift%20guide`);
	await expect(ads.tile('spend')).toHaveAttribute('value', '5');
	expect(await names(page)).toEqual(['Gift guide']);
	if (project.name === 'phone') await page.getByRole('button', { name: 'Filters' }).click();
	await page.getByRole('checkbox', { name: 'Autumn, shelves' }).check();
	await ads.ready();
	await expect(page).toHaveURL(/campaign=Gift%20guide,Autumn%252C%20shelves/);
	await expect(ads.tile('spend')).toHaveAttribute('value', '25');
	if (project.name === 'phone') await page.getByRole('button', { name: 'Done' }).click();
	await page.reload();
	await ads.ready();
	await expect(ads.tile('spend')).toHaveAttribute('value', '25');
	await page.getByRole('button', { name: 'Gift guide: remove this filter' }).click();
	await ads.ready();
	await expect(ads.tile('spend')).toHaveAttribute('value', '20');
	// The Pin's page says which ads it is in.
	await page.locator('tr[data-pin="22222"] a').click();
	await ads.ready();
	await expect(page.getByRole('region', { name: 'Ads with this Pin' })).toContainText('Brass bracket');
});

test('exports its table', { tag: '@wide' }, async ({ page }) => {
	await ads.importFiles(EUROS);
	await openAds(page, `?${DAY}`);
	await page.getByRole('button', { name: 'Export' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Ads' }).click();
	expect((await download).suggestedFilename()).toBe('tackboard_ads_2026-09-01_2026-09-01.csv');
});
