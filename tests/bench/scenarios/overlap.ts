import type { Page } from 'playwright';
import { importFiles, openApp, startTimes, whenKept } from '../app';
import { whileWatched } from '../browser-memory';
import { BrowserProfile } from '../browser-profile';
import { MB, type Bench, type Scenario } from '../scenario';
import { VIEWS } from './cold';
import { CHANGES } from './page';

const SIDES = ['1 file', '3 files'] as const;
type Side = (typeof SIDES)[number];

/** How long each newly started page stays open: few visitors leave as soon as figures are there. */
const LOOK_MS = 1_500;

/** Changes of the page with what is stored: the first look at these days, and others once the app keeps what it found. */
async function change({ measures, runs }: Bench, page: Page, side: Side): Promise<void> {
	for (let run = 0; run <= runs; run++) {
		if (run === 1) await whenKept(page);
		for (const { name, selector } of CHANGES) {
			const { paintedMs } = await page.evaluate((control) => window.appWatch.change(control), selector);
			if (run > 0) measures.add(name, 'ms', paintedMs, side);
			else if (name.startsWith('preset')) measures.add(`first time, ${name}`, 'ms', paintedMs, side);
		}
	}
}

/** Browsers that are newly started on what is stored; the first of each view is watched instead of timed. */
async function startAnew(
	{ measures, runs, site }: Bench,
	profile: BrowserProfile,
	side: Side
): Promise<void> {
	for (const { name, search } of VIEWS) {
		for (let run = 0; run <= runs; run++) {
			const context = await profile.restart();
			const { result: page, memory } = await whileWatched(
				context,
				() => openApp(context, site, search),
				run === 0
			);
			if (memory)
				measures.add(`memory of the whole browser above idle, ${name}`, 'MB', memory.all / MB, side);
			const { figuresMs, readyMs } = await startTimes(page);
			await page.waitForTimeout(LOOK_MS);
			if (run === 0) continue;
			measures.add(`newly started, first figures, ${name}`, 'ms', figuresMs, side);
			measures.add(`newly started, whole page, ${name}`, 'ms', readyMs, side);
		}
	}
}

export const overlapScenario: Scenario = {
	name: 'overlap',
	about: `One event file, and three of the same size over the same days with Pins and people of their own: each import, changes
of the page, and browsers newly started on what is stored.`,
	isOptional: true,
	run: async (bench) => {
		const files = [1, 2, 3].map((seed) => bench.files.file(bench.events, seed));
		const [first, ...others] = await Promise.all(files);
		if (!first) return;
		const profile = await BrowserProfile.create();
		try {
			const open = async () => openApp(await profile.restart(), bench.site);
			const add = async (page: Page, path: string, nth: string) => {
				const { doneMs } = await importFiles(page, [path]);
				bench.measures.add('import, until it is stored', 'ms', doneMs, nth);
			};
			const page = await open();
			await add(page, first.path, '1st');
			await change(bench, page, SIDES[0]);
			await startAnew(bench, profile, SIDES[0]);
			const again = await open();
			for (const [i, { path }] of others.entries()) await add(again, path, i === 0 ? '2nd' : '3rd');
			await change(bench, again, SIDES[1]);
			await startAnew(bench, profile, SIDES[1]);
		} finally {
			await profile.remove();
		}
	}
};
