import { readFile } from 'node:fs/promises';
import { chromium } from 'playwright';
import { CHROMIUM_FLAGS } from '../../src/tools/browser';
import { VIEWPORT, type Tab } from './tab';

/** Starts a Chromium, driven by Playwright. */
export async function openChromium(executablePath: string): Promise<Tab> {
	const browser = await chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS] });
	const context = await browser.newContext({ viewport: VIEWPORT, locale: 'en-GB', timezoneId: 'UTC' });
	const errors: string[] = [];
	context.on('weberror', (error) => errors.push(error.error().message));
	const page = await context.newPage();
	const find = (xpath: string) => page.locator(`xpath=${xpath}`);
	return {
		open: async (url) => void (await page.goto(url)),
		reload: async () => void (await page.reload()),
		// Playwright's type has handles, of which there are none here.
		evaluate: (run, argument) => page.evaluate(run as never, argument as never),
		click: (xpath) => find(xpath).filter({ visible: true }).click(),
		chooseFiles: (xpath, paths) => find(xpath).setInputFiles([...paths]),
		download: async (start) => {
			const [download] = await Promise.all([page.waitForEvent('download'), start()]);
			const bytes = await readFile(await download.path());
			return { name: download.suggestedFilename(), bytes: new Uint8Array(bytes) };
		},
		errors: () => errors,
		close: () => browser.close()
	};
}
