import type { Locator } from 'playwright/test';
import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

test.use({ stock: SMALL });
test.beforeEach(({ overview }) => overview.follow());

test.describe('the calendar @wide', () => {
	let day: (name: string) => Locator;

	test.beforeEach(async ({ page }) => {
		day = (name) => page.getByRole('button', { name, exact: true });
		await page.getByRole('button', { name: 'Calendar' }).click();
	});

	test('sets the first day by the first click and the last by the second', async ({ page, overview }) => {
		await day('Sunday, 28 June 2026').click();
		await expect(page.getByText('Now choose the last day.')).toBeVisible();
		await day('Monday, 29 June 2026').click();
		await overview.ready();
		await expect(page).toHaveURL(/\?from=2026-06-28&to=2026-06-29$/);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '10');
		await expect(page.getByRole('radio', { name: 'Last 30 days' })).not.toBeChecked();

		// A last day before the first is put right.
		await day('Tuesday, 30 June 2026').click();
		await day('Monday, 29 June 2026').click();
		await overview.ready();
		await expect(page).toHaveURL(/\?from=2026-06-29&to=2026-06-30$/);
	});

	test('works by key, and takes a single day', async ({ page, overview }) => {
		await day('Monday, 1 June 2026').focus();
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('ArrowRight');
		await expect(day('Tuesday, 9 June 2026')).toBeFocused();
		await page.keyboard.press('Enter');
		await page.keyboard.press('Enter');
		await overview.ready();
		await expect(page).toHaveURL(/\?from=2026-06-09&to=2026-06-09$/);
	});

	test('reaches any month of any year, and marks the days without data', async ({ page, overview }) => {
		await expect(day('Monday, 15 June 2026')).not.toHaveAttribute('aria-description');
		await page.getByLabel('Year of the calendar').selectOption('2012');
		await page.getByLabel('Month of the calendar').selectOption({ label: 'Feb' });
		await expect(day('Wednesday, 29 February 2012')).toHaveAttribute('aria-description', 'no data');
		await day('Wednesday, 1 February 2012').click();
		await day('Wednesday, 29 February 2012').click();
		await overview.ready();
		await expect(page).toHaveURL(/\?from=2012-02-01&to=2012-02-29$/);
		await expect(page.getByText('No data before 15 May 2026.')).toBeVisible();
	});
});

test('shows the share of each value under the other filters @wide', async ({ page, overview }) => {
	const share = (value: string) =>
		page
			.locator('aside div')
			.filter({ has: page.locator(`:scope > input[value="${value}"]`) })
			.locator('data');
	await expect(share('mobile')).toHaveAttribute('value', String(11 / 16));
	await page.getByRole('radio', { name: 'Paid' }).check();
	await overview.ready();
	await expect(share('mobile')).toHaveAttribute('value', '1');
});

test('explains its values one tap away', async ({ page }, { project }) => {
	if (project.name === 'phone') await page.getByRole('button', { name: 'Filters' }).click();
	const button = page.getByRole('button', { name: 'What Source means' });
	await button.click();
	await expect(button).toHaveAttribute('aria-expanded', 'true');
	await expect(page.getByText('Pins that you created or saved yourself.')).toBeVisible();
	await expect(page.getByRole('link', { name: 'All definitions' })).toHaveAttribute(
		'href',
		/definitions\/#source$/
	);
});

test('counts days in the zone that is set @wide', async ({ page, overview }) => {
	await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
	await overview.ready();
	await expect(page).toHaveURL(/tz=Asia\/Tokyo/);
	await page.getByRole('button', { name: 'Asia/Tokyo: remove this filter' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/$/);
});

test('takes two dates on a phone @phone', async ({ page, overview }) => {
	await page.getByRole('button', { name: 'Last 30 days' }).click();
	await page.getByLabel('From', { exact: true }).fill('2026-06-28');
	await page.getByLabel('To', { exact: true }).fill('2026-06-29');
	await page.getByRole('button', { name: 'Done' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '10');
});
