import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright/test';
import { ALL_RULES, COLOUR_RULES, violationsOf } from './support/axe';
import { yearOfPins } from './support/year-of-pins';
import { stockedTest as test } from './support/stocked-test';
import { SMALL } from './support/stocks';
import { expect } from './support/test';

/** What the page shows, as one file to hand over. */

const MARKUP = '<img src=x onerror=alert(1)> & <b>May</b>';

async function openDialog(page: Page, project: string) {
	if (project === 'phone') await page.getByRole('button', { name: 'Menu' }).click();
	await page.getByRole('button', { name: /^Export/ }).click();
	await page.getByRole('menuitem', { name: 'Report' }).click();
	return page.getByRole('dialog');
}

async function download(page: Page): Promise<{ name: string; path: string; html: string }> {
	const file = page.waitForEvent('download');
	await page
		.getByRole('dialog')
		.getByRole('button', { name: /^Download/ })
		.click();
	const saved = await file;
	const path = await saved.path();
	return { name: saved.suggestedFilename(), path, html: await readFile(path, 'utf8') };
}

/** Opens a report from the disk as somebody would who has nothing but the file. */
async function read(browser: Browser, html: string, path: string): Promise<Page> {
	const context = await browser.newContext({
		javaScriptEnabled: false,
		viewport: { width: 390, height: 800 }
	});
	const page = await context.newPage();
	const asked: string[] = [];
	page.on('request', (request) => asked.push(request.url()));
	await page.route(pathToFileURL(path).href, (route) =>
		route.fulfill({ body: html, contentType: 'text/html' })
	);
	await page.goto(pathToFileURL(path).href);
	expect(asked.filter((url) => !url.startsWith('file:') && !url.startsWith('data:'))).toEqual([]);
	return page;
}

/** Every exact figure of some sections, by what it stands for. */
function figures(page: Page): Promise<readonly string[]> {
	return page
		.locator('section:not([data-screen] *, [data-screen]) data')
		.evaluateAll((all) =>
			all.map((data) => `${data.getAttribute('data-metric') ?? ''}=${data.getAttribute('value') ?? ''}`)
		);
}

test.describe('of the Overview', () => {
	test.use({ stock: SMALL });

	test('holds the figures of the page, words of one’s own as text, and neither script nor request', async ({
		page,
		overview,
		browser
	}, { project }) => {
		await overview.follow('?compare=previous&split=device&device=mobile,desktop');
		const dialog = await openDialog(page, project.name);
		await dialog.getByLabel('Title').fill(MARKUP);
		await dialog.getByLabel('Text', { exact: true }).fill('First line\nSecond <i>line</i>');
		const expected = await figures(page);
		const { name, path, html } = await download(page);
		expect(name).toBe('tackboard_report_2026-06-01_2026-06-30.html');
		await expect(dialog).toHaveCount(0);
		expect(html).not.toMatch(/<script|<link|<button|<input|<select|<canvas|url\((?!["']?data:)/);

		const report = await read(browser, html, path);
		await expect(report.locator('h1')).toHaveText(MARKUP);
		await expect(report).toHaveTitle(MARKUP);
		await expect(report.getByText('Second <i>line</i>')).toBeVisible();
		await expect(report.locator('main > p').first()).toHaveText(
			'Overview · 1 Jun – 30 Jun 2026 · compared with 2 May – 31 May 2026 · Mobile · Desktop'
		);
		expect(expected.length).toBeGreaterThan(20);
		expect(await figures(report)).toEqual(expected);
		// A line for each value of the split, and one of the days before, which know only one of them.
		const lines = report.locator('.paper-chart g path:not(.dots)');
		await expect(report.getByRole('img', { name: /Impressions/ })).toBeVisible();
		expect(await lines.count()).toBe(3);
		const wide = await report.locator('html').evaluate((root) => root.scrollWidth);
		expect(wide).toBe(390);
		await report.context().close();
	});

	test('@wide leaves out the sections that are not wanted, and is in the language of the page', async ({
		page,
		overview
	}) => {
		await overview.follow('changes/');
		const dialog = await openDialog(page, 'wide');
		const boxes = dialog.getByRole('checkbox');
		await expect(boxes).not.toHaveCount(0);
		const last = (await boxes.count()) - 1;
		const name = await dialog.locator('label.section').nth(last).innerText();
		await boxes.nth(last).uncheck();
		const { html } = await download(page);
		expect(html).toContain('<html lang="en">');
		expect(html).toContain('data-part="total"');
		expect(html).not.toContain(`>${name.trim()}</h2>`);
	});
});

test.describe('of a year by day with 50 Pins', () => {
	test.use({ stock: { name: 'year of Pins', files: [{ name: 'year.csv', text: yearOfPins() }] } });

	test('@wide is below 500 KB, and axe finds nothing in it', async ({ page, overview, browser }) => {
		await overview.follow('?range=all&split=device&compare=previous');
		await openDialog(page, 'wide');
		const { html } = await download(page);
		expect(html.match(/data-pin="/g)?.length).toBe(50);
		expect(Buffer.byteLength(html)).toBeLessThan(500_000);

		const context = await browser.newContext();
		const report = await context.newPage();
		// Its own policy lets nothing run; axe has to be let in.
		await report.setContent(html.replace(/<meta http-equiv="content-security-policy"[^>]*>/, ''));
		expect(await violationsOf(report, ALL_RULES)).toEqual([]);
		await report.emulateMedia({ colorScheme: 'dark' });
		expect(await violationsOf(report, { type: 'rule', values: COLOUR_RULES })).toEqual([]);
		await context.close();
	});
});
