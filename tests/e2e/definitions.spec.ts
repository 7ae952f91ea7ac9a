import { METRIC_IDS } from '../../src/lib/model/metric';
import { OverviewPage } from './support/overview-page';
import { expect, test } from './support/test';

test('says what every metric and filter value means', async ({ page }) => {
	await page.goto('/definitions/');
	await new OverviewPage(page).ready();
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

test('is in the header, and in the menu of a phone', async ({ page }, { project }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	if (project.name === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('link', { name: 'Definitions' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/definitions\/$/);
});
