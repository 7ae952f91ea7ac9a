import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve, type StaticSite } from '../../src/tools/serve';
import type { EventMetricId } from '../../src/lib/model/metric';
import type { Filter } from '../../src/lib/model/query';
import { Oracle } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { openFilter } from '../support/memory-workspace';
import { Analytics } from './analytics';
import type { Tab } from './tab';

/** The main job from the first file to the last export, the same in every browser and held against the oracle. */

const SITE = fileURLToPath(new URL('../../build/', import.meta.url));
/** The names under which a service worker is built. */
const WORKS_OFFLINE = ['service-worker.js', 'sw.js'].some((name) => existsSync(join(SITE, name)));

const RANGE = { from: '2024-03-25', to: '2024-11-02' };
const EVENTS = inventFile({ rows: 4_000, seed: 21, ...RANGE, order: 'none', badEvery: 25 });
const REPORTED = fileURLToPath(new URL('../fixtures/reported/overview-impressions.csv', import.meta.url));

const CLOCK_CHANGE = { from: '2024-03-29', to: '2024-04-12' };
const VIEWS: readonly { readonly address: string; readonly filter: Filter }[] = [
	{ address: '?from=2024-03-25&to=2024-11-02', filter: openFilter(RANGE) },
	{
		address: '?from=2024-03-29&to=2024-04-12&tz=Europe/Stockholm&device=mobile,tablet&content=organic',
		filter: openFilter({
			...CLOCK_CHANGE,
			tz: 'Europe/Stockholm',
			values: { device: ['mobile', 'tablet'], content_type: ['organic'] }
		})
	},
	{
		address: 'video/?from=2024-03-25&to=2024-11-02&tz=Asia/Kolkata',
		filter: openFilter({ ...RANGE, tz: 'Asia/Kolkata', values: { format: ['video'] } })
	}
];

/** What an export of days holds of each. */
const DAILY: readonly EventMetricId[] = [
	'impressions',
	'engagements',
	'closeups',
	'saves',
	'link_clicks',
	'carousel_swipes',
	'total_audience',
	'engaged_audience',
	'video_plays',
	'video_views',
	'views_10s',
	'views_95',
	'total_watch_minutes'
];

/**
 * Declares the tests of one browser.
 * @param open starts it; null where it is not installed, and then every test is skipped
 */
export function describeMainJob(browser: string, open: (() => Promise<Tab>) | null): void {
	describe.skipIf(open === null)(`the main job in ${browser}`, () => {
		let folder: string;
		let oracle: Oracle;
		let counts: { accepted: number; rejected: number };
		let site: StaticSite;
		let analytics: Analytics;

		beforeAll(async () => {
			folder = await mkdtemp(join(tmpdir(), 'tackboard-main-job-'));
			await writeFile(join(folder, 'events.csv'), EVENTS);
			oracle = await Oracle.open();
			counts = await oracle.import(EVENTS);
			await oracle.settle();
			site = await serve({ folder: SITE, port: 0, base: '/' });
			analytics = new Analytics(await open!(), site.url);
			await analytics.open('');
		}, 60_000);

		afterAll(async () => {
			await analytics?.tab.close();
			await site?.close();
			await oracle?.close();
			await rm(folder, { recursive: true });
		});

		/** The oracle's figures for what the tiles show. */
		async function expectedTiles(shown: Record<string, string>, filter: Filter) {
			await oracle.select(filter);
			const totals = await oracle.totals();
			return Object.fromEntries(
				Object.keys(shown).map((metric) => [metric, String(totals[metric as EventMetricId] ?? '')])
			);
		}

		async function expectFigures(filter: Filter): Promise<void> {
			const tiles = await analytics.tiles();
			expect(Object.keys(tiles).length).toBeGreaterThanOrEqual(4);
			expect(tiles).toEqual(await expectedTiles(tiles, filter));
		}

		it('imports an event file, odd rows and all', async () => {
			const { accepted, rejected } = counts;
			expect(rejected).toBeGreaterThan(100);
			expect(await analytics.importFiles(join(folder, 'events.csv'))).toEqual({
				state: 'done',
				accepted,
				rejected
			});
		});

		it('imports what the platform itself exports', async () => {
			const { state, accepted, rejected } = await analytics.importFiles(REPORTED);
			expect({ state, rejected }).toEqual({ state: 'done', rejected: 0 });
			expect(accepted).toBeGreaterThan(0);
		});

		it.each(VIEWS)('shows the figures of the oracle at $address', async ({ address, filter }) => {
			await analytics.open(address);
			await expectFigures(filter);
			await oracle.pins();
			const order = (await oracle.orders('pin')).impressions;
			const shown = await analytics.pinIds();
			expect(shown.length).toBeGreaterThan(0);
			if (!address.startsWith('video')) expect(shown).toEqual(order.slice(0, shown.length));
		});

		it('shows the figures that the platform reported', async () => {
			const text = await readFile(REPORTED, 'utf8');
			const daily = [...text.matchAll(/^2026-05-\d\d,(\d+)$/gm)].map((row) => Number(row[1]));
			expect(daily).toHaveLength(6);
			await analytics.open('?from=2026-05-22&to=2026-05-28');
			const { impressions } = await analytics.tiles();
			expect(impressions).toBe(String(daily.reduce((sum, value) => sum + value)));
		});

		it('filters by a press on a control', async () => {
			await analytics.open(VIEWS[0]!.address);
			await analytics.tab.click('//label[normalize-space(.)="Paid"]');
			await expect
				.poll(() => analytics.tab.evaluate(() => new URLSearchParams(location.search).get('content'), null))
				.toBe('paid');
			await analytics.ready();
			await expectFigures(openFilter({ ...RANGE, values: { content_type: ['paid'] } }));
		});

		it('draws the chart', async () => {
			await analytics.open(VIEWS[0]!.address);
			await expect.poll(() => analytics.ink()).toBeGreaterThan(1_000);
		});

		it('exports the days of what the filters select', async () => {
			const { address, filter } = VIEWS[1]!;
			await analytics.open(address);
			const { name, bytes } = await analytics.export('Daily figures');
			expect(name).toBe(`tackboard_daily_${filter.from}_${filter.to}.csv`);
			await oracle.select(filter);
			const series = await oracle.series('day');
			const days = await oracle.buckets(filter, 'day');
			const rows = days.map(({ day }) => [day, ...DAILY.map((id) => series.get(day)?.[id] ?? 0)]);
			const expected = Papa.unparse([['date', ...DAILY], ...rows], { newline: '\r\n' });
			// The byte order mark, left out by a decoder that is not told to keep it.
			expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
			expect(new TextDecoder().decode(bytes)).toBe(`${expected}\r\n`);
		});

		it('exports the events that the filters select', async () => {
			const { address, filter } = VIEWS[1]!;
			await analytics.open(address);
			const { bytes } = await analytics.export('Events');
			await oracle.select(filter);
			const expected = await oracle.events();
			const again = await Oracle.open();
			try {
				const { rejected } = await again.import(bytes);
				expect(rejected).toBe(0);
				await again.settle();
				await again.select(filter);
				expect(await again.events()).toEqual(expected);
			} finally {
				await again.close();
			}
		});

		it('keeps everything over a reload', async () => {
			await analytics.open(VIEWS[1]!.address);
			await analytics.reload();
			await expectFigures(VIEWS[1]!.filter);
		});

		it('opens again and again where a page is left as soon as it shows figures, in zones that are new', async () => {
			const zones = [
				'Asia/Tokyo',
				'America/New_York',
				'Europe/London',
				'Asia/Seoul',
				'Africa/Lagos',
				'Asia/Dubai'
			];
			for (const [i, zone] of zones.entries())
				await analytics.open(`${i % 2 === 0 ? '' : 'video/'}?from=2024-03-25&to=2024-11-02&tz=${zone}`);
			expect(Object.keys(await analytics.tiles()).length).toBeGreaterThan(0);
		});

		it('meets no error on the way', () => {
			expect(analytics.tab.errors()).toEqual([]);
		});

		// The last one: the server does not come back.
		it.skipIf(!WORKS_OFFLINE)('reloads without a server', async () => {
			await analytics.open(VIEWS[1]!.address);
			await expect.poll(() => analytics.isWorkingOffline(), { timeout: 20_000 }).toBe(true);
			await site.close();
			await analytics.reload();
			await expectFigures(VIEWS[1]!.filter);
			await analytics.open(VIEWS[2]!.address);
			await expectFigures(VIEWS[2]!.filter);
		});
	});
}
