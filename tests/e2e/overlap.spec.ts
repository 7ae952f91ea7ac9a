import { SMALL_FILE } from './support/small-file';
import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

// A later copy of the file: one row more, and none of May.
const LATER_FILE = SMALL_FILE.replace(/2026-05-15.*\n/, '').concat(
	'2026-06-30T11:00:00Z,impression,104,ed,organic,own,mobile,shop.example,standard,100,,,\n'
);

test.use({ stock: SMALL });

test.beforeEach(({ overview }) => overview.follow());

test('counts the rows that are stored already, and leaves them out or replaces their days', async ({
	page,
	overview
}) => {
	await overview.importFiles({ name: 'later.csv', text: LATER_FILE });
	const report = page.getByRole('region', { name: 'Import report' });
	await expect(report.getByText('6 of 7 rows were imported before (4 days in common)')).toBeVisible();
	await expect(report.getByRole('radio', { name: 'Add all' })).toBeChecked();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '132');

	await report.getByText('By day').click();
	await expect(report.getByRole('row', { name: '30 Jun 2026' }).getByRole('cell')).toHaveText([
		'2',
		'1',
		'1'
	]);

	await report.getByRole('radio', { name: 'Leave out the equal ones' }).check();
	await expect(report.getByText('6 rows left out')).toBeVisible();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '116');

	await report.getByRole('radio', { name: 'Replace those days' }).check();
	await expect(report.getByText('6 earlier rows replaced')).toBeVisible();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '116');

	await page.reload();
	await overview.ready();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '116');
	await overview.follow('data/');
	await expect(page.getByText('6 rows replaced by later imports')).toBeVisible();
	await page.getByRole('button', { name: 'Undo the import of later.csv' }).click();
	await expect(page.getByText('6 rows replaced by later imports')).toBeHidden();
	await overview.follow();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '16');
});

test('counts the rows of many files only when asked', async ({ page, overview }) => {
	const copies = [1, 2, 3, 4].map((number) => ({
		name: `${number}.csv`,
		text: `${SMALL_FILE}2026-06-30T11:00:0${number}Z,save,101,ann,,,,,,1,,,\n`
	}));
	await overview.importFiles(...copies);
	const report = page.getByRole('region', { name: 'Import report' });
	await expect(report.getByText(/rows were imported before/)).toHaveCount(0);
	await report.getByRole('button', { name: 'Count equal rows of 2.csv' }).click();
	await expect(report.getByText('7 of 8 rows were imported before (5 days in common)')).toBeVisible();
	await expect(report.getByRole('group', { name: 'Days of 2.csv that were imported before' })).toBeVisible();
});
