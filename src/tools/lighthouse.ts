import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import lighthouse, { desktopConfig, type Config } from 'lighthouse';
import puppeteer, { type Page } from 'puppeteer-core';
import { CHROMIUM_FLAGS, findChromium } from './browser';
import { serve } from './serve';

/**
 * `npm run lighthouse`: Lighthouse against the built site, several runs each on a desktop and a phone, at the first
 * visit and with sample data. Ends with 1 where a median is below what is demanded.
 */

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
type Category = (typeof CATEGORIES)[number];
type Scores = Readonly<Record<Category, number>>;

interface Device {
	readonly name: string;
	readonly config: Config | undefined;
	readonly demanded: Scores;
}

const DEVICES: readonly Device[] = [
	{
		name: 'desktop',
		config: desktopConfig,
		demanded: { performance: 100, accessibility: 100, 'best-practices': 100 }
	},
	{
		// Lighthouse's own default: a slow phone on a slow network.
		name: 'mobile',
		config: undefined,
		demanded: { performance: 95, accessibility: 100, 'best-practices': 100 }
	}
];

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;

/** One run, and what it found wrong: the ids of audits that cost points outside performance. */
async function measure(page: Page, url: string, config: Config | undefined, isFirstVisit: boolean) {
	const result = await lighthouse(
		url,
		{ onlyCategories: [...CATEGORIES], logLevel: 'error', disableStorageReset: !isFirstVisit },
		config,
		page
	);
	if (!result) throw new Error('Lighthouse gave no result');
	const { categories, audits } = result.lhr;
	const scores = Object.fromEntries(
		CATEGORIES.map((category) => [category, Math.round((categories[category]?.score ?? 0) * 100)])
	) as Record<Category, number>;
	const complaints = CATEGORIES.slice(1).flatMap((category) =>
		(categories[category]?.auditRefs ?? [])
			.filter(({ id, weight }) => weight > 0 && (audits[id]?.score ?? 1) < 1)
			.map(({ id }) => id)
	);
	const timings = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time']
		.map((id) => `${id} ${Math.round(audits[id]?.numericValue ?? NaN)} ms`)
		.concat(`cumulative-layout-shift ${(audits['cumulative-layout-shift']?.numericValue ?? NaN).toFixed(3)}`);
	return { scores, complaints, timings };
}

/** Forgets the files of the site, which would come without the network; what was imported stays. */
async function forgetSite(page: Page, url: string): Promise<void> {
	await page.goto('about:blank');
	const session = await page.createCDPSession();
	await session.send('Storage.clearDataForOrigin', {
		origin: new URL(url).origin,
		storageTypes: 'service_workers,cache_storage'
	});
	await session.send('Network.clearBrowserCache');
	await session.detach();
}

/** Imports the sample data by the page's own button. */
async function importSample(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.waitForSelector('main[data-ready="true"]'); // a press on what is prerendered would do nothing
	await page.locator('::-p-text(Try with sample data)').click();
	await page.waitForSelector('[data-import="done"]', { timeout: 120_000 });
	await page.waitForSelector('main[data-ready="true"]');
}

/** Prints the medians of several runs; returns whether all are as demanded. */
async function judge(device: Device, url: string, runs: number, withSample: boolean): Promise<boolean> {
	const profile = await mkdtemp(join(tmpdir(), 'tackboard-lighthouse-'));
	const browser = await puppeteer.launch({
		executablePath: await findChromium(),
		args: [...CHROMIUM_FLAGS],
		userDataDir: profile
	});
	try {
		const page = await browser.newPage();
		if (withSample) await importSample(page, url);
		const found: Awaited<ReturnType<typeof measure>>[] = [];
		for (let run = 0; run < runs; run++) {
			if (withSample) await forgetSite(page, url);
			found.push(await measure(page, url, device.config, !withSample));
		}
		const medians = CATEGORIES.map((category) => ({
			category,
			score: median(found.map(({ scores }) => scores[category]))
		}));
		const isGood = medians.every(({ category, score }) => score >= device.demanded[category]);
		const told = medians.map(({ category, score }) => `${category} ${score}`).join(', ');
		const each = found.map(({ scores }) => scores.performance).join(' ');
		console.log(
			`${device.name}, ${withSample ? 'sample data' : 'first visit'}: ${told} (performance: ${each})`
		);
		console.log(`  last run: ${found.at(-1)?.timings.join(', ') ?? ''}`);
		const complaints = new Set(found.flatMap((run) => run.complaints));
		if (complaints.size > 0) console.log(`  points lost by: ${[...complaints].join(', ')}`);
		return isGood;
	} finally {
		await browser.close();
		await rm(profile, { recursive: true, force: true, maxRetries: 5 });
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { runs: { type: 'string', default: '5' }, folder: { type: 'string', default: 'build' } }
	});
	const site = await serve({ folder: values.folder, port: 0, base: '/' });
	try {
		for (const device of DEVICES)
			for (const withSample of [false, true])
				if (!(await judge(device, site.url, Number(values.runs), withSample))) process.exitCode = 1;
	} finally {
		await site.close();
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
});
