import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from 'playwright';
import { CHROMIUM_FLAGS, findChromium } from './browser';
import { serve } from './serve';

/**
 * Draws the pictures that the app's manifest names, with sample data and the site as it was last built: `npm run
 * screenshots`. The icons come from the SVG files beside them.
 */

const ICONS = [
	{ from: 'static/icon.svg', to: 'static/icons/any-192.png', size: 192 },
	{ from: 'static/icon.svg', to: 'static/icons/any-512.png', size: 512 },
	{ from: 'static/icons/maskable.svg', to: 'static/icons/maskable-192.png', size: 192 },
	{ from: 'static/icons/maskable.svg', to: 'static/icons/maskable-512.png', size: 512 },
	{ from: 'static/icons/maskable.svg', to: 'static/icons/apple-touch-180.png', size: 180 },
	{ from: 'static/icons/monochrome.svg', to: 'static/icons/monochrome-512.png', size: 512 }
];

const SCREENS = [
	{ name: 'wide', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1, isMobile: false },
	{ name: 'narrow', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true }
];

const SHOTS = [
	{ name: 'app-overview', path: '?range=90d', on: ['wide', 'narrow'] },
	{ name: 'app-video', path: 'video/?range=90d', on: ['wide'] },
	{ name: 'app-top-pins', path: '?range=90d&view=top-pins', on: ['narrow'] }
];

async function drawIcons(browser: Browser): Promise<void> {
	const page = await browser.newPage();
	for (const { from, to, size } of ICONS) {
		await page.setViewportSize({ width: size, height: size });
		const svg = Buffer.from(await readFile(from)).toString('base64');
		await page.setContent(
			`<style>body{margin:0}img{display:block;width:100vw;height:100vh}</style><img src="data:image/svg+xml;base64,${svg}">`
		);
		await page.screenshot({ path: to, omitBackground: true });
	}
	await page.close();
}

const ready = (page: Page) => page.locator('main[data-ready="true"]').waitFor({ timeout: 30_000 });

async function drawScreens(browser: Browser, url: string): Promise<void> {
	for (const { name, ...options } of SCREENS) {
		const context = await browser.newContext({ ...options, locale: 'en-GB', timezoneId: 'UTC' });
		const page = await context.newPage();
		await page.goto(url);
		await ready(page);
		await page.getByRole('button', { name: 'Try with sample data' }).click();
		await page.locator('[data-import="done"]').waitFor({ state: 'attached', timeout: 60_000 });
		for (const shot of SHOTS.filter(({ on }) => on.includes(name))) {
			await page.goto(`${url}${shot.path}`);
			await ready(page);
			await page.screenshot({ path: `static/screenshots/${shot.name}-${name}.png`, animations: 'disabled' });
		}
		await context.close();
	}
}

const browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_FLAGS] });
const site = await serve({ folder: 'build', port: 0, base: '/' });
try {
	await drawIcons(browser);
	await drawScreens(browser, site.url);
} finally {
	await browser.close();
	await site.close();
}
