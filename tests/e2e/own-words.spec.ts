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
	await dialog(page).getByLabel('Position').selectOption('1');
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

test('@wide labels are made by hand and by rule, filter, split and are taken back', async ({
	page,
	overview
}) => {
	await overview.follow('?range=all');
	await page.getByRole('button', { name: 'Labels', exact: true }).click();
	await dialog(page).getByRole('button', { name: 'Add label' }).click();
	await dialog(page).getByLabel('Name', { exact: true }).fill('none');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await expect(dialog(page).getByRole('alert')).toContainText('Choose another name');
	await dialog(page).getByLabel('Name', { exact: true }).fill('Lamps');
	await dialog(page).getByLabel('Words', { exact: true }).fill('LAMP');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	await dialog(page).getByRole('button', { name: 'Add label' }).click();
	await dialog(page).getByLabel('Name', { exact: true }).fill('Sale, spring');
	await dialog(page).getByLabel('Pin ids').fill('101\n102');
	await dialog(page).getByRole('button', { name: 'Save', exact: true }).click();
	const sale = dialog(page).locator('[data-label="Sale, spring"]');
	await expect(sale).toContainText('2 Pins named');
	await sale.getByRole('link', { name: 'Sale, spring' }).click();
	await expect(page).toHaveURL(/label=Sale%252C%20spring/);
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '18');

	await overview.follow('?range=all&label=Lamps');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '13');
	await overview.follow('?range=all&label=none');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');
	await page.getByRole('checkbox', { name: 'Lamps' }).check();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '18');
	// Each label has its share of all Pins' impressions.
	const share = page.getByRole('group', { name: 'Labels', exact: true }).locator('data');
	await expect(share).toHaveText(['78%', '57%', '22%']);

	await overview.follow('?range=all&split=label');
	const legend = page.getByRole('group', { name: 'Series on the chart' }).getByRole('button');
	await expect(legend).toHaveText(['Sale, spring', 'Lamps', 'None']);
	await expect(page.getByText('these lines can overlap')).toBeVisible();
	await overview.follow('changes/?range=7d');
	const changed = page.locator('tr[data-part="label"]');
	await expect(changed.filter({ has: page.locator('[data-rest]') })).toHaveCount(0);
	await expect(page.getByText('these rows do not add up')).toBeVisible();
	await changed.getByRole('link', { name: 'Lamps' }).click();
	await expect(page).toHaveURL(/label=Lamps/);
	await overview.follow('?range=all&split=label');

	await page.getByRole('button', { name: 'Labels', exact: true }).click();
	await sale.getByRole('button', { name: 'Delete', exact: true }).click();
	await expect(sale).toHaveCount(0);
	await dialog(page).getByRole('button', { name: 'Undo', exact: true }).click();
	await expect(sale).toHaveCount(1);
	await dialog(page).getByRole('button', { name: 'Done' }).click();
	await overview.ready();
	await expect(legend).toHaveText(['Sale, spring', 'Lamps', 'None']);
});

test('@wide Pins that are chosen in a list, or found by words, get a label', async ({ page, overview }) => {
	await overview.follow('?range=all');
	await page.getByRole('button', { name: 'Choose Pins' }).click();
	await page.getByRole('checkbox', { name: 'Choose Apron' }).check();
	const bar = page.getByRole('group', { name: 'Choose Pins' });
	await expect(bar.getByRole('status')).toHaveText('1 Pin chosen');
	await bar.getByLabel('Label', { exact: true }).fill('Kitchen');
	await bar.getByRole('button', { name: 'Add label to them' }).click();
	await expect(bar.getByRole('status')).toContainText('1 Pin has the label “Kitchen” now.');
	await overview.ready();
	await bar.getByRole('button', { name: 'Choose all 3' }).click();
	await bar.getByRole('button', { name: 'Add label to them' }).click();
	await expect(bar.getByRole('status')).toContainText('3 Pins have the label');
	await overview.follow('?range=all&label=Kitchen');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
});

test('@wide a list of labels is imported with a report, exported and undone', async ({ page, overview }) => {
	await overview.follow('?range=all');
	await overview.importFiles({ name: 'labels.csv', text: 'label,pin_id\nAutumn,103\nAutumn,\n' });
	const file = page.locator('[data-file="labels.csv"]');
	await expect(file).toHaveAttribute('data-kind', 'labels');
	await expect(overview.importState).toHaveAttribute('data-accepted', '1');
	await expect(overview.importState).toHaveAttribute('data-rejected', '1');
	await overview.follow('?range=all&label=Autumn');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '5');
	await page.getByRole('button', { name: /^Export/ }).click();
	const [download] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('menuitem', { name: 'Everything' }).click()
	]);
	const { unzipSync } = await import('fflate');
	const files = unzipSync(new Uint8Array(await readFile(await download.path())));
	expect(new TextDecoder().decode(files['labels.csv'])).toBe('label,pin_id\r\nAutumn,103\r\n');
	await overview.follow('data/');
	const batch = page.locator('[data-batch]').filter({ hasText: 'labels.csv' });
	await batch.getByRole('button', { name: /^Undo/ }).click();
	await expect(batch).toHaveCount(0);
	await overview.follow('?range=all&label=Autumn');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '0');
});
