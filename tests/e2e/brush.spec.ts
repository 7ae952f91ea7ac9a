import type { Locator, Page } from 'playwright/test';
import type { OverviewPage } from './support/overview-page';
import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

/** Days are chosen by hand: figures follow while it moves, lists when it rests. */

test.use({ stock: SMALL });
test.beforeEach(({ overview }) => overview.follow());

async function boxOf(part: Locator) {
	const box = await part.boundingBox();
	if (!box) throw new Error('there is no box');
	return box;
}

const edge = (page: Page, end: 'Start' | 'End') =>
	page.getByRole('slider', { name: `${end} of the days shown` });

/** Takes an edge of the brush and moves it, without letting go. */
async function dragEdge(page: Page, end: 'Start' | 'End', across: number): Promise<void> {
	const box = await boxOf(edge(page, end));
	const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
	await page.mouse.move(x, y);
	await page.mouse.down();
	await page.mouse.move(x + across, y, { steps: 5 });
}

const impressions = (overview: OverviewPage) => overview.tile('impressions');

test('figures follow while days are dragged over the chart, and the address when they are chosen @wide', async ({
	page,
	overview
}) => {
	const chart = page.getByRole('group', { name: /^Impressions, 1 Jun – 30 Jun 2026/ });
	const box = await boxOf(chart);
	await page.mouse.move(box.x + box.width * 0.85, box.y + 80);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width - 2, box.y + 90, { steps: 4 });
	await expect(impressions(overview)).toHaveAttribute('value', /^1[16]$/);
	await expect(overview.main).toHaveAttribute('data-ready', 'false');
	await expect(chart, 'the chart stays under the hand').toBeVisible();
	await expect(page).toHaveURL(/\/$/);
	await page.keyboard.press('Escape');
	await page.mouse.up();
	await overview.ready();
	await expect(impressions(overview)).toHaveAttribute('value', '16');
	await expect(page).toHaveURL(/\/$/);
});

test('an edge of the brush is dragged, people included, and the lists follow @wide', async ({
	page,
	overview
}) => {
	await expect(edge(page, 'Start')).toHaveAttribute('aria-valuetext', '1 Jun 2026');
	const strip = await boxOf(page.getByRole('group', { name: /^Days shown, among/ }));
	// The line is of 47 days, 15 May to 30 June.
	await dragEdge(page, 'End', (-strip.width / 47) * 3.3);
	await expect(impressions(overview)).toHaveAttribute('value', '0');
	await expect(overview.tile('total_audience')).toHaveAttribute('value', '1');
	await expect(page).toHaveURL(/\/$/);
	await page.mouse.up();
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-06-01&to=2026-06-2[67]/);
	await expect(page.locator('tr[data-pin]')).toHaveCount(1);
	await page.goBack();
	await overview.ready();
	await expect(impressions(overview)).toHaveAttribute('value', '16');
});

test('the brush is moved by key, by days, weeks and its own length', async ({ page, overview }) => {
	await edge(page, 'Start').focus();
	await page.keyboard.press('PageDown');
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-05-25&to=2026-06-30/);
	await page.keyboard.press('Home');
	await overview.ready();
	await expect(impressions(overview)).toHaveAttribute('value', '23');
	await edge(page, 'End').focus();
	await page.keyboard.press('ArrowLeft');
	await overview.ready();
	await expect(impressions(overview)).toHaveAttribute('value', '17');
	await expect(edge(page, 'End')).toHaveAttribute('aria-valuetext', '29 Jun 2026');
	// A key that is held down moves on; letting it go chooses.
	await page.keyboard.down('ArrowLeft');
	await page.keyboard.down('ArrowLeft');
	await expect(impressions(overview)).toHaveAttribute('value', '7');
	await expect(page).toHaveURL(/to=2026-06-29/);
	await page.keyboard.up('ArrowLeft');
	await overview.ready();
	await expect(page).toHaveURL(/to=2026-06-27/);
	await page.keyboard.press('Shift+End');
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-05-18&to=2026-06-30/);
});

test('a stretch of the line that is drawn anew is the range @wide', async ({ page, overview }) => {
	const box = await boxOf(page.getByRole('group', { name: /^Days shown, among/ }));
	await page.mouse.move(box.x + box.width * 0.1, box.y + 15);
	await page.mouse.down();
	await page.mouse.move(box.x + box.width * 0.2, box.y + 15, { steps: 5 });
	await page.mouse.up();
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-05-1\d&to=2026-05-2\d/);
	await expect(impressions(overview)).toHaveAttribute('value', '0');
});
