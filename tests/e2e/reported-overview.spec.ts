import { stockedTest as test } from './support/stocked-test';
import { ONE_EXPORT, QUARTER_OF_EXPORTS, YEAR_OF_EXPORTS } from './support/stocks';
import { expect } from './support/test';

/** The Overview where nothing but a platform's exports is stored. */

test.describe('of a quarter', () => {
	test.use({ stock: QUARTER_OF_EXPORTS });

	test('tells in each tile which days it knows, and what would bring a figure that is missing', async ({
		page,
		overview
	}) => {
		await overview.follow();
		const tile = (metric: string) => page.locator(`[data-tile="${metric}"]`);
		await expect(tile('impressions')).toHaveAttribute('data-days-known', '28');
		await expect(tile('impressions')).toHaveAttribute('data-days', '30');
		await expect(tile('impressions')).toContainText('28 of 30 days');
		await expect(tile('impressions')).toContainText('2 ≈');
		// People of several days are not added up.
		await expect(overview.tile('total_audience')).toHaveAttribute('value', '');
		await expect(tile('total_audience')).toContainText('at least');
		await expect(tile('engaged_audience')).toHaveAttribute('data-days-known', '0');
		await expect(tile('engaged_audience')).toContainText('Export Engaged audience for');
		await expect(page.getByText('more exports would complete this date range')).toBeVisible();
		// What reports do not have has no block: no hours, links, shares, or time zone.
		await expect(page.getByRole('heading', { name: 'Top links' })).toHaveCount(0);
		await expect(page.getByLabel('Time zone')).toHaveCount(0);
		await expect(page.getByText('%', { exact: true })).toHaveCount(0);
	});
});

test.describe('of one metric', () => {
	test.use({ stock: ONE_EXPORT });

	test('compares over the days that both periods know, and says how many these are', async ({
		page,
		overview
	}) => {
		await overview.follow('?compare=previous');
		const tile = page.locator('[data-tile="impressions"]');
		await expect(tile).toHaveAttribute('data-days-compared', '28');
		await expect(tile).toContainText('28 days compared');
		await expect(overview.tile('impressions')).toHaveAttribute('data-change', /^-?0\.\d+$/);
	});

	test('says of a split that no report answers what to export, and draws no chart for it', async ({
		page,
		overview
	}) => {
		await overview.follow('?split=device');
		const unanswered = page.locator('[data-unanswered="device"]');
		await expect(unanswered).toContainText('Export');
		await expect(page.locator('section[aria-label="Chart"] canvas')).toHaveCount(0);
		await overview.follow('?metric=saves');
		await expect(page.getByText('No report has saves for these days.')).toBeVisible();
	});
});

test.describe('of a year', () => {
	test.use({ stock: YEAR_OF_EXPORTS });

	test('shows a year of exports at once, and paid figures alone only as such', async ({ page, overview }) => {
		await overview.follow('?range=all');
		await expect(page.locator('[data-tile="impressions"]')).toHaveAttribute('data-days-known', '352');
		await expect(page.locator('[data-tile="impressions"]')).toHaveAttribute('data-days', '358');
		await expect(page.locator('[data-weekday]')).toHaveCount(7);
	});
});
