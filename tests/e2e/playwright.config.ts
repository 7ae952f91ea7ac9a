import { defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { browserConfig, DESKTOP, ROOT } from '../support/browser-config';

const drawsPictures = process.env.SCREENSHOTS !== undefined || process.env.TEST_LENGTH === 'long';

const config: PlaywrightTestConfig = defineConfig(browserConfig(), {
	testDir: '.',
	// Pictures to leaf through, which nothing compares: drawn when they are wanted, and in the long run.
	testIgnore: drawsPictures ? [] : ['screenshots.spec.ts'],
	outputDir: `${ROOT}test-results/browser`,
	// Imports use more than one thread each, and some tests take times: more than two at once would disturb those.
	workers: 2,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	// A test runs in both, unless its tag says that it is about one of them.
	projects: [
		{ name: 'wide', grepInvert: /@phone/, use: { viewport: DESKTOP } },
		{
			name: 'phone',
			grepInvert: /@wide/,
			use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
		}
	]
});

export default config;
