import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { zipSync } from 'fflate';
import { differenceOf, type PlainAnswer } from '../answer';
import { importEvents, openApp, openEnginePage } from '../app';
import { whileWatched } from '../browser-memory';
import { withFreshProfile } from '../browser-profile';
import { refreshQuery } from '../queries';
import { MB, type Scenario } from '../scenario';

/** A zip archive is put together in memory here. */
const MOST_ZIPPED = 1_000_000;

async function asParquet(csv: string, path: string): Promise<string> {
	if (existsSync(path)) return path;
	const instance = await DuckDBInstance.create(':memory:');
	const connection = await instance.connect();
	const source = `read_csv('${csv}', types = {'pin_id': 'VARCHAR', 'user_id': 'VARCHAR'})`;
	await connection.run(`COPY (SELECT * FROM ${source}) TO '${path}' (FORMAT parquet)`);
	connection.closeSync();
	instance.closeSync();
	return path;
}

async function asGzip(csv: string, path: string): Promise<string> {
	await pipeline(createReadStream(csv), createGzip({ level: 1 }), createWriteStream(path));
	return path;
}

/** A file a day, each with the header, in one archive. */
async function asDailyZip(csv: string, path: string): Promise<string> {
	const [header = '', ...rows] = (await readFile(csv, 'utf8')).trimEnd().split('\n');
	const days = new Map<string, string[]>();
	for (const row of rows) {
		const day = row.slice(0, 10);
		const own = days.get(day);
		if (own) own.push(row);
		else days.set(day, [header, row]);
	}
	const encoder = new TextEncoder();
	const files = [...days].map(([day, lines]) => [`${day}.csv`, encoder.encode(`${lines.join('\n')}\n`)]);
	await writeFile(path, zipSync(Object.fromEntries(files) as Record<string, Uint8Array>, { level: 1 }));
	return path;
}

export const formatsScenario: Scenario = {
	name: 'formats',
	about: `The same events as one CSV, gzipped, as Parquet (written by DuckDB, Snappy) and, up to a million of them, as a zip
of daily files: from the choice of the file until its figures are on screen. All must give the same answers.`,
	isOptional: true,
	run: async (bench) => {
		const file = await bench.files.file(bench.events);
		const folder = await mkdtemp(join(tmpdir(), 'tackboard-bench-formats-'));
		try {
			const sides = [
				['csv', file.path],
				['parquet', await asParquet(file.path, file.path.replace(/\.csv$/, '.parquet'))],
				['csv.gz', await asGzip(file.path, join(folder, 'events.csv.gz'))]
			];
			if (file.events <= MOST_ZIPPED)
				sides.push(['zip of daily files', await asDailyZip(file.path, join(folder, 'events.zip'))]);
			for (let run = 0; run <= bench.runs; run++) {
				let first: PlainAnswer | null = null;
				for (const [side, path] of sides as [string, string][]) {
					await withFreshProfile(async (context) => {
						const app = await openApp(context, bench.site);
						const { result: times, memory } = await whileWatched(
							context,
							() => importEvents(app, path, file.events),
							run === 0
						);
						await app.goto('about:blank');
						const page = await openEnginePage(context, bench.site);
						const query = refreshQuery('all days', file.days, 0);
						const { answer } = await page.evaluate((asked) => window.bench.engine.query(asked), query);
						first ??= answer;
						const difference = differenceOf(first, answer);
						if (difference !== null) throw new Error(`${side} gives another answer: ${difference}`);
						if (memory)
							bench.measures.add('memory of the whole browser above idle, peak', 'MB', memory.all / MB, side);
						if (run > 0) bench.measures.add('file to figures', 'ms', times.readyMs, side);
					});
				}
			}
		} finally {
			await rm(folder, { recursive: true });
		}
	}
};
