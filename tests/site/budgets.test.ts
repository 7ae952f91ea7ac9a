import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { SiteFiles } from '../../src/lib/offline/site-files';
import { packedBytes } from '../../src/tools/site-files';

/** How much of the built site has to come before something can be done with it. Sizes are those of gzip, in bytes. */

const SITE = fileURLToPath(new URL('../../build/', import.meta.url));
const KB = 1_000;
const FIRST_PAINT_BUDGET = 103 * KB;
/** Each is asked for on its own, and a slow phone waits for every answer. */
const FIRST_PAINT_FILES = 8;
const PRECACHE_BUDGET = 500 * KB;

/** Of a module in the form that a build has: what it imports before it can run. import() waits until it is called. */
const STATIC_IMPORT = /(?:^|[;\s}])(?:import|export)\b[^;"'()]*["']([^"']+)["']/g;
const MODULE_OF_PAGE =
	/<link[^>]+href="([^"]+\.js)"[^>]*rel="modulepreload"|rel="modulepreload"[^>]*href="([^"]+\.js)"/g;
const SCRIPT_OF_PAGE = /<script[^>]+src="([^"]+)"|import\("([^"]+)"\)/g;

const read = (path: string) => readFile(join(SITE, path), 'utf8');

function named(text: string, pattern: RegExp, folder: string): string[] {
	return [...text.matchAll(pattern)].map((match) => posix.join(folder, match[1] ?? match[2] ?? ''));
}

/** The scripts of a page, those that it preloads, and all that these import. */
async function scriptsOf(page: string): Promise<string[]> {
	const html = await read(page);
	const found = new Set<string>();
	const waiting = [...named(html, MODULE_OF_PAGE, '.'), ...named(html, SCRIPT_OF_PAGE, '.')];
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		if (found.has(path)) continue;
		found.add(path);
		waiting.push(...named(await read(path), STATIC_IMPORT, posix.dirname(path)));
	}
	return [...found];
}

/** What each file weighs, the heaviest first: the first thing to look at where a budget is broken. */
async function weigh(paths: readonly string[]): Promise<{ sum: number; heaviest: string }> {
	const weights = await Promise.all(
		paths.map(async (path) => ({ path, bytes: gzipSync(await read(path), { level: 9 }).length }))
	);
	weights.sort((a, b) => b.bytes - a.bytes);
	return {
		sum: weights.reduce((sum, { bytes }) => sum + bytes, 0),
		heaviest: weights
			.slice(0, 8)
			.map(({ path, bytes }) => `${path}: ${bytes}`)
			.join('\n')
	};
}

async function keptFiles(): Promise<SiteFiles> {
	const [, list] = /^self\.tackboardFiles = (.*);$/m.exec(await read('service-worker.js')) ?? [];
	return JSON.parse(list ?? '') as SiteFiles;
}

describe('the built site', () => {
	it('needs at most 103 KB of scripts in 8 files for the first paint of the Overview', async () => {
		const scripts = await scriptsOf('index.html');
		expect(scripts.length).toBeGreaterThan(3);
		expect(scripts.length, scripts.join('\n')).toBeLessThanOrEqual(FIRST_PAINT_FILES);
		const { sum, heaviest } = await weigh(scripts);
		expect(sum, heaviest).toBeLessThanOrEqual(FIRST_PAINT_BUDGET);
	});

	it('needs no more in any other language, with the messages that the first paint may show', async () => {
		const { languages } = await keptFiles();
		expect(Object.keys(languages).length).toBeGreaterThan(9);
		const { sum } = await weigh(await scriptsOf('index.html'));
		for (const [language, files] of Object.entries(languages)) {
			// The smaller of two: the other follows.
			const start = Math.min(
				...(await Promise.all(files.map((file) => packedBytes(SITE, [file])))),
				Infinity
			);
			expect(sum + (files.length === 0 ? 0 : start), language).toBeLessThanOrEqual(FIRST_PAINT_BUDGET);
		}
	});

	it('loads no worker and no reader of Parquet before they are needed', async () => {
		const scripts = await scriptsOf('index.html');
		expect(scripts.filter((path) => path.includes('/workers/'))).toEqual([]);
		const texts = await Promise.all(scripts.map(read));
		expect(texts.filter((text) => text.includes('PAR1'))).toEqual([]);
	});

	it('fetches at most 500 KB to work offline in one language, pictures of itself left out', async () => {
		const { first, languages, later } = await keptFiles();
		const paths = [...first, ...later].map(({ path }) => path);
		expect(paths).toContain('');
		expect(paths.filter((path) => path.startsWith('screenshots/'))).toEqual([]);
		for (const [language, files] of Object.entries(languages))
			expect(await packedBytes(SITE, [...first, ...files]), language).toBeLessThanOrEqual(PRECACHE_BUDGET);
		// The others follow.
		const ofLanguages = Object.values(languages).flatMap((files) => files.map(({ path }) => path));
		expect(ofLanguages.length).toBe(2 * (Object.keys(languages).length - 1));
		expect(later.map(({ path }) => path)).toEqual(expect.arrayContaining(ofLanguages));
		expect(first.map(({ path }) => path).filter((path) => ofLanguages.includes(path))).toEqual([]);
	});
});
