import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

/** The life of a Pin, under no date filter. */

const ROWS = [
	'timestamp,event,pin_id,count,created_at',
	'2026-01-01T12:00,impression,old,4,',
	'2026-01-11T12:00,impression,old,1,',
	'2026-06-30T12:00,impression,old,3,',
	'2026-06-10T12:00,impression,new,2,2026-06-08T09:00:00Z',
	'2026-06-30T12:00,impression,new,6,',
	'2026-06-30T12:00,save,new,1,',
	// More than the best fifty, and without impressions.
	...Array.from({ length: 60 }, (_, i) => `2026-06-15T12:00,closeup,other-${i},1,`)
].join('\n');

test.use({ stock: { name: 'two lives', files: [{ name: 'lives.csv', text: ROWS }] } });

test('a Pin’s page tells its age, when half had come, and whether it still grows', async ({
	page,
	overview
}) => {
	const life = page.locator('[data-life]');
	const running = (age: number) => life.locator(`[data-running="${age}"]`);

	await overview.follow('pin/?id=old&range=7d');
	await expect(life).toHaveAttribute('data-age', '180');
	await expect(life).toHaveAttribute('data-half-age', '0');
	await expect(life).toHaveAttribute('data-grows', 'true');
	await expect(life).toContainText('First event on 1 Jan 2026');
	await expect(running(10)).toHaveAttribute('value', '5');
	await expect(running(180)).toHaveAttribute('value', '8');

	await overview.follow('pin/?id=new&range=7d');
	await expect(life).toHaveAttribute('data-age', '22');
	await expect(life).toHaveAttribute('data-half-age', '22');
	await expect(life).toContainText('Created on 8 Jun 2026');
	await expect(running(2)).toHaveAttribute('value', '2');

	await overview.follow('pin/?id=new&metric=save_rate');
	await expect(life).toContainText('Shown for impressions');
});

test('all Pins are listed with their lives, by the figure that they are in order of', async ({
	page,
	overview
}) => {
	await overview.follow('?view=top-pins&range=all');
	await page.getByRole('button', { name: 'Show all 62' }).click();
	const row = page.getByRole('region', { name: 'All Pins' }).locator('tr[data-pin="old"]');
	await expect(row).toHaveAttribute('data-age', '180');
	await expect(row).toHaveAttribute('data-half-age', '0');
	await expect(row).toHaveAttribute('data-grows', 'true');
	await overview.follow('?view=top-pins&range=all&sort=saves');
	await expect(row).toHaveAttribute('data-half-age', '');
	const first = page.locator('tr[aria-rowindex="2"]');
	await page.getByLabel('Order by life').selectOption('oldest first');
	await expect(first).toHaveAttribute('data-pin', 'old');
	await page.getByLabel('Order by life').selectOption('youngest first');
	await expect(first).toHaveAttribute('data-age', '15');
});

test('the Overview tells how old Pins were when they were seen, once one scrolls there', async ({
	page,
	overview
}) => {
	// So low that the card is far from what is seen, however short the page is.
	await page.setViewportSize({ width: page.viewportSize()!.width, height: 300 });
	await overview.follow('?range=30d');
	await expect(page.locator('[data-pin-age]')).toHaveCount(5);
	await expect(page.locator('[data-pin-age] data')).toHaveCount(0);
	await page.getByRole('heading', { name: 'Older exports' }).scrollIntoViewIfNeeded();
	const share = (age: string) => page.locator(`[data-pin-age="${age}"] data`);
	await expect(share('0-7')).toHaveAttribute('value', String(2 / 11));
	await expect(share('8-30')).toHaveAttribute('value', String(6 / 11));
	await expect(share('91-365')).toHaveAttribute('value', String(3 / 11));
	await expect(share('366+')).toHaveAttribute('value', '0');
});
