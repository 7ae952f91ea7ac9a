import type { BrowserContext } from 'playwright';
import { countsOnly, type Answered, type PlainAnswer } from '../answer';
import { assertSame, openDuckDbNative, openDuckDbWasm, openEngine, type Answerer } from '../answerers';
import { importEventFile, openBenchPage } from '../app';
import { withFreshProfile } from '../browser-profile';
import type { EventFile } from '../event-file';
import { RANGES, refreshQuery } from '../queries';
import type { Bench, Scenario } from '../scenario';

/** crossfilter2 keeps an object or more per event and dimension. */
const CROSSFILTER_MOST = 1_000_000;

async function openCrossfilter(context: BrowserContext, { site }: Bench, file: EventFile): Promise<Answerer> {
	const page = await openBenchPage(context, site);
	await page.locator('input').setInputFiles(file.path);
	await page.evaluate((events) => window.bench.crossfilter.load(events), file.events);
	return {
		side: 'crossfilter2, no audiences',
		query: (query) => page.evaluate((asked) => window.bench.crossfilter.query(asked), query),
		part: countsOnly,
		close: () => page.close()
	};
}

/** Asks all sides the same questions in turn. */
async function askAll(bench: Bench, file: EventFile, sides: readonly Answerer[]): Promise<void> {
	let asking = sides;
	for (const range of RANGES) {
		for (let run = 0; run <= bench.runs; run++) {
			const query = refreshQuery(range, file.days, run);
			let ours: PlainAnswer | null = null;
			for (const side of asking) {
				let answered: Answered;
				try {
					answered = await side.query(query);
				} catch (error) {
					if (ours === null) throw error;
					bench.note(`${side.side} cannot answer over ${range}: ${messageOf(error)}`);
					asking = asking.filter((other) => other !== side);
					continue;
				}
				if (ours === null) ours = answered.answer;
				else assertSame(query, side.side, side.part(ours), side.part(answered.answer));
				if (run === 0) continue;
				bench.measures.add(`full refresh, ${range}`, 'ms', answered.ms, side.side);
				if (answered.firstMs !== undefined)
					bench.measures.add(
						`tiles, series and shares, without people, ${range}`,
						'ms',
						answered.firstMs,
						side.side
					);
			}
		}
	}
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

export const refreshScenario: Scenario = {
	name: 'refresh',
	about: `All figures of the Overview anew after a filter change: totals with exact audiences, daily series by device
with theirs, the top 50 Pins and boards, and the shares of all values. No two questions share a filter. Ours: from the
page's call to its answer. DuckDB: the same in four statements over a table in memory, until their results are there.
Answers are compared, number by number.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		await withFreshProfile(async (context) => {
			const { page } = await importEventFile(context, bench.site, file);
			await page.goto('about:blank'); // the app itself is not asked
			const sides: Answerer[] = [await openEngine(context, bench)];
			try {
				const peers: [string, () => Promise<Answerer>][] = [
					['duckdb-wasm', () => openDuckDbWasm(context, bench, file)],
					['duckdb native', () => openDuckDbNative(bench, file)]
				];
				if (file.events <= CROSSFILTER_MOST)
					peers.push(['crossfilter2', () => openCrossfilter(context, bench, file)]);
				else bench.note(`crossfilter2 is left out above ${CROSSFILTER_MOST.toLocaleString('en')} events`);
				for (const [side, open] of peers) {
					try {
						sides.push(await open());
					} catch (error) {
						bench.note(`${side} cannot hold this: ${messageOf(error)}`);
					}
				}
				await askAll(bench, file, sides);
				bench.note(
					`answers compared and equal: ${sides
						.slice(1)
						.map(({ side }) => side)
						.join('; ')}`
				);
			} finally {
				for (const side of sides) await side.close();
			}
		});
	}
};
