import { readFile } from 'node:fs/promises';
import { expect, test } from '../e2e/support/test';
import { OverviewPage } from '../e2e/support/overview-page';
import { PASSWORD, knownCluster, startShard, stopShard } from './cluster';
import { readExpected, type Expected } from './expected';
import { CLUSTER_FOLDER } from './test-host';

/** The pages of a site that is built for a host, with the figures that the local engine has for the same events. */

let expected: Expected;

test.beforeAll(async () => {
	expected = await readExpected();
});

test.beforeEach(({ watch }) => {
	watch.allowOrigin(expected.url);
	// Chromium logs every answer that says no.
	watch.allowError(/Failed to load resource/);
});

class HostPage extends OverviewPage {
	async signIn(password = PASSWORD): Promise<void> {
		await this.page.getByLabel('User', { exact: true }).fill('pages');
		await this.page.getByLabel('Password', { exact: true }).fill(password);
		await this.page.getByRole('button', { name: 'Sign in' }).click();
	}

	async openSignedIn(search: string, path = '/'): Promise<void> {
		await this.page.goto(`${path}${search}`);
		await this.signIn();
		await this.ready();
	}
}

test('asks who is there, and shows figures to those who are known', async ({ page }) => {
	const host = new HostPage(page);
	await page.goto(`/${expected.overview.search}`);
	await expect(page.getByRole('heading', { name: /^Sign in at 127\.0\.0\.1/ })).toBeVisible();
	await host.signIn('wrong');
	await expect(page.getByText(/lets in only users and passwords that it knows/)).toBeVisible();
	await host.signIn();
	await host.ready();
	for (const [metric, value] of Object.entries(expected.overview.tiles))
		await expect(host.tile(metric)).toHaveAttribute('value', String(value));
	expect(await host.pinIds()).toEqual(expected.overview.pins);
	// Kept nowhere but in the page's memory.
	await page.reload();
	await expect(page.getByLabel('Password', { exact: true })).toBeVisible();
	expect(
		await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
	).not.toContain(PASSWORD);
});

test('filters, splits and re-sorts', async ({ page }) => {
	const host = new HostPage(page);
	await host.openSignedIn(expected.overview.search);
	await page.locator('aside').getByLabel('Mobile').check();
	await host.ready();
	for (const [metric, value] of Object.entries(expected.mobile.tiles))
		await expect(host.tile(metric)).toHaveAttribute('value', String(value));
	expect(await host.pinIds()).toEqual(expected.mobile.pins);
});

test('shows the page of one Pin', async ({ page }) => {
	const host = new HostPage(page);
	await host.openSignedIn(expected.pin.search, '/pin/');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(expected.pin.title);
	for (const [metric, value] of Object.entries(expected.pin.tiles))
		await expect(host.tile(metric)).toHaveAttribute('value', String(value));
});

test('exports what the local engine would', async ({ page }) => {
	const host = new HostPage(page);
	await host.openSignedIn(expected.overview.search);
	for (const [name, text] of Object.entries(expected.exports)) {
		await page.getByRole('button', { name: /^Export/ }).click();
		const download = page.waitForEvent('download');
		await page.getByRole('menuitem', { name: new RegExp(`^${name}`) }).click();
		expect(await readFile(await (await download).path(), 'utf8')).toBe(text);
	}
});

test('says that a host holds the data, and offers no import', async ({ page }) => {
	const host = new HostPage(page);
	await host.openSignedIn('', '/data/');
	await expect(page.locator('[data-host]')).toContainText(new URL(expected.url).host);
	await expect(page.locator('[data-host]')).toContainText(expected.events.toLocaleString('en-GB'));
	await expect(page.locator('input[type="file"]')).toHaveCount(0);
	await expect(page.getByText('Import files')).toHaveCount(0);
});

test('may reach that host and no other', async ({ page }) => {
	await page.goto('/');
	const policy = await page
		.locator('meta[http-equiv="content-security-policy"]')
		.evaluate((meta) => meta.getAttribute('content') ?? '');
	expect(/connect-src ([^;]*)/.exec(policy)?.[1]).toBe(`'self' ${new URL(expected.url).origin}`);
});

test('shows no figure while a server of the cluster is down', async ({ page }) => {
	const host = new HostPage(page);
	await host.openSignedIn(expected.overview.search);
	const [, second] = (await knownCluster(CLUSTER_FOLDER)).shards;
	await stopShard(second);
	try {
		await page.locator('aside').getByLabel('Mobile').check();
		await expect(page.getByRole('alert')).toContainText('A server of the cluster');
		await expect(page.locator('[data-tile]')).toHaveCount(0);
	} finally {
		await startShard(second);
	}
	await page.getByRole('button', { name: 'Try again' }).click();
	await host.ready();
	await expect(host.tile('impressions')).toHaveAttribute('value', String(expected.mobile.tiles.impressions));
});
