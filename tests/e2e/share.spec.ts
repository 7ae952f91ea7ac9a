import { serve } from '../../src/tools/serve';
import { controlled } from './support/installed-site';
import { OverviewPage } from './support/overview-page';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

// What a service worker does is under test here.
test.use({ serviceWorkers: 'allow' });

for (const base of ['/', '/sub/'])
	test(`imports files that are shared with it at ${base}, offline too`, async ({ page, watch }) => {
		const site = await serve({ folder: 'build', port: 0, base, isPacked: false });
		watch.allowOrigin(site.url);
		const overview = new OverviewPage(page);
		await page.goto(site.url);
		await overview.ready();
		await controlled(page);
		await site.close();
		// A form is what a share is to the service worker.
		await page.evaluate(
			({ text, action }) => {
				const form = document.createElement('form');
				Object.assign(form, { method: 'POST', action, enctype: 'multipart/form-data' });
				for (const name of ['båda ögon.csv', 'other.csv']) {
					const field = document.createElement('input');
					const data = new DataTransfer();
					data.items.add(new File([name === 'other.csv' ? text.replaceAll('101', '104') : text], name));
					Object.assign(field, { type: 'file', name: 'files', files: data.files });
					form.append(field);
				}
				document.body.append(form);
				form.submit();
			},
			{ text: SMALL_FILE, action: `${site.url}share/` }
		);
		await expect(page).toHaveURL(site.url);
		await expect(overview.importState).toHaveAttribute('data-import', 'done', { timeout: 20_000 });
		await expect(overview.importState).toHaveAttribute('data-accepted', '14');
		await expect(page.getByText('båda ögon.csv')).toBeVisible();
		await page.reload();
		await overview.ready();
		await expect(overview.tile('impressions')).toHaveAttribute('value', '32');
		await expect(overview.importState).toHaveAttribute('data-run', '0');
	});

test('imports files that are opened with it', async ({ page }) => {
	await page.addInitScript((text) => {
		const launch = { files: [{ getFile: async () => new File([text], 'opened.csv') }] };
		const launchQueue = { setConsumer: (consume: (params: typeof launch) => void) => consume(launch) };
		Object.defineProperty(globalThis, 'launchQueue', { value: launchQueue });
	}, SMALL_FILE);
	const overview = new OverviewPage(page);
	await overview.open();
	await expect(overview.importState).toHaveAttribute('data-accepted', '7');
	await expect(page.getByText('opened.csv')).toBeVisible();
});

test('goes where a shortcut leads when its window is open already', async ({ page }) => {
	await page.addInitScript(() => {
		const setConsumer = (consume: (params: { files: []; targetURL: string }) => void) => {
			consume({ files: [], targetURL: location.href });
			addEventListener('launch-again', () => consume({ files: [], targetURL: `${location.origin}/video/` }));
			document.documentElement.dataset.listens = 'true';
		};
		Object.defineProperty(globalThis, 'launchQueue', { value: { setConsumer } });
	});
	const overview = new OverviewPage(page);
	await overview.open('?range=all');
	await page.locator('html[data-listens]').waitFor();
	expect(page.url()).toContain('?range=all');
	await page.evaluate(() => dispatchEvent(new Event('launch-again')));
	await expect(page).toHaveURL(/\/video\/$/);
	await overview.ready();
});
