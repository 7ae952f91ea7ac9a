import { fileURLToPath } from 'node:url';
import { defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { CHROMIUM_FLAGS, installedChromium } from '../../src/tools/browser';

const root = fileURLToPath(new URL('../../', import.meta.url));
const chromium = installedChromium();

const config: PlaywrightTestConfig = defineConfig({
	testDir: '.',
	outputDir: `${root}test-results/browser`,
	// Imports use more than one thread each, and some tests take times: more than two at once would disturb those.
	workers: 2,
	retries: 0,
	forbidOnly: process.env.CI !== undefined,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: 'list',
	webServer: {
		command: 'node --import tsx src/tools/serve.ts --port 0',
		cwd: root,
		// Port 0 is any free one; the server's line says which, and the name of the group becomes TACKBOARD_PORT.
		wait: { stdout: /http:\/\/localhost:(?<tackboard_port>\d+)\// },
		gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 }
	},
	use: {
		baseURL: `http://localhost:${process.env.TACKBOARD_PORT ?? ''}/`,
		locale: 'en-GB',
		timezoneId: 'UTC',
		colorScheme: 'light',
		screenshot: 'only-on-failure',
		launchOptions: {
			args: [...CHROMIUM_FLAGS],
			...(chromium === null ? {} : { executablePath: chromium })
		}
	},
	// A test runs in both, unless its tag says that it is about one of them.
	projects: [
		{ name: 'wide', grepInvert: /@phone/, use: { viewport: { width: 1280, height: 900 } } },
		{
			name: 'phone',
			grepInvert: /@wide/,
			use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
		}
	]
});

export default config;
