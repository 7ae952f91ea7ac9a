import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OverviewPage } from './support/overview-page';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

/** Pages where there are reports alone: a quarter was exported, by two metrics, and 30 days are shown. */

const PIN = '1091700765947216952';
const QUARTER = '2026-06-01|2026-08-31';
const BOARD = 'oakandlinen/kitchen-shelves';

function fixture(folder: string, name: string) {
	const path = fileURLToPath(new URL(`../fixtures/${folder}/${name}`, import.meta.url));
	return { name, text: readFileSync(path, 'utf8') };
}

/** On a phone the lists are a tab of their own. */
async function openLists(overview: OverviewPage) {
	await overview.follow('?view=top-pins');
	await expect(overview.page.locator('tr[data-pin]').first()).toBeVisible();
}

test.describe('of a quarter', () => {
	test.use({
		stock: {
			name: 'reported quarter',
			files: [fixture('reported', 'overview-quarter.csv'), fixture('reported', 'overview-quarter-saves.csv')]
		}
	});

	test('lists the Pins of the quarter under its own days', async ({ page, overview }) => {
		await openLists(overview);
		const pins = page.getByRole('region', { name: 'Top Pins' });
		await expect(pins).toContainText('1 Jun – 31 Aug, as exported');
		expect((await overview.pinIds())[0]).toBe(PIN);
		const row = page.locator(`tr[data-pin="${PIN}"]`);
		await expect(row.locator('[data-metric="impressions"]')).toHaveAttribute('value', '12418');
		await expect(row.locator('[data-metric="saves"]')).toHaveAttribute('value', '214');
		await expect(row.locator('[data-metric="closeups"]')).toHaveAttribute('value', '');
		await expect(page.getByRole('region', { name: 'Top boards' })).toContainText(
			'1 Jun – 31 Aug, as exported'
		);
		// Its figures are of other days: they are in no total.
		await expect(overview.tile('impressions')).not.toHaveAttribute('value', '12418');
	});

	test('marks estimates by a sign, and says once what signs mean', async ({ page, overview }) => {
		await openLists(overview);
		const pins = page.getByRole('region', { name: 'Top Pins' });
		const row = pins.locator(`tr[data-pin="${PIN}"]`);
		// The quarter reaches into estimated days; the export of saves is final.
		await expect(row.getByRole('img', { name: 'estimate' })).toHaveCount(1);
		await expect(row).not.toContainText('estimate');
		await expect(pins.getByText('estimate: the platform may still change it')).toHaveCount(1);
		await expect(pins.getByText('– not among the Pins of that export')).toHaveCount(1);
		await expect(pins.getByText(/^– no export of engagements, closeups and link clicks/)).toHaveCount(1);
		const boards = page.getByRole('region', { name: 'Top boards' });
		await expect(boards.getByRole('img', { name: 'estimate' })).toHaveCount(0);
		await expect(boards.getByText('not among')).toHaveCount(0);
	});

	test('gives a Pin without a name its id, its page on the platform and a way to name it', async ({
		page,
		overview
	}) => {
		await openLists(overview);
		const row = page.locator(`tr[data-pin="${PIN}"]`);
		await expect(row).toContainText('No name known');
		const link = row.getByRole('link', { name: `Pin ${PIN} on Pinterest, opens in a new tab` });
		await expect(link).toHaveAttribute('href', `https://www.pinterest.com/pin/${PIN}/`);
		await expect(link).toHaveAttribute('target', '_blank');
		await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
		await row.getByRole('link', { name: 'name Pins' }).click();
		await expect(page).toHaveURL(/\/data\//);
	});

	test('shows a Pin by its periods, and leads to their days', async ({ page, overview }) => {
		await openLists(overview);
		await page.locator(`tr[data-pin="${PIN}"]`).getByRole('link', { name: PIN, exact: true }).click();
		await overview.ready();
		await expect(page.getByRole('heading', { level: 1 })).toHaveText(PIN);
		await expect(page.getByRole('link', { name: 'View on Pinterest, opens in a new tab' })).toHaveAttribute(
			'href',
			`https://www.pinterest.com/pin/${PIN}/`
		);
		const period = page.locator(`[data-period="${QUARTER}"]`);
		await expect(period.locator('[data-metric="impressions"]')).toHaveAttribute('value', '12418');
		await expect(period.locator('[data-metric="saves"]')).toHaveAttribute('value', '214');
		// Nothing is known of the 30 days alone.
		for (const block of ['[data-tile]', '[data-share]', '[data-split]', '[data-weekday]', 'canvas'])
			await expect(page.locator(`main ${block}`)).toHaveCount(0);
		await expect(page.getByText(/^No figures for 2 Aug – 31 Aug 2026/)).toBeVisible();
		await page.getByRole('link', { name: 'Show 1 Jun – 31 Aug 2026' }).click();
		await overview.ready();
		await expect(page).toHaveURL(/from=2026-06-01&to=2026-08-31/);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '12418');
		// A quarter is no step of the chart, and the account's figures lack two of its days.
		await expect(page.locator('main canvas')).toHaveCount(0);
		await expect(page.locator('[data-share]')).toHaveCount(0);
	});

	test('shows a board that only reports name', async ({ page, overview }) => {
		await overview.follow(`board/?name=${BOARD}&from=2026-06-01&to=2026-08-31`);
		await expect(overview.tile('engagements')).toHaveAttribute('value', '2779');
		await expect(page.locator(`[data-period="${QUARTER}"] [data-metric="saves"]`)).toHaveAttribute(
			'value',
			'702'
		);
		await expect(page.locator('main')).not.toContainText('0 Pins');
		await expect(page.locator('tr[data-pin]')).toHaveCount(0);
	});

	test('sums a metric up by weekday over the days known', async ({ page, overview }) => {
		await overview.follow('?from=2026-07-06&to=2026-07-19');
		// Of these two weeks the 11th, a Saturday, is missing.
		const table = page.getByRole('table', { name: 'Impressions a day, over 13 days with figures' });
		await expect(table.locator('tr[data-weekday]')).toHaveCount(7);
		const values = daily('overview-quarter.csv');
		const sum = (...days: string[]) => String(days.reduce((all, day) => all + (values.get(day) ?? NaN), 0));
		const monday = table.locator('tr[data-weekday="0"]');
		await expect(monday.locator('data')).toHaveAttribute('value', sum('2026-07-06', '2026-07-13'));
		const saturday = table.locator('tr[data-weekday="5"]');
		await expect(saturday.locator('data')).toHaveAttribute('value', sum('2026-07-18'));
		await expect(saturday.locator('td').last()).toHaveText('1');
		await expect(page.getByText('These reports have days, not hours.')).toBeVisible();
		// People do not add up over days.
		await overview.follow('?from=2026-07-06&to=2026-07-19&metric=total_audience');
		await expect(page.locator('tr[data-weekday="0"] [data-metric="impressions"]')).toHaveCount(1);
		await overview.follow('?from=2026-07-06&to=2026-07-19&metric=closeups');
		await expect(page.locator('[data-weekday]')).toHaveCount(0);
	});

	test('leaves out what it has nothing for', async ({ page, overview }) => {
		await openLists(overview);
		await expect(page.getByRole('heading', { name: 'Top links' })).toHaveCount(0);
		await expect(page.getByRole('heading', { name: 'Weekday and hour' })).toHaveCount(0);
		await overview.follow('?view=top-pins&content=paid&from=2026-06-01&to=2026-08-31');
		await expect(page.locator('tr[data-board]')).toHaveCount(0);
		await expect(page.getByRole('heading', { name: 'Top boards' })).toHaveCount(0);
		await page
			.getByRole('region', { name: 'Top Pins' })
			.getByRole('button', { name: /^Show / })
			.first()
			.click();
		await overview.ready();
		expect((await overview.pinIds())[0]).toBe(PIN);
	});

	test('names the file of a list by the days that it is of @wide', async ({ page, overview }) => {
		await overview.follow();
		await page.getByRole('button', { name: /^Export/ }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: 'Pins' }).click();
		expect((await download).suggestedFilename()).toBe('tackboard_pins_2026-06-01_2026-08-31.csv');
	});
});

test('says how to get a list of Pins where no report has one', async ({ page, overview }) => {
	await overview.follow();
	await overview.importFiles(fixture('specimens', 'account-daily-table.csv'));
	await overview.follow('?view=top-pins');
	const pins = page.getByRole('region', { name: 'Top Pins' });
	await expect(pins).toContainText(
		'None of your reports lists Pins. Export the overview in Pinterest Analytics'
	);
	await expect(pins.getByRole('searchbox')).toHaveCount(0);
});

test('shows totals since the first day with their day', async ({ page, overview }) => {
	await overview.follow();
	await overview.importFiles(fixture('specimens', 'pin-snapshots-lifetime.csv'));
	await overview.follow(`pin/?id=${PIN}`);
	const totals = page.getByRole('region', { name: 'Since its first day' });
	await expect(totals).toContainText('as of 3 Sept 2026');
	await expect(totals.locator('[data-metric="impressions"]')).toHaveAttribute('value', '3142');
	await expect(totals.locator('[data-metric="saves"]')).toHaveAttribute('value', '41');
});

/** The figures of an export's series by day. */
function daily(name: string): ReadonlyMap<string, number> {
	const rows = fixture('reported', name).text.matchAll(/^(\d{4}-\d{2}-\d{2}),(\d+)$/gm);
	return new Map([...rows].map(([, day, value]) => [day ?? '', Number(value)]));
}
