import type { Page } from 'playwright/test';
import { endAt, endedCount, letWorkersEnd } from './support/ended-workers';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

// What a service worker does is under test here.
test.use({ serviceWorkers: 'allow' });

/** All that the origin keeps, in every kind of storage that there is. */
function kept(page: Page) {
	return page.evaluate(async () => {
		const done = <T>(request: IDBRequest<T>) =>
			new Promise<T>((resolve, reject) => {
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error);
			});
		const databases = [];
		const records = [];
		for (const { name = '' } of await indexedDB.databases()) {
			databases.push(name);
			const db = await done(indexedDB.open(name));
			for (const store of db.objectStoreNames) {
				const count = await done(db.transaction(store).objectStore(store).count());
				if (count > 0) records.push(`${name}/${store}`);
			}
			db.close();
		}
		const files = [];
		for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
		return {
			databases: databases.sort(),
			records: records.sort(),
			caches: await caches.keys(),
			// Where the page was scrolled to: the framework notes that whenever it is left.
			settings: [...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter(
				(name) => !name.startsWith('sveltekit:')
			),
			cookies: document.cookie,
			files
		};
	});
}

test('leaves nothing in any storage but the app itself', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	const download = page.waitForEvent('download');
	await page.goto('/data/?range=all&tz=Asia/Tokyo');
	await overview.ready();
	await page.getByRole('button', { name: 'Back up this workspace' }).click();
	const backup = await (await download).path();
	await page.locator('input[data-backup]').setInputFiles(backup);
	await expect(page.locator('[data-backup-state="restored"]')).toBeVisible();
	await page.evaluate(async () => {
		localStorage.setItem('left by anything', 'yes');
		await (await caches.open('tackboard shared files')).put('/shared/1-0', new Response('a file'));
	});
	const before = await kept(page);
	expect(before.databases).toEqual(['tackboard', 'tackboard-Restored workspace', 'tackboard-main']);
	expect(before.records).toContain('tackboard-main/segments');

	await page.getByRole('button', { name: 'Delete all data' }).click();
	await page.getByRole('dialog').getByRole('button', { name: 'Delete all data' }).click();
	await page.waitForURL((url) => !url.pathname.includes('data'));
	await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
	await overview.ready();
	const after = await kept(page);
	expect(after).toMatchObject({ records: [], settings: [], cookies: '', files: [] });
	// Empty, for the next file.
	expect(['tackboard', 'tackboard-main']).toEqual(expect.arrayContaining(after.databases));
	expect(after.caches).toEqual(before.caches.filter((name) => name !== 'tackboard shared files'));
});

test('says that it failed, lets try again, and shows what is left when it is given up', async ({ page }) => {
	await letWorkersEnd(page);
	const overview = new OverviewPage(page);
	await overview.open();
	await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
	await page.goto('/data/');
	await overview.ready();
	const dialog = page.getByRole('dialog');
	const eraseInVain = async () => {
		await endAt(page, { call: 'eraseAll', when: 'asked' });
		await dialog.getByRole('button', { name: 'Delete all data' }).click();
		await expect(dialog.getByRole('alert')).toContainText(
			'Not everything could be deleted. Close other tabs'
		);
		await expect(dialog.getByRole('button')).toHaveCount(2);
		for (const button of await dialog.getByRole('button').all()) await expect(button).toBeEnabled();
		expect(await endedCount(page)).toBeGreaterThan(0);
	};
	await page.getByRole('button', { name: 'Delete all data' }).click();
	await eraseInVain();
	const loadedAnew = page.waitForEvent('load');
	await dialog.getByRole('button', { name: 'Cancel' }).click();
	await loadedAnew;
	await overview.ready();
	await expect(page.getByRole('rowheader', { name: 'small.csv' })).toBeVisible();

	await page.getByRole('button', { name: 'Delete all data' }).click();
	await eraseInVain();
	await dialog.getByRole('button', { name: 'Delete all data' }).click();
	await page.waitForURL((url) => !url.pathname.includes('data'));
	await overview.ready();
	expect(await kept(page)).toMatchObject({ records: [], settings: [] });
});

test.describe('while another tab holds the data', () => {
	/** What the other tab does; `letGo` there ends it. */
	const HOLDS = [
		{
			name: 'a connection that stays open',
			take: () =>
				new Promise<void>((resolve, reject) => {
					const opening = indexedDB.open('tackboard-main');
					// Whatever version is wanted, or deleted, this connection stays open.
					opening.onsuccess = () => {
						Object.assign(globalThis, { letGo: () => opening.result.close() });
						resolve();
					};
					opening.onerror = () => reject(opening.error);
				})
		},
		{
			name: 'an import that is under way',
			take: () =>
				new Promise<void>((resolve) => {
					void navigator.locks.request(
						'tackboard-write-main',
						() =>
							new Promise<void>((release) => {
								Object.assign(globalThis, { letGo: release });
								resolve();
							})
					);
				})
		}
	];

	for (const { take, name } of HOLDS)
		test(`waits for ${name}, says so, and goes on by itself`, async ({ page, context }) => {
			const overview = new OverviewPage(page);
			await overview.open();
			await overview.importFiles({ name: 'small.csv', text: SMALL_FILE });
			await page.goto('/data/');
			await overview.ready();
			const other = await context.newPage();
			await other.goto('/definitions/');
			await other.evaluate(take);

			await page.getByRole('button', { name: 'Delete all data' }).click();
			const dialog = page.getByRole('dialog');
			await dialog.getByRole('button', { name: 'Delete all data' }).click();
			await expect(dialog.getByRole('status')).toContainText('another tab');
			await expect(dialog.locator('[data-erasing="waiting"]')).toBeVisible();
			expect(new URL(page.url()).pathname).toContain('data');

			await other.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
			await page.waitForURL((url) => !url.pathname.includes('data'));
			await expect(page.getByRole('heading', { name: 'See how your Pins perform' })).toBeVisible();
			await overview.ready();
			await other.close();
			expect(await kept(page)).toMatchObject({ records: [], settings: [] });
		});
});
