import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dailyFigures } from '../../src/lib/engine/daily';
import { listBoards, listPins } from '../../src/lib/engine/lists';
import { ownTaskOf } from '../../src/lib/engine/own-values';
import { narrowed } from '../../src/lib/engine/scanner';
import { pinMask } from '../../src/lib/engine/pin-mask';
import { weekHours } from '../../src/lib/engine/week-hours';
import { addDays } from '../../src/lib/model/calendar';
import type { Dimension } from '../../src/lib/model/dimension';
import { NATIVE_DIMENSIONS } from '../../src/lib/model/event';
import { figuresAt, type FigureColumns } from '../../src/lib/model/figures';
import {
	METRICS,
	EVENT_METRIC_IDS,
	TOP_METRICS,
	metricValue,
	type EventMetricId
} from '../../src/lib/model/metric';
import { NO_ROWS } from '../../src/lib/model/answer';
import type { EventAnswer } from '../../src/lib/model/event-answer';
import { GRAINS, WEEK_HOURS, type Query, type Subject } from '../../src/lib/model/query';
import { compareText } from '../../src/lib/model/text-order';
import { questionArbitrary } from '../support/drawn-questions';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import type { MetricValues } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { INVENTED_ACCOUNTS } from '../support/invented-values';
import { readByBoth } from '../support/read-by-both';
import { byLength } from '../support/test-length';

/**
 * The engine against DuckDB: the same bytes, every figure that a page shows, no difference allowed. Whole numbers and
 * quotients must be equal to the last bit.
 */

const SEED = 20_240_331;
const RUNS = byLength(110, 220);

const FIRST_DAY = '2024-03-20';
const LAST_DAY = '2024-11-05';
/** Cells of columns of one's own; space around them says nothing. */
const CAMPAIGNS = ['', 'spring', ' spring', 'none', 'Spring', 'a,b', '=sum', 'ö', 'w1', 'w2', 'w3', 'w4'];
const COUNTRIES = ['', 'se', 'no', 'dk'];
const OWN = { 'own.campaign': [...new Set(CAMPAIGNS.map((cell) => cell.trim()))], 'own.country': COUNTRIES };

const FILES = [
	inventFile({
		...{ rows: 7_000, seed: 1, from: FIRST_DAY, to: LAST_DAY, order: 'by time' },
		own: { 'Own.Campaign': CAMPAIGNS, 'own.country': COUNTRIES }
	}),
	inventFile({ rows: 6_000, seed: 2, from: '2024-06-01', to: '2024-10-30', order: 'none' }),
	inventFile({
		...{ rows: 5_000, seed: 3, from: '2024-10-01', to: LAST_DAY, order: 'none', badEvery: 40 },
		own: { country: COUNTRIES, unasked: ['a', 'b'] }
	}),
	inventFile({ rows: 3_000, seed: 4, from: '2024-03-28', to: '2024-04-03', order: 'none', badEvery: 90 }),
	new Uint8Array(readFileSync(new URL('../fixtures/every-edge.csv', import.meta.url)))
];
/** One in the middle, as far as time and imports go. */
const UNDONE = 1;

const { oracle, workspace } = await readByBoth(FILES, {
	undone: UNDONE,
	own: ['own.campaign', 'own.country']
});

/** Days from before the data to after it, and more often than not the days on which clocks change. */
const dayArbitrary = fc.oneof(
	{ weight: 3, arbitrary: fc.integer({ min: -5, max: 240 }).map((days) => addDays(FIRST_DAY, days)) },
	{
		weight: 2,
		arbitrary: fc.constantFrom(
			'2024-03-30',
			'2024-03-31',
			'2024-04-01',
			'2024-10-26',
			'2024-10-27',
			'2024-10-28'
		)
	}
);

/** A Pin or a board by its number, whatever there are; once in a while one that is not there. */
const subjectArbitrary = fc.oneof(
	{ weight: 4, arbitrary: fc.constant(null) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('pin' as const), number: fc.nat(60) }) },
	{ weight: 2, arbitrary: fc.record({ kind: fc.constant('board' as const), number: fc.nat(8) }) }
);

function subjectOf(drawn: { kind: 'pin' | 'board'; number: number } | null): Subject | null {
	if (drawn === null) return null;
	const catalogue = workspace.catalogue();
	const { kind, number } = drawn;
	if (kind === 'board') return { kind, name: catalogue.boards.names[number] ?? 'no such board' };
	return { kind, name: number < catalogue.pinCount ? catalogue.pinId(number) : 'no such Pin' };
}

const queryArbitrary = questionArbitrary({
	day: dayArbitrary,
	whole: ['2024-01-01', '2025-02-28'],
	zones: ORACLE_ZONES,
	accounts: [...INVENTED_ACCOUNTS, 'nobody.example'],
	own: OWN
});

describe(`answers to ${RUNS} queries (seed ${SEED})`, () => {
	it('are those of DuckDB, in every figure', async () => {
		const met = new Set<string>();
		await fc.assert(
			fc.asyncProperty(
				queryArbitrary,
				subjectArbitrary,
				fc.constantFrom(1, 2, 4),
				async (drawn, about, scannerCount) => {
					const query = { ...drawn, subject: subjectOf(about) };
					workspace.scannerCount = scannerCount;
					await oracle.select(query.filter, query.subject);
					const answer = await workspace.answer(query);
					await compareTotalsAndSeries(query, answer);
					// One in four, since it takes a look at all days.
					if (query.top === 5 && (await workspace.keepRangeIndex(query))) {
						met.add('people from an index');
						deepStrictEqual(await workspace.answer(query), answer);
					}
					await compareSplit(query, answer);
					await compareShares(query, answer);
					await compareLists(query);
					await compareHours(query);
					if (answer.totals.impressions > 0) met.add('figures');
					if (answer.series.some(({ isRest }) => isRest)) met.add('a rest');
					met
						.add(query.filter.tz)
						.add(query.grain)
						.add(query.split ?? 'no split')
						.add(query.sort)
						.add(`${scannerCount} scanners`)
						.add(query.subject?.kind ?? 'all Pins');
				}
			),
			{ seed: SEED, numRuns: RUNS, endOnFailure: true }
		);
		// The queries drawn must not have left out what they are for.
		expect([...met].sort()).toEqual(
			[
				...ORACLE_ZONES,
				...GRAINS,
				...NATIVE_DIMENSIONS,
				...Object.keys(OWN),
				...TOP_METRICS,
				'pin',
				'board',
				'all Pins',
				'no split',
				'figures',
				'a rest',
				'people from an index',
				'1 scanners',
				'2 scanners',
				'4 scanners'
			].sort()
		);
	}, 400_000);

	it('reach beyond all data without an event', async () => {
		const filter = {
			tz: 'Asia/Kolkata',
			from: '2026-01-01',
			to: '2026-01-31',
			values: { content_type: [], source: [], device: [], account: [], format: [] }
		};
		const answer = await workspace.answer({
			filter,
			subject: null,
			withVideo: false,
			grain: 'day',
			split: 'account',
			splitLimit: 5,
			sort: 'saves',
			top: 5
		});
		deepStrictEqual(metricsAt(answer.overall, 30), NO_EVENTS);
		deepStrictEqual([answer.series, answer.topPins, answer.topBoards], [[], NO_ROWS, NO_ROWS]);
	});
});

/** What stands where nothing passes: sums are 0, and a share of nothing has no value. */
const NO_EVENTS = Object.fromEntries(
	EVENT_METRIC_IDS.map((id) => [id, ['fraction', 'seconds'].includes(METRICS[id].unit) ? null : 0])
) as MetricValues;

function metricsAt(columns: FigureColumns, index: number): MetricValues {
	const figures = figuresAt(columns, index);
	return Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, metricValue(id, figures)])) as Record<
		EventMetricId,
		number | null
	>;
}

function seriesOf(answer: Pick<EventAnswer, 'buckets'>, columns: FigureColumns): [string, MetricValues][] {
	return answer.buckets.map(({ day }, index) => [day, metricsAt(columns, index)]);
}

/** The oracle's series with a row for every bucket. */
function filled(answer: Pick<EventAnswer, 'buckets'>, series: Map<string, MetricValues> | undefined) {
	return answer.buckets.map(({ day }): [string, MetricValues] => [day, series?.get(day) ?? NO_EVENTS]);
}

async function compareTotalsAndSeries({ filter, grain }: Query, answer: EventAnswer): Promise<void> {
	const totals = Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, metricValue(id, answer.totals)]));
	deepStrictEqual(totals, await oracle.totals());
	deepStrictEqual(answer.buckets, await oracle.buckets(filter, grain));
	const expected = await oracle.series(grain);
	deepStrictEqual(seriesOf(answer, answer.overall), filled(answer, expected));
	const days = new Set(answer.buckets.map(({ day }) => day));
	deepStrictEqual(
		[...expected.keys()].filter((day) => !days.has(day)),
		[]
	);
}

async function compareSplit(query: Query, answer: EventAnswer): Promise<void> {
	const { split, grain } = query;
	if (split === null) {
		deepStrictEqual(answer.series, [{ value: null, isRest: false, figures: answer.overall }]);
		return;
	}
	const values = await oracle.splitValues(split);
	const own = values.slice(0, query.splitLimit);
	const hasRest = values.length > own.length;
	deepStrictEqual(
		answer.series.map(({ value, isRest }) => [value, isRest]),
		[...own.map((value) => [value, false]), ...(hasRest ? [[null, true]] : [])]
	);
	const expected = await oracle.splitSeries(grain, split, own);
	for (const { value, figures } of answer.series) {
		deepStrictEqual(seriesOf(answer, figures), filled(answer, expected.get(value)));
	}
	await compareDaily(query, values);
}

/** What the daily export is made of: every value, none of them in a rest. */
async function compareDaily(query: Query, values: readonly string[]): Promise<void> {
	const { plan, data } = workspace.prepare(query.filter, 'day');
	const daily = await dailyFigures(query, plan, data);
	const expected = await oracle.splitSeries('day', query.split as Dimension, values);
	deepStrictEqual(
		daily.map(({ value }) => value),
		[...values].sort(compareText)
	);
	for (const { value, figures } of daily) {
		deepStrictEqual(seriesOf(plan, figures), filled(plan, expected.get(value)));
	}
}

async function compareShares({ filter }: Query, answer: EventAnswer): Promise<void> {
	deepStrictEqual(answer.shares, await oracle.shares(filter));
}

async function compareLists(query: Query): Promise<void> {
	const { plan, data } = workspace.prepare(query.filter, query.grain);
	const catalogue = await data.catalogue();
	const mask = await pinMask(query, data);
	const own = ownTaskOf(query.filter, data.own);
	const lists = { catalogue, segments: narrowed(data.lists.segments, mask, own) };
	const pins = await oracle.pins();
	const pinOrders = await oracle.orders('pin');
	const listed = await listPins(() => {}, query, plan, lists);
	deepStrictEqual(
		listed.order.map((pin) => catalogue.pinId(pin)),
		pinOrders[query.sort]
	);
	for (const pin of listed.order) {
		const expected = pins.get(catalogue.pinId(pin))!;
		deepStrictEqual(metricsAt(listed.figures, pin), only(EVENT_METRIC_IDS, expected));
	}

	const boards = await oracle.boards();
	const boardOrders = await oracle.orders('board');
	const listedBoards = await listBoards(() => {}, query, plan, lists);
	deepStrictEqual(
		listedBoards.order.map((board) => catalogue.boards.names[board]),
		boardOrders[query.sort]
	);
	for (const board of listedBoards.order) {
		const expected = boards.get(catalogue.boards.names[board] as string)!;
		deepStrictEqual(metricsAt(listedBoards.figures, board), only(EVENT_METRIC_IDS, expected));
		deepStrictEqual(listedBoards.pins[board], expected.pins);
	}

	const links = await oracle.links();
	const linkOrders = await oracle.orders('link');
	for (const sort of [query.sort, 'impressions', 'avg_watch_seconds'] as const) {
		const answer = await workspace.answer({ ...query, sort, split: null, grain: 'month' });
		deepStrictEqual(answer.topPins, {
			total: pins.size,
			period: null,
			rows: pinOrders[sort].slice(0, query.top).map((pinId) => {
				const {
					pin_title: title,
					board,
					link,
					image_url: imageUrl,
					created_at: createdAt,
					format,
					...figures
				} = pins.get(pinId)!;
				return {
					pinId,
					title,
					board,
					link,
					imageUrl,
					createdAt,
					format,
					figures: only(TOP_METRICS, figures),
					estimates: []
				};
			})
		});
		deepStrictEqual(answer.topBoards, {
			total: boards.size,
			period: null,
			rows: boardOrders[sort].slice(0, query.top).map((board) => {
				const { pins: count, ...figures } = boards.get(board)!;
				return { board, pins: count, figures: only(TOP_METRICS, figures), estimates: [] };
			})
		});
		deepStrictEqual(answer.topLinks, {
			total: links.size,
			period: null,
			rows: linkOrders[sort].slice(0, query.top).map((link) => {
				const { pins: count, ...figures } = links.get(link)!;
				return { link, pins: count, figures: only(TOP_METRICS, figures), estimates: [] };
			})
		});
	}
}

async function compareHours(query: Query): Promise<void> {
	const { plan, data } = workspace.prepare(query.filter, 'day');
	const hours = await weekHours(query, plan, data);
	const expected = await oracle.hours();
	const people = new Float64Array(WEEK_HOURS).fill(NaN);
	const columns = { ...hours, total_audience: people, engaged_audience: people };
	for (let hour = 0; hour < WEEK_HOURS; hour++) {
		const counted = expected.get(hour) ?? NO_EVENTS;
		deepStrictEqual(metricsAt(columns, hour), { ...counted, total_audience: null, engaged_audience: null });
	}
}

function only<Id extends EventMetricId>(ids: readonly Id[], values: MetricValues) {
	return Object.fromEntries(ids.map((id) => [id, values[id]]));
}
