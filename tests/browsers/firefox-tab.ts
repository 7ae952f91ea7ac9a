import { join } from 'node:path';
import puppeteer, { type ElementHandle } from 'puppeteer-core';
import { DownloadFolder } from './download-folder';
import { VIEWPORT, type Tab } from './tab';
import { theOneInSight } from './the-one-in-sight';

/** What Firefox says of modules that were on their way when the page was left. */
const CUT_OFF = /error loading dynamically imported module|A ServiceWorker intercepted the request/;

/** Starts a Firefox, driven by Puppeteer over WebDriver BiDi. */
export async function openFirefox(executablePath: string): Promise<Tab> {
	const folder = await DownloadFolder.make();
	const browser = await puppeteer.launch({
		browser: 'firefox',
		executablePath,
		headless: true,
		userDataDir: join(folder.home, 'profile'),
		defaultViewport: VIEWPORT,
		env: { ...process.env, TZ: 'UTC' },
		extraPrefsFirefox: {
			'browser.download.folderList': 2, // the folder named next
			'browser.download.dir': folder.downloads,
			'browser.download.useDownloadDir': true,
			'browser.download.always_ask_before_handling_new_types': false,
			'intl.accept_languages': 'en-GB, en'
		}
	});
	const errors: string[] = [];
	const page = await browser.newPage();
	page.on('pageerror', (error) => {
		const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
		if (!CUT_OFF.test(told)) errors.push(told);
	});
	const selector = (xpath: string) => `::-p-xpath(${xpath})`;
	return {
		open: async (url) => void (await page.goto(url)),
		reload: async () => void (await page.reload()),
		evaluate: async (run, argument) => page.evaluate(run as never, argument as never),
		click: async (xpath) => {
			const found = await theOneInSight(
				() => page.$$(selector(xpath)),
				(element) => element.isVisible()
			);
			await found.click();
		},
		chooseFiles: async (xpath, paths) => {
			const field = (await page.waitForSelector(selector(xpath))) as ElementHandle<HTMLInputElement>;
			await field.uploadFile(...paths);
		},
		download: async (start) => {
			await start();
			return folder.take();
		},
		errors: () => errors,
		close: async () => {
			await browser.close();
			await folder.remove();
		}
	};
}
