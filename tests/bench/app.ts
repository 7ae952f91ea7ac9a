import type { BrowserContext, Page } from 'playwright';
import type { BatchSummary } from '../../src/lib/model/import-report';
import { watchMemory, type PeakMemory } from './browser-memory';
import type { EventFile } from './event-file';
import type { ImportTimes } from './page/calls';
import type { BenchSite } from './site';

/** What is done to the app from outside, as its user would. */

/** Longer than anything that a page still does after it is shown. */
const IDLE_MS = 1_000;

/** Opens the app, in a browser's first page if no other is given. */
export async function openApp(
	context: BrowserContext,
	site: BenchSite,
	search = '',
	openPage?: Page
): Promise<Page> {
	const page = openPage ?? context.pages()[0] ?? (await context.newPage());
	await page.addInitScript({ content: site.watchScript });
	await page.goto(`${site.appUrl}${search}`);
	await page.locator('main[data-ready="true"]').waitFor();
	return page;
}

export interface Imported {
	readonly times: ImportTimes;
	readonly memory: PeakMemory | null;
}

/** Imports files into an app that is open, and waits until it shows them. */
export async function importFiles(
	context: BrowserContext,
	page: Page,
	files: readonly string[]
): Promise<Imported> {
	await page.waitForTimeout(IDLE_MS);
	const endMemory = await watchMemory(context);
	const end = page.evaluate(() => window.appWatch.importEnd());
	await page.getByLabel('Import files', { exact: true }).setInputFiles([...files]);
	const times = await end;
	return { times, memory: (await endMemory?.()) ?? null };
}

/** Opens the app and imports an event file; every row must have been accepted. */
export async function importEventFile(
	context: BrowserContext,
	site: BenchSite,
	file: EventFile
): Promise<Imported & { readonly page: Page }> {
	const page = await openApp(context, site);
	const imported = await importFiles(context, page, [file.path]);
	const accepted = await page.locator('[data-import]').getAttribute('data-accepted');
	if (Number(accepted) !== file.events) throw new Error(`${accepted} of ${file.events} events were accepted`);
	return { ...imported, page };
}

/** Waits until what a newly started browser shows first is stored: the app makes it when it has nothing else to do. */
export async function whenKept(page: Page): Promise<void> {
	await page.waitForFunction(
		async () => {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open('tackboard-main');
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('the database cannot be opened'));
			});
			const kept = await new Promise<readonly object[]>((resolve, reject) => {
				const request = database.transaction('rangeIndexes').objectStore('rangeIndexes').getAll();
				request.onsuccess = () => resolve(request.result as readonly object[]);
				request.onerror = () => reject(request.error ?? new Error('the database cannot be read'));
			});
			database.close();
			return kept.some((one) => 'sums' in one);
		},
		undefined,
		{ polling: 500 }
	);
}

/** Opens the benchmark's own page. */
export async function openBenchPage(context: BrowserContext, site: BenchSite): Promise<Page> {
	const page = await context.newPage();
	await page.goto(site.pageUrl);
	await page.waitForFunction(() => window.bench !== undefined);
	return page;
}

/** Opens the benchmark's own page with the app's data worker on what is stored. */
export async function openEnginePage(context: BrowserContext, site: BenchSite): Promise<Page> {
	const page = await openBenchPage(context, site);
	await page.evaluate((workerUrl) => window.bench.engine.open(workerUrl), site.dataWorkerUrl);
	return page;
}

/** What the stored data takes up, in bytes: by the app's own count and by the browser's. */
export async function storedBytes(page: Page): Promise<{ counted: number; estimated: number }> {
	const batches: readonly BatchSummary[] = await page.evaluate(() => window.bench.engine.batches());
	const estimated = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
	return { counted: batches.reduce((sum, batch) => sum + batch.storedBytes, 0), estimated };
}
