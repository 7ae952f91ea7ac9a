import type { BrowserContext } from 'playwright';
import { addDays, daysBetween } from '../../../src/lib/model/calendar';
import { importEventFile, openEnginePage, storedBytes } from '../app';
import { whileWatched } from '../browser-memory';
import { withFreshProfile } from '../browser-profile';
import { RANGES, refreshQuery, type Days, type RangeName } from '../queries';
import { MB, type Bench, type Scenario } from '../scenario';

/** A way to get so many events into the app's database. */
interface Size {
	readonly events: number;
	/** Stores them; returns how long the import took, if it was one, and which days they cover. */
	readonly fill: (
		bench: Bench,
		context: BrowserContext,
		events: number
	) => Promise<{ ms: number | null; days: Days }>;
	/** From which --events on it is measured. */
	readonly from: number;
}

async function byImport(bench: Bench, context: BrowserContext, events: number) {
	const file = await bench.files.file(events);
	const { times } = await importEventFile(context, bench.site, file);
	return { ms: times.readyMs, days: file.days };
}

/** Imports one of so many equal parts, and writes it again straight as segments for each other, on the days after. */
const byCopies =
	(parts: number): Size['fill'] =>
	async (bench, context, events) => {
		const file = await bench.files.file(events / parts);
		await importEventFile(context, bench.site, file);
		await context.pages()[0]?.goto('about:blank');
		const page = await openEnginePage(context, bench.site);
		const days = daysBetween(file.days.first, file.days.last);
		for (let copy = 1; copy < parts; copy++)
			await page.evaluate((by) => window.bench.copyBatches(by), copy * days);
		await page.close();
		return { ms: null, days: { first: file.days.first, last: addDays(file.days.last, (parts - 1) * days) } };
	};

/** Each measured as far as --events allows, and 30 million from 10 on: for the largest two no file is made of all. */
const SIZES: readonly Size[] = [
	{ events: 100_000, fill: byImport, from: 100_000 },
	{ events: 1_000_000, fill: byImport, from: 1_000_000 },
	{ events: 10_000_000, fill: byImport, from: 10_000_000 },
	{ events: 30_000_000, fill: byCopies(3), from: 10_000_000 },
	{ events: 100_000_000, fill: byCopies(10), from: 100_000_000 }
];

const sizeName = (events: number) => `${events / 1_000_000} M`;

export const growthScenario: Scenario = {
	name: 'growth',
	about: `How import, full refresh and stored size grow with the number of events.`,
	run: async (bench) => {
		const { measures } = bench;
		for (const { events, fill } of SIZES.filter((size) => size.from <= bench.events)) {
			const name = sizeName(events);
			// What is filled another way than by an import is filled once: it is not the filling that is measured.
			const runs = fill === byImport ? bench.runs : 0;
			for (let run = 0; run <= runs; run++) {
				await withFreshProfile(async (context) => {
					const { ms, days } = await fill(bench, context, events);
					if (run > 0 && ms !== null) {
						measures.add(`import, ${name}`, 'ms', ms);
						measures.add(`import, per million events, ${name}`, 'ms', (ms / events) * 1_000_000);
					}
					if (run < runs) return;
					await context.pages()[0]?.goto('about:blank');
					const page = await openEnginePage(context, bench.site);
					const ask = (range: RangeName, asked: number) =>
						page.evaluate(
							(question) => window.bench.engine.query(question),
							refreshQuery(range, days, asked)
						);
					const { memory } = await whileWatched(context, async () => {
						for (const range of RANGES) await ask(range, 0);
					});
					for (const range of RANGES) {
						for (let asked = 1; asked <= bench.runs; asked++) {
							const answered = await ask(range, asked);
							measures.add(`full refresh, ${range}, ${name}`, 'ms', answered.ms);
							if (range === 'all days')
								measures.add(
									`full refresh, per million events, ${name}`,
									'ms',
									(answered.ms / events) * 1_000_000
								);
						}
					}
					if (memory) measures.add(`memory while asked, above idle, ${name}`, 'MB', memory.all / MB);
					const { counted, estimated } = await storedBytes(page);
					measures.add(`stored, by our own count, ${name}`, 'B/event', counted / events);
					measures.add(`stored, by the browser's estimate, ${name}`, 'B/event', estimated / events);
				});
			}
		}
	}
};
