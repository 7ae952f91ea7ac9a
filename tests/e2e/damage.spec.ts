import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

/** What a disk has changed behind the app's back. */

const OTHER_FILE = 'timestamp,event,pin_id,user_id,count\n2026-06-30T10:00:00Z,impression,201,eve,100\n';

/** Flips a bit in what is stored of the first import. */
function damageFirst(page: Page): Promise<void> {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const db = await done(indexedDB.open('tackboard-main'));
		const segments = db.transaction('segments', 'readwrite').objectStore('segments');
		const [stored] = (await done(segments.getAll())) as { segment: { pins: Uint8Array } }[];
		stored!.segment.pins[0]! ^= 1;
		await done(segments.put(stored));
		db.close();
	});
}

test('is found, named and left out, and is mended by another import of the file', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open('?range=all');
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await overview.importFiles({ name: 'other.csv', text: OTHER_FILE });
	await damageFirst(page);
	await page.reload();
	await overview.ready();
	const alert = page.getByRole('alert').filter({ hasText: '7 rows of small.csv can no longer be read' });
	await expect(alert).toBeVisible();
	await expect(overview.tile('impressions')).toHaveAttribute('value', '100');

	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(page.getByText(/Replaced its earlier import, which could no longer be read/)).toBeVisible();
	await expect(alert).toHaveCount(0);
	await expect(overview.tile('impressions')).toHaveAttribute('value', '123');
	await expect(overview.tile('total_audience')).toHaveAttribute('value', '5');

	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await expect(page.getByText('Already there')).toBeVisible();
	await overview.follow('data/');
	await expect(page.locator('tr[data-batch]')).toHaveCount(2);
	await page.getByRole('button', { name: 'Undo the import of small.csv' }).click();
	await expect(page.locator('tr[data-batch]')).toHaveCount(1);
	await overview.follow('?range=all');
	await expect(overview.tile('impressions')).toHaveAttribute('value', '100');
});
