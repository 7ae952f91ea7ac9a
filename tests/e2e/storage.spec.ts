import { readFile } from 'node:fs/promises';
import { inForgetfulBrowser } from './support/forgetful-browser';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

test('asks once to keep the data, and shows what the browser says', async ({ page }) => {
	await page.addInitScript(() => {
		let isKept = false;
		const storage = Object.getPrototypeOf(navigator.storage) as StorageManager;
		storage.persisted = async () => isKept;
		storage.persist = async () => {
			const asked = Number(sessionStorage.getItem('asked')) + 1;
			sessionStorage.setItem('asked', String(asked));
			return (isKept = asked > 1);
		};
	});
	const asked = () => page.evaluate(() => sessionStorage.getItem('asked'));
	const overview = new OverviewPage(page);
	await overview.open();
	expect(await asked()).toBeNull();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect.poll(asked).toBe('1');
	await overview.follow('data/');
	await expect(page.locator('[data-kept="false"]')).toContainText('The browser may delete this data');
	await expect(page.getByText(/^\d[^,]* used, \d.* left\.$/)).toBeVisible();
	await overview.importFiles({ name: 'other.csv', text: SMALL_FILE.replaceAll('101', '104') });
	await page.getByRole('button', { name: 'Ask it to keep the data' }).click();
	await expect(page.locator('[data-kept="true"]')).toBeVisible();
	expect(await asked()).toBe('2');
});

test('warns before an import that will hardly fit', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await page.evaluate(() => {
		const storage = Object.getPrototypeOf(navigator.storage) as StorageManager;
		storage.estimate = async () => ({ usage: 1_000_000, quota: 1_500_000 });
	});
	const rows = Array.from({ length: 120_000 }, (_, i) => `2026-06-30T10:00:00Z,impression,${i % 50},1,Title`);
	const text = ['timestamp,event,pin_id,count,pin_title', ...rows, ''].join('\n').padEnd(6_000_000, '\n');
	const field = page.getByLabel('Import files', { exact: true });
	await field.setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await expect(page.getByText(/These files will take about .* may not fit/)).toBeVisible();
	await expect(overview.importState).toHaveAttribute('data-run', '0');
	await page.getByRole('button', { name: 'Cancel' }).click();
	await expect(page.getByText(/These files will take/)).toBeHidden();

	await field.setInputFiles({ name: 'large.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
	await page.getByRole('button', { name: 'Import anyway' }).click();
	await expect(overview.importState).toHaveAttribute('data-accepted', '120000');
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
});

test('works in memory where nothing may be stored, and says so', async ({ baseURL, watch }, { project }) => {
	await inForgetfulBrowser(watch, project.use.viewport ?? null, async (page) => {
		const overview = new OverviewPage(page);
		await page.goto(baseURL ?? '');
		await overview.ready();
		await expect(page.getByText('This browser does not let Tackboard store data.')).toBeVisible();
		await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
		await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
		await expect(overview.tile('total_audience')).toHaveAttribute('value', '4');
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
		await overview.importBytes({
			name: 'events.parquet',
			bytes: await readFile('tests/fixtures/typed.parquet')
		});
		await expect(page.getByText('Parquet files can only be read where')).toBeVisible();
	});
});
