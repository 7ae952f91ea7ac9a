import { METRIC_IDS } from '../../src/lib/model/metric';
import { OverviewPage } from './support/overview-page';
import { stockedTest } from './support/stocked-test';
import { expect, test } from './support/test';

stockedTest('says what every metric and filter value means', async ({ page, overview }) => {
	await overview.follow('definitions/');
	for (const id of METRIC_IDS) await expect(page.locator(`#${id}`)).toBeVisible();
	for (const id of [
		'content_type',
		'organic',
		'paid',
		'source',
		'own',
		'other',
		'device',
		'account',
		'format',
		'video',
		'range',
		'tz'
	])
		await expect(page.locator(`[id="${id}"]`)).toHaveCount(1);
	await expect(page.locator('#link_clicks')).toContainText('Outbound clicks');
	await expect(page.locator('#closeups')).toContainText('Pin clicks');
});

test('goes to what an address names', async ({ page }) => {
	await page.goto('/definitions/#video_views');
	await new OverviewPage(page).ready();
	await expect(page.locator('#video_views')).toBeInViewport();
});

stockedTest('is in the header, and in the menu of a phone', async ({ page, overview }, { project }) => {
	await overview.follow();
	if (project.name === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('link', { name: 'Definitions' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/definitions\/$/);
});
