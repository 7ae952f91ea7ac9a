import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { giveServiceWorkerItsFiles } from './src/tools/site-files';

/** When the site is written: tells the service worker what there is to keep. */
const serviceWorkerFiles: Plugin = {
	name: 'service-worker-files',
	apply: 'build',
	applyToEnvironment: ({ name }) => name === 'ssr',
	closeBundle: {
		order: 'post',
		sequential: true,
		handler: () => giveServiceWorkerItsFiles('build')
	}
};

export default defineConfig({
	plugins: [
		// Messages become functions under src/lib/i18n/generated; nothing is fetched for it.
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: './src/lib/i18n/generated',
			strategy: ['baseLocale'],
			emitTsDeclarations: true
		}),
		sveltekit(),
		serviceWorkerFiles
	],
	worker: { format: 'es' },
	build: { target: 'es2022' },
	test: {
		include: ['tests/{unit,oracle,hostile,site,crash}/**/*.test.ts'],
		environment: 'node'
	}
});
