import type { Page } from 'playwright/test';
import { FolderInBrowser } from './support/folder-in-browser';
import { OverviewPage } from './support/overview-page';
import { expect, test } from './support/test';

/** The inbox: a folder whose new files are imported by themselves. */

const eventFile = (day: string, count = 1) =>
	`timestamp,event,pin_id\n${`${day}T10:00:00Z,impression,101\n`.repeat(count)}`;
const TABLE_WITHOUT_DAYS = 'Pin id,Impressions\n101,5\n102,6\n';

const card = (page: Page) => page.locator('[data-folder="inbox"]');

async function idle(overview: OverviewPage): Promise<void> {
	await expect(overview.importState).toHaveAttribute('data-inbox', 'idle', { timeout: 20_000 });
	await overview.ready();
}

/** The Data page, of a browser that hands over a folder. */
async function openData(page: Page) {
	const overview = new OverviewPage(page);
	const folder = await FolderInBrowser.begin(page, 'Exports');
	await page.goto('/data/?range=all');
	await overview.ready();
	return { overview, folder };
}

/** What coming back to the tab does. */
const focus = (page: Page) => page.evaluate(() => dispatchEvent(new Event('focus')));

test('imports what is new in the folder, each file once, with a report that can be undone', async ({
	page
}) => {
	const { overview, folder } = await openData(page);
	await expect(overview.importState).toHaveAttribute('data-inbox', 'none');
	await folder.write({
		'may.csv': eventFile('2026-05-01', 2),
		'notes.pdf': '%PDF-1.7 of no use',
		'june.csv.crdownload': eventFile('2026-06-01')
	});
	await folder.makeFolder('older');
	await expect(card(page)).toContainText('nothing leaves this device');
	await card(page).getByRole('button', { name: 'Choose inbox folder' }).click();
	await expect(overview.importState).toHaveAttribute('data-inbox', 'working');
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-run', '1');
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '2');
	const report = page.getByRole('region', { name: 'Import report' });
	await expect(report).toContainText('From the inbox folder “Exports”.');
	await expect(report.locator('[data-file="may.csv"]')).toHaveAttribute('data-outcome', 'imported');
	await expect(report.locator('[data-file="notes.pdf"]')).toHaveAttribute('data-outcome', 'failed');
	await expect(page.locator('[data-batch]')).toHaveCount(1);

	// It stays undone, and what was named once is not named again; a new file and a changed one are taken.
	await report.getByRole('button', { name: 'Undo', exact: true }).click();
	await expect(page.locator('[data-batch]')).toHaveCount(0);
	await folder.write({ 'june.csv': eventFile('2026-06-01', 3), 'notes.pdf': '%PDF-1.7 of no use, again' });
	await focus(page);
	await expect(overview.importState).toHaveAttribute('data-run', '2', { timeout: 20_000 });
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-accepted', '3');
	await expect(page.locator('[data-batch] th')).toHaveText(/june\.csv/);
	await card(page).getByText('What became of its files').click();
	await expect(card(page).locator('[data-inbox-file]')).toHaveCount(3);
	await expect(card(page).locator('[data-inbox-file="june.csv"]')).toContainText('imported');

	// The next visit looks again, and finds nothing.
	await page.reload();
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-run', '0');
	await expect(page.locator('[data-batch]')).toHaveCount(1);

	await card(page).getByRole('button', { name: 'Stop using this folder' }).click();
	await expect(overview.importState).toHaveAttribute('data-inbox', 'none');
	await expect(card(page).getByRole('button', { name: 'Choose inbox folder' })).toBeVisible();
	expect(await folder.names()).toEqual(['june.csv', 'june.csv.crdownload', 'may.csv', 'notes.pdf', 'older']);
});

test('counts an edition of a file once, keeps questions for the next visit, and waits while a file grows', async ({
	page
}) => {
	const { overview, folder } = await openData(page);
	await folder.write({ 'log.csv': eventFile('2026-05-01', 2), 'pins.csv': TABLE_WITHOUT_DAYS });
	await card(page).getByRole('button', { name: 'Choose inbox folder' }).click();
	await idle(overview);
	const report = page.getByRole('region', { name: 'Import report' });
	const asked = report.locator('[data-file="pins.csv"][data-outcome="needs_days"]');
	await expect(asked).toBeVisible();

	// Two rows are those of before: of the same name they are taken for an edition of the file.
	await folder.write({ 'log.csv': eventFile('2026-05-01', 5) });
	await expect(overview.importState).toHaveAttribute('data-run', '2', { timeout: 20_000 });
	await idle(overview);
	await overview.follow('?range=all');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');

	await page.reload();
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-run', '1');
	await overview.follow('data/');
	await asked.getByRole('button', { name: 'Leave out' }).click();
	await expect(card(page)).toContainText('left out'); // it is noted by then
	await page.reload();
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-run', '0');

	await folder.grow('slow.csv', 'timestamp,event,pin_id\n', '2026-05-02T10:00:00Z,impression,101\n', 20);
	await expect(overview.importState).toHaveAttribute('data-inbox', 'working');
	await expect(overview.importState).toHaveAttribute('data-run', '1', { timeout: 30_000 });
	await idle(overview);
	await expect(overview.importState).toHaveAttribute('data-accepted', '20');
});

test('has one tab look at a time, asks for access where it was forgotten, and forgets all with all data @wide', async ({
	page,
	context
}) => {
	const overview = new OverviewPage(page);
	const folder = await FolderInBrowser.begin(page, 'Exports');
	await context.addInitScript(() => {
		// An empty page, which comes before the site's own, has none.
		if (!('FileSystemHandle' in globalThis)) return;
		Object.assign(FileSystemHandle.prototype, {
			queryPermission: async () => sessionStorage.getItem('access') ?? 'granted',
			requestPermission: async () => {
				sessionStorage.removeItem('access');
				return 'granted';
			}
		});
	});
	await page.goto('/data/?range=all');
	await overview.ready();
	await folder.write({ 'may.csv': eventFile('2026-05-01', 2) });
	await card(page).getByRole('button', { name: 'Choose inbox folder' }).click();
	await idle(overview);
	const there = new OverviewPage(await context.newPage());
	await there.open('?range=all');
	await idle(there);
	await folder.write({ 'june.csv': eventFile('2026-06-01', 3) });
	await Promise.all([focus(page), focus(there.page)]);
	await expect(there.tile('impressions')).toHaveAttribute('value', '5', { timeout: 20_000 });
	await expect(page.locator('[data-batch]')).toHaveCount(2);
	const runs = [];
	for (const tab of [overview, there]) {
		await idle(tab);
		runs.push(Number(await tab.importState.getAttribute('data-run')));
	}
	// The first file was one run, the second another, in whichever tab.
	expect(runs[0]! + runs[1]!).toBe(2);
	await there.page.close();

	await page.evaluate(() => sessionStorage.setItem('access', 'prompt'));
	await page.reload();
	await idle(overview);
	await expect(card(page)).toContainText('The browser asks for your permission again');
	await folder.write({ 'july.csv': eventFile('2026-07-01', 1) });
	await card(page).getByRole('button', { name: 'Allow access again' }).click();
	await expect(overview.importState).toHaveAttribute('data-run', '1', { timeout: 20_000 });
	await idle(overview);
	await expect(page.locator('[data-batch]')).toHaveCount(3);

	await overview.deleteAllData();
	await overview.follow('data/');
	await expect(card(page).getByRole('button', { name: 'Choose inbox folder' })).toBeVisible();
	expect(await folder.names()).toEqual(['july.csv', 'june.csv', 'may.csv']);
});

test('says what works instead where the browser cannot hand over a folder @wide', async ({ page }) => {
	await page.addInitScript(() => Object.assign(window, { showDirectoryPicker: undefined }));
	await page.goto('/data/');
	await expect(card(page)).toContainText('drop the folder on any page');
	await expect(card(page).getByRole('button')).toHaveCount(0);
});
