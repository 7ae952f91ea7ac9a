import { importEventFile, openApp } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { Scenario } from '../scenario';

const VIEWS = [
	{ name: '30 days', search: '' },
	{ name: 'all days', search: '?range=all' }
] as const;

export const coldScenario: Scenario = {
	name: 'cold',
	about: `A browser newly started on a profile that holds the data: from the start of the navigation until the first
figures are on screen, and until the whole page is. Files may still be in the system's cache.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		await withFreshProfile(async (context, profile) => {
			await importEventFile(context, bench.site, file);
			for (let run = 0; run <= bench.runs; run++) {
				for (const { name, search } of VIEWS) {
					await profile.stop();
					const page = await openApp(await profile.start(), bench.site, search);
					const { figuresMs, readyMs } = await page.evaluate(() => window.appWatch.start());
					if (run === 0) continue;
					bench.measures.add(`first figures, ${name}`, 'ms', figuresMs);
					bench.measures.add(`whole page, ${name}`, 'ms', readyMs);
				}
			}
		});
	}
};
