import type { OverviewPage } from './support/overview-page';
import { stockedTest as test } from './support/stocked-test';
import { MANY_PINS, PINS, SMALL } from './support/stocks';
import { expect } from './support/test';

/** On a phone the lists are a tab of their own. */
async function openLists(overview: OverviewPage, search = '') {
	await overview.follow(`?view=top-pins${search}`);
	await expect(overview.page.locator('tr[data-pin]').first()).toBeVisible();
}

test.describe('of many Pins', () => {
	test.use({ stock: MANY_PINS });

	test('lists the best 50 and pages through all of them', async ({ page, overview }) => {
		await openLists(overview);
		await expect(page.locator('tr[data-pin]')).toHaveCount(50);
		await page.getByRole('button', { name: 'Show all 3,000' }).click();
		const list = page.getByRole('region', { name: 'All Pins' });
		await expect(list.locator('tr[data-pin="pin-0"]')).toBeVisible();
		// Only what is in sight is drawn.
		expect(await list.locator('tr').count()).toBeLessThan(60);

		await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
		const last = list.locator(`tr[data-pin="pin-${PINS - 1}"]`);
		await expect(last).toBeVisible();
		await expect(last.locator('data').first()).toHaveAttribute('value', '1');
		await expect(last).toHaveAttribute('aria-rowindex', String(PINS + 1));

		await list.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
		await expect(list.locator('tr[data-pin="pin-1500"]')).toBeAttached();

		await page.getByRole('button', { name: 'Show the best only' }).click();
		await expect(page.locator('tr[data-pin]')).toHaveCount(50);
	});

	test('searches all Pins by title, id and link', async ({ page, overview }) => {
		await openLists(overview);
		const field = page.getByRole('searchbox', { name: 'Search Pins' });
		await field.fill('LANTERN 29');
		await overview.ready();
		await expect(page).toHaveURL(/q=LANTERN%2029/);
		// 290 and 2900 to 2990, most seen first.
		expect(await overview.pinIds()).toEqual(
			['290', ...Array.from({ length: 10 }, (_, i) => `29${i}0`)].map((n) => `pin-${n}`)
		);
		await expect(overview.tile('impressions')).toHaveAttribute('value', String((PINS * (PINS + 1)) / 2));

		await field.fill('shop.example/7');
		await overview.ready();
		await expect(page.getByRole('button', { name: 'Show all 75' })).toBeVisible();
		await field.fill('nothing like it');
		await overview.ready();
		await expect(page.getByText('No Pins contain these words.')).toBeVisible();

		// All that was typed is one step of the history.
		await page.goBack();
		await overview.ready();
		await expect(field).toHaveValue('');
		await expect(page.locator('tr[data-pin]')).toHaveCount(50);
	});

	test('lists destinations, and leads from one to its Pins', async ({ page, overview }) => {
		await openLists(overview);
		const links = page.getByRole('table', { name: 'Top links' });
		await expect(links.locator('tr[data-link]')).toHaveCount(10);
		const first = links.locator('tr[data-link="https://shop.example/0"]');
		await expect(first).toContainText('75 Pins');
		await expect(first.getByRole('link', { name: /opens in a new tab/ })).toHaveAttribute(
			'rel',
			'noopener noreferrer'
		);
		await first.getByRole('link', { name: /75 Pins/ }).click();
		await overview.ready();
		await expect(page).toHaveURL(/q=https:\/\/shop\.example\/0/);
		expect((await overview.pinIds())[0]).toBe('pin-0');
		await page.getByRole('button', { name: 'Show all 40 rows' }).click();
		await expect(links.locator('tr[data-link]')).toHaveCount(40);
	});
});

test.describe('of a few', () => {
	test.use({ stock: SMALL });

	test('orders the lists by the menu in their headings', async ({ page, overview }) => {
		await openLists(overview);
		await page.getByLabel('Order of Top Pins').selectOption('link_clicks');
		await overview.ready();
		expect((await overview.pinIds())[0]).toBe('103');
		await expect(page.getByLabel('Order of Top boards')).toHaveValue('link_clicks');
		await expect(page.locator('tr[data-board]').first()).toHaveAttribute('data-board', 'Light');
	});

	test('leads from Pins and boards to pages of their own, with the view', async ({ page, overview }) => {
		await openLists(overview, '&device=mobile');
		await expect(page.locator('tr[data-pin="101"]').getByRole('link', { name: /^Lamp/ })).toHaveAttribute(
			'href',
			/pin\/\?id=101&device=mobile/
		);
		await expect(page.locator('tr[data-board="Light"]').getByRole('link')).toHaveAttribute(
			'href',
			/board\/\?name=Light&device=mobile/
		);
	});

	test('says what stands out, and leads to it', async ({ page, overview }) => {
		await overview.follow();
		const insights = page.getByRole('list', { name: 'What stands out' });
		await expect(insights).toContainText('69% of impressions are on mobile.');
		// Three saves at 11:00 on the Sunday, two of each other at other hours.
		await expect(insights).toContainText('Sunday from 11:00 to 12:00 is when most engagements happen.');
		await insights.getByRole('link', { name: 'Show mobile only' }).click();
		await overview.ready();
		await expect(page).toHaveURL(/device=mobile/);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
		await expect(insights.getByRole('link', { name: 'Show mobile only' })).toHaveCount(0);
	});
});

test.describe('of long titles', () => {
	const title = 'A crayfish party made of scraps that you have at home, in one evening, with friends';
	const rows = `timestamp,event,pin_id,pin_title,board,link,format\n2026-06-30,impression,long,"${title}",A board that has a long name too,https://fernhill.example/ideas/330,collections\n2026-06-30,video_play,long,,,,video`;
	test.use({ stock: { name: 'a long title', files: [{ name: 'long.csv', text: rows }] } });

	test('keeps within a phone, however long a title is @phone', async ({ page, overview }) => {
		const tooWide = () =>
			page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
		for (const width of [390, 320]) {
			await page.setViewportSize({ width, height: 700 });
			await openLists(overview);
			await expect.poll(tooWide).toBe(0);
		}
	});
});
