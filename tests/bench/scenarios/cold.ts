import type { Page } from 'playwright';
import { importEventFile, openApp } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { Scenario } from '../scenario';

const VIEWS = [
	{ name: '30 days', search: '' },
	{ name: 'all days', search: '?range=all' }
] as const;

const timesOf = (page: Page) => page.evaluate(() => window.appWatch.start());

export const coldScenario: Scenario = {
	name: 'cold',
	about: `A browser newly started on a profile that holds the data: from the start of the navigation until the first
figures are on screen, and until the whole page is; and the same in a new tab of a browser that has been running. Files
may still be in the system's cache.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		await withFreshProfile(async (context, profile) => {
			await importEventFile(context, bench.site, file);
			for (let run = 0; run <= bench.runs; run++) {
				for (const { name, search } of VIEWS) {
					await profile.stop();
					const browser = await profile.start();
					const first = await timesOf(await openApp(browser, bench.site, search));
					const second = await timesOf(await openApp(browser, bench.site, search, await browser.newPage()));
					if (run === 0) continue;
					bench.measures.add(`newly started, first figures, ${name}`, 'ms', first.figuresMs);
					bench.measures.add(`newly started, whole page, ${name}`, 'ms', first.readyMs);
					bench.measures.add(`new tab, first figures, ${name}`, 'ms', second.figuresMs);
					bench.measures.add(`new tab, whole page, ${name}`, 'ms', second.readyMs);
				}
			}
		});
	}
};
