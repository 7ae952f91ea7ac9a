import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

test.use({ stock: SMALL });
test.beforeEach(({ overview }) => overview.follow());

test('shows the figures of the last 30 days', async ({ overview }) => {
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
	await expect(overview.tile('engagements')).toHaveAttribute('value', '7');
	await expect(overview.tile('total_audience')).toHaveAttribute('value', '4');
	await expect(overview.tile('engaged_audience')).toHaveAttribute('value', '3');
});

test('filters at once and keeps the view in the address @wide', async ({ page, overview }) => {
	await page.getByRole('checkbox', { name: 'Mobile' }).check();
	await overview.ready();
	await expect(page).toHaveURL(/\?device=mobile$/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');

	await page.getByRole('radio', { name: 'Paid' }).check();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');

	await page.goBack();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
	await page.reload();
	await overview.ready();
	await expect(page.getByRole('checkbox', { name: 'Mobile' })).toBeChecked();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');

	await page.getByRole('button', { name: 'Reset' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/$/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('follows a link to another view of the page in place', async ({ page, overview }) => {
	await page.evaluate(() => {
		document.body.dataset.mark = 'same page';
		const link = document.createElement('a');
		link.href = '?range=all&device=mobile';
		link.textContent = 'all mobile';
		document.querySelector('main')?.prepend(link);
	});
	await page.getByRole('link', { name: 'all mobile' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '18');
	await expect(page.locator('body')).toHaveAttribute('data-mark', 'same page');
});

test('takes two dates of its own @wide', async ({ page, overview }) => {
	await page.getByLabel('From', { exact: true }).fill('2026-06-29');
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
	await page.getByLabel('To', { exact: true }).fill('2026-05-15');
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-05-15&to=2026-06-29/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '17');
});

test('says what of an address it does not know, and shows the rest', async ({ page, overview }) => {
	await overview.follow('?range=all&colour=red&device=watch');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
	await expect(page.getByText('colour=red and device=watch')).toBeVisible();
});

test('keeps its tiles when nothing matches', async ({ page, overview }) => {
	await overview.follow('?account=nowhere.example');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '0');
	await expect(page.getByText('Nothing matches these filters.')).toBeVisible();
});

test('orders the Pins by what is chosen @wide', async ({ page, overview }) => {
	expect(await overview.pinIds()).toEqual(['101', '102', '103']);
	await page.getByLabel('Order of Top Pins').selectOption('saves');
	await overview.ready();
	expect(await overview.pinIds()).toEqual(['102', '101', '103']);
	await expect(page).toHaveURL(/sort=saves/);
	await expect(page.locator('tr[data-board=""]')).toContainText('No board');
	await expect(page.locator('tr[data-board="Light"]')).toContainText('2 Pins');
});

test('shows titles as text and follows only links of the web @wide', async ({ page }) => {
	await expect(page.locator('tr[data-pin="101"]')).toContainText('Lamp, <b>oak</b>');
	const link = page.locator('tr[data-pin="101"] a[target]');
	await expect(link).toHaveAttribute('href', 'https://shop.example/lamp');
	await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
	await expect(page.locator('tr[data-pin="102"] a[target]')).toHaveCount(0);
	await expect(page.locator('[href^="javascript:"]')).toHaveCount(0);
});

test('reads the chart out by key, and selects days by dragging @wide', async ({ page, overview }) => {
	const chart = page.getByRole('group', { name: /^Impressions, 1 Jun – 30 Jun 2026/ });
	await chart.focus();
	await page.keyboard.press('End');
	await expect(page.getByText('Tue, 30 Jun 2026, Impressions 6')).toBeAttached();
	await page.keyboard.press('ArrowLeft');
	await expect(page.getByText('Mon, 29 Jun 2026, Impressions 5')).toBeAttached();

	const box = await chart.boundingBox();
	if (!box) throw new Error('the chart has no box');
	await page.mouse.move(box.x + box.width * 0.85, box.y + 80);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width - 2, box.y + 90, { steps: 4 });
	await page.mouse.up();
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-06-2\d&to=2026-06-30/);
});

test('reads the chart out by touch @phone', async ({ page }) => {
	const chart = page.getByRole('group', { name: /^Impressions, 1 Jun – 30 Jun 2026/ });
	const box = await chart.boundingBox();
	if (!box) throw new Error('the chart has no box');
	await page.touchscreen.tap(box.x + box.width - 30, box.y + 80);
	// The finger is lifted: what it touched stays to be read, and selects nothing.
	await expect(chart.getByText('Tue, 30 Jun 2026')).toBeVisible();
	await expect(chart.getByText('6', { exact: true })).toBeVisible();
	await expect(page).toHaveURL(/\/$/);
});

test('shows any metric, split and step, drawn or as a table', async ({ page, overview }) => {
	await page.getByLabel('Metric', { exact: true }).selectOption('saves');
	await page.getByLabel('Split by', { exact: true }).selectOption('device');
	await page.getByRole('button', { name: 'Month', exact: true }).click();
	await overview.ready();
	await expect(page).toHaveURL(/grain=month&metric=saves&split=device/);
	await page.getByRole('button', { name: 'Show as table' }).click();
	await expect(page.getByRole('row', { name: /Jun 2026/ }).locator('data')).toHaveCount(2);

	const desktop = page.getByRole('button', { name: 'Desktop', exact: true });
	await desktop.click();
	await expect(desktop).toHaveAttribute('aria-pressed', 'false');
});

test('works by keyboard alone @wide', async ({ page }) => {
	await page.keyboard.press('Tab');
	await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
	await page.getByRole('button', { name: /^Export/ }).focus();
	await page.keyboard.press('Enter');
	await expect(page.getByRole('menuitem', { name: 'Daily figures' })).toBeFocused();
	await page.keyboard.press('ArrowUp');
	await expect(page.getByRole('menuitem').last()).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: /^Export/ })).toBeFocused();
	await page.locator('[data-tile="engagements"]').focus();
	await page.keyboard.press('Space');
	await expect(page).toHaveURL(/metric=engagements/);
});

test('offers the same on a phone @phone', async ({ page, overview }) => {
	await page.getByRole('button', { name: 'Last 30 days' }).click();
	await page.getByRole('radio', { name: 'All', exact: true }).check();
	await page.getByRole('button', { name: 'Done' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');

	await page.getByRole('button', { name: 'Filters' }).click();
	await page.getByRole('checkbox', { name: 'Desktop' }).check();
	await page.getByRole('button', { name: 'Done' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');

	await page.getByRole('link', { name: 'Top Pins' }).click();
	await overview.ready();
	await expect(page.locator('tr[data-pin="102"]')).toBeVisible();
	await expect(overview.tile('impressions')).toBeHidden();

	await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('button', { name: 'Export' }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Pins' }).click();
	expect((await download).suggestedFilename()).toBe('tackboard_pins_2026-05-15_2026-06-30.csv');

	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(390);
});
