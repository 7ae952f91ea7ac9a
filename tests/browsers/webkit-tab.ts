import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Builder, By, Capabilities } from 'selenium-webdriver';
import { WEBKIT_ENVIRONMENT, type WebKitPaths } from '../../src/tools/other-browsers';
import { DownloadFolder } from './download-folder';
import { theOneInSight } from './the-one-in-sight';
import { startDriver, startScreen } from './webkit-programs';
import { VIEWPORT, type Tab } from './tab';

const MOST_TRIES = 3;

/** Starts WebKitGTK's small browser on a screen that nobody sees, driven over WebDriver. */
export async function openWebKit(paths: WebKitPaths): Promise<Tab> {
	const folder = await DownloadFolder.make();
	await mkdir(join(folder.home, '.config'));
	await writeFile(join(folder.home, '.config', 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${folder.downloads}"\n`);
	const screen = await startScreen(paths.screen);
	const driver = await startDriver(paths.driver, {
		...process.env,
		...WEBKIT_ENVIRONMENT,
		DISPLAY: screen.display,
		HOME: folder.home,
		XDG_CONFIG_HOME: join(folder.home, '.config'),
		XDG_DATA_HOME: join(folder.home, '.local'),
		XDG_CACHE_HOME: join(folder.home, '.cache'),
		LANG: 'en_GB.UTF-8',
		LANGUAGE: 'en_GB',
		TZ: 'UTC',
		// Nothing of this machine's desktop takes part.
		GTK_USE_PORTAL: '0',
		NO_AT_BRIDGE: '1'
	});
	const capabilities = new Capabilities({
		browserName: 'MiniBrowser',
		'webkitgtk:browserOptions': { binary: paths.browser, args: ['--automation'] }
	});
	const session = await new Builder().usingServer(driver.url).withCapabilities(capabilities).build();
	await session
		.manage()
		.window()
		.setRect({ x: 0, y: 0, ...VIEWPORT });
	return {
		open: (url) => session.get(url),
		reload: () => session.navigate().refresh(),
		evaluate: async (run, argument) => {
			for (let tries = 1; ; tries++) {
				try {
					return (await session.executeScript(`return (${String(run)})(arguments[0]);`, argument)) as never;
				} catch (error) {
					// What the driver says where one page goes and the next comes while it asks.
					const isBetweenPages = String(error).includes('Could not parse script result');
					if (!isBetweenPages || tries === MOST_TRIES) throw error;
				}
			}
		},
		click: async (xpath) => {
			const found = await theOneInSight(
				() => session.findElements(By.xpath(xpath)),
				(element) => element.isDisplayed()
			);
			await found.click();
		},
		chooseFiles: (xpath, files) => session.findElement(By.xpath(xpath)).sendKeys(files.join('\n')),
		download: async (start) => {
			await start();
			return folder.take();
		},
		errors: () => [],
		close: async () => {
			await session.quit();
			await driver.stop();
			await screen.stop();
			await folder.remove();
		}
	};
}
