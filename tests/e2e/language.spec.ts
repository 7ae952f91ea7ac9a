import type { Page } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { withAllPages } from './support/site-pages';
import { SMALL_FILE } from './support/small-file';
import { expect, test } from './support/test';

const PAGES = withAllPages(['', 'pin/?id=101', 'board/?name=Light', '?ws=Nowhere']);

/** Words of the English page, seen or spoken, outside what says that it is English. */
function englishWords(page: Page): Promise<readonly string[]> {
	return page.evaluate(() => {
		const word = /\b(Export|Saves|Impressions|Engagements)\b/;
		const found: string[] = [];
		const isEnglish = (element: Element | null) => element?.closest('[lang]')?.getAttribute('lang') === 'en';
		const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		for (let node = texts.nextNode(); node; node = texts.nextNode()) {
			const parent = node.parentElement;
			if (parent?.closest('script, style')) continue;
			if (word.test(node.textContent ?? '') && !isEnglish(parent)) found.push(node.textContent ?? '');
		}
		for (const element of document.querySelectorAll('*'))
			for (const name of ['aria-label', 'aria-description', 'title', 'alt', 'placeholder', 'label']) {
				const value = element.getAttribute(name) ?? '';
				if (word.test(value) && !isEnglish(element)) found.push(`${name}: ${value}`);
			}
		return found;
	});
}

test.describe('for a visitor who prefers Swedish', () => {
	test.use({ locale: 'sv-SE' });

	test('speaks Swedish on every page', async ({ page }) => {
		const overview = new OverviewPage(page);
		await overview.open();
		await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('Se hur det går för dina pins');
		await page.getByLabel('Importera filer', { exact: true }).setInputFiles({
			name: 'small.csv',
			mimeType: 'text/csv',
			buffer: Buffer.from(SMALL_FILE)
		});
		await expect(page.locator('[data-import="done"]')).toBeAttached();
		await overview.ready();
		await expect(page.locator('[data-tile="impressions"]')).toContainText('Visningar');
		await expect(page.locator('[data-tile="engagements"]')).toContainText('Händelser');
		for (const path of PAGES) {
			await overview.follow(path);
			await expect(page.locator('html')).toHaveAttribute('lang', 'sv');
			expect(await englishWords(page), path).toEqual([]);
		}
	});

	test('names its menus and controls in Swedish @wide', async ({ page }) => {
		const overview = new OverviewPage(page);
		await overview.open();
		await page.getByRole('button', { name: 'Prova med exempeldata' }).click();
		await expect(page.locator('[data-import="done"]')).toBeAttached({ timeout: 30_000 });
		await overview.ready();
		await expect(page.getByText('Datumintervall').first()).toBeVisible();
		await expect(page.getByRole('radio', { name: 'Organiskt' })).toBeVisible();
		await expect(page.getByRole('radio', { name: 'Inte från dig' })).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Bästa pins' })).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Bästa anslagstavlor' })).toBeVisible();
		await expect(page.getByRole('heading', { name: 'Äldre exporter' })).toBeVisible();
		await page.getByRole('button', { name: 'Exportera' }).click();
		await expect(page.getByRole('menuitem', { name: 'Siffror per dag' })).toBeVisible();
		expect(await englishWords(page)).toEqual([]);
	});

	test('writes numbers and dates as Swedish does @wide', async ({ page }) => {
		const overview = new OverviewPage(page);
		await overview.open();
		const text = ['timestamp,event,pin_id,count', '2026-06-30T10:00:00Z,impression,1,1234567', ''].join('\n');
		await page
			.locator('#import-files')
			.setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
		await expect(page.locator('[data-import="done"]')).toBeAttached();
		await overview.ready();
		await expect(overview.tile('impressions')).toHaveText('1 234 567');
		await expect(page.getByText('1 juni – 30 juni 2026').first()).toBeVisible();
	});

	test('is switched to English, and stays so', async ({ page }, { project }) => {
		const overview = new OverviewPage(page);
		await overview.open('?range=7d');
		if (project.name === 'phone') await page.getByRole('button', { name: 'Meny' }).click();
		await page.getByLabel('Språk').filter({ visible: true }).selectOption('English');
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
		await overview.ready();
		await expect(page).toHaveURL(/range=7d$/);
		await expect(page.getByRole('heading', { level: 1 })).toHaveText('See how your Pins perform');
		await page.goto('/data/');
		await overview.ready();
		await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	});
});

test('speaks English to everyone else', async ({ browser, baseURL, watch }) => {
	const context = await browser.newContext({ locale: 'da-DK', ...(baseURL ? { baseURL } : {}) });
	watch.add(context);
	const page = await context.newPage();
	await new OverviewPage(page).open();
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await context.close();
});
