import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

test.use({ stock: SMALL });

test('compares the rows of lists, and puts them in the order of gain and loss', async ({
	page,
	overview
}) => {
	await overview.follow('?view=top-pins&compare=previous'); // on a phone, lists are on a tab of their own
	const pins = page.locator('tr[data-pin]');
	const figure = (pin: string, metric: string) =>
		page.locator(`tr[data-pin="${pin}"] data[data-metric="${metric}"]`);
	await expect(figure('101', 'impressions')).toHaveAttribute('data-change', String((6 - 7) / 7));
	await expect(page.locator('tr[data-pin="101"]')).toContainText('down 14.3%, from 7 to 6');
	await expect(page.locator('tr[data-pin="101"]')).not.toHaveAttribute('data-new');
	await expect(page.locator('tr[data-pin="102"]')).toHaveAttribute('data-new', '');
	await expect(page.locator('tr[data-pin="102"]')).toContainText('new');
	await expect(figure('102', 'impressions')).not.toHaveAttribute('data-change');
	await expect(page.locator('tr[data-board="Light"] data').first()).toHaveAttribute(
		'data-change',
		String((11 - 7) / 7)
	);

	const order = page.getByRole('combobox', { name: 'Order rows by' }).first();
	await order.selectOption('Largest loss first');
	await overview.ready();
	await expect(page).toHaveURL(/[?&]compare=previous&(.*&)?order=loss/);
	expect(await overview.pinIds()).toEqual(['101', '102', '103']);
	await order.selectOption('Largest gain first');
	await overview.ready();
	expect(await overview.pinIds()).toEqual(['102', '103', '101']);

	// The days before as the range: what came later is not there, and what is in neither is in no list.
	await overview.follow('?view=top-pins&from=2026-07-01&to=2026-07-30&compare=previous');
	await expect(pins).toHaveCount(3);
	await expect(page.locator('tr[data-pin="101"]')).toHaveAttribute('data-gone', '');
	await expect(figure('101', 'impressions')).toHaveAttribute('value', '0');
	await expect(figure('101', 'impressions')).toHaveAttribute('data-change', '-1');

	// Without the comparison there is no change, and no order of it.
	await overview.follow('');
	await expect(page.locator('tr[data-pin] [data-change]')).toHaveCount(0);
	await expect(page.getByRole('combobox', { name: 'Order rows by' })).toHaveCount(0);
});

test('draws each value of a split beside what it was, under one switch', async ({ page, overview }) => {
	await overview.follow('?compare=previous&split=device');
	const legend = page.getByRole('group', { name: 'Series on the chart' });
	await expect(legend.getByRole('button')).toHaveText(['Mobile', 'Desktop']);
	await expect(legend).toContainText('2 May – 31 May 2026');
	await page.getByRole('button', { name: 'Show as table' }).click();
	await expect(page.getByRole('columnheader', { name: 'Mobile, 2 May – 31 May 2026' })).toBeVisible();
	const row = page.getByRole('row', { name: /14 Jun 2026/ });
	await expect(row.locator('data').last()).toHaveAttribute('value', '7');
});

test('writes what figures were beside them @wide', async ({ page, overview }) => {
	await overview.follow('?compare=previous&order=gain');
	await page.getByRole('button', { name: /^Export/ }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: /^Pins/ }).click()
	]);
	const stream = await download.createReadStream();
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	const [header, ...rows] = text.trim().split('\r\n');
	expect(header).toContain('link,impressions,impressions_before,');
	expect(rows.map((line) => line.split(',')[1])).toEqual(['102', '103', '101']);
});

test('compares splits and hours on a Pin’s page', async ({ page, overview }) => {
	await overview.follow('?view=top-pins&compare=previous');
	await page.locator('tr[data-pin="101"]').getByRole('link').first().click();
	await expect(page).toHaveURL(/\/pin\/?\?(.*&)?id=101&(.*&)?compare=previous/);
	const mobile = page.locator('[data-split="device"] tr[data-value="mobile"]');
	await expect(mobile.locator('data').first()).toHaveAttribute('data-change', String((6 - 7) / 7));
	const hours = page.getByRole('region', { name: 'Weekday and hour' });
	await expect(hours).toContainText('2 May – 31 May 2026');
});
