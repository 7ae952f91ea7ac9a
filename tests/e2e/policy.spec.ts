import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page, Worker } from 'playwright/test';
import { OverviewPage } from './support/overview-page';
import { sampleFile } from './support/sample-file';
import { SITE_PAGES } from './support/site-pages';
import { expect, test } from './support/test';

/** Nothing gets out of the page and its workers, and nothing that is no script of ours runs in them. */

/** A server of another origin that would be glad of any request. */
class Elsewhere {
	readonly requests: string[] = [];
	readonly #server: Server = createServer((request, response) => {
		this.requests.push(`${request.method} ${request.url}`);
		response.writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' });
		response.end('');
	});

	async listen(): Promise<void> {
		await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
		this.#server.on('upgrade', (request, socket) => {
			this.requests.push(`upgrade ${request.url}`);
			socket.destroy();
		});
	}

	get url(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}
}

let elsewhere: Elsewhere;

test.beforeEach(async ({ watch }) => {
	elsewhere = new Elsewhere();
	await elsewhere.listen();
	// The browser reports in the console each thing that the policy stopped.
	watch.allowError(/Content Security Policy|violates the following|TrustedScript|TrustedHTML|Trusted Type/i);
});

test.afterEach(() => elsewhere.close());

/** What the policy says, by directive. */
async function policyOf(page: Page): Promise<Map<string, string[]>> {
	const content = await page
		.locator('meta[http-equiv="content-security-policy"]')
		.evaluate((meta) => (meta as HTMLMetaElement).content);
	return new Map(
		content.split(';').map((directive) => {
			const [name = '', ...values] = directive.trim().split(/\s+/);
			return [name, values];
		})
	);
}

/** Tries to reach another origin in every way that there is, from wherever it runs. @returns what got through */
async function attempts(url: string): Promise<string[]> {
	const through: string[] = [];
	const attempt = async (name: string, reach: () => unknown) => {
		try {
			if ((await reach()) !== false) through.push(name);
		} catch {
			// stopped
		}
	};
	const happens = (target: EventTarget, good: string, bad: string) =>
		new Promise<boolean>((resolve) => {
			target.addEventListener(good, () => resolve(true));
			target.addEventListener(bad, () => resolve(false));
		});
	await attempt('fetch', () => fetch(`${url}/fetch`));
	await attempt('fetch without cors', () => fetch(`${url}/no-cors`, { mode: 'no-cors' }));
	await attempt('post', () => fetch(`${url}/post`, { method: 'POST', body: 'secret', mode: 'no-cors' }));
	if (typeof XMLHttpRequest !== 'undefined')
		await attempt('XMLHttpRequest', () => {
			const request = new XMLHttpRequest();
			request.open('GET', `${url}/xhr`);
			request.send();
			return happens(request, 'load', 'error');
		});
	await attempt('WebSocket', () =>
		happens(new WebSocket(`${url.replace('http', 'ws')}/socket`), 'open', 'error')
	);
	await attempt('EventSource', () => happens(new EventSource(`${url}/events`), 'open', 'error'));
	await attempt('import', () => import(/* @vite-ignore */ `${url}/module.js`));
	const scope = globalThis as typeof globalThis & { importScripts?: (url: string) => void };
	if (scope.importScripts) await attempt('importScripts', () => scope.importScripts!(`${url}/script.js`));
	await attempt('eval', () => (0, eval)('true'));
	await attempt('Function', () => new Function('return true')());
	if (typeof document === 'undefined') return through;

	// A beacon is said to be queued even where it is never sent: the server's count shows it.
	navigator.sendBeacon(`${url}/beacon`, 'secret');
	const load = (name: string, element: HTMLElement) =>
		attempt(name, () => {
			const loaded = happens(element, 'load', 'error');
			document.body.append(element);
			return loaded;
		});
	await load('image', Object.assign(new Image(), { src: `${url}/image.png` }));
	await load(
		'style',
		Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${url}/style.css` })
	);
	await attempt('script', () => {
		document.createElement('script').src = `${url}/script.js`;
	});
	await attempt('markup', () => {
		document.createElement('div').innerHTML = '<img src=x onerror="alert(1)">';
	});
	await attempt('worker', () => void new Worker('data:text/javascript,0'));
	await attempt('policy', () => {
		const types = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } })
			.trustedTypes;
		types?.createPolicy('another', { createHTML: (text: string) => text });
		if (!types) return false;
		return true;
	});
	return through;
}

async function withoutWayOut(where: Page | Worker, name: string): Promise<void> {
	const through = await (where as Page).evaluate(attempts, elsewhere.url);
	expect(through, `ways out of ${name}`).toEqual([]);
}

test.describe('the policy', () => {
	// It stands in the pages as they are served.
	test.use({ javaScriptEnabled: false });

	for (const path of SITE_PAGES)
		test(`of /${path} lets only scripts of the site run @wide`, async ({ page }) => {
			await page.goto(`/${path}`);
			const policy = await policyOf(page);
			const scripts = policy.get('script-src') ?? [];
			expect(scripts).toContain("'self'");
			expect(scripts.filter((value) => !/^'(self|wasm-unsafe-eval|sha256-[\w+/=]+)'$/.test(value))).toEqual(
				[]
			);
			expect(policy.get('connect-src')).toEqual(["'self'"]);
			expect(policy.get('default-src')).toEqual(["'self'"]);
			expect(policy.get('object-src')).toEqual(["'none'"]);
			expect(policy.get('img-src')).toEqual(["'self'", 'data:', 'blob:']);
			expect(policy.get('require-trusted-types-for')).toEqual(["'script'"]);
			expect(policy.get('trusted-types')).toEqual(['svelte-trusted-html', 'tackboard-scripts']);
		});
});

test('nothing gets out of the page or any of its workers @wide', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	// Enough events for threads of the workers' own.
	await overview.importPath(await sampleFile(600_000));
	await expect(overview.importState).toHaveAttribute('data-import', 'done');
	await withoutWayOut(page, 'the page');
	expect(page.workers().length).toBeGreaterThanOrEqual(2);
	for (const [index, worker] of page.workers().entries()) await withoutWayOut(worker, `worker ${index}`);
	expect(elsewhere.requests).toEqual([]);
});

test('what a file holds is never markup, script or address that is followed @wide', async ({ page }) => {
	const overview = new OverviewPage(page);
	await overview.open();
	const mean = [
		'<img src=x onerror="document.title=`taken`">',
		'"><script>document.title=`taken`</script>',
		'javascript:document.title=`taken`',
		`${elsewhere.url}/followed`
	];
	const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
	const rows = mean.map((text) =>
		['2026-06-30', 'impression', ...Array.from({ length: 6 }, () => cell(text))].join(',')
	);
	const header = 'timestamp,event,pin_id,account,pin_title,board,link,image_url';
	await overview.importFiles({
		name: `${mean[0]!.replaceAll('/', '')}.csv`,
		text: `${header}\n${rows.join('\n')}\n`
	});
	await expect(overview.importState).toHaveAttribute('data-accepted', String(mean.length));
	const title = await page.title();
	for (const path of [
		'',
		'data/',
		`pin/?id=${encodeURIComponent(mean[0]!)}`,
		`board/?name=${encodeURIComponent(mean[1]!)}`
	]) {
		await overview.follow(path);
		expect(await page.locator('main img[src="x"], main script').count()).toBe(0);
		expect(await page.locator('a[href^="javascript:"], a[href^="data:"]').count()).toBe(0);
		expect(await page.title()).not.toBe('taken');
	}
	expect(title).not.toBe('taken');
	expect(elsewhere.requests).toEqual([]);
});
