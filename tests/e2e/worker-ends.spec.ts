import { availableParallelism } from 'node:os';
import type { Page } from 'playwright/test';
import { leftovers } from '../support/leftovers';
import { endAt, endedCount, letThreadsEnd, letWorkersEnd } from './support/ended-workers';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** Browsers end workers without a word. Whatever one was doing then, the page says so and goes on. */

const STOPPED = 'The browser stopped a part of Tackboard in the middle of its work';
/** Enough events for threads of the workers' own. */
const MANY = 600_000;
const HAS_THREADS = availableParallelism() > 1;

let overview: OverviewPage;

test.beforeEach(async ({ page }) => {
	await letWorkersEnd(page);
	overview = new OverviewPage(page);
	await overview.open('?range=all');
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
});

/** Every tile and the order of the Pins. */
async function figures(page: Page): Promise<unknown> {
	const tiles = page.locator('[data-tile] data');
	return [
		await tiles.evaluateAll((all) => all.map((figure) => figure.getAttribute('value'))),
		await overview.pinIds()
	];
}

/** The view shows the same once it is loaded anew, by workers that nobody ended. */
async function expectSameAnew(page: Page): Promise<void> {
	const shown = await figures(page);
	await page.reload();
	await overview.ready();
	expect(await figures(page)).toEqual(shown);
}

async function expectNothingOf(page: Page, path: string, events: number): Promise<void> {
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
	await expect.poll(() => page.evaluate(leftovers)).toEqual([]);
	await overview.importPath(path);
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await expect(overview.importState).toHaveAttribute('data-accepted', String(events));
	expect(await page.evaluate(leftovers)).toEqual([]);
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '23');
}

for (const when of ['asked', 'told'] as const)
	test(`a question is asked again whose worker ended when it was ${when} @wide`, async ({ page }) => {
		await endAt(page, { call: 'ask', when });
		await overview.follow('?range=all&device=mobile');
		expect(await endedCount(page)).toBe(1);
		await expect(overview.tile('impressions')).toHaveAttribute('value', '18');
		await expect(overview.tile('total_audience')).toHaveAttribute('value', '3');
		await expect(page.getByRole('status').filter({ hasText: STOPPED })).toBeVisible();
		await expect(page.getByRole('alert')).toHaveCount(0);
		await page.getByRole('button', { name: 'Dismiss' }).first().click();
		await expect(page.getByRole('status').filter({ hasText: STOPPED })).toHaveCount(0);
		await expectSameAnew(page);
	});

test('a question is asked again where a thread ended that shared in the scan @wide', async ({ page }) => {
	test.skip(!HAS_THREADS, 'one processor: nothing is shared');
	await letThreadsEnd(page);
	await overview.importPath(await sampleFile(MANY));
	// A page where nothing is asked in the background.
	await page.getByRole('link', { name: 'Video', exact: true }).click();
	await expect(page).toHaveURL(/video/);
	await overview.ready();
	await endAt(page, { call: 'scan', when: 'asked' });
	await overview.follow('?range=all&device=mobile');
	expect(await endedCount(page)).toBe(1);
	await expect(page.getByText(STOPPED)).toBeVisible();
	await expectSameAnew(page);
});

test('nothing is kept of an import whose worker ended, and the next one works @wide', async ({ page }) => {
	const path = await sampleFile(200_000);
	await endAt(page, { call: 'import', when: 'told' });
	await overview.importPath(path);
	expect(await endedCount(page)).toBe(1);
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(page.getByLabel('Import report').getByText(STOPPED)).toBeVisible();
	await expectNothingOf(page, path, 200_000);
});

test('nothing is kept of an import of which a thread ended, and the next one works @wide', async ({
	page
}) => {
	test.skip(!HAS_THREADS, 'one processor: a file is one part');
	const path = await sampleFile(MANY);
	await letThreadsEnd(page);
	await endAt(page, { call: 'readPart', when: 'told' });
	await overview.importPath(path);
	expect(await endedCount(page)).toBe(1);
	await expect(overview.importState).toHaveAttribute('data-import', 'failed');
	await expect(page.getByLabel('Import report').getByText(STOPPED)).toBeVisible();
	await expectNothingOf(page, path, MANY);
});
