import { fileURLToPath } from 'node:url';
import { defineConfig, type PlaywrightTestConfig } from 'playwright/test';
import { CHROMIUM_FLAGS, installedChromium } from '../../src/tools/browser';

const root = fileURLToPath(new URL('../../', import.meta.url));
const chromium = installedChromium();

/** The pages of a site that was built for the cluster (run.ts), driven one test after another. */
const config: PlaywrightTestConfig = defineConfig({
	testDir: '.',
	testMatch: '*.spec.ts',
	outputDir: `${root}test-results/clickhouse-browser`,
	workers: 1,
	retries: 0,
	timeout: 90_000,
	expect: { timeout: 20_000 },
	reporter: 'list',
	webServer: {
		command: 'node --import tsx src/tools/serve.ts --port 0 --folder test-results/clickhouse/site',
		cwd: root,
		wait: { stdout: /http:\/\/localhost:(?<tackboard_port>\d+)\// },
		gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 }
	},
	use: {
		baseURL: `http://localhost:${process.env.TACKBOARD_PORT ?? ''}/`,
		locale: 'en-GB',
		timezoneId: 'UTC',
		colorScheme: 'light',
		actionTimeout: 20_000,
		viewport: { width: 1280, height: 900 },
		screenshot: 'only-on-failure',
		launchOptions: {
			args: [...CHROMIUM_FLAGS],
			...(chromium === null ? {} : { executablePath: chromium })
		}
	}
});

export default config;
