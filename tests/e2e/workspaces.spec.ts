import type { Page } from 'playwright/test';
import { askedCalls, hasLeft, leaveAt, watchCalls } from './support/asked-calls';
import { endAt, letWorkersEnd } from './support/ended-workers';
import { clickLink, OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

const STOPPED = 'The browser stopped a part of Tackboard in the middle of its work';
const OTHER_FILE = ['timestamp,event,pin_id,count', '2026-06-30T10:00:00Z,impression,201,9', ''].join('\n');

let overview: OverviewPage;

/** Opens the list of workspaces, wherever it is on this screen. */
async function openList(page: Page, project: string): Promise<void> {
	await page.getByRole('button', { name: project === 'phone' ? 'Menu' : /^Workspace:/ }).click();
}

async function make(page: Page, project: string, name: string): Promise<void> {
	await openList(page, project);
	await page.getByLabel('New workspace').fill(name);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(new RegExp(`ws=${encodeURIComponent(name)}$`));
	await overview.ready();
}

test('ends the workers of a workspace that is left', async ({ page }, { project }) => {
	const before = page.workers().length;
	for (const name of ['Second shop', 'Third shop', 'Fourth shop']) await make(page, project.name, name);
	// Those of one workspace, as before; one may still be ending.
	await expect.poll(() => page.workers().length).toBeLessThanOrEqual(before);
	await page.goBack();
	await overview.ready();
	await expect(page).toHaveURL(/ws=Third(\+|%20)shop$/);
});

for (const address of ['?range=all', '?from=2019-01-01&to=2019-01-31', 'data/?range=all'])
	test(`fails nowhere when ${address} is left for another workspace in the middle of an answer @wide`, async ({
		page
	}) => {
		const elsewhere = `${address}&ws=Nowhere`;
		await watchCalls(page);
		await overview.follow(elsewhere);
		await askedCalls(page);
		await overview.follow(address);
		const calls = await askedCalls(page);
		expect(calls).toContain('open');
		for (const call of calls) {
			await overview.follow(elsewhere);
			await leaveAt(page, call, `/${elsewhere}`);
			await page.evaluate(clickLink, `/${address}`);
			await hasLeft(page);
			await expect(page).toHaveURL(/ws=Nowhere$/);
			await overview.ready();
		}
	});

const databases = (page: Page) =>
	page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());

test.beforeEach(async ({ page }) => {
	overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
});

test('keeps businesses apart, each in a database of its own', async ({ page }, { project }) => {
	await make(page, project.name, 'Second shop');
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	await overview.importFiles({ name: 'other.csv', text: OTHER_FILE });
	await expect(overview.tile('impressions')).toHaveAttribute('value', '9');
	expect(await databases(page)).toEqual(['tackboard', 'tackboard-Second shop', 'tackboard-main']);

	await openList(page, project.name);
	await page.getByRole('link', { name: 'First workspace' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
	await page.goBack();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '9');
	await page.reload();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '9');
});

test('offers what a report of an import can do only in the workspace of that import', async ({ page }, {
	project
}) => {
	const bad = ['timestamp,event,pin_id,count', '2026-06-30T10:00:00Z,impression,201,9', 'never,save,1,1'];
	await make(page, project.name, 'Second shop');
	await overview.importFiles({ name: 'other.csv', text: bad.join('\n') });
	const report = page.getByRole('region', { name: 'Import report' });
	const download = report.getByRole('button', { name: 'Download rejected rows' });
	const link = report.getByRole('link', { name: 'Open Second shop' });
	await expect(download).toBeVisible();
	await expect(link).toBeHidden();
	await page.goBack();
	await overview.ready();
	await expect(link).toBeVisible();
	await expect(download).toBeHidden();
	await link.click();
	await overview.ready();
	await expect(page).toHaveURL(/ws=Second(\+|%20)shop$/);
	await expect(download).toBeVisible();
});

test('says why a workspace could not be made or renamed @wide', async ({ page }, { project }) => {
	await letWorkersEnd(page);
	await overview.open();
	await openList(page, project.name);
	await page.getByLabel('New workspace').fill('Kiosk');
	await endAt(page, { call: 'make', when: 'asked' });
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toContainText(STOPPED);
	await expect(page.getByLabel('New workspace')).toHaveValue('Kiosk');
	await overview.open('?ws=Shop');
	await endAt(page, { call: 'make', when: 'asked' });
	await page.getByRole('button', { name: 'Create “Shop”' }).click();
	await expect(page.getByRole('alert')).toContainText(STOPPED);
	await page.getByRole('button', { name: 'Create “Shop”' }).click();
	// The page that says so was ready as well: it goes once the workspace is there.
	await expect(page.getByRole('button', { name: 'Create “Shop”' })).toBeHidden();
	await overview.open('data/?ws=Shop');
	const row = page.locator('[data-workspace="Shop"]');
	await row.getByRole('button', { name: 'Rename Shop' }).click();
	await row.getByRole('textbox').fill('Store');
	await endAt(page, { call: 'rename', when: 'asked' });
	await page.keyboard.press('Enter');
	await expect(row.getByRole('alert')).toContainText(STOPPED);
	await page.keyboard.press('Enter');
	await expect(page).toHaveURL(/ws=Store/);
	await expect(row.getByRole('alert')).toBeHidden();
});

test('keeps a workspace and links to it when it is renamed', async ({ page }, { project }) => {
	await make(page, project.name, 'Shop');
	await overview.importFiles({ name: 'other.csv', text: OTHER_FILE });
	await overview.follow('data/?ws=Shop');
	await page.getByRole('button', { name: 'Rename Shop' }).click();
	await page.getByLabel('Name of the workspace').fill('Store');
	await page.getByRole('button', { name: 'Keep this name' }).click();
	await expect(page).toHaveURL(/ws=Store$/);
	await overview.ready();
	for (const name of ['Store', 'Shop']) {
		await overview.open(`?ws=${name}`);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '9');
	}
});

test('names the first workspace too, and refuses a name that is taken', async ({ page }, { project }) => {
	await make(page, project.name, 'Shop');
	await overview.follow('data/');
	await page.getByRole('button', { name: 'Rename First workspace' }).click();
	const field = page.getByLabel('Name of the workspace');
	await field.fill('Shop');
	await page.keyboard.press('Enter');
	await expect(page.getByText('Another workspace has that name.')).toBeVisible();
	await field.fill('Home');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('link', { name: 'Open Home' })).toBeVisible();
	await overview.follow('?ws=Home');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('deletes a workspace with all its data, once that is confirmed', async ({ page }, { project }) => {
	await make(page, project.name, 'Shop');
	await overview.importFiles({ name: 'other.csv', text: OTHER_FILE });
	await overview.follow('data/?ws=Shop');
	await page.getByRole('button', { name: 'Delete Shop' }).click();
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByRole('link', { name: 'Open Shop' })).toBeVisible();

	await page.getByRole('button', { name: 'Delete Shop' }).click();
	await page.getByRole('button', { name: 'Delete everything in it' }).click();
	await expect(page.getByRole('link', { name: 'Open Shop' })).toHaveCount(0);
	await overview.ready();
	await expect.poll(() => databases(page)).toEqual(['tackboard', 'tackboard-main']);
	await overview.follow();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('empties the first workspace when that is deleted @wide', async ({ page }) => {
	await overview.follow('data/');
	await page.getByRole('button', { name: 'Delete First workspace' }).click();
	const loadedAnew = page.waitForEvent('load');
	await page.getByRole('button', { name: 'Delete everything in it' }).click();
	await loadedAnew;
	await expect(page.getByText('Nothing has been imported yet.')).toBeVisible();
	await overview.follow();
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
});

test('makes no workspace by an address alone', async ({ page }) => {
	await overview.open('?ws=Nowhere');
	await expect(page.getByRole('heading', { name: 'No workspace of that name' })).toBeVisible();
	expect(await databases(page)).not.toContain('tackboard-Nowhere');
	await page.getByRole('button', { name: 'Create “Nowhere”' }).click();
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	await overview.ready();
	await overview.follow('?ws=Elsewhere');
	await page.getByRole('link', { name: 'Go to the first workspace' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});
