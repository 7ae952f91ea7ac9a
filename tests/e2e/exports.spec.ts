import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { readWorkbook } from '../../src/lib/import/workbook/read-workbook';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

const OLD_ROW = '2017-03-01T10:00:00Z,impression,101,ann,organic,own,mobile,shop.example,standard,4,,,';

let overview: OverviewPage;

/** Does something that downloads a file, and reads it. */
async function downloaded(page: Page, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
	const download = page.waitForEvent('download');
	await act();
	const file = await download;
	return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

async function exportItem(page: Page, project: string, item: string) {
	if (project === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('button', { name: /^Export/ }).click();
	return downloaded(page, () => page.getByRole('menuitem', { name: item }).click());
}

test.beforeEach(async ({ page }) => {
	overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'small.csv', text: `${SMALL_FILE}${OLD_ROW}\n` });
});

test('packs everything that the filters select into one archive, and into one workbook', async ({ page }, {
	project
}) => {
	await overview.follow('?device=mobile&split=source');
	const { name, bytes } = await exportItem(page, project.name, 'Everything');
	expect(name).toBe('tackboard_everything_2026-06-01_2026-06-30.zip');
	const files = unzipSync(new Uint8Array(bytes));
	expect(Object.keys(files)).toEqual(
		expect.arrayContaining(['daily.csv', 'pins.csv', 'boards.csv', 'events.csv', 'filters.json'])
	);
	expect(strFromU8(files['daily.csv']!)).toContain('date,source,impressions');
	expect(strFromU8(files['events.csv']!).trim().split('\r\n').length).toBe(5);
	expect(JSON.parse(strFromU8(files['filters.json']!))).toMatchObject({
		from: '2026-06-01',
		to: '2026-06-30',
		filters: { device: ['mobile'] },
		split: 'source'
	});

	const workbook = await exportItem(page, project.name, 'Workbook');
	expect(workbook.name).toBe('tackboard_everything_2026-06-01_2026-06-30.xlsx');
	const sheets = await readWorkbook(new AbortController().signal, new Uint8Array(workbook.bytes));
	expect(sheets.map(({ name }) => name)).toEqual(
		expect.arrayContaining(['Filters', 'Daily figures', 'Pins', 'Events'])
	);
	const cellsOf = (name: string) =>
		sheets.find((sheet) => sheet.name === name)!.rows.map(({ cells }) => cells);
	expect(cellsOf('Filters')).toContainEqual(['filters.device', 'mobile']);
	expect(cellsOf('Daily figures')[1]!.slice(0, 2)).toEqual(['2026-06-01', 'other']);
	expect(cellsOf('Events')).toHaveLength(5);
	const older = page.getByRole('region', { name: 'Older exports' });
	if (project.name === 'wide')
		await expect(older.locator(`[data-export="${workbook.name}"]`)).toContainText('Workbook');
});

test('lists exports that were made, and makes them again as they were', async ({ page }, { project }) => {
	await overview.open('?device=mobile');
	const first = await exportItem(page, project.name, 'Daily figures');
	await overview.follow('?range=7d');
	const older = page.getByRole('region', { name: 'Older exports' });
	const row = older.locator('[data-export="tackboard_daily_2026-06-01_2026-06-30.csv"]');
	await expect(row).toContainText('1 Jun – 30 Jun 2026 · Mobile');
	const again = await downloaded(page, () => row.getByRole('button').click());
	expect(again.name).toBe(first.name);
	expect(again.bytes.equals(first.bytes)).toBe(true);

	await row.getByRole('link').click();
	await overview.ready();
	await expect(page).toHaveURL(/from=2026-06-01&to=2026-06-30&device=mobile$/);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '11');
	await page.reload();
	await overview.ready();
	await expect(older.locator('[data-export]')).toHaveCount(1);
});

test('gives the whole history year by year, whatever is filtered @wide', async ({ page }) => {
	await overview.open('?device=desktop&range=7d');
	const older = page.getByRole('region', { name: 'Older exports' });
	const old = await downloaded(page, () => older.getByRole('button', { name: 'Events of 2017' }).click());
	expect(old.name).toBe('tackboard_events_2017-01-01_2017-12-31.csv');
	expect(old.bytes.toString().trim().split('\r\n').length).toBe(2);
	const all = await downloaded(page, () =>
		older.getByRole('button', { name: 'All years in one file' }).click()
	);
	expect(all.bytes.toString().trim().split('\r\n').length).toBe(9);
});

test('downloads what the filters select @wide', async ({ page }) => {
	await overview.follow('?device=mobile');
	for (const [item, name, first] of [
		['Daily figures', 'tackboard_daily_2026-06-01_2026-06-30.csv', 'date,impressions,'],
		['Pins', 'tackboard_pins_2026-06-01_2026-06-30.csv', 'rank,pin_id,'],
		['Boards', 'tackboard_boards_2026-06-01_2026-06-30.csv', 'rank,board,'],
		['Events', 'tackboard_events_2026-06-01_2026-06-30.csv', 'timestamp,event,']
	] as const) {
		await page.getByRole('button', { name: /^Export/ }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: item }).click();
		const file = await download;
		expect(file.suggestedFilename()).toBe(name);
		const text = await readFile(await file.path(), 'utf8');
		expect(text.startsWith(`\uFEFF${first}`)).toBe(true);
	}
});

test('downloads the chart as a picture @wide', async ({ page }) => {
	await overview.follow('?split=device');
	await page.getByRole('button', { name: /^Export/ }).click();
	const download = page.waitForEvent('download');
	await page.getByRole('menuitem', { name: 'Chart picture' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('tackboard_chart_2026-06-01_2026-06-30.png');
	const bytes = await readFile(await file.path());
	expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
});
