import type { BrowserContext } from 'playwright';
import { importEventFile, openEnginePage, storedBytes } from '../app';
import { withFreshProfile } from '../browser-profile';
import { RANGES, refreshQuery, type Days } from '../queries';
import type { Bench, Scenario } from '../scenario';

/** A way to get so many events into the app's database. */
interface Size {
	readonly events: number;
	/** Stores them; returns how long that took and which days they cover. */
	readonly fill: (
		bench: Bench,
		context: BrowserContext,
		events: number
	) => Promise<{ ms: number; days: Days }>;
}

async function byImport(bench: Bench, context: BrowserContext, events: number) {
	const file = await bench.files.file(events);
	const { times } = await importEventFile(context, bench.site, file);
	return { ms: times.readyMs, days: file.days };
}

/** Each measured as far as --events allows. Sizes that no file should be made for would be filled another way. */
const SIZES: readonly Size[] = [
	{ events: 100_000, fill: byImport },
	{ events: 1_000_000, fill: byImport },
	{ events: 10_000_000, fill: byImport }
];

const sizeName = (events: number) => `${events / 1_000_000} M`;

export const growthScenario: Scenario = {
	name: 'growth',
	about: `How import, full refresh and stored size grow with the number of events.`,
	run: async (bench) => {
		const { measures } = bench;
		for (const { events, fill } of SIZES.filter((size) => size.events <= bench.events)) {
			const name = sizeName(events);
			for (let run = 0; run <= bench.runs; run++) {
				await withFreshProfile(async (context) => {
					const { ms, days } = await fill(bench, context, events);
					if (run > 0) measures.add(`import, ${name}`, 'ms', ms);
					if (run < bench.runs) return;
					await context.pages()[0]?.goto('about:blank');
					const page = await openEnginePage(context, bench.site);
					for (const range of RANGES) {
						for (let asked = 0; asked <= bench.runs; asked++) {
							const query = refreshQuery(range, days, asked);
							const answered = await page.evaluate((question) => window.bench.engine.query(question), query);
							if (asked > 0) measures.add(`full refresh, ${range}, ${name}`, 'ms', answered.ms);
						}
					}
					const { counted, estimated } = await storedBytes(page);
					measures.add(`stored, by our own count, ${name}`, 'B/event', counted / events);
					measures.add(`stored, by the browser's estimate, ${name}`, 'B/event', estimated / events);
				});
			}
		}
	}
};
