import { defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { browserConfig, DESKTOP, ROOT } from '../support/browser-config';

/** The pages of a site that was built for the cluster (run.ts), driven one test after another. */
const config: PlaywrightTestConfig = defineConfig(browserConfig(' --folder test-results/clickhouse/site'), {
	testDir: '.',
	testMatch: '*.spec.ts',
	outputDir: `${ROOT}test-results/clickhouse-browser`,
	workers: 1,
	timeout: 90_000,
	expect: { timeout: 20_000 },
	use: { actionTimeout: 20_000, viewport: DESKTOP }
});

export default config;
