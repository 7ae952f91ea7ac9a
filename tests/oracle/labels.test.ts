import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addDays } from '../../src/lib/model/calendar';
import { figuresAt } from '../../src/lib/model/figures';
import { EVENT_METRIC_IDS, metricValue } from '../../src/lib/model/metric';
import type { FigureColumns } from '../../src/lib/model/figures';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle, type MetricValues } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_LABELS, inventLabels } from '../support/invented-labels';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { MemoryWorkspace } from '../support/memory-workspace';
import { byLength } from '../support/test-length';

/** Figures filtered and split by label, against DuckDB: by Pins that are named and by rules. */

const SEED = 20_261_128;
const RUNS = byLength(25, 150);
const FIRST_DAY = '2024-03-20';
const FILES = [
	inventFile({ rows: 5_000, seed: 41, from: FIRST_DAY, to: '2024-11-05', order: 'by time' }),
	inventFile({ rows: 4_000, seed: 42, from: '2024-06-01', to: '2024-10-30', order: 'none' })
];

let oracle: Oracle;
const workspace = new MemoryWorkspace();

const LABELS = [...INVENTED_LABELS, ''];

beforeAll(async () => {
	oracle = await Oracle.open();
	for (const bytes of FILES) {
		await oracle.import(bytes);
		await workspace.import(bytes);
	}
	await oracle.settle();
	workspace.labels = inventLabels(workspace.catalogue());
	await oracle.label(workspace.labels);
}, 60_000);

afterAll(() => oracle.close());

const queryArbitrary = questionArbitrary({
	day: fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days)),
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: INVENTED_ACCOUNTS
});

function valuesAt(columns: FigureColumns, row: number): MetricValues {
	const figures = figuresAt(columns, row);
	return Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, metricValue(id, figures)])) as MetricValues;
}

it(`filtered and split by label are those of DuckDB over ${RUNS} queries (seed ${SEED})`, async () => {
	const met = new Set<string>();
	await fc.assert(
		fc.asyncProperty(
			queryArbitrary,
			fc.subarray(LABELS),
			fc.constantFrom(1, 3),
			async (drawn, wanted, scannerCount) => {
				workspace.scannerCount = scannerCount;
				const filter = { ...drawn.filter, values: { ...drawn.filter.values, label: wanted } };
				const query = { ...drawn, filter, subject: null, split: 'label' as const };
				const select = async (value?: string) => {
					await oracle.select(filter);
					if (wanted.length > 0) await oracle.selectLabelled(wanted);
					if (value !== undefined) await oracle.selectLabelled([value]);
				};
				const answer = await workspace.answer(query);
				await select();
				const totals = await oracle.totals();
				for (const id of EVENT_METRIC_IDS)
					deepStrictEqual(metricValue(id, answer.totals), totals[id], `${id} of all`);

				const occurring: { readonly value: string; readonly impressions: number }[] = [];
				for (const value of LABELS) {
					await select(value);
					const found = await oracle.series(query.grain);
					if (found.size === 0) continue;
					occurring.push({ value, impressions: Number((await oracle.totals()).impressions) });
					const series = answer.series.find((each) => each.value === value);
					if (!series) continue;
					met.add(value);
					answer.buckets.forEach(({ day }, row) => {
						const theirs = found.get(day);
						const ours = valuesAt(series.figures, row);
						if (theirs) deepStrictEqual(ours, theirs, `${value} ${day}`);
						else deepStrictEqual(ours.impressions, 0, `${value} ${day}`);
					});
				}
				const largest = occurring
					.sort((a, b) => b.impressions - a.impressions || (a.value < b.value ? -1 : 1))
					.slice(0, query.splitLimit)
					.map(({ value }) => value);
				deepStrictEqual(
					answer.series.map(({ value }) => value),
					largest
				);
				if (wanted.length > 0 && answer.totals.impressions > 0) met.add('filtered');
			}
		),
		{ seed: SEED, numRuns: RUNS }
	);
	for (const each of ['filtered', ...LABELS.filter((name) => name !== 'of none')])
		expect(met).toContain(each);
}, 180_000);
