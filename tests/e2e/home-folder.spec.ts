import type { Page } from 'playwright/test';
import { FolderInBrowser } from './support/folder-in-browser';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Two workspaces of one browser stand for two devices: both are given the same folder, of the origin's own file system. */

const PASSPHRASE = 'three plain words';
let overview: OverviewPage;
let folder: FolderInBrowser;

const home = (page: Page) => page.locator('[data-folder="home"]');
const batches = (page: Page) => page.locator('[data-batch]');

async function chooseFolder(page: Page, passphrase: string): Promise<void> {
	await home(page).getByLabel('Passphrase').fill(passphrase);
	await home(page).getByRole('button', { name: 'Choose a home folder' }).click();
}

async function becomesIdle(): Promise<void> {
	await expect(overview.importState).toHaveAttribute('data-home', 'idle', { timeout: 30_000 });
	await overview.ready();
}

async function makeWorkspace(page: Page, name: string): Promise<void> {
	await page.getByRole('button', { name: /^Workspace:/ }).click();
	await page.getByLabel('New workspace').fill(name);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`ws=${name}$`));
	await overview.ready();
}

// Keys are derived slowly on purpose, and files have to stand still.
test.setTimeout(180_000);

test.beforeEach(async ({ page }) => {
	folder = await FolderInBrowser.begin(page, 'home');
	overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'secret-file.csv', text: SMALL_FILE });
});

test('a home folder makes workspaces equal, encrypted, undos included, and is forgotten on demand @wide', async ({
	page
}) => {
	await expect(overview.importState).toHaveAttribute('data-home', 'none');
	await overview.follow('data/');
	await chooseFolder(page, PASSPHRASE);
	await becomesIdle();
	const files = await folder.files();
	expect(files).toHaveLength(1);
	for (const { name, text } of files) {
		expect(name).toMatch(/^[0-9a-f]{40}\.tackboard$/);
		expect(text).not.toMatch(/secret-file|shop\.example|Apron|pin_id/);
	}

	await makeWorkspace(page, 'Second');
	await overview.follow('data/?ws=Second');
	await chooseFolder(page, 'another one');
	await expect(home(page).getByRole('alert')).toContainText('passphrase');
	await expect(overview.importState).toHaveAttribute('data-home', 'none');
	await chooseFolder(page, PASSPHRASE);
	await expect(batches(page)).toHaveCount(1, { timeout: 30_000 });
	await becomesIdle();
	await expect(home(page)).toContainText('secret-file.csv');
	await expect(overview.importState).toHaveAttribute('data-run', '1');
	await overview.follow('?ws=Second');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');

	await overview.follow('data/?ws=Second');
	await batches(page).getByRole('button', { name: 'Undo' }).click();
	await expect(batches(page)).toHaveCount(0);
	await becomesIdle();
	await expect.poll(async () => (await folder.files()).length).toBe(1);
	await overview.follow('data/');
	await expect(batches(page)).toHaveCount(0, { timeout: 30_000 });

	const [mark] = await folder.files();
	await overview.follow('data/?ws=Second');
	await home(page)
		.getByRole('button', { name: /^Stop using/ })
		.click();
	await expect(overview.importState).toHaveAttribute('data-home', 'none');
	expect(await folder.files()).toHaveLength(1);

	await makeWorkspace(page, 'Third');
	await overview.follow('data/?ws=Third');
	await folder.cut(mark!.name, 5);
	await chooseFolder(page, PASSPHRASE);
	await expect(home(page).getByRole('alert')).toContainText(mark!.name, { timeout: 30_000 });

	// Deletion forgets folders and keys, and leaves their files alone.
	await becomesIdle();
	const left = await folder.files();
	await overview.deleteAllData();
	expect(await folder.files()).toEqual(left);
	await overview.follow('data/');
	await expect(home(page).getByRole('button', { name: 'Choose a home folder' })).toBeVisible();
	await expect(overview.importState).toHaveAttribute('data-home', 'none');
});

test('copies that a drive makes of files in a home folder are named as not needed, and stay @wide', async ({
	page
}) => {
	await overview.follow('data/');
	await chooseFolder(page, '');
	await becomesIdle();
	const [file] = await folder.files();
	const copies = [' (1)', ' (conflicted copy)'].map((sign) => file!.name.replace('.', `${sign}.`));
	for (const copy of copies) await folder.copy(file!.name, copy);
	await folder.cut(copies[0]!, 5);
	await home(page).getByRole('button', { name: 'Sync now' }).click();
	await expect(home(page)).toContainText(`Not needed: ${copies.join(', ')}.`, { timeout: 30_000 });
	await becomesIdle();
	await expect(home(page).getByRole('alert')).toHaveCount(0);
	expect(await folder.names()).toEqual([...copies, file!.name].sort());
});

test('a backup is merged into a workspace that holds something else, and a damaged one changes nothing @wide', async ({
	page
}) => {
	await overview.follow('data/');
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Back up this workspace' }).click();
	const path = await (await download).path();
	await makeWorkspace(page, 'Second');
	await overview.importFiles({
		name: 'other.csv',
		text: 'timestamp,event,pin_id,count\n2026-06-30T10:00:00Z,impression,201,9\n'
	});
	await overview.follow('data/?ws=Second');
	const field = page.locator('input[type=file][data-merge]');
	await field.setInputFiles({
		name: 'cut.tackboard',
		mimeType: 'application/octet-stream',
		buffer: Buffer.from('TACKBAK\n')
	});
	await expect(page.getByRole('alert')).toBeVisible();
	await expect(batches(page)).toHaveCount(1);
	const run = await overview.importState.getAttribute('data-run');
	await field.setInputFiles(path);
	await expect(page.locator('[data-backup-state="merged"]')).toBeVisible({ timeout: 30_000 });
	await expect(batches(page)).toHaveCount(2);
	await expect(overview.importState).toHaveAttribute('data-run', run ?? '');
	await overview.follow('?ws=Second');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '25');
});
