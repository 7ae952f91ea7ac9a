import { defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { browserConfig, DESKTOP, ROOT } from '../support/browser-config';

const isLong = process.env.TEST_LENGTH === 'long';
const drawsPictures = process.env.SCREENSHOTS !== undefined || isLong;

/**
 * Tests about what is stored, in which tab, and by which version, and about folders, which no phone hands over. A width
 * changes nothing of that, and the controls that they use are used on a phone by other tests, so they run at that width in
 * the long run only.
 */
const OF_ANY_WIDTH = [
	'damage',
	'erase',
	'hand-off',
	'inbox',
	'overlap',
	'share',
	'storage',
	'tabs',
	'updates'
].map((name) => `${name}.spec.ts`);

/** Pictures to leaf through, which nothing compares: drawn when they are wanted, and in the long run. */
const PICTURES = drawsPictures ? [] : ['screenshots.spec.ts'];

const config: PlaywrightTestConfig = defineConfig(browserConfig(), {
	testDir: '.',
	testIgnore: PICTURES,
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
			testIgnore: isLong ? PICTURES : [...PICTURES, ...OF_ANY_WIDTH],
			use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
		}
	]
});

export default config;
