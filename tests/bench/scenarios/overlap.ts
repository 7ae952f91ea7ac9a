import type { Page } from 'playwright';
import { importFiles, openApp, whenKept } from '../app';
import { watchMemory } from '../browser-memory';
import { BrowserProfile } from '../browser-profile';
import { MB, type Bench, type Scenario } from '../scenario';
import { CHANGES } from './page';

const SIDES = ['1 file', '3 files'] as const;
type Side = (typeof SIDES)[number];

/** How long each newly started page is looked at. */
const LOOK_MS = 1_500;

/** Changes of the page with what is stored, and browsers that are newly started on it. */
async function look(bench: Bench, profile: BrowserProfile, page: Page, side: Side): Promise<void> {
	const { measures, runs, site } = bench;
	const memory = await watchMemory(page.context());
	// Run 0 is the first look at the days.
	for (let run = 0; run <= runs; run++) {
		const peak = run === 1 ? await memory?.() : null;
		if (peak) measures.add('memory of the whole browser above idle, first look', 'MB', peak.all / MB, side);
		if (run === 1) await whenKept(page);
		for (const { name, selector } of CHANGES) {
			const { paintedMs } = await page.evaluate((control) => window.appWatch.change(control), selector);
			if (run > 0) measures.add(name, 'ms', paintedMs, side);
			else if (name.startsWith('preset')) measures.add(`first time, ${name}`, 'ms', paintedMs, side);
		}
	}
	for (const [name, search] of [
		['30 days', ''],
		['all days', '?range=all']
	] as const) {
		for (let run = 0; run <= runs; run++) {
			await profile.stop();
			const opened = await openApp(await profile.start(), site, search);
			const { figuresMs, readyMs } = await opened.evaluate(() => window.appWatch.start());
			// What a browser keeps of a page's code, it keeps once that has run for a while.
			await opened.waitForTimeout(LOOK_MS);
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
			const open = async () => {
				await profile.stop();
				return openApp(await profile.start(), bench.site);
			};
			const add = async (page: Page, path: string, nth: string) => {
				const { doneMs } = await importFiles(page, [path]);
				bench.measures.add('import, until it is stored', 'ms', doneMs, nth);
			};
			const page = await open();
			await add(page, first.path, '1st');
			await look(bench, profile, page, SIDES[0]);
			const again = await open();
			for (const [i, { path }] of others.entries()) await add(again, path, i === 0 ? '2nd' : '3rd');
			await look(bench, profile, again, SIDES[1]);
		} finally {
			await profile.remove();
		}
	}
};
