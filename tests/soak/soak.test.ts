import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type BrowserContext, type CDPSession } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { pick, seededRandom } from '../../src/lib/import/sample-random';
import { CHROMIUM_FLAGS, findHeadlessChromium } from '../../src/tools/browser';
import { serve, type StaticSite } from '../../src/tools/serve';
import { leftovers } from '../support/leftovers';
import { byLength } from '../support/test-length';
import { anyView, plainCount, plainFile, searchOf, type PlainFile, type View } from './plain-count';
import { SoakedTab } from './soaked-tab';

/**
 * Somebody who imports, filters, undoes, reloads and opens tabs at random, and never stops. After every step the figures
 * are held against a plain count of the rows that must be stored.
 */

const SOAK_MS = Number(process.env.SOAK_MS ?? byLength(30_000, 3_600_000));
const SEED = Number(process.env.SOAK_SEED ?? 20_260_901);
const MOST_FILES = 6;
const MOST_TABS = 2;
/** Nothing is measured before caches have filled. */
const WARM_STEPS = 12;
const MEASURE_EVERY = 6;
/** On a busy machine it goes on until there is something to compare. */
const LEAST_STEPS = 3 * WARM_STEPS;
const HEAP_GROWTH_BYTES = 40e6;
const RESIDENT_GROWTH_BYTES = 400e6;

let site: StaticSite;
let profile: string;
let context: BrowserContext;
let browser: CDPSession;
const errors: string[] = [];

beforeAll(async () => {
	site = await serve({ folder: 'build', port: 0, base: '/' });
	await mkdir('test-results', { recursive: true });
	profile = await mkdtemp(join('test-results', 'soak-'));
	context = await chromium.launchPersistentContext(profile, {
		executablePath: await findHeadlessChromium(),
		args: [...CHROMIUM_FLAGS],
		viewport: { width: 1280, height: 900 },
		locale: 'en-GB',
		timezoneId: 'UTC'
	});
	context.setDefaultTimeout(120_000);
	context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
	context.on('console', (message) => {
		if (message.type() === 'error') errors.push(message.text());
	});
	context.on('request', (request) => {
		const { protocol, href } = new URL(request.url());
		if (protocol.startsWith('http') && !href.startsWith(site.url)) errors.push(`a request to ${href}`);
	});
	browser = await context.browser()!.newBrowserCDPSession();
}, 300_000);

afterAll(async () => {
	await context?.close();
	await site?.close();
	await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}, 60_000);

/** Bytes of memory that the renderers hold together; 0 where the system does not report it. */
async function residentBytes(): Promise<number> {
	const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
	const renderers = processInfo.filter(({ type }) => type === 'renderer');
	const sizes = renderers.map(async ({ id }) => {
		const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
		return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1_024;
	});
	return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** A tab, and the view that it shows. */
interface Seat {
	readonly tab: SoakedTab;
	view: View;
}

it(
	`shows the figures of a plain count after each of the things done in ${Math.round(SOAK_MS / 1_000)} s`,
	{ timeout: SOAK_MS + 600_000 },
	async () => {
		const random = seededRandom(SEED, 0);
		const files: PlainFile[] = [];
		const seats: Seat[] = [];
		const done = new Map<string, number>();
		const heaps: number[] = [];
		const resident: number[] = [];
		let filesMade = 0;
		let steps = 0;

		const openTab = async () => {
			const view = anyView(random);
			const page = (seats.length === 0 && context.pages()[0]) || (await context.newPage());
			seats.push({ tab: await SoakedTab.open(page, site.url, searchOf(view)), view });
		};
		const make = () => plainFile(random, ++filesMade);
		const importInto = async ({ tab }: Seat, made: readonly PlainFile[], rows: number) => {
			expect(await tab.import(made)).toEqual(['done', rows]);
		};

		/** What can be done, as often as it stands here; false where it cannot be done now. */
		const deeds: readonly (readonly [name: string, times: number, (seat: Seat) => Promise<boolean>])[] = [
			[
				'filter',
				6,
				async (seat) => {
					seat.view = anyView(random);
					await seat.tab.follow(searchOf(seat.view));
					return true;
				}
			],
			[
				'import',
				3,
				async (seat) => {
					if (files.length >= MOST_FILES) return false;
					const made = Array.from({ length: random() < 0.3 ? 2 : 1 }, make);
					await importInto(
						seat,
						made,
						made.reduce((sum, { rows }) => sum + rows.length, 0)
					);
					files.push(...made);
					return true;
				}
			],
			[
				'import the same again',
				1,
				async (seat) => {
					if (files.length === 0) return false;
					await importInto(seat, [pick(random, files)], 0);
					return true;
				}
			],
			[
				'undo',
				2,
				async (seat) => {
					if (files.length === 0) return false;
					const [file] = files.splice(Math.floor(random() * files.length), 1);
					await seat.tab.undo(file!.name);
					await seat.tab.go(searchOf(seat.view));
					return true;
				}
			],
			['reload', 1, async ({ tab }) => tab.reload().then(() => true)],
			[
				'visit the other pages',
				1,
				async ({ tab, view }) => {
					for (const page of ['video/', 'definitions/', 'data/']) await tab.go(page + searchOf(view));
					await tab.go(searchOf(view));
					return true;
				}
			],
			['open a tab', 1, async () => seats.length < MOST_TABS && openTab().then(() => true)],
			[
				'close a tab',
				1,
				async (seat) => {
					if (seats.length < 2) return false;
					seats.splice(seats.indexOf(seat), 1);
					await seat.tab.page.close();
					return true;
				}
			]
		];
		const choices = deeds.flatMap((deed) => Array.from({ length: deed[1] }, () => deed));

		const check = async (what: string) => {
			const rows = files.flatMap((file) => file.rows);
			for (const { tab, view } of seats) {
				const { tiles, pins } = plainCount(rows, view);
				const told = `step ${steps} of seed ${SEED}: ${what}, then ${searchOf(view)}`;
				const expected = files.length === 0 ? null : tiles;
				if (!(await tab.shows(expected))) expect(await tab.tiles(), told).toEqual(expected);
				await tab.ready();
				expect(await tab.alerts(), told).toEqual([]);
				const listed = (await tab.pinIds()).map((id) => pins.get(id) ?? -1);
				expect(listed, told).toEqual([...pins.values()].sort((a, b) => b - a).slice(0, listed.length));
			}
			expect(errors, what).toEqual([]);
		};
		const measure = async () => {
			for (const { tab } of seats) heaps.push(await tab.heapBytes());
			resident.push(await residentBytes());
			const [{ tab }] = seats as [Seat];
			await expect.poll(() => tab.page.evaluate(leftovers)).toEqual([]);
		};

		await openTab();
		for (const end = Date.now() + SOAK_MS; Date.now() < end || steps < LEAST_STEPS;) {
			const [name, , act] = pick(random, choices);
			const seat = pick(random, seats);
			if (!(await act(seat))) continue;
			steps++;
			done.set(name, (done.get(name) ?? 0) + 1);
			await check(name);
			if (steps >= WARM_STEPS && steps % MEASURE_EVERY === 0) await measure();
		}
		if (heaps.length === 0) await measure();

		const megabytes = (bytes: number) => Math.round(bytes / 1e6);
		const what = [...done].map(([name, times]) => `${name} ${times}`).join(', ');
		console.log(
			`figures: ${steps} steps of seed ${SEED} (${what}); the page's heap ${megabytes(heaps[0]!)} MB at first, ` +
				`${megabytes(heaps.at(-1)!)} at last, ${megabytes(Math.max(...heaps))} at most; all tabs' processes ` +
				`${megabytes(resident[0]!)}, ${megabytes(resident.at(-1)!)} and ${megabytes(Math.max(...resident))} MB`
		);
		expect(Math.max(...heaps)).toBeLessThan(heaps[0]! + HEAP_GROWTH_BYTES);
		expect(Math.max(...resident)).toBeLessThan(resident[0]! + RESIDENT_GROWTH_BYTES);
	}
);
