import { addDays } from '../../src/lib/model/calendar';
import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

/** An export of one metric: a value a day, null where the day is there without one. */
function exportOf(metric: string, from: string, values: readonly (number | null)[]): string {
	const to = addDays(from, values.length - 1);
	const days = values.map((value, i) => `${addDays(from, i)},${value ?? ''}`);
	return ['Analytics overview', `${from} - ${to}`, '', `Date,${metric}`, ...days, ''].join('\n');
}

const days = (count: number) => Array.from({ length: count }, (_, i) => 100 + i);

// Impressions: 20 September to 3 November but for 1 to 4 October. Saves: the last 3 of these days.
const IMPRESSIONS = exportOf('Impressions', '2026-09-20', [
	...days(11),
	...Array<null>(4).fill(null),
	...days(30)
]);
const SAVES = exportOf('Saves', '2026-11-01', days(3));

test.use({
	stock: {
		name: 'coverage',
		files: [
			{ name: 'Pinterest Analytics overview 20260920-20261103.csv', text: IMPRESSIONS },
			{ name: 'Pinterest Analytics overview 20261101-20261103.csv', text: SAVES }
		]
	}
});

test.beforeEach(async ({ page, overview }) => {
	await overview.follow('data/');
	await expect(page.locator('[data-covered]').first()).toBeVisible();
});

test('shows the share of each month that is known, up to the newest day', async ({ page }) => {
	const share = async (cell: string) =>
		Number(await page.locator(`[data-covered="${cell}"] data`).getAttribute('value'));
	expect(await share('impressions|2026-09')).toBeCloseTo(11 / 30);
	expect(await share('impressions|2026-10')).toBeCloseTo(27 / 31);
	expect(await share('impressions|2026-11')).toBe(1);
	expect(await share('saves|2026-09')).toBe(0);
	expect(await share('saves|2026-11')).toBe(1);
	await expect(page.locator('[data-covered^="impressions|"]')).toHaveCount(3);
	await expect(
		page.getByRole('button', { name: 'Impressions, October 2026: 27 of 31 days known' })
	).toBeVisible();
});

test('takes a month for the date range, reads it out, and leads to it', async ({ page, overview }) => {
	await page.locator('[data-covered="impressions|2026-10"]').click();
	await expect(page).toHaveURL(/\/data\/\?from=2026-10-01&to=2026-10-31$/);
	const readout = page.getByRole('status').filter({ hasText: 'Impressions, October 2026' });
	await expect(readout).toContainText('4 missing (1–4)');
	await expect(readout).toContainText('27 from reports (5–31)');
	await readout.getByRole('link', { name: 'Show October 2026' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/\?from=2026-10-01&to=2026-10-31$/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', /^\d+$/);
});

test('is walked by the arrow keys, with one stop for the Tab key', async ({ page }) => {
	const cells = page.locator('[data-covered] button');
	await expect(cells.and(page.locator('[tabindex="0"]'))).toHaveCount(1);
	await page.locator('[data-covered="impressions|2026-11"] button').focus();
	await page.keyboard.press('ArrowLeft');
	await expect(page.locator('[data-covered="impressions|2026-10"] button')).toBeFocused();
	await page.keyboard.press('ArrowDown');
	await expect(page.locator('[data-covered="engagements|2026-10"] button')).toBeFocused();
	await page.keyboard.press('Home');
	await expect(page.locator('[data-covered="engagements|2026-09"] button')).toBeFocused();
	await page.keyboard.press('ArrowLeft');
	await expect(page.locator('[data-covered="engagements|2026-09"] button')).toBeFocused();
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/from=2026-09-01&to=2026-09-30$/);
	await expect(page.locator('[data-covered="engagements|2026-09"]')).toHaveAttribute('aria-selected', 'true');
});

test('zooms in to days within its card', async ({ page }) => {
	const zoom = page.getByRole('group', { name: 'Zoom' });
	const cell = page.locator('[data-covered="impressions|2026-10"]');
	const before = (await cell.boundingBox())!.width;
	await zoom.getByRole('button', { name: 'Days' }).click();
	await expect(zoom.getByRole('button', { name: 'Days' })).toHaveAttribute('aria-pressed', 'true');
	await expect.poll(async () => (await cell.boundingBox())!.width).toBeGreaterThan(Math.max(before, 31 * 12));
	expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});

test('says for each gap what would fill it, the newest first', async ({ page }) => {
	const gap = (name: string) => page.locator(`[data-gap="${name}"]`);
	await expect(gap('impressions|2026-10-01|2026-10-04')).toHaveText(
		'Export Impressions for 1 Oct – 4 Oct 2026.'
	);
	await expect(gap('saves|2026-09-20|2026-10-31')).toHaveText('Export Saves for 20 Sept – 31 Oct 2026.');
	await expect(gap('closeups|2026-09-20|2026-11-03')).toHaveText(
		'Export Pin clicks for 20 Sept – 3 Nov 2026.'
	);
	await expect(gap('link_clicks|2026-09-20|2026-11-03')).toContainText('Outbound clicks');
	const all = page.locator('[data-gap]');
	for (const each of await all.all()) await expect(each).toBeVisible();
	const ends = await all.evaluateAll((gaps) =>
		gaps.map((each) => each.getAttribute('data-gap')!.split('|')[2]!)
	);
	expect(ends).toEqual([...ends].sort().reverse());
	// What is joined says how many files that is.
	const joined = page
		.getByRole('listitem')
		.filter({ has: gap('closeups|2026-09-20|2026-11-03') })
		.first();
	await expect(joined).toContainText(/\d+ files/);
});

test('leads from a gap to the way to its files', async ({ page }) => {
	const how = page.locator('details').filter({ hasText: 'Pinterest Analytics' }).first();
	await how.locator('summary').click();
	await expect(how).not.toHaveAttribute('open');
	await page.getByRole('button', { name: /^How/ }).first().click();
	await expect(how).toHaveAttribute('open', '');
	await expect(how.locator('summary')).toBeFocused();
	await expect(how.getByText('Outbound clicks', { exact: true })).toBeInViewport();
});

for (const width of [320, 390])
	test(`fits into ${width} pixels`, async ({ page }) => {
		await page.setViewportSize({ width, height: 800 });
		const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
		await expect.poll(fits).toBe(true);
		await page.locator('[data-covered="impressions|2026-10"]').click();
		await page.getByRole('button', { name: 'Days', exact: true }).click();
		expect(await fits()).toBe(true);
	});

// From here on tests change what is stored.

test('is not there while nothing is stored, and comes with the next import', async ({ page, overview }) => {
	await page.getByRole('button', { name: /^Undo all 2 files/ }).click();
	await expect(page.getByText('Nothing has been imported yet.')).toBeVisible();
	await expect(page.locator('[data-covered]')).toHaveCount(0);
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(page.locator('[data-covered^="impressions|"]').first()).toBeVisible();
	const share = page.locator('[data-covered="impressions|2026-06"] data');
	await expect(share).toHaveAttribute('value', /^(0\.\d+|1)$/);
});

test('groups the files of one drop, each with its name and its way back', async ({ page }) => {
	const rows = page.locator('tr[data-batch]');
	await expect(rows).toHaveCount(2);
	for (const row of await rows.all()) {
		await expect(row).toBeVisible();
		await expect(row.getByRole('rowheader')).toContainText('.csv');
		await expect(row.getByRole('button', { name: /^Undo/ })).toBeVisible();
	}
	await rows.filter({ hasText: '20261101' }).getByRole('button', { name: /^Undo/ }).click();
	await expect(rows).toHaveCount(1);
	await expect(page.getByRole('button', { name: /^Undo all/ })).toHaveCount(0);
	await expect(page.locator('[data-covered="saves|2026-11"] data')).toHaveAttribute('value', '0');
});

test.describe('with so many files that a line reminds of a copy', () => {
	const files = Array.from({ length: 20 }, (_, i) => ({
		name: `Pinterest Analytics overview ${i}.csv`,
		text: exportOf('Impressions', addDays('2026-01-01', 3 * i), days(3))
	}));
	test.use({ stock: { name: 'many files', files } });

	test('the names of metrics stay below that line', async ({ page }) => {
		await page.setViewportSize({ ...page.viewportSize()!, height: 400 }); // the grid is longer than the window
		const reminder = page.locator('[data-reminder]');
		await expect(reminder).toBeVisible();
		const name = page.getByRole('grid').getByRole('rowheader').last();
		const isOnTop = await name.evaluate(
			(cell, line) => {
				const middleOf = (element: Element) => {
					const { x, y, height } = element.getBoundingClientRect();
					return { x: x + 20, y: y + height / 2 };
				};
				scrollBy(0, middleOf(cell).y - middleOf(line!).y);
				const { x, y } = middleOf(cell);
				const { top, bottom } = line!.getBoundingClientRect();
				if (y < top || y > bottom) throw new Error('the name is not where the line is');
				return line!.contains(document.elementFromPoint(x, y));
			},
			await reminder.elementHandle()
		);
		expect(isOnTop).toBe(true);
	});
});
