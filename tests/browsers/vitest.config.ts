import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('../../', import.meta.url)),
	test: {
		include: ['tests/browsers/**/*.test.ts'],
		environment: 'node',
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// A browser a file, two at a time: each has several processes of its own.
		maxWorkers: 2
	}
});
