import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { buildFolder, dataHost, FIRST_PAGES_OF_HOST } from './src/tools/data-host.js';

/**
 * Of the scripts that stand in the page itself: SvelteKit's policy names only its own.
 * @type {`sha256-${string}`[]}
 */
const ownHashes = [...readFileSync('src/app.html', 'utf8').matchAll(/<script>([^]*?)<\/script>/g)].map(
	([, script = '']) => /** @type {const} */ (`sha256-${createHash('sha256').update(script).digest('base64')}`)
);

const host = dataHost(process.env);
const folder = buildFolder(process.env);

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		// The site is plain files: a folder with an index.html for each page, every path relative,
		// so that it runs from any host and under any sub-path.
		adapter: adapter({ pages: folder, assets: folder, strict: true }),
		paths: { relative: true },
		// Stands in the scripts. By itself it is the time of the build; a release takes that of its commit, so that the same
		// commit gives the same files.
		version: { name: process.env.SOURCE_DATE_EPOCH || String(Date.now()) },
		// A host holds no reports: pages of those alone are left out.
		...(host === null
			? {}
			: { prerender: { entries: [...FIRST_PAGES_OF_HOST], handleUnseenRoutes: 'ignore' } }),
		// Registered after the first paint (lib/ui/device), so that it takes no time from it.
		serviceWorker: { register: false },
		alias: { $lib: 'src/lib' },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', 'wasm-unsafe-eval', ...ownHashes],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				// One host more where the site is built for it; there is no other build that can reach any.
				'connect-src': [
					'self',
					...(host === null ? [] : [/** @type {`${string}:`} */ (new URL(host.url).origin)])
				],
				// Workers start from a blob: module, so that they inherit this policy.
				'worker-src': ['self', 'blob:'],
				'object-src': ['none'],
				// Svelte's own for its templates, and ours for workers (lib/offline/script-url.ts).
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'tackboard-scripts'],
				'base-uri': ['self'],
				'form-action': ['self']
			}
		}
	}
};
