import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { differenceOf } from '../answer';
import { importFiles, openApp, openEnginePage, startTimes } from '../app';
import { BrowserProfile } from '../browser-profile';
import { RANGES, refreshQuery } from '../queries';
import type { Bench, Scenario } from '../scenario';

const ROWS_A_FILE = 1_000;
const MOST_FILES = 1_000;

/** Cuts an event file into small ones, each with the header. */
async function cutFile(path: string, folder: string): Promise<string[]> {
	const [header, ...rows] = (await readFile(path, 'utf8')).trimEnd().split('\n');
	const files: string[] = [];
	for (let first = 0; first < rows.length; first += ROWS_A_FILE) {
		const file = join(folder, `part-${String(files.length).padStart(4, '0')}.csv`);
		await writeFile(file, `${[header, ...rows.slice(first, first + ROWS_A_FILE)].join('\n')}\n`);
		files.push(file);
	}
	return files;
}

/** A browser of its own with the files imported, and the page to ask. */
async function store(
	bench: Bench,
	profile: BrowserProfile,
	side: string,
	files: readonly string[]
): Promise<Page> {
	const context = await profile.start();
	const app = await openApp(context, bench.site);
	const { readyMs } = await importFiles(app, files);
	bench.measures.add('import', 'ms', readyMs, side);
	await app.goto('about:blank');
	return openEnginePage(context, bench.site);
}

export const batchesScenario: Scenario = {
	name: 'batches',
	about: `The same events as one file and as up to ${MOST_FILES.toLocaleString('en')} files of
${ROWS_A_FILE.toLocaleString('en')}, each a batch of its own: how much longer the same questions take, and a newly started browser until it shows all days.`,
	isOptional: true,
	run: async (bench) => {
		const file = await bench.files.file(Math.min(bench.events, ROWS_A_FILE * MOST_FILES));
		const folder = await mkdtemp(join(tmpdir(), 'tackboard-bench-batches-'));
		const profiles = [await BrowserProfile.create(), await BrowserProfile.create()] as const;
		try {
			const parts = await cutFile(file.path, folder);
			const sides: readonly (readonly [string, Page])[] = [
				['one batch', await store(bench, profiles[0], 'one batch', [file.path])],
				[`${parts.length} batches`, await store(bench, profiles[1], `${parts.length} batches`, parts)]
			];
			for (const range of RANGES) {
				for (let run = 0; run <= bench.runs; run++) {
					const query = refreshQuery(range, file.days, run);
					const answers = [];
					for (const [side, page] of sides) {
						const { ms, answer } = await page.evaluate((asked) => window.bench.engine.query(asked), query);
						if (run > 0) bench.measures.add(`full refresh, ${range}`, 'ms', ms, side);
						answers.push(answer);
					}
					const difference = differenceOf(answers[0], answers[1]);
					if (difference !== null) throw new Error(`batches change the answer: ${difference}`);
				}
			}
			for (let run = 0; run <= bench.runs; run++) {
				for (const [i, profile] of profiles.entries()) {
					const page = await openApp(await profile.restart(), bench.site, '?range=all');
					const { figuresMs, readyMs } = await startTimes(page);
					if (run === 0) continue;
					bench.measures.add('newly started, first figures', 'ms', figuresMs, sides[i]![0]);
					bench.measures.add('newly started, whole page', 'ms', readyMs, sides[i]![0]);
				}
			}
		} finally {
			for (const profile of profiles) await profile.remove();
			await rm(folder, { recursive: true });
		}
	}
};
