import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { figuresAt, type Figures } from '../../src/lib/model/figures';
import { EVENT_METRIC_IDS, metricValue } from '../../src/lib/model/metric';
import { liveBatches } from '../../src/lib/store/batches';
import { WorkspaceDatabase } from '../../src/lib/store/database';
import { HomeKeys } from '../../src/lib/store/home/home-keys';
import { syncHome } from '../../src/lib/store/home/sync-home';
import { undoBatch } from '../../src/lib/store/undo-batch';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { MemoryDirectory } from '../support/memory-directory';
import { answerFromStore, storeFile } from '../support/stored-workspace';
import { byLength } from '../support/test-length';

/** Two devices that imported, undid and shared a home folder: at rest both show what DuckDB has of the files that count. */

const SEED = 20_261_129;
const RUNS = byLength(15, 150);
const DAYS = { from: '2024-03-20', to: '2024-06-30', order: 'none' } as const;
const FILES = [0, 1, 2, 3].map((seed) => inventFile({ rows: 2_000, seed: seed + 70, ...DAYS }));
/** Imported by both devices, and undone by one. */
const UNDONE = 1;

const { signal } = new AbortController();
const pause = () => {};
const folder = new MemoryDirectory();
const devices = [new WorkspaceDatabase('one'), new WorkspaceDatabase('two')] as const;
let oracle: Oracle;

async function bringTogether(device: WorkspaceDatabase): Promise<void> {
	const home = { directory: folder, keys: new HomeKeys(null, null) };
	const now = () => Date.UTC(2100, 0, 1); // long after every file was written
	const report = await syncHome(signal, device, home, {
		...{ pause, now, isThorough: true, turn: 0, waiting: new Map() },
		locked: (work) => work()
	});
	expect(report).toMatchObject({ isEqual: true, leftOut: [] });
}

const importInto = (device: WorkspaceDatabase, file: number) =>
	storeFile(device, FILES[file]!, `${file}.csv`);

beforeAll(async () => {
	const [one, two] = devices;
	for (const device of devices) await device.open();
	await importInto(one, 0);
	await importInto(one, UNDONE);
	await importInto(two, UNDONE);
	await importInto(two, 2);
	await bringTogether(one);
	await bringTogether(two);
	const batch = (await liveBatches(two)).find(({ file }) => file === `${UNDONE}.csv`);
	await undoBatch(two, pause, batch!.id);
	await importInto(two, 3);
	for (const device of [two, one, two]) await bringTogether(device);
	oracle = await Oracle.open();
	for (const [file, bytes] of FILES.entries()) if (file !== UNDONE) await oracle.import(bytes);
	await oracle.settle();
}, 120_000);

afterAll(async () => {
	for (const device of devices) device.close();
	await oracle.close();
});

const metricsOf = (figures: Figures) =>
	Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, metricValue(id, figures)]));

it(`show the figures of DuckDB on both devices, asked ${RUNS} questions (seed ${SEED})`, async () => {
	for (const device of devices)
		expect((await liveBatches(device)).map(({ file }) => file).sort()).toEqual(['0.csv', '2.csv', '3.csv']);
	const day = fc.integer({ min: 0, max: 100 }).map((days) => {
		const at = Date.parse(DAYS.from) + days * 86_400_000;
		return new Date(at).toISOString().slice(0, 10);
	});
	const questions = questionArbitrary({
		day,
		whole: ['2024-01-01', '2024-12-31'],
		zones: ORACLE_ZONES,
		accounts: INVENTED_ACCOUNTS
	});
	await fc.assert(
		fc.asyncProperty(questions, async (drawn) => {
			const query = { ...drawn, subject: null };
			await oracle.select(query.filter);
			const totals = await oracle.totals();
			const series = await oracle.series(query.grain);
			for (const device of devices) {
				const answer = await answerFromStore(device, query);
				deepStrictEqual(metricsOf(answer.totals), totals);
				for (const [index, { day }] of answer.buckets.entries()) {
					const expected = series.get(day);
					if (expected) deepStrictEqual(metricsOf(figuresAt(answer.overall, index)), expected);
				}
			}
		}),
		{ seed: SEED, numRuns: RUNS }
	);
}, 120_000);
