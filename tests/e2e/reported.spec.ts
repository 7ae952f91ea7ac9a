import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import { expect } from './support/test';

const DAYS = '?from=2026-05-22&to=2026-05-28';

function report(name: string) {
	const path = fileURLToPath(new URL(`../fixtures/reported/${name}`, import.meta.url));
	return { name, text: readFileSync(path, 'utf8') };
}

test.beforeEach(({ overview }) => overview.follow(DAYS));

test('joins two exports of one range', async ({ page, overview }) => {
	await overview.importFiles(report('overview-impressions.csv'), report('overview-saves.csv'));
	await expect(overview.importState).toHaveAttribute('data-accepted', '22');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '8142');
	await expect(overview.tile('engagements')).not.toHaveAttribute('value', /\d/);
	await expect(page.locator('[data-tile="impressions"]')).toHaveAttribute('data-days-known', '6');
	await expect(page.locator('[data-tile="impressions"]')).toHaveAttribute('data-days', '7');
	await overview.follow(`${DAYS}&view=top-pins`);
	expect(await overview.pinIds()).toEqual([
		'1091700765947216952',
		'1091700765947299104',
		'1091700765950012345'
	]);
	const row = page.locator('tr[data-pin="1091700765950012345"] data');
	expect(await row.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('value')))).toContain('412');
});

test('shows estimates and gaps in the table of the chart', async ({ page, overview }) => {
	await overview.importFiles(report('overview-impressions.csv'));
	await page.getByRole('button', { name: 'Show as table' }).click();
	const rows = page.getByRole('table', { name: /^Impressions, / }).locator('tbody tr');
	await expect(rows).toHaveCount(7);
	await expect(rows.nth(5).getByRole('img', { name: 'estimate' })).toBeVisible();
	await expect(rows.nth(6).locator('data')).not.toHaveAttribute('value', /\d/);
});

test('says what there is under other filters, and shows it', async ({ page, overview }) => {
	await overview.follow('?from=2026-09-01&to=2026-09-02');
	await overview.importFiles(report('ads-report.csv'));
	await expect(overview.tile('impressions')).not.toHaveAttribute('value', /\d/);
	await page.getByRole('region', { name: 'Chart' }).getByRole('button', { name: 'Show Paid' }).click();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '7040');
});

test('lets days with events have the events’ figures', async ({ overview }) => {
	await overview.importFiles(report('overview-impressions.csv'));
	await overview.importFiles({
		name: 'events.csv',
		text: 'timestamp,event,pin_id\n2026-05-28T10:00:00Z,impression,p1\n'
	});
	await expect(overview.tile('impressions')).toHaveAttribute('value', '8143');
});

test('has the columns of an unknown table of figures, and of events, named, and keeps that', async ({
	page,
	overview
}) => {
	const text = 'Dag;Hur många;Anteckning\n2026-05-22;10;a\n2026-05-23;20;b\n';
	await overview.importFiles({ name: 'mine.csv', text });
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await page.getByRole('button', { name: 'Choose columns…' }).click();
	const dialog = page.getByRole('dialog', { name: /mine\.csv/ });
	await expect(dialog.getByRole('radio', { name: /figures of a day/ })).toBeChecked();
	await expect(dialog.getByLabel('Dag')).toHaveValue('date');
	await dialog.getByLabel('Hur många').selectOption('impressions');
	await dialog.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(overview.importState).toHaveAttribute('data-accepted', '2');
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '30');
	// The next file with such a header is read at once.
	await overview.importFiles({ name: 'june.csv', text: text.replaceAll('-05-', '-06-') });
	await expect(overview.importState).toHaveAttribute('data-accepted', '2');
	await expect(page.locator('[data-file="june.csv"]')).toHaveAttribute('data-outcome', 'imported');
	await overview.undoImport();
	await expect(page.locator('[data-file="june.csv"]')).toHaveCount(0);

	const events = SMALL_FILE.replace('timestamp', 'moment').replace(',event,', ',what,');
	await overview.follow();
	await overview.importFiles({ name: 'events.csv', text: events });
	await page.getByRole('button', { name: 'Choose columns…' }).click();
	const ofEvents = page.getByRole('dialog');
	await expect(ofEvents.getByLabel('moment')).toHaveValue('timestamp');
	await ofEvents.getByRole('button', { name: 'Import', exact: true }).click();
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});
