import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-static';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/**
 * The one script that stands in the page itself: SvelteKit's policy names only its own.
 * @type {`sha256-${string}`}
 */
const checkHash = `sha256-${createHash('sha256')
	.update(/<script>([^]*?)<\/script>/.exec(readFileSync('src/app.html', 'utf8'))?.[1] ?? '')
	.digest('base64')}`;

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		// The site is plain files: a folder with an index.html for each page, every path relative,
		// so that it runs from any host and under any sub-path.
		adapter: adapter({ pages: 'build', assets: 'build', strict: true }),
		paths: { relative: true },
		// Registered after the first paint (lib/ui/device), so that it takes no time from it.
		serviceWorker: { register: false },
		alias: { $lib: 'src/lib' },
		csp: {
			mode: 'hash',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', 'wasm-unsafe-eval', checkHash],
				'style-src': ['self', 'unsafe-inline'],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
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
