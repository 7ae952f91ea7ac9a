import type { BrowserContext, Page } from 'playwright';
import type { BatchSummary } from '../../src/lib/model/import-report';
import type { EventFile } from './event-file';
import type { AppWatch, ImportTimes } from './page/calls';
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

/** How long the app took that was just opened, from the start of the navigation. */
export function startTimes(page: Page): ReturnType<AppWatch['start']> {
	return page.evaluate(() => window.appWatch.start());
}

/** Imports files into an app that is open, and waits until it shows them. */
export async function importFiles(page: Page, files: readonly string[]): Promise<ImportTimes> {
	await page.waitForTimeout(IDLE_MS);
	const end = page.evaluate(() => window.appWatch.importEnd());
	await page.getByLabel('Import files', { exact: true }).setInputFiles([...files]);
	return end;
}

/** Opens the app and imports an event file; every row must have been accepted. */
export async function importEventFile(
	context: BrowserContext,
	site: BenchSite,
	file: EventFile
): Promise<{ readonly page: Page; readonly times: ImportTimes }> {
	const page = await openApp(context, site);
	return { page, times: await importEvents(page, file.path, file.events) };
}

/** Imports an event file into an app that is open; every row must have been accepted. */
export async function importEvents(page: Page, path: string, events: number): Promise<ImportTimes> {
	const times = await importFiles(page, [path]);
	const accepted = await page.locator('[data-import]').getAttribute('data-accepted');
	if (Number(accepted) !== events) throw new Error(`${accepted} of ${events} events were accepted`);
	return times;
}

/** Waits until what a newly started browser shows first is stored: the app makes it when it has nothing else to do. */
export async function whenKept(page: Page): Promise<void> {
	const isKept = () =>
		page.evaluate(async () => {
			const database = await new Promise<IDBDatabase>((resolve, reject) => {
				const request = indexedDB.open('tackboard-main');
				request.onsuccess = () => resolve(request.result);
				request.onerror = () => reject(request.error ?? new Error('the database cannot be opened'));
			});
			const [[kept] = [], batches = []] = await Promise.all(
				['rangeIndexes', 'batches'].map(
					(store) =>
						new Promise<readonly { readonly of?: string; readonly sums?: object }[]>((resolve, reject) => {
							const request = database.transaction(store).objectStore(store).getAll();
							request.onsuccess = () => resolve(request.result as readonly object[]);
							request.onerror = () => reject(request.error ?? new Error('the database cannot be read'));
						})
				)
			);
			database.close();
			// What is kept of fewer batches is of no use.
			return kept?.sums !== undefined && kept.of?.split(',').length === batches.length;
		});
	while (!(await isKept())) await page.waitForTimeout(500);
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
