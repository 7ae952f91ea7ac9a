import type { Page } from 'playwright';
import { importEvents, openApp, openBenchPage, openEnginePage, storedBytes } from '../app';
import { whileWatched, type PeakMemory } from '../browser-memory';
import { withFreshProfile } from '../browser-profile';
import { NativeDuckDb } from '../duckdb-native';
import type { EventFile } from '../event-file';
import { OURS, type Unit } from '../measures';
import type { Loaded } from '../page/calls';
import { MB, type Bench, type Scenario } from '../scenario';

const NATIVE_THREADS = 2;

/** What one run of one side took: the time that is compared, then all else that was measured. */
interface Taken {
	readonly ms: number;
	/** Where a side reads Pins' titles, boards and links in a second step: until that is done too. */
	readonly withPinsMs?: number | undefined;
	readonly others: readonly (readonly [name: string, unit: Unit, value: number])[];
}

/** A file on disk to something that can be asked: one side of the comparison. */
interface Importer {
	readonly side: string;
	/** @param isWatched whether memory is measured, and the times are of no use */
	run(bench: Bench, file: EventFile, isWatched: boolean): Promise<Taken>;
}

function assertRead(side: string, file: EventFile, events: number): void {
	if (events !== file.events) throw new Error(`${side} read ${events} of ${file.events} events`);
}

function memoryTaken(memory: PeakMemory | null): Taken['others'] {
	if (!memory) return [];
	return [
		['renderer memory above idle, peak', 'MB', memory.renderer / MB],
		['memory of the whole browser above idle, peak', 'MB', memory.all / MB]
	];
}

const ours: Importer = {
	side: OURS,
	run: ({ site }, file, isWatched) =>
		withFreshProfile(async (context) => {
			const page = await openApp(context, site);
			const { result: times, memory } = await whileWatched(
				context,
				() => importEvents(page, file.path, file.events),
				isWatched
			);
			const { counted, estimated } = await storedBytes(await openEnginePage(context, site));
			return {
				ms: times.readyMs,
				others: [
					...(isWatched
						? memoryTaken(memory)
						: [['until the page says it is done', 'ms', times.doneMs] as const]),
					['stored, by our own count', '% of CSV', (counted / file.bytes) * 100],
					["stored, by the browser's estimate", '% of CSV', (estimated / file.bytes) * 100]
				]
			};
		})
};

/** A peer on the benchmark's own page. */
function pagePeer(side: string, load: (page: Page, events: number) => Promise<Loaded>): Importer {
	return {
		side,
		run: ({ site }, file, isWatched) =>
			withFreshProfile(async (context) => {
				const page = await openBenchPage(context, site);
				await page.locator('input').setInputFiles(file.path);
				const { result, memory } = await whileWatched(context, () => load(page, file.events), isWatched);
				const { ms, withPinsMs, events } = result;
				assertRead(side, file, events);
				return { ms, withPinsMs, others: memoryTaken(memory) };
			})
	};
}

const duckdbWasm = pagePeer('duckdb-wasm', async (page) => {
	await page.evaluate(() => window.bench.duckdb.open());
	return page.evaluate(() => window.bench.duckdb.load());
});

const papaparse = pagePeer('papaparse', (page, events) =>
	page.evaluate((count) => window.bench.papaparse.load(count), events)
);

const duckdbNative: Importer = {
	side: `duckdb native, ${NATIVE_THREADS} threads`,
	run: async (_, file) => {
		const db = await NativeDuckDb.open(NATIVE_THREADS);
		try {
			const { ms, withPinsMs, events } = await db.load(file.path);
			assertRead('duckdb native', file, events);
			return { ms, withPinsMs, others: [] };
		} finally {
			db.close();
		}
	}
};

export const importScenario: Scenario = {
	name: 'import',
	about: `A file on disk to figures that can be asked for. Ours: from the choice of the file in the app's page until
it is stored for good, numbered, catalogued, and its figures are on screen. DuckDB: one CREATE TABLE AS SELECT, in
memory, from the file to typed columns, told all types and ENUMs in advance and reading no Pin's title, board or link;
with Pins: a second statement that finds the newest of these for each Pin, as ours has done by then.
PapaParse: a worker that makes typed columns in memory. Each run in a new browser.`,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		let sides: readonly Importer[] = [ours, duckdbWasm, papaparse, duckdbNative];
		for (let run = 0; run <= bench.runs; run++) {
			for (const importer of sides) {
				try {
					const isWatched = run === 0;
					const { ms, withPinsMs, others } = await importer.run(bench, file, isWatched);
					for (const [name, unit, value] of others) bench.measures.add(name, unit, value, importer.side);
					if (isWatched) continue;
					bench.measures.add('file to figures', 'ms', ms, importer.side);
					if (importer !== papaparse)
						bench.measures.add('file to figures and Pins', 'ms', withPinsMs ?? ms, importer.side);
				} catch (error) {
					if (importer === ours) throw error;
					bench.note(
						`${importer.side} cannot do this: ${error instanceof Error ? error.message : String(error)}`
					);
					sides = sides.filter((other) => other !== importer);
				}
			}
		}
	}
};
