import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright/test';
import type { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

/** Files that can be read but for one thing: it is asked for in their line of the report, and nothing else waits. */

const ADS = 'ads-campaigns-view-period.csv';
const PIN = 'api-pin-analytics.json';
const SLASHES = 'slash-dates.csv';

const specimen = (name: string) => fileURLToPath(new URL(`../fixtures/specimens/${name}`, import.meta.url));
const line = (page: Page, name: string) => page.locator(`[data-file="${name}"]`);

/** Answers in a file's line, and waits for the end of that run. */
async function importIn(asked: Locator, overview: OverviewPage): Promise<void> {
	const run = (await overview.runs()) + 1;
	await asked.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(overview.importState).toHaveAttribute('data-run', String(run));
	await expect(overview.importState).not.toHaveAttribute('data-import', 'running', { timeout: 20_000 });
	await overview.ready();
}

test.beforeEach(({ overview }) => overview.follow());

test('asks for days, says what is wrong with them, and imports for them', async ({ page, overview }) => {
	await overview.importPath(specimen(ADS));
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '0');
	const ads = line(page, ADS);
	await expect(ads).toHaveAttribute('data-outcome', 'needs_days');
	await expect(ads).not.toHaveAttribute('data-kind', /./);

	const run = await overview.runs();
	await ads.getByLabel('First day', { exact: true }).fill('2026-09-14');
	await ads.getByLabel('Last day', { exact: true }).fill('2026-09-08');
	await ads.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(ads.getByRole('alert')).toHaveText(/last day is before the first/);
	await expect(ads.getByLabel('Last day', { exact: true })).toBeFocused();
	await expect(overview.importState).toHaveAttribute('data-run', String(run));

	await ads.getByLabel('First day', { exact: true }).fill('2026-09-08');
	await ads.getByLabel('Last day', { exact: true }).fill('2026-09-14');
	await importIn(ads, overview);
	await expect(ads).toHaveAttribute('data-outcome', 'imported');
	await expect(ads).toHaveAttribute('data-kind', 'figures');
	await expect(ads).toContainText(/8 Sept? – 14 Sept? 2026/);
	await expect(ads).toContainText('Spend');
	await expect(ads).toContainText('→ spend');
});

test('asks for a Pin and takes its address', async ({ page, overview }) => {
	await overview.importPath(specimen(PIN));
	const pin = line(page, PIN);
	await expect(pin).toHaveAttribute('data-outcome', 'needs_pin');
	const field = pin.getByLabel('Pin id', { exact: true });
	await field.fill('1.09E+18');
	await field.press('Enter');
	await expect(pin.getByRole('alert')).toHaveText(/rounded/);
	await field.fill('https://www.pinterest.com/pin/1091700765947216952/');
	await importIn(pin, overview);
	await expect(pin).toHaveAttribute('data-outcome', 'imported');
	await overview.follow('pin/?id=1091700765947216952&range=all');
	await expect(overview.main).toContainText('1091700765947216952');
});

test('keeps what was asked, and what was typed, while other imports come and go', async ({
	page,
	overview
}) => {
	await overview.importPath(specimen(ADS));
	const ads = line(page, ADS);
	await ads.getByLabel('First day', { exact: true }).fill('2026-09-08');
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
	await expect(line(page, 'small.csv')).toHaveAttribute('data-outcome', 'imported');
	await expect(line(page, 'small.csv')).toHaveAttribute('data-kind', 'events');
	await expect(ads.getByLabel('First day', { exact: true })).toHaveValue('2026-09-08');
	await ads.getByRole('button', { name: /^Leave out/ }).click();
	await expect(ads).toHaveCount(0);
});

test('lets other files of the same drop in at once', async ({ page, overview }) => {
	const run = (await overview.runs()) + 1;
	await page
		.getByLabel('Import files', { exact: true })
		.setInputFiles([specimen(ADS), specimen('account-daily-table.csv')]);
	await expect(overview.importState).toHaveAttribute('data-run', String(run));
	await expect(overview.importState).toHaveAttribute('data-import', 'done', { timeout: 20_000 });
	await expect(overview.importState).toHaveAttribute('data-accepted', '2');
	await expect(line(page, 'account-daily-table.csv')).toHaveAttribute('data-outcome', 'imported');
	await expect(page.locator('[data-file]').first()).toHaveAttribute('data-outcome', 'needs_days');
});

// Last, since it keeps how dates are read.
test('shows both readings of dates and imports the chosen one', async ({ page, overview }) => {
	await overview.importPath(specimen(SLASHES));
	const slashes = line(page, SLASHES);
	await expect(slashes).toHaveAttribute('data-outcome', 'needs_mapping');
	await slashes.getByRole('button', { name: 'Choose columns…' }).click();
	const dialog = page.getByRole('dialog', { name: /slash-dates\.csv/ });
	const submit = dialog.getByRole('button', { name: 'Import', exact: true });
	await expect(submit).toBeDisabled();
	await expect(dialog.getByRole('radio', { name: /\(month first\)$/ })).not.toBeChecked();
	await dialog.getByRole('radio', { name: /\(day first\)$/ }).check();
	await expect(submit).toBeEnabled();
	await importIn(dialog, overview);
	await expect(slashes).toHaveAttribute('data-outcome', 'imported');
	await slashes.getByRole('button', { name: /^Change…/ }).click();
	await expect(page.getByRole('dialog', { name: /slash-dates\.csv/ })).toBeVisible();
});
