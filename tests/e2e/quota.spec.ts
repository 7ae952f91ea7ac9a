import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright/test';
import { leftovers } from '../support/leftovers';
import { FolderInBrowser } from './support/folder-in-browser';
import { Disk } from './support/full-disk';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** A disk that is full: what cannot be stored is said, nothing of it stays half stored, and what was there is there. */

const NO_ROOM = 'There is no room left on this device for it.';
/** Less than any write needs. */
const NONE = -1_000_000_000;

let overview: OverviewPage;
let disk: Disk;

test.beforeEach(async ({ page, baseURL }) => {
	overview = new OverviewPage(page);
	disk = await Disk.of(page, baseURL ?? '');
	await overview.open('?range=all');
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
});

async function expectAsBefore(page: Page, search = '?range=all'): Promise<void> {
	await overview.open(search);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
	await expect(overview.tile('total_audience')).toHaveAttribute('value', '4');
	await expect(page.getByRole('alert')).toHaveCount(0);
	expect(await page.evaluate(leftovers)).toEqual([]);
}

/** Imports a file on a page that has nothing yet, and saves a backup of that. Returns its path, good as long as the page's context. */
async function backupOf(file: string, page: Page): Promise<string> {
	const other = new OverviewPage(page);
	await other.open();
	await other.importPath(file);
	await other.follow('data/');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Back up this workspace' }).click();
	return (await download).path();
}

const report = (page: Page) => page.getByRole('region', { name: 'Import report' });

for (const [when, room] of [
	['at its start', NONE],
	['on its way', 300_000]
] as const)
	test(`an import that meets a full disk ${when} leaves nothing, and works once there is room @wide`, async ({
		page
	}) => {
		const path = await sampleFile(200_000);
		await disk.leaveRoom(room);
		await page.getByLabel('Import files', { exact: true }).setInputFiles(path);
		await expect(overview.importState).toHaveAttribute('data-import', 'failed', { timeout: 30_000 });
		await expect(report(page).getByText(NO_ROOM)).toBeVisible();
		await expectAsBefore(page);
		await disk.clear();
		await overview.importPath(path);
		await expect(overview.importState).toHaveAttribute('data-accepted', '200000');
		await expect(overview.importState).toHaveAttribute('data-import', 'done');
		expect(await page.evaluate(leftovers)).toEqual([]);
	});

test('a report that meets a full disk leaves nothing @wide', async ({ page }) => {
	const text = await readFile('tests/fixtures/reported/overview-impressions.csv', 'utf8');
	await disk.leaveRoom(NONE);
	await overview.importFiles({ name: 'overview.csv', text });
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(report(page).getByText(NO_ROOM)).toBeVisible();
	await expectAsBefore(page);
});

test('a table whose columns are named on a full disk is not imported, and can be once there is room @wide', async ({
	page
}) => {
	const text = SMALL_FILE.replace('timestamp', 'moment').replaceAll('2026', '2025');
	await overview.importFiles({ name: 'mine.csv', text });
	const name = async () => {
		await page.getByRole('button', { name: 'Choose columns…' }).click();
		await page.getByRole('dialog').getByRole('button', { name: 'Import', exact: true }).click();
	};
	await disk.leaveRoom(NONE);
	await name();
	await expect(report(page).getByText(NO_ROOM)).toBeVisible();
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expectAsBefore(page);
	await disk.clear();
	await overview.importFiles({ name: 'mine.csv', text });
	await name();
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '46');
});

test('notes, views and labels meet a full disk: each says so where it is written, and is saved once there is room @wide', async ({
	page
}) => {
	const dialog = page.getByRole('dialog');
	const save = dialog.getByRole('button', { name: 'Save', exact: true });
	const noRoom = dialog.getByRole('alert').filter({ hasText: NO_ROOM });
	const stored = () => page.locator(':is([data-note], [data-saved-view], [data-label])');
	/** What is written is still in its fields once there is room. */
	const meetFullDisk = async () => {
		await disk.leaveRoom(NONE);
		await save.click();
		await expect(noRoom).toBeVisible();
		await disk.clear();
		await expect(stored()).toHaveCount(0);
		await save.click();
		await expect(noRoom).toHaveCount(0);
		await expect(stored()).toHaveCount(1);
	};
	await page.getByRole('button', { name: 'Add note' }).click();
	await dialog.getByLabel('Note', { exact: true }).fill('Sale');
	await meetFullDisk();
	await page.locator('[data-note]').getByRole('button', { name: 'Delete', exact: true }).click();
	await page.getByRole('button', { name: 'Save view', exact: true }).click();
	await dialog.getByLabel('Name', { exact: true }).fill('All');
	await meetFullDisk();
	await page.locator('[data-saved-view]').getByRole('button', { name: 'Delete', exact: true }).click();
	await page.getByRole('button', { name: 'Labels', exact: true }).click();
	await dialog.getByRole('button', { name: 'Add label' }).click();
	await dialog.getByLabel('Name', { exact: true }).fill('Lamps');
	await dialog.getByLabel('Words', { exact: true }).fill('lamp');
	await meetFullDisk();
	await expectAsBefore(page);
});

test('columns of one’s own that meet a full disk leave the import as it was, and are kept once there is room @wide', async ({
	page
}) => {
	const own = SMALL_FILE.replace(',link', ',link,Campaign').replaceAll(/(\/lamp|\(1\)),?$/gm, '$1,spring');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('Import undone')).toBeVisible();
	await overview.importFiles({ name: 'own.csv', text: own });
	const file = page.locator('[data-file="own.csv"]');
	const keep = file.getByRole('button', { name: 'Keep columns' });
	await disk.leaveRoom(NONE);
	await keep.click();
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(report(page).getByText(NO_ROOM)).toBeVisible();
	await expectAsBefore(page);
	await expect(page.getByRole('group', { name: 'campaign', exact: true })).toHaveCount(0);
	await disk.clear();
	// The file that is there already offers its columns again.
	await overview.importFiles({ name: 'own.csv', text: own });
	await keep.click();
	await expect(file.getByText('columns kept: campaign')).toBeVisible();
	await expect(page.getByRole('group', { name: 'campaign', exact: true })).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
});

test('an export is made on a full disk; only the list of exports does without it @wide', async ({ page }) => {
	await disk.leaveRoom(NONE);
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: /^Export/ }).click();
	await page.getByRole('menuitem', { name: /^Daily figures/ }).click();
	const csv = await readFile(await (await download).path(), 'utf8');
	expect(csv).toContain('2026-05-15,7,');
	await expectAsBefore(page);
});

test('figures of another time zone are counted on a full disk, though their sums cannot be kept @wide', async ({
	page
}) => {
	await disk.leaveRoom(NONE);
	for (let visit = 0; visit < 2; visit++) await expectAsBefore(page, '?range=all&tz=Asia/Tokyo');
	await disk.clear();
	await expectAsBefore(page, '?range=all&tz=Asia/Tokyo');
});

test('what equal rows count cannot be chosen on a full disk, and stays as it was @wide', async ({ page }) => {
	await overview.importFiles({ name: 'again.csv', text: `${SMALL_FILE}\n` });
	await expect(overview.tile('impressions')).toHaveAttribute('value', '46');
	await expect(report(page).getByRole('radio', { name: 'Add all' })).toBeChecked();
	await disk.leaveRoom(NONE);
	await report(page).getByRole('radio', { name: 'Leave out the equal ones' }).click();
	await expect(report(page).getByText(NO_ROOM)).toBeVisible();
	await overview.open('?range=all');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '46');
	expect(await page.evaluate(leftovers)).toEqual([]);
});

test('an import can be undone on a full disk: that makes room @wide', async ({ page }) => {
	await overview.importFiles({ name: 'other.csv', text: SMALL_FILE.replaceAll('2026', '2025') });
	await expect(overview.tile('impressions')).toHaveAttribute('value', '46');
	await disk.leaveRoom(NONE);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('Import undone')).toBeVisible();
	await expectAsBefore(page);
});

test('an import that was undone on a full disk stays undone, even where a home folder holds it still @wide', async ({
	page
}) => {
	const card = page.locator('[data-folder="home"]');
	const batches = page.locator('[data-batch]');
	const choose = async () => {
		await card.getByRole('button', { name: 'Choose a home folder' }).click();
		await expect(overview.importState).toHaveAttribute('data-home', 'idle', { timeout: 30_000 });
	};
	await overview.follow('data/');
	const folder = await FolderInBrowser.begin(page, 'home');
	await choose();
	const [held] = await folder.files();
	await disk.leaveRoom(NONE);
	await batches.getByRole('button', { name: 'Undo' }).click();
	await expect(batches).toHaveCount(0);
	await disk.clear();
	await page.goto('/data/?range=all');
	await overview.ready();
	// As a browser that knows nothing of the folder's files.
	await card.getByRole('button', { name: /^Stop using/ }).click();
	await expect(overview.importState).toHaveAttribute('data-home', 'none');
	await choose();
	await expect(batches).toHaveCount(0);
	const files = await folder.files();
	expect(files).toHaveLength(1); // the mark, in the place of the import
	expect(files[0]!.name).not.toBe(held!.name);
});

test('a file of the inbox that meets a full disk leaves nothing, and is imported once when there is room @wide', async ({
	page
}) => {
	const events = 60_000;
	const text = await readFile(await sampleFile(events), 'utf8');
	const idle = () => expect(overview.importState).toHaveAttribute('data-inbox', 'idle', { timeout: 60_000 });
	await overview.follow('data/?range=all');
	const folder = await FolderInBrowser.begin(page, 'Exports');
	await folder.write({ 'big.csv': text });
	// Enough to note which folder was chosen.
	await disk.leaveRoom(300_000);
	await page.getByRole('button', { name: 'Choose inbox folder' }).click();
	await expect(overview.importState).toHaveAttribute('data-import', 'failed', { timeout: 60_000 });
	await expect(report(page).getByText(NO_ROOM)).toBeVisible();
	await idle();
	await expect(page.locator('[data-batch]')).toHaveCount(1);
	expect(await page.evaluate(leftovers)).toEqual([]);
	await disk.clear();
	for (const [visit, runs] of [
		['the next', '1'],
		['the one after that', '0']
	]) {
		await page.goto('/data/?range=all');
		await overview.ready();
		await idle();
		await expect(overview.importState, `${visit} visit`).toHaveAttribute('data-run', runs!);
		await expect(page.locator('[data-batch]')).toHaveCount(2);
	}
	await page.locator('[data-inbox-file="big.csv"]').waitFor({ state: 'attached' });
	expect(await page.evaluate(leftovers)).toEqual([]);
});

for (const [when, room] of [
	['at its start', NONE],
	['on its way', 2_000_000]
] as const)
	test(`a restore that meets a full disk ${when} makes no workspace @wide`, async ({
		page,
		browser,
		watch,
		baseURL
	}) => {
		// Made elsewhere: a browser frees the room of what is deleted at a time of its own.
		const elsewhere = await browser.newContext({ baseURL: baseURL ?? '' });
		watch.add(elsewhere);
		const backup = await backupOf(await sampleFile(200_000), await elsewhere.newPage());

		await page.goto('/data/');
		await overview.ready();
		await disk.leaveRoom(room);
		const field = page.locator('input[data-backup]');
		await field.setInputFiles(backup);
		await expect(page.getByRole('alert').filter({ hasText: NO_ROOM })).toBeVisible();
		await expectAsBefore(page);
		await disk.clear();
		await page.goto('/data/');
		await overview.ready();
		await field.setInputFiles(backup);
		await expect(page.locator('[data-backup-state="restored"]')).toBeVisible();
		await overview.open('?range=all&ws=Restored workspace');
		await expect(overview.tile('impressions')).not.toHaveAttribute('value', '23');
		expect(await page.evaluate(leftovers)).toEqual([]);
		await elsewhere.close();
	});

test('a home folder on a full disk says so, and holds everything once there is room @wide', async ({
	page
}) => {
	const card = page.locator('[data-folder="home"]');
	await overview.importPath(await sampleFile(200_000));
	await overview.follow('data/');
	const folder = await FolderInBrowser.begin(page, 'home');
	// Enough to note which folder was chosen.
	await disk.leaveRoom(300_000);
	await card.getByRole('button', { name: 'Choose a home folder' }).click();
	await expect(card.getByRole('alert')).toContainText('The disk of the home folder is full');
	await expect(page.locator('[data-batch]')).toHaveCount(2);
	await disk.clear();
	await card.getByRole('button', { name: 'Sync now' }).click();
	await expect(card.getByRole('alert')).toHaveCount(0);
	await expect(overview.importState).toHaveAttribute('data-home', 'idle');
	const sizes = (await folder.files()).map(({ text }) => text.length);
	expect(sizes).toHaveLength(2);
	expect(Math.max(...sizes)).toBeGreaterThan(300_000);
	expect(await page.evaluate(leftovers)).toEqual([]);
});

test('a first visit on a full disk says so and works for as long as it lasts @wide', async ({
	browser,
	watch,
	baseURL
}) => {
	const context = await browser.newContext({ baseURL: baseURL ?? '' });
	watch.add(context);
	const page = await context.newPage();
	await Disk.of(page, baseURL ?? '', 1);
	const first = new OverviewPage(page);
	await first.open('?range=all');
	await first.importFiles({ name: 'small.csv', text: SMALL_FILE });
	const said = page.getByText(NO_ROOM).or(page.getByText('This browser does not let Tackboard store data.'));
	await expect(said.first()).toBeVisible();
	await context.close();
});
