import type { BrowserContext, Page } from 'playwright';
import type { Query } from '../../../src/lib/model/query';
import { importEventFile, openApp, openBenchPage, startTimes, whenKept } from '../app';
import { withFreshProfile, type BrowserProfile } from '../browser-profile';
import type { EventFile } from '../event-file';
import { refreshQuery } from '../queries';
import type { Bench, Scenario } from '../scenario';

/** What is opened in a newly started browser. */
export const VIEWS = [
	{ name: '30 days', search: '' },
	{ name: 'all days', search: '?range=all' }
] as const;

/** A browser has finished its own start after this time. */
const REST_MS = 2_000;

/** Has DuckDB-WASM keep the events; false where it cannot, which is said. */
async function keepInDuckDb(context: BrowserContext, bench: Bench, file: EventFile): Promise<boolean> {
	const page = await openBenchPage(context, bench.site);
	try {
		await page.locator('input').setInputFiles(file.path);
		await page.evaluate(() => window.bench.duckdb.open('new file'));
		await page.evaluate(() => window.bench.duckdb.load());
		const pinsUrl = await bench.site.share('pins.csv', await bench.files.pinsOf(file));
		await page.evaluate((url) => window.bench.duckdb.loadPins(url), pinsUrl);
		await page.evaluate(() => window.bench.duckdb.close());
		return true;
	} catch (error) {
		bench.note(`duckdb-wasm cannot keep this: ${error instanceof Error ? error.message : String(error)}`);
		return false;
	} finally {
		await page.close();
	}
}

async function peerTime(context: BrowserContext, { site }: Bench, query: Query): Promise<number> {
	const page = await openBenchPage(context, site);
	const ms = await page.evaluate(async (asked) => {
		await window.bench.duckdb.open('file');
		await window.bench.duckdb.query(asked);
		return performance.now();
	}, query);
	await page.close();
	return ms;
}

/** Opens the app in a browser that has just started, once it has: Chromium reads pages of its own meanwhile. */
async function openAtRest(profile: BrowserProfile, bench: Bench, search: string): Promise<Page> {
	const browser = await profile.restart();
	await browser.pages()[0]?.waitForTimeout(REST_MS);
	return openApp(browser, bench.site, search);
}

const queryOver = (name: (typeof VIEWS)[number]['name'], { days }: EventFile) =>
	refreshQuery(name === 'all days' ? 'all days' : 'newest 30 days', days, 0);

export const coldScenario: Scenario = {
	name: 'cold',
	about: `A browser newly started on a profile that holds the data, and what the app keeps of all of it together: from the start of the navigation until the first
figures are on screen, and until the whole page is; the same once that browser has started and is at rest, and in a new tab of
one that has been running.
DuckDB-WASM with its database in the browser's private files: from the start of the navigation until the rows of the same
answer are there, without a page that shows them. Files may still be in the system's cache.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		await withFreshProfile(async (context, profile) => {
			const { page } = await importEventFile(context, bench.site, file);
			await whenKept(page);
			const peer = await keepInDuckDb(context, bench, file);
			for (let run = 0; run <= bench.runs; run++) {
				for (const { name, search } of VIEWS) {
					const rested = await startTimes(await openAtRest(profile, bench, search));
					const browser = await profile.restart();
					const first = await startTimes(await openApp(browser, bench.site, search));
					const peerMs = peer ? await peerTime(browser, bench, queryOver(name, file)) : null;
					const second = await startTimes(
						await openApp(browser, bench.site, search, await browser.newPage())
					);
					if (run === 0) continue;
					bench.measures.add(`newly started, first figures, ${name}`, 'ms', first.figuresMs);
					bench.measures.add(`newly started, whole page, ${name}`, 'ms', first.readyMs);
					bench.measures.add(`started and at rest, first figures, ${name}`, 'ms', rested.figuresMs);
					bench.measures.add(`started and at rest, whole page, ${name}`, 'ms', rested.readyMs);
					if (peerMs !== null)
						bench.measures.add(`newly started, whole page, ${name}`, 'ms', peerMs, 'duckdb-wasm, kept');
					bench.measures.add(`new tab, first figures, ${name}`, 'ms', second.figuresMs);
					bench.measures.add(`new tab, whole page, ${name}`, 'ms', second.readyMs);
				}
			}
		});
	}
};
