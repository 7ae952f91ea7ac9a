import { readFile } from 'node:fs/promises';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

/** Two video Pins and one that is none. Clip: 4 plays of 12 s, 3 of them in view and seen to the end; Reel: 10 plays of 3 s. */
const VIDEO_FILE = [
	'timestamp,event,pin_id,format,count,watch_seconds,view_percent,played_percent,pin_title,device',
	'2026-06-30,impression,clip,video,10,,,,Clip,mobile',
	'2026-06-30,impression,reel,video,30,,,,Reel,mobile',
	'2026-06-30,impression,lamp,standard,99,,,,Lamp,mobile',
	'2026-06-30,video_play,clip,video,3,12,80,100,,mobile',
	'2026-06-29,video_play,clip,video,1,12,20,50,,desktop',
	'2026-06-29,video_play,reel,video,10,3,100,40,,mobile',
	'2026-06-29,save,clip,video,2,,,,,mobile',
	'2026-06-28,link_click,reel,video,4,,,,,mobile',
	'2026-06-28,link_click,lamp,standard,50,,,,,mobile',
	'2026-05-20,video_play,reel,video,5,3,100,40,,mobile',
	''
].join('\n');

const TILES = {
	video_views: 13,
	avg_watch_seconds: 78 / 14,
	total_watch_minutes: 78 / 60,
	views_10s: 4,
	views_95: 3,
	saves: 2,
	link_clicks: 4,
	link_click_rate: 0.1
};

test.use({ stock: { name: 'video', files: [{ name: 'video.csv', text: VIDEO_FILE }] } });
test.beforeEach(({ overview }) => overview.follow('video/'));

test('shows its eight figures of video Pins only', async ({ page, overview }) => {
	for (const [metric, value] of Object.entries(TILES))
		await expect(overview.tile(metric)).toHaveAttribute('value', String(value));
	await expect(page.locator('[data-tile]')).toHaveCount(8);
	const width = await page.evaluate(() => document.documentElement.scrollWidth);
	expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
});

test('draws any of them, split and compared', async ({ page, overview }) => {
	await expect(page.getByLabel('Metric', { exact: true })).toHaveValue('video_views');
	await page.locator('[data-tile="views_10s"]').click();
	await expect(page).toHaveURL(/\/video\/\?metric=views_10s$/);
	await page.getByLabel('Split by', { exact: true }).selectOption('device');
	await overview.ready();
	await expect(page.getByRole('group', { name: 'Series on the chart' }).getByRole('button')).toHaveText([
		'Mobile',
		'Desktop'
	]);
	await page.goto('/video/?compare=previous');
	await overview.ready();
	await expect(overview.tile('video_views')).toHaveAttribute('data-change', String((13 - 5) / 5));
});

test('lists the top video Pins by any video figure', async ({ page, overview }) => {
	await expect(page.getByRole('heading', { name: 'Top video Pins' })).toBeVisible();
	expect(await overview.pinIds()).toEqual(['reel', 'clip']);
	await page.getByLabel('Order of Top Pins').selectOption('avg_watch_seconds');
	await overview.ready();
	await expect(page).toHaveURL(/sort=avg_watch_seconds/);
	expect(await overview.pinIds()).toEqual(['clip', 'reel']);
	await expect(page.locator('tr[data-pin="clip"] [data-metric="avg_watch_seconds"]')).toHaveAttribute(
		'value',
		'12'
	);
	await page.getByLabel('Order of Top Pins').selectOption('link_click_rate');
	await overview.ready();
	expect(await overview.pinIds()).toEqual(['reel', 'clip']);
});

test('has no control for the format, which is given @wide', async ({ page, overview }) => {
	await expect(page.getByRole('group', { name: 'Device' })).toBeVisible();
	await expect(page.getByRole('group', { name: 'Format' })).toHaveCount(0);
	await overview.follow('video/?format=standard');
	await expect(overview.tile('video_views')).toHaveAttribute('value', '13');
	await expect(page.getByRole('button', { name: /remove this filter/ })).toHaveCount(0);
});

test('takes the view along to and from the Overview @wide', async ({ page, overview }) => {
	await page.getByRole('checkbox', { name: 'Desktop' }).check();
	await page.getByLabel('Order of Top Pins').selectOption('views_95');
	await overview.ready();
	await page.getByRole('link', { name: 'Overview' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/\?device=desktop$/);
	await page.getByRole('link', { name: 'Video' }).click();
	await overview.ready();
	await expect(page).toHaveURL(/\/video\/\?device=desktop$/);
	await expect(overview.tile('video_views')).toHaveAttribute('value', '0');
});

test('exports what it shows @wide', async ({ page }) => {
	for (const [item, lines] of [
		['Daily figures', ['2026-06-29,0,2,0,2,0,0,0,0,11,10,1,0,0.7']],
		['Pins', ['1,reel,', '2,clip,']]
	] as const) {
		await page.getByRole('button', { name: /^Export/ }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: item }).click();
		const text = await readFile(await (await download).path(), 'utf8');
		for (const line of lines) expect(text).toContain(`\r\n${line}`);
		expect(text).not.toContain('lamp');
	}
});
