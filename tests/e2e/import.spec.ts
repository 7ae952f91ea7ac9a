import { readFile } from 'node:fs/promises';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { stockedTest } from './support/stocked-test';
import { expect, test } from './support/test';

test('says what to do on the first visit, and keeps what was imported over a reload', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	await expect(page.getByText('choose the days: at most 90 at a time', { exact: false })).toBeVisible();
	await page.getByText('Event files of your own', { exact: true }).click();
	await expect(page.getByText('pin_id', { exact: true })).toBeVisible();
	await expect(overview.importState).toHaveAttribute('data-import', 'idle');
	await expect(overview.importState).toHaveAttribute('data-run', '0');

	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
	await page.reload();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
	await expect(overview.importState).toHaveAttribute('data-run', '0');
});

stockedTest('reports rejected rows and hands them back', async ({ page, overview }) => {
	await overview.follow();
	const bad = '2026-06-30T10:00:00Z,jump,101,ann,,,,,,,,,\n';
	await overview.importFiles({ name: 'mixed.csv', text: SMALL_FILE + bad });
	await expect(overview.importState).toHaveAttribute('data-rejected', '1');
	await expect(page.getByText('Line 9: “jump” is not a value of event')).toBeVisible();
	const download = page.waitForEvent('download');
	await page.getByRole('button', { name: 'Download rejected rows' }).click();
	const file = await download;
	expect(file.suggestedFilename()).toBe('tackboard_rejected_mixed.csv');
	expect(await readFile(await file.path(), 'utf8')).toContain('jump');
});

stockedTest(
	'asks what the columns of an unknown table are, and ends without a row',
	async ({ page, overview }) => {
		await overview.follow();
		await overview.importFiles({ name: 'other.csv', text: 'a,b\n1,2\n' });
		await expect(overview.importState).toHaveAttribute('data-import', 'done');
		await expect(overview.importState).toHaveAttribute('data-accepted', '0');
		await expect(page.locator('[data-file="other.csv"]')).toHaveAttribute('data-outcome', 'needs_mapping');
		await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible();
	}
);

stockedTest('says why a file cannot be read', async ({ page, overview }) => {
	await overview.follow();
	await overview.importFiles({ name: 'other.csv', text: 'timestamp,event\n2026-05-01,save\n' });
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(page.getByText(/Needed columns are missing: pin_id/)).toBeVisible();
	await expect(page.getByRole('button', { name: 'Try with sample data' })).toBeVisible();
});

stockedTest('notices a file that is already there', async ({ page, overview }) => {
	await overview.follow();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await overview.importFiles({ name: 'copy of small.csv', text: SMALL_FILE });
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '0');
	await expect(page.getByText(/Already there/)).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

stockedTest('takes pasted rows and dropped files', async ({ page, overview }) => {
	await overview.follow();
	const before = await overview.runs();
	await page.evaluate((text) => {
		const data = new DataTransfer();
		data.setData('text/plain', text);
		document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true }));
	}, SMALL_FILE);
	await expect(overview.importState).toHaveAttribute('data-run', String(before + 1));
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');

	await page.evaluate(
		(text) => {
			const data = new DataTransfer();
			data.items.add(new File([text], 'dropped.csv'));
			const init = { dataTransfer: data, bubbles: true, cancelable: true };
			document.body.dispatchEvent(new DragEvent('dragenter', init));
			document.body.dispatchEvent(new DragEvent('drop', init));
		},
		SMALL_FILE.replace('2026-06-30', '2026-06-29')
	);
	await expect(overview.importState).toHaveAttribute('data-run', String(before + 2));
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
});

stockedTest(
	'takes an import back, from the report and on the Data page @wide',
	async ({ page, overview }) => {
		await overview.follow();
		await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
		await page.getByRole('button', { name: 'Undo' }).click();
		await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();

		await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
		await page.getByRole('link', { name: 'Data' }).click();
		await overview.ready();
		const row = page.locator('tr[data-batch]');
		await expect(row).toContainText('small.csv');
		await expect(row).toContainText('15 May – 30 Jun 2026');
		await page.getByRole('button', { name: 'Undo the import of small.csv' }).click();
		await expect(page.getByText('Nothing has been imported yet.')).toBeVisible();
	}
);

stockedTest(
	'tries itself out on sample data, of events and of an audience, and forgets it with one click',
	async ({ page, overview }) => {
		await overview.follow();
		const run = (await overview.runs()) + 1;
		await page.getByRole('button', { name: 'Try with sample data' }).click();
		await expect(overview.importState).toHaveAttribute('data-run', String(run));
		await expect(overview.importState).toHaveAttribute('data-import', 'done', { timeout: 30_000 });
		await overview.ready();
		await expect(page.getByText('made-up sample data')).toBeVisible();
		await overview.follow('audience/');
		await expect(page.getByText('made-up sample data')).toBeVisible();
		await expect(page.getByText('3 snapshots of Audience insights')).toBeVisible();
		await page.getByRole('button', { name: 'Remove sample data' }).click();
		await expect(page.getByRole('heading', { name: 'No Audience insights yet' })).toBeVisible();
		await overview.follow();
		await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	}
);

test.describe('of a visitor in Japan', () => {
	test.use({ timezoneId: 'Asia/Tokyo' });

	test("offers days in the browser's own zone, once", async ({ page }) => {
		const visitor = new OverviewPage(page);
		await visitor.open();
		await visitor.importFiles({ name: 'small.csv', text: SMALL_FILE });
		await page.getByRole('button', { name: 'Show days in Asia/Tokyo instead' }).click();
		await visitor.ready();
		await expect(page).toHaveURL(/tz=Asia\/Tokyo/);
		await visitor.open();
		await expect(page.getByText('Days begin and end at midnight UTC.')).toBeHidden();
	});
});
