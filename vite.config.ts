import { relative } from 'node:path';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { buildFolder, dataHost } from './src/tools/data-host.js';
import { AHEAD, chunkNames } from './src/tools/chunk-names.ts';
import { firstPaint } from './src/tools/first-paint.ts';
import { compileMessages } from './src/tools/messages.ts';
import { messagesByUse, ONE_MESSAGE, waitForMessages } from './src/tools/messages-by-use.ts';
import { giveServiceWorkerItsFiles } from './src/tools/site-files.ts';

let compiled: Promise<void> | null = null;

/** Messages become functions before anything is built of them. */
const messages: Plugin = {
	name: 'messages',
	buildStart: { order: 'pre', handler: () => (compiled ??= compileMessages()) }
};

/** A build says what is wrong with it, not which of its parts took how long. */
const checks = { bundlerTimings: false };

/** When the site is written: tells the service worker what there is to keep. */
const serviceWorkerFiles: Plugin = {
	name: 'service-worker-files',
	apply: 'build',
	applyToEnvironment: ({ name }) => name === 'ssr',
	closeBundle: {
		order: 'post',
		sequential: true,
		handler: () => giveServiceWorkerItsFiles(buildFolder(process.env))
	}
};

/**
 * What becomes one file, where the bundler would make a file for every set of parts that share something. The first paint
 * of the Overview waits for 7 files, of which one holds nearly all: a slow phone asks for each anew, and files of a hundred
 * bytes pack badly. What else is shared by fewer parts than said stays apart, since no page is to wait for what it does not
 * use.
 */
const FIRST = { name: 'first', test: isForFirstPaint, priority: 0.5 };
const STYLES = { name: 'styles', test: /[?&]type=style|\.css$/ };
const SHARED = { name: 'shared', test: /\/src\/lib\//, minShareCount: 4 };
const MESSAGES = { name: 'messages', test: ONE_MESSAGE, minShareCount: 4 };
const SHARED_BY_WORKER_PARTS = { name: 'shared', test: /\/src\/lib\//, minShareCount: 3 };

/** @param id of a module: its whole path, for what is in the tree */
function isForFirstPaint(id: string): boolean {
	const { modules, messages } = firstPaint();
	const [, key] = ONE_MESSAGE.exec(id) ?? [];
	return key === undefined ? modules.has(relative('', id).replaceAll('\\', '/')) : messages.has(key);
}

/**
 * Vite builds each worker alone. The database's library is a file of its own in all of them, and the same one, so that it
 * is kept and read once.
 */
const DATABASE = { name: 'dexie', test: /\/node_modules\/dexie\// };

export default defineConfig({
	plugins: [messages, messagesByUse(), chunkNames(), sveltekit(), waitForMessages(), serviceWorkerFiles],
	// A constant, so that what speaks to a host is in no build that has none.
	define: { __CLICKHOUSE__: JSON.stringify(dataHost(process.env)) },
	// As a module it needs nothing around it that differs from worker to worker.
	resolve: { alias: [{ find: /^dexie$/, replacement: 'dexie/dist/modern/dexie.mjs' }] },
	worker: {
		format: 'es',
		rolldownOptions: { checks, output: { codeSplitting: { groups: [DATABASE, SHARED_BY_WORKER_PARTS] } } }
	},
	build: {
		target: 'es2022',
		// What these modules hold is nothing but definitions: those that a build does not use are left out of it.
		rolldownOptions: {
			checks,
			output: { codeSplitting: { groups: [AHEAD, FIRST, STYLES, SHARED, MESSAGES] } },
			treeshake: { moduleSideEffects: [{ test: /\/src\/lib\/(model|clickhouse)\//, sideEffects: false }] }
		}
	},
	test: {
		include: ['tests/{unit,oracle,hostile,site,crash,soak}/**/*.test.ts'],
		environment: 'node',
		// What is drawn at random by the hundred takes seconds where the machine has other work.
		testTimeout: 60_000
	}
});
