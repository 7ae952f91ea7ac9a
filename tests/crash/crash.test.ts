import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/lib/import/sample-random';
import { serve, type StaticSite } from '../../src/tools/serve';
import { storeAsVersion1 } from '../support/earlier-version';
import { leftovers } from '../support/leftovers';
import { byLength } from '../support/test-length';
import { App } from './app';
import { countedFile, FEW, shownFigures, shownOf } from './counted-file';
import { KillableBrowser, killAll } from './killable-browser';

/**
 * The browser is killed in the middle of what it writes, at moments drawn at random over the time that it takes. What is
 * stored must then be exactly what was there before, or exactly what should be there after.
 */

const MOMENTS = Number(process.env.CRASH_MOMENTS ?? byLength(4, 100));
const SEED = Number(process.env.CRASH_SEED ?? 20_260_701);
/** For one moment: generous, since nothing here is about speed and the machine may have other work. */
const START_AND_CHECK_MS = 300_000;

const KEPT = countedFile('kept.csv', 20_000, 0);
const BIG = countedFile('big.csv', byLength(150_000, 400_000), 10_000);
const NEXT = countedFile('next.csv', 3_000, 50_000);

/** A workspace that is given the same home folder. */
const OTHER = 'Other';
/** Whether browsers are killed while they take in from a home folder too: in the long run. */
const TAKES_IN = byLength(0, 1) === 1;

let site: StaticSite;
let folder: string;
/** A profile that holds KEPT, one that holds BIG too, the same with a home folder, as version 1 stored it, and its backup. */
let one: string;
let both: string;
let homed: string;
let old: string;
let backup: string;

beforeAll(async () => {
	site = await serve({ folder: 'build', port: 0, base: '/' });
	await mkdir('test-results', { recursive: true });
	folder = await mkdtemp(join('test-results', 'crash-'));
	one = join(folder, 'one');
	both = join(folder, 'both');
	homed = join(folder, 'homed');
	old = join(folder, 'old');
	backup = join(folder, 'both.tackboard');
	for (const file of [KEPT, BIG, NEXT]) await writeFile(join(folder, file.name), file.text);
	const browser = await KillableBrowser.start(one);
	await appIn(browser.page).imported(KEPT);
	await browser.quit();
	await cp(one, both, { recursive: true });
	const second = await KillableBrowser.start(both);
	await appIn(second.page).imported(BIG);
	await writeFile(backup, await appIn(second.page).backup());
	await second.quit();
	await cp(both, old, { recursive: true });
	const third = await KillableBrowser.start(old);
	await third.page.goto(`${site.url}no-page-of-the-app`);
	await third.page.evaluate(storeAsVersion1, 'tackboard-main');
	await third.quit();
	if (!TAKES_IN) return;
	await cp(both, homed, { recursive: true });
	const fourth = await KillableBrowser.start(homed);
	await appIn(fourth.page).openFolders();
	await appIn(fourth.page).chooseHome();
	await appIn(fourth.page).homeIsDone();
	await appIn(fourth.page).makeWorkspace(OTHER);
	await fourth.quit();
}, 600_000);

afterAll(async () => {
	await killAll();
	await site.close();
	await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}, 60_000);

const appIn = (page: Page) => new App(page, site.url, folder);

interface Deed {
	readonly name: string;
	/** The profile that it starts from. */
	readonly from: () => string;
	/** Brings the page to where it is started. */
	readonly prepare: (page: Page) => Promise<void>;
	/** Starts it; the clock runs from here. */
	readonly start: (page: Page) => Promise<void>;
	/** Waits for its end. */
	readonly end: (page: Page) => Promise<void>;
	/** What may be shown afterwards, in the first workspace. */
	readonly outcomes: readonly string[];
	/** What is done next after that, before anything else is looked at. */
	readonly then?: (page: Page) => Promise<void>;
	/** What is shown once that is done; where it is not given, the same as before. */
	readonly thenShown?: string;
	/** The same under another query. */
	readonly under?: { readonly search: string; readonly outcomes: readonly string[] };
}

const restoreState = '[data-backup-state="restored"]';

const DEEDS: readonly Deed[] = [
	{
		name: 'an import',
		from: () => one,
		prepare: (page) => appIn(page).open('?range=all'),
		start: (page) => appIn(page).startImport(BIG),
		end: (page) => page.locator('[data-import="done"]').waitFor({ state: 'attached' }),
		outcomes: [shownOf(KEPT), shownOf(KEPT, BIG)]
	},
	{
		name: 'an undo',
		from: () => both,
		prepare: (page) => appIn(page).open('data/'),
		// At once: a press as people do it would be over later than the undo.
		start: (page) =>
			page
				.getByRole('button', { name: 'Undo the import of big.csv' })
				.evaluate((button) => (button as HTMLElement).click()),
		// The row goes at the end; the button has another name from the start.
		end: (page) => page.locator('tr', { hasText: BIG.name }).waitFor({ state: 'detached' }),
		outcomes: [shownOf(KEPT, BIG), shownOf(KEPT)]
	},
	{
		name: 'keeping a column',
		from: () => both,
		prepare: (page) => appIn(page).imported(BIG), // it is there: its columns are offered again
		start: (page) => page.getByRole('button', { name: 'Keep columns' }).click(),
		end: (page) => page.locator('[data-run="2"][data-import="done"]').waitFor({ state: 'attached' }),
		outcomes: [shownOf(KEPT, BIG)],
		// Where the column is not kept, no row has a value in it.
		under: { search: `&own.campaign=${FEW}`, outcomes: [shownOf(), shownFigures(BIG.few)] }
	},
	{
		name: 'a restore',
		from: () => one,
		prepare: (page) => appIn(page).open('data/'),
		start: (page) => appIn(page).chooseFile('input[data-backup]', backup),
		end: (page) => page.locator(restoreState).waitFor({ state: 'attached' }),
		outcomes: [shownOf(KEPT)]
	},
	{
		name: 'the filling of a home folder',
		from: () => both,
		prepare: (page) => appIn(page).openFolders(),
		start: (page) => appIn(page).chooseHome(),
		end: (page) => appIn(page).homeIsDone(),
		outcomes: [shownOf(KEPT, BIG)],
		then: goOnWithHome
	},
	{
		name: 'the import of an inbox file',
		from: () => one,
		prepare: (page) => appIn(page).openInbox(BIG),
		start: (page) => appIn(page).chooseInbox(),
		end: (page) => page.locator('[data-import="done"][data-inbox="idle"]').waitFor({ state: 'attached' }),
		outcomes: [shownOf(KEPT), shownOf(KEPT, BIG)],
		then: (page) => appIn(page).goOnWithInbox(),
		thenShown: shownOf(KEPT, BIG)
	},
	{
		name: 'a migration',
		from: () => old,
		prepare: async () => {},
		start: async (page) => {
			await page.goto(`${site.url}?range=all`, { waitUntil: 'commit' });
		},
		end: (page) => page.locator('[data-tile="total_audience"] data[value]').waitFor({ state: 'attached' }),
		outcomes: [shownOf(KEPT, BIG)]
	}
];

const TAKING_IN: Deed = {
	name: 'taking in from a home folder',
	from: () => homed,
	prepare: (page) => appIn(page).openFolders(`?ws=${OTHER}`),
	start: (page) => appIn(page).chooseHome(),
	end: (page) => appIn(page).homeIsDone(),
	outcomes: [shownOf(KEPT, BIG)],
	then: goOnWithHome
};

/** Goes on where the browser was killed: first one workspace and then the other ends equal to the folder. */
async function goOnWithHome(page: Page): Promise<void> {
	const app = appIn(page);
	await app.makeWorkspace(OTHER);
	for (const search of ['', `?ws=${OTHER}`]) {
		await app.openFolders(search);
		await app.goOnWithHome();
		expect(await app.homeFaults()).toEqual([]);
	}
}

describe.each(TAKES_IN ? [...DEEDS, TAKING_IN] : DEEDS)('a browser that is killed during $name', (deed) => {
	const moments = Math.ceil(MOMENTS / DEEDS.length);
	let takesMs = 0;
	/** What was found, and how often. */
	const outcomes = new Map<string, number>();

	/** Has the deed done on a copy of the profile, up to some moment or its end. */
	async function doUntil(profile: string, killAtMs: number | null): Promise<void> {
		await cp(deed.from(), profile, { recursive: true });
		const browser = await KillableBrowser.start(profile);
		await deed.prepare(browser.page);
		const startedAt = performance.now();
		const started = deed.start(browser.page);
		if (killAtMs === null) {
			await started;
			await deed.end(browser.page);
			takesMs = performance.now() - startedAt;
			await browser.quit();
		} else {
			started.catch(() => {}); // the browser may be gone before it answers
			await pause(killAtMs);
			await browser.kill();
		}
	}

	/** Looks at what is left, and goes on working with it. */
	async function check(profile: string, moment: string): Promise<void> {
		const browser = await KillableBrowser.start(profile);
		try {
			const { page } = browser;
			const app = appIn(page);
			const found = await app.shown();
			expect(deed.outcomes, moment).toContain(found);
			if (deed.under) {
				const under = await app.shown(deed.under.search);
				expect(deed.under.outcomes, moment).toContain(under);
				outcomes.set(under, (outcomes.get(under) ?? 0) + 1);
			}
			await deed.then?.(page);
			const settled = deed.thenShown ?? found;
			expect(await app.shown(), moment).toBe(settled);
			const made = await app.madeName();
			if (made) {
				expect(await app.shown(`&ws=${encodeURIComponent(made)}`), moment).toBe(shownOf(KEPT, BIG));
			}
			const outcome = made ? `${found}, and in another workspace` : found;
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			await app.imported(NEXT);
			const isWithBig = settled === shownOf(KEPT, BIG);
			expect(await app.shown(), moment).toBe(isWithBig ? shownOf(KEPT, BIG, NEXT) : shownOf(KEPT, NEXT));
			await app.open('data/');
			await expect.poll(() => page.evaluate(leftovers), { message: moment, timeout: 60_000 }).toEqual([]);
		} finally {
			await browser.quit();
		}
	}

	it(
		`holds what was there before or what should be there after, at ${moments} moments`,
		{ timeout: (moments + 1) * START_AND_CHECK_MS },
		async () => {
			const random = seededRandom(SEED, [...DEEDS, TAKING_IN].indexOf(deed));
			const whole = join(folder, 'whole');
			await doUntil(whole, null);
			await check(whole, 'at its end');
			outcomes.clear();
			await rm(whole, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
			for (let moment = 0; moment < moments; moment++) {
				const profile = join(folder, `moment-${moment}`);
				const atMs = Math.floor(random() * takesMs * 1.1);
				await doUntil(profile, atMs);
				await check(profile, `killed after ${atMs} of ${Math.round(takesMs)} ms`);
				await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
			}
			console.log(
				`figures: ${deed.name} of ${Math.round(takesMs)} ms, killed at ${moments} moments: ` +
					[...outcomes].map(([outcome, times]) => `${times} times ${outcome}`).join('; ')
			);
		}
	);
});
