import { readFile } from 'node:fs/promises';
import { OverviewPage } from './support/overview-page';
import { expect, test } from './support/test';

const DAYS = ['2026-05-01', '2026-05-02', '2026-06-01', '2026-06-02'];
const ROWS = DAYS.flatMap((day, d) => [
	`${day}T10:00:00Z,impression,101,ann,spring,se,x${d}`,
	`${day}T11:00:00Z,impression,102,bob,autumn,no,x${d}`,
	`${day}T12:00:00Z,save,101,cid,spring,,x${d}`
]);
const FILE = {
	name: 'own.csv',
	text: `timestamp,event,pin_id,user_id,Campaign,Land code,Note\n${[...ROWS, '2026-06-02T13:00:00Z,impression,103,dan,,se,'].join('\n')}\n`
};

test(
	'columns of one’s own are kept on a click, and then filter, split and explain',
	{ tag: '@wide' },
	async ({ page }) => {
		const overview = new OverviewPage(page);
		await overview.open('?from=2026-06-01&to=2026-06-02');
		await overview.importFiles(FILE);
		const file = page.locator('[data-file="own.csv"]');
		await expect(file.getByRole('checkbox', { name: 'Campaign', exact: true })).toBeChecked();
		await expect(file.getByText('2 values').first()).toBeVisible();
		await file.getByRole('checkbox', { name: 'Note', exact: true }).uncheck();
		const run = Number(await overview.importState.getAttribute('data-run')) + 1;
		await file.getByRole('button', { name: 'Keep columns' }).click();
		await expect(overview.importState).toHaveAttribute('data-run', String(run));
		await expect(overview.importState).toHaveAttribute('data-import', 'done');
		await overview.ready();
		await expect(file.getByText('columns kept: campaign and land_code')).toBeVisible();
		await expect(overview.tile('impressions')).toHaveAttribute('value', '5');

		const filter = page.getByRole('group', { name: 'campaign', exact: true });
		await filter.getByRole('checkbox', { name: 'None', exact: true }).check();
		await overview.ready();
		await expect(page).toHaveURL(/own\.campaign=none/);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '1');
		await filter.getByRole('checkbox', { name: 'spring', exact: true }).check();
		await overview.ready();
		await expect(overview.tile('impressions')).toHaveAttribute('value', '3');
		await expect(overview.tile('total_audience')).toHaveAttribute('value', '3');
		await page.getByRole('combobox', { name: 'Split by' }).selectOption('own.land_code');
		await overview.ready();
		await expect(page).toHaveURL(/split=own\.land_code/);

		const download = page.waitForEvent('download');
		await page.getByRole('button', { name: /^Export/ }).click();
		await page.getByRole('menuitem', { name: /^Events/ }).click();
		const text = await readFile(await (await download).path(), 'utf8');
		expect(text.split('\r\n')[0]).toMatch(/created_at,own\.campaign,own\.land_code$/);
		expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 5);

		await overview.follow('changes/?from=2026-06-01&to=2026-06-02&compare=previous');
		await overview.follow('changes/?from=2026-06-01&to=2026-06-02&compare=previous&own.campaign=none,spring');
		await expect(page.locator('tr[data-part="own.campaign"][data-name="spring"]')).toBeVisible();
	}
);
