import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { weekHours } from '../../src/lib/engine/week-hours';
import type { Answer } from '../../src/lib/model/answer';
import { addDays, daysBetween } from '../../src/lib/model/calendar';
import { NATIVE_DIMENSIONS, type NativeDimension } from '../../src/lib/model/event';
import { answerOfEvents } from '../../src/lib/model/event-answer';
import { withSameValues } from '../../src/lib/model/event-comparison';
import { EVENT_METRIC_IDS, METRICS, type EventMetricId } from '../../src/lib/model/metric';
import { WEEK_HOURS, type Query } from '../../src/lib/model/query';
import { chartOf, withComparison } from '../../src/lib/view/chart';
import { changeOf, comparisonRange } from '../../src/lib/view/comparison';
import { SPLIT_METRICS, splitRows } from '../../src/lib/view/split-rows';
import { heatMapOf, hourMetric } from '../../src/lib/view/subject';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import type { MetricValues } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { readByBoth } from '../support/read-by-both';
import { byLength } from '../support/test-length';

/** What pages draw of two ranges beside each other, against DuckDB: no difference is allowed in any figure. */

const SEED = 20_261_128;
const RUNS = byLength(40, 400);
const FIRST_DAY = '2023-07-20';
const LAST_DAY = '2024-11-05';
const FILES = [
	inventFile({ rows: 6_000, seed: 31, from: FIRST_DAY, to: LAST_DAY, order: 'by time' }),
	inventFile({ rows: 3_000, seed: 32, from: '2024-03-20', to: '2024-06-10', order: 'none', badEvery: 50 }),
	inventFile({ rows: 4_000, seed: 33, from: '2023-10-01', to: '2024-10-30', order: 'none' })
];
/** The file whose import is taken back. */
const UNDONE = 1;

const { oracle, workspace } = await readByBoth(FILES, { undone: UNDONE });

const questions = fc.record({
	query: questionArbitrary({
		day: fc.integer({ min: -5, max: 480 }).map((days) => addDays(FIRST_DAY, days)),
		whole: ['2023-07-01', '2024-12-31'],
		zones: ORACLE_ZONES,
		accounts: [...INVENTED_ACCOUNTS, 'nobody.example']
	}),
	compare: fc.constantFrom('previous', 'previous', 'year'),
	matchWeekdays: fc.boolean(),
	metric: fc.constantFrom(...EVENT_METRIC_IDS),
	dimension: fc.constantFrom(...NATIVE_DIMENSIONS),
	scannerCount: fc.constantFrom(1, 2)
});

/** What stands where nothing passes. */
const nothing = (metric: EventMetricId) =>
	['fraction', 'seconds'].includes(METRICS[metric].unit) ? null : 0;

/** The answers of a page to a query and to the days that it is compared with. */
async function bothAnswers(query: Query, then: Query): Promise<{ now: Answer; before: Answer }> {
	const days = daysBetween(query.filter.from, query.filter.to);
	const now = answerOfEvents(await workspace.answer(query), days);
	const asked = withSameValues({ ...then, top: 0 }, now);
	return { now, before: answerOfEvents(await workspace.answer(asked), days) };
}

/** A split of two ranges as the oracle has it. */
interface ExpectedSplit {
	/** The values that are distinguished now, and whether there are more. */
	readonly own: readonly string[];
	readonly hasRest: boolean;
	/** Those that are distinguished in the days before: the same, and others where there is room. */
	readonly ownBefore: readonly string[];
	readonly hasRestBefore: boolean;
	/** By value (null is the rest), then by the first day of the step. */
	readonly now: ReadonlyMap<string | null, ReadonlyMap<string, MetricValues>>;
	readonly before: ReadonlyMap<string | null, ReadonlyMap<string, MetricValues>>;
}

async function expectedSplit(query: Query, then: Query, split: NativeDimension): Promise<ExpectedSplit> {
	const { grain, splitLimit } = query;
	await oracle.select(query.filter);
	const values = await oracle.splitValues(split);
	const own = values.slice(0, splitLimit);
	const now = await oracle.splitSeries(grain, split, own);
	await oracle.select(then.filter);
	const valuesBefore = await oracle.splitValues(split);
	const others = valuesBefore.filter((value) => !own.includes(value));
	const added = others.slice(0, splitLimit - own.length);
	const ownBefore = [...valuesBefore.filter((value) => own.includes(value)), ...added];
	return {
		own,
		hasRest: values.length > own.length,
		ownBefore,
		hasRestBefore: others.length > added.length,
		now,
		before: await oracle.splitSeries(grain, split, ownBefore)
	};
}

/** The earlier lines of the chart: what each is of, and its values step by step. */
async function expectedLines(query: Query, then: Query, metric: EventMetricId) {
	const places = (await oracle.buckets(query.filter, query.grain)).length;
	const steps = (await oracle.buckets(then.filter, then.grain)).slice(0, places);
	const lineOf = (series: ReadonlyMap<string, MetricValues> | undefined) => {
		const values = steps.map(({ day }) => (series?.has(day) ? series.get(day)![metric] : nothing(metric)));
		return [...values, ...new Array<null>(places - steps.length).fill(null)];
	};
	if (query.split === null) {
		await oracle.select(then.filter);
		return [{ value: null, isRest: false, values: lineOf(await oracle.series(query.grain)) }];
	}
	const { hasRest, ownBefore, hasRestBefore, before } = await expectedSplit(
		query,
		then,
		query.split as NativeDimension
	);
	const lines = ownBefore.map((value) => ({ value, isRest: false, values: lineOf(before.get(value)) }));
	// A rest is compared where both have one: it is of the same values then.
	if (!hasRest || !hasRestBefore) return lines;
	return [...lines, { value: null, isRest: true, values: lineOf(before.get(null)) }];
}

async function expectedRows(query: Query, then: Query, split: NativeDimension) {
	const { own, hasRest, ownBefore, now, before } = await expectedSplit(query, then, split);
	const figures = (series: ReadonlyMap<string, MetricValues> | undefined) =>
		Object.fromEntries(
			SPLIT_METRICS.map((metric) => [
				metric,
				[...(series?.values() ?? [])].reduce((sum, row) => sum + (row[metric] ?? 0), 0)
			])
		);
	const rowOf = (value: string | null, presence: string) => ({
		value,
		figures: figures(now.get(value)),
		before: figures(before.get(value)),
		presence
	});
	const rows = own.map((value) => rowOf(value, ownBefore.includes(value) ? 'both' : 'new'));
	if (hasRest) return [...rows, rowOf(null, 'both')];
	return [...rows, ...ownBefore.filter((value) => !own.includes(value)).map((value) => rowOf(value, 'gone'))];
}

describe(`what is drawn of two ranges (seed ${SEED})`, () => {
	it('is that of DuckDB: earlier lines of the chart, rows of a split, changes of hours', async () => {
		const met = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				questions,
				async ({ query: drawn, compare, matchWeekdays, metric, dimension, scannerCount }) => {
					workspace.scannerCount = scannerCount;
					const query: Query = { ...drawn, subject: null };
					const { filter } = query;
					const then = {
						...query,
						filter: { ...filter, ...comparisonRange(filter, compare, matchWeekdays) }
					};
					met.add(compare);

					const { now, before } = await bothAnswers(query, then);
					const chart = withComparison(chartOf(now, query, metric), now, before, query.split);
					const lines = chart.series.filter(({ comparedBuckets }) => comparedBuckets !== null);
					deepStrictEqual(
						lines.map(({ value, isRest, values }) => ({ value, isRest, values })),
						await expectedLines(query, then, metric)
					);
					for (const { value, isRest } of lines)
						if (isRest || value !== null) met.add(isRest ? 'rest' : 'value');

					// As the pages ask for it, with room for values that are gone.
					const split = { ...query, split: dimension, splitLimit: 6, grain: 'month' as const, top: 0 };
					const splitThen = { ...split, filter: then.filter };
					const sides = await bothAnswers(split, splitThen);
					const rows = splitRows(sides.now, sides.before);
					deepStrictEqual(
						rows.map(({ value, figures, before, presence }) => ({ value, figures, before, presence })),
						await expectedRows(split, splitThen, dimension)
					);
					for (const { presence } of rows) met.add(presence);

					await compareHours(query, then, metric);
				}
			),
			{ seed: SEED, numRuns: RUNS, endOnFailure: true }
		);
		// What was drawn must not have left out what the test is for.
		expect([...met].sort()).toEqual(['previous', 'year', 'rest', 'value', 'both', 'new', 'gone'].sort());
	}, 400_000);

	async function compareHours(query: Query, then: Query, metric: EventMetricId): Promise<void> {
		const shown = hourMetric(metric) as EventMetricId;
		const [now, before] = await Promise.all(
			[query, then].map(async (asked) => {
				const { plan, data } = workspace.prepare(asked.filter, 'day');
				return weekHours(asked, plan, data);
			})
		);
		const { values, changes } = heatMapOf(now!, shown, before!);
		const byHour: (number | null)[][] = [];
		for (const { filter } of [query, then]) {
			await oracle.select(filter);
			const hours = await oracle.hours();
			byHour.push(
				Array.from({ length: WEEK_HOURS }, (_, hour) =>
					hours.has(hour) ? hours.get(hour)![shown] : nothing(shown)
				)
			);
		}
		deepStrictEqual(values.flat(), byHour[0]);
		deepStrictEqual(
			changes.flat(),
			byHour[0]!.map((value, hour) => changeOf(value, byHour[1]![hour]!))
		);
	}
});
