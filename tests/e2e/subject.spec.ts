import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

test.use({ stock: SMALL });

test('shows one Pin: its figures, splits, hours and share', async ({ page, overview }) => {
	await overview.follow('pin/?id=101');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lamp, <b>oak</b>');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '6');
	await expect(overview.tile('closeups')).toHaveAttribute('value', '2');
	await expect(overview.tile('total_audience')).toHaveAttribute('value', '1');

	const devices = page.getByRole('table', { name: 'Figures by device' });
	await expect(devices.locator('tr[data-value="mobile"] [data-metric="impressions"]')).toHaveAttribute(
		'value',
		'6'
	);
	await expect(devices.locator('tr[data-value="desktop"]')).toHaveCount(0);
	await expect(page.locator('[data-split]')).toHaveCount(5);

	const hours = page.getByRole('table', { name: /^Impressions by weekday and hour, UTC/ });
	await expect(hours.locator('tbody tr').nth(1).locator('data').nth(10)).toHaveAttribute('value', '6');
	await expect(page.getByText('Best hour: Tuesday, 10:00–11:00')).toBeVisible();

	// 6 of the 16 impressions of these days.
	await expect(page.locator('[data-share="impressions"]')).toHaveAttribute('value', '0.375');
});

test('follows the filters, in the address and back', async ({ page, overview }) => {
	await overview.follow('pin/?id=101&range=all');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '13');
	await page.locator('[data-tile="closeups"]').click();
	await expect(page).toHaveURL(/\/pin\/\?id=101&range=all&metric=closeups$/);
	await expect(page.getByRole('table', { name: /^Closeups by weekday and hour/ })).toBeAttached();
	await page.goBack();
	await overview.ready();
	await expect(page.getByRole('table', { name: /^Impressions by weekday and hour/ })).toBeAttached();
});

test('leads out to pages of the web only', async ({ page, overview }) => {
	await overview.follow('pin/?id=101');
	const link = page.getByRole('link', { name: 'shop.example, opens in a new tab' });
	await expect(link).toHaveAttribute('href', 'https://shop.example/lamp');
	await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
	await overview.follow('pin/?id=102');
	await expect(page.getByText('javascript:alert(1)')).toBeVisible();
	await expect(page.locator('main a[href^="javascript:"]')).toHaveCount(0);
});

test('shows a board with its Pins', async ({ page, overview }) => {
	await overview.follow('board/?name=Light');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Light');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
	expect(await overview.pinIds()).toEqual(['101', '103']);
	await expect(page.locator('[data-share="impressions"]')).toHaveAttribute('value', '0.6875');
});

test('shows the Pins that are on no board', async ({ page, overview }) => {
	await overview.follow('board/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('No board');
	expect(await overview.pinIds()).toEqual(['102']);
});

test('says so where a Pin or board is not there', async ({ page, overview }) => {
	await overview.follow('pin/?id=999');
	await expect(page.getByText('Nothing that was imported here is about the Pin 999.')).toBeVisible();
	await overview.follow('board/?name=Nowhere');
	await expect(page.getByRole('heading', { name: 'No such board' })).toBeVisible();
});

test('keeps a Pin that is known on the page when nothing matches', async ({ page, overview }) => {
	await overview.follow('pin/?id=101&from=2020-01-01&to=2020-01-31');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Lamp, <b>oak</b>');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '0');
	await expect(page.locator('[data-share="impressions"]')).toHaveAttribute('value', '');
});

test('is reached from the lists and takes the view along @wide', async ({ page, overview }) => {
	await overview.follow('?device=mobile');
	await page.locator('tr[data-pin="101"]').getByRole('link', { name: 'Lamp, <b>oak</b>' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/pin\/\?id=101&device=mobile$/);
	await page.getByRole('link', { name: 'Light' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/board\/\?name=Light&device=mobile$/);
	await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/\?device=mobile$/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
});

test('exports what the page is about @wide', async ({ page, overview }) => {
	await overview.follow('board/?name=Light');
	await page.getByRole('button', { name: /^Export/ }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Pins' }).click();
	const stream = await (await download).createReadStream();
	let text = '';
	for await (const chunk of stream) text += String(chunk);
	expect(
		text
			.trim()
			.split('\r\n')
			.slice(1)
			.map((row) => row.split(',')[1])
	).toEqual(['101', '103']);
});
