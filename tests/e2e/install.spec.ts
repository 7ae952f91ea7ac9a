import type { FileChooser } from 'playwright/test';
import { fullBrowserOptions } from '../support/browser-config';
import { controlled } from './support/installed-site';
import { OverviewPage } from './support/overview-page';
import { expect, test } from './support/test';

// What a service worker does is under test here, and only a whole browser reports what can be installed.
test.use({ serviceWorkers: 'allow', launchOptions: fullBrowserOptions() });

test('can be installed, as Chromium sees it', async ({ page, context }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	await controlled(page);
	const session = await context.newCDPSession(page);
	await session.send('Page.enable');
	const { errors, data, url } = await session.send('Page.getAppManifest');
	expect(errors).toEqual([]);
	const manifest = JSON.parse(data ?? '') as Record<string, { src?: string; url?: string }[]>;
	for (const { src } of [...(manifest.icons ?? []), ...(manifest.screenshots ?? [])]) {
		const response = await page.request.get(new URL(src ?? '', url).href);
		expect(response.status(), src).toBe(200);
	}
	for (const { url: path } of manifest.shortcuts ?? []) {
		const response = await page.request.get(new URL(path ?? '', url).href);
		expect(response.status(), path).toBe(200);
	}
	const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
	// Playwright's contexts count as private windows, which is no matter of the site's.
	expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
});

test('says how it is installed where the browser does not offer it', async ({ page }, { project }) => {
	await page.goto('/data/');
	await new OverviewPage(page).ready();
	await page.getByRole('main').getByRole('button', { name: 'How to install' }).click();
	const dialog = page.getByRole('dialog', { name: 'Put Tackboard on this device' });
	await expect(dialog).toContainText('Add to Home Screen');
	await dialog.getByRole('button', { name: 'Done' }).click();
	await expect(dialog).toBeHidden();
	if (project.name !== 'phone') return;
	await page.getByRole('button', { name: 'Menu' }).click();
	await page.locator('#phone-menu').getByRole('button', { name: 'How to install' }).click();
	await expect(dialog).toBeVisible();
});

test('asks the browser to install it where it offers to', async ({ page }) => {
	await page.goto('/data/');
	await new OverviewPage(page).ready();
	await page.evaluate(() => {
		const offer = new Event('beforeinstallprompt', { cancelable: true });
		const prompt = async () => {
			document.title = 'prompted';
			return { outcome: 'accepted' };
		};
		dispatchEvent(Object.assign(offer, { prompt }));
	});
	await page.getByRole('main').getByRole('button', { name: 'Install Tackboard' }).click();
	await expect(page).toHaveTitle('prompted');
	await page.evaluate(() => dispatchEvent(new Event('appinstalled')));
	await expect(page.getByRole('main').getByRole('button', { name: /install/i })).toHaveCount(0);
});

test('leads the shortcut for an import to the button that does it', async ({ page }) => {
	// Before the page, since it takes the browser a moment to give choosers to the test.
	const picker = new Promise<FileChooser>((resolve) => page.once('filechooser', resolve));
	await page.goto('/data/#import');
	await new OverviewPage(page).ready();
	await page.locator('#import').getByRole('button', { name: 'Choose files' }).click();
	expect((await picker).isMultiple()).toBe(true);
});

test('says what an old browser lacks', async ({ page }) => {
	await page.addInitScript(() => {
		Reflect.deleteProperty(HTMLElement.prototype, 'showPopover');
		Reflect.deleteProperty(Array.prototype, 'toSorted');
	});
	await page.goto('/');
	await expect(page.locator('#too-old')).toBeVisible();
	await expect(page.locator('#too-old-lacks')).toHaveText('Array.prototype.toSorted, Popover');
});
