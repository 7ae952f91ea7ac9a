import { readFile } from 'node:fs/promises';
import type { Locator, Page } from 'playwright/test';
import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

/** Notes and saved views: written, found again, taken back. */

test.use({ stock: SMALL });

const dialog = (page: Page) => page.getByRole('dialog');

async function saveView(page: Page, name: string, opener: Locator): Promise<void> {
	await opener.click();
	await dialog(page).getByLabel('Name', { exact: true }).fill(name);
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(dialog(page)).toBeHidden();
}

test('@wide a view is saved, gone to, renamed, moved, made the first page, deleted and brought back', async ({
	page,
	overview
}) => {
	await overview.follow('?device=mobile&split=format');
	const save = page.getByRole('button', { name: 'Save view', exact: true });
	await saveView(page, 'Mobile', save);
	await overview.follow('video/?range=all');
	await saveView(page, 'All video', save);

	const names = () => page.locator('[data-saved-view] bdi').allTextContents();
	expect(await names()).toEqual(['Mobile', 'All video']);
	await overview.follow('data/');
	await page.getByRole('link', { name: 'Mobile', exact: true }).click();
	await expect(page).toHaveURL(/\/\?device=mobile&split=format$/);
	await overview.ready();

	const video = page.locator('[data-saved-view="All video"]');
	await video.getByRole('button', { name: 'Edit', exact: true }).click();
	await dialog(page).getByLabel('Name', { exact: true }).fill('Every video');
	await dialog(page).getByLabel('Place').selectOption('1');
	await dialog(page).getByLabel('Open Tackboard').check();
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect.poll(names).toEqual(['Every video', 'Mobile']);

	await page.goto('/');
	await expect(page).toHaveURL(/\/video\/\?range=all$/);
	await overview.ready();
	// The plain Overview is a click away, and stays where it is loaded anew.
	await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click();
	await expect(page).toHaveURL(/\/\?range=all$/);
	await overview.follow('');
	await page.reload();
	await overview.ready();
	await expect(page).toHaveURL(/\/$/);

	await page
		.locator('[data-saved-view="Every video"]')
		.getByRole('button', { name: 'Delete', exact: true })
		.click();
	await expect.poll(names).toEqual(['Mobile']);
	await page.getByRole('button', { name: 'Undo', exact: true }).click();
	await expect.poll(names).toEqual(['Every video', 'Mobile']);
});

test('@phone a view is saved from the menu, and stands there', async ({ page, overview }) => {
	await overview.follow('?range=all');
	const menu = page.getByRole('button', { name: 'Menu' });
	await menu.click();
	await saveView(page, 'Everything', page.getByRole('button', { name: 'Save view', exact: true }));
	await overview.follow('definitions/');
	await menu.click();
	await page.getByRole('link', { name: 'Everything', exact: true }).click();
	await expect(page).toHaveURL(/\/\?range=all$/);
});

test('a note is written by key, marked and listed, edited, and another tab shows it at once', async ({
	page,
	overview
}) => {
	await overview.follow('?range=all');
	await page.keyboard.press('n');
	const text = dialog(page).getByLabel('Note', { exact: true });
	await expect(text).toBeFocused();
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(dialog(page).getByRole('alert')).toHaveText('Write the note first.');
	await text.fill('Sale began');
	await dialog(page).getByLabel('First day').fill('2026-06-28');
	await dialog(page).getByLabel('Last day').fill('2026-06-29');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(dialog(page)).toBeHidden();

	const note = page.locator('[data-note="2026-06-28"]');
	await expect(note).toContainText('Sale began');
	const other = await page.context().newPage();
	await other.goto('/?range=all');
	const there = other.locator('[data-note="2026-06-28"]');
	await expect(there).toContainText('Sale began');

	await note.getByRole('button', { name: 'Edit', exact: true }).click();
	await dialog(page).getByLabel('Note', { exact: true }).fill('The sale');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(there).toContainText('The sale');
	await other.close();

	await page.getByRole('button', { name: 'Show as table' }).click();
	await expect(page.getByRole('columnheader', { name: 'Notes' })).toBeVisible();
	await expect(page.getByRole('cell', { name: 'The sale' })).toHaveCount(2);
	await page.getByRole('button', { name: 'Show as chart' }).click();

	await overview.follow('?from=2026-06-24&to=2026-06-25');
	await expect(note).toHaveCount(0);
	await overview.follow('data/');
	await expect(note).toContainText('The sale');
	await note.getByRole('button', { name: 'Delete', exact: true }).click();
	await expect(note).toHaveCount(0);
	await page.getByRole('button', { name: 'Undo', exact: true }).click();
	await expect(note).toContainText('The sale');
});

test('@wide notes are in the archive of everything', async ({ page, overview }) => {
	await overview.follow('?range=all');
	await page.getByRole('button', { name: 'Add note' }).click();
	await dialog(page).getByLabel('Note', { exact: true }).fill('=1+1, "quoted"');
	await dialog(page).getByLabel('First day').fill('2026-06-28');
	await dialog(page).getByLabel('Last day').fill('2026-06-28');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(page.locator('[data-note]')).toHaveCount(1);
	await page.getByRole('button', { name: /^Export/ }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: 'Everything' }).click()
	]);
	const bytes = new Uint8Array(await readFile(await download.path()));
	const { unzipSync } = await import('fflate');
	const csv = new TextDecoder().decode(unzipSync(bytes)['notes.csv']);
	expect(csv).toBe(`from,to,text\r\n2026-06-28,2026-06-28,"'=1+1, ""quoted"""\r\n`);
});
