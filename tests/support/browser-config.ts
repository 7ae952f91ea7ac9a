import { fileURLToPath } from 'node:url';
import type { PlaywrightTestConfig } from 'playwright/test';
import { CHROMIUM_FLAGS, installedChromium, installedHeadlessChromium } from '../../src/tools/browser';

/** The tree's own folder, with a slash at its end. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A desktop's window. */
export const DESKTOP = { width: 1280, height: 900 };

/** How Chromium is started. */
const launchOptions = () => optionsFor(installedHeadlessChromium());

/**
 * How a Chromium is started that has all that comes with windows, such as a profile's settings and what can be installed.
 * It takes twice the processor's time.
 */
export const fullBrowserOptions = () => optionsFor(installedChromium());

function optionsFor(executablePath: string | null) {
	return { args: [...CHROMIUM_FLAGS], ...(executablePath === null ? {} : { executablePath }) };
}

/** What all tests in Playwright's browser have in common: a site's server, and who looks at the site. */
export function browserConfig(serverOptions = ''): PlaywrightTestConfig {
	return {
		retries: 0,
		forbidOnly: process.env.CI !== undefined,
		reporter: 'list',
		webServer: {
			// Packing the site takes longer than sending it through this machine.
			command: `node --import tsx src/tools/serve-build.ts --port 0 --unpacked${serverOptions}`,
			cwd: ROOT,
			// Port 0 is any free one; the server's line says which, and the name of the group becomes TACKBOARD_PORT.
			wait: { stdout: /http:\/\/localhost:(?<tackboard_port>\d+)\// },
			gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 }
		},
		use: {
			baseURL: `http://localhost:${process.env.TACKBOARD_PORT ?? ''}/`,
			locale: 'en-GB',
			timezoneId: 'UTC',
			colorScheme: 'light',
			// One takes in the whole site at each first visit: a third of what a short test costs.
			serviceWorkers: 'block',
			screenshot: 'only-on-failure',
			launchOptions: launchOptions()
		}
	};
}
