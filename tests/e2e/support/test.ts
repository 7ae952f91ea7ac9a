import {
	test as base,
	expect,
	type BrowserContext,
	type ConsoleMessage,
	type Request,
	type WebError
} from 'playwright/test';
import { KeptContexts } from './kept-contexts';

/**
 * The `test` that every browser test uses: whatever else it looks at, no request may leave the site and nothing may
 * go wrong unseen.
 */

export interface Watch {
	/** Lets requests go to the origin of `url` too: another server that the test itself has started. */
	allowOrigin(url: string): void;
	/** Lets errors in the console pass that match, such as those of a network that the test cut off. */
	allowError(pattern: RegExp): void;
	/** Watches a context that the test has opened itself; the one of `page` is watched from the start. */
	add(context: BrowserContext): void;
}

interface Fixtures {
	watch: Watch;
}

interface WorkerFixtures {
	/** What stockedTest goes on with. All tests have it, since Playwright starts a process anew for tests of other fixtures. */
	keptContexts: KeptContexts;
}

// Of these nothing is sent anywhere.
const LOCAL_SCHEMES = new Set(['data:', 'blob:', 'about:']);

/**
 * Waits until every page and worker has answered: what went wrong in one before that has been reported by then.
 * One that is gone reports nothing.
 */
async function settle(context: BrowserContext): Promise<void> {
	const pages = context.pages();
	const workers = [...pages.flatMap((page) => page.workers()), ...context.serviceWorkers()];
	await Promise.allSettled(workers.map((worker) => worker.evaluate('0')));
	await Promise.allSettled(pages.map((page) => page.evaluate('0')));
}

/** Playwright's `test`, with a `watch` over every request and error of its pages and workers. */
export const test = base.extend<Fixtures, WorkerFixtures>({
	keptContexts: [
		async ({ browser }, use) => {
			const kept = new KeptContexts(browser);
			await use(kept);
			await kept.close();
		},
		{ scope: 'worker' }
	],

	watch: [
		async ({ baseURL, context }, use) => {
			const origins = new Set([new URL(baseURL ?? '').origin]);
			const allowed: RegExp[] = [];
			const contexts: BrowserContext[] = [];
			const requests: Request[] = [];
			const errors: string[] = [];
			const onRequest = (request: Request) => void requests.push(request);
			const onWebError = (webError: WebError) => {
				const error = webError.error();
				errors.push(error.stack ?? error.message);
			};
			const onConsole = (message: ConsoleMessage) => {
				if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
			};
			const add = (watched: BrowserContext) => {
				contexts.push(watched);
				watched.on('request', onRequest).on('weberror', onWebError).on('console', onConsole);
			};
			add(context);
			await use({
				allowOrigin: (url) => void origins.add(new URL(url).origin),
				allowError: (pattern) => void allowed.push(pattern),
				add
			});
			await Promise.all(contexts.map(settle));
			// A context may be kept for the next test, which has its own watch.
			for (const watched of contexts)
				watched.off('request', onRequest).off('weberror', onWebError).off('console', onConsole);
			const left = requests.filter((request) => {
				const url = new URL(request.url());
				// What the page's policy stops is never sent.
				const isStopped = request.failure()?.errorText === 'csp';
				return !LOCAL_SCHEMES.has(url.protocol) && !origins.has(url.origin) && !isStopped;
			});
			expect(
				left.map((request) => request.url()),
				'requests that left the site'
			).toEqual([]);
			expect(
				errors.filter((error) => !allowed.some((pattern) => pattern.test(error))),
				'errors in the console'
			).toEqual([]);
		},
		{ auto: true }
	]
});

export { expect };
