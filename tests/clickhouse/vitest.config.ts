import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	root: fileURLToPath(new URL('../../', import.meta.url)),
	test: {
		include: ['tests/clickhouse/**/*.test.ts'],
		environment: 'node',
		testTimeout: 60_000,
		hookTimeout: 300_000,
		// All of them ask one cluster, and one stops a part of it.
		fileParallelism: false
	}
});
