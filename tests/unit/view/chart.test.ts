import { describe, expect, it } from 'vitest';
import { emptyFigureColumns, FIGURE_IDS, type FigureId, type Figures } from '../../../src/lib/model/figures';
import { TOP_METRICS, type SortMetric } from '../../../src/lib/model/metric';
import { NO_ROWS, type Answer } from '../../../src/lib/model/answer';
import { answerOfEvents, seriesOfFigures, type EventSeries } from '../../../src/lib/model/event-answer';
import type { Query } from '../../../src/lib/model/query';
import { DEFAULT_VIEW } from '../../../src/lib/view/address';
import { isNothing, meters } from '../../../src/lib/view/answer';
import { bucketDays, chartMax, chartOf, overallValues, withComparison } from '../../../src/lib/view/chart';
import { isSameQuery, queryOf } from '../../../src/lib/view/query';
import { sparklinePath } from '../../../src/lib/view/sparkline';

const coverage = { firstMs: Date.UTC(2026, 0, 1), lastMs: Date.UTC(2026, 0, 31), events: 1, metrics: [] };
const query: Query = queryOf(
	{ ...DEFAULT_VIEW, from: '2026-01-07', to: '2026-01-20', grain: 'week' },
	coverage
);
const buckets = [
	{ day: '2026-01-05', partial: true },
	{ day: '2026-01-12', partial: false },
	{ day: '2026-01-19', partial: true }
];

function series(
	value: string | null,
	some: Partial<Record<FigureId, number[]>>,
	isRest = false
): EventSeries {
	const figures = emptyFigureColumns(buckets.length);
	for (const id of FIGURE_IDS) figures[id].set(some[id] ?? []);
	return { value, isRest, figures };
}

function answer(...all: EventSeries[]): Answer {
	const totals = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as unknown as Figures;
	const counted = {
		isWhole: true,
		hasPeople: true,
		damaged: [],
		totals,
		buckets,
		overall: emptyFigureColumns(buckets.length),
		series: all,
		shares: { content_type: [], source: [], device: [], account: [], format: [] },
		topPins: NO_ROWS,
		topBoards: NO_ROWS,
		topLinks: NO_ROWS
	};
	return answerOfEvents(counted, 14);
}

const mobile = series('mobile', { impressions: [10, 0, 30], saves: [1, 0, 6], total_audience: [5, 0, 9] });
const rest = series(null, { impressions: [30, 0, 10], saves: [3, 0, 2], total_audience: [7, 0, 9] }, true);

describe('chart', () => {
	it('draws a metric, with gaps where it has no value', () => {
		const chart = chartOf(answer(mobile), query, 'save_rate');
		expect(chart.series[0]?.values).toEqual([0.1, null, 0.2]);
		expect(chart.grain).toBe('week');
	});

	it('gives every series a look of its own, and the rest a muted one', () => {
		const many = Array.from({ length: 8 }, (_, i) => series(`v${i}`, {}));
		const looks = chartOf(answer(...many, rest), query, 'impressions').series.map(
			({ colour, isDashed }) => `${colour}${isDashed ? ' dashed' : ''}`
		);
		expect(new Set(looks).size).toBe(looks.length);
		expect(looks.at(-1)).toBe('0');
	});

	it('puts the days that are compared with beside its own, step by step', () => {
		const days = [
			{ day: '2025-12-29', partial: false },
			{ day: '2026-01-05', partial: false }
		];
		const shorter = emptyFigureColumns(days.length);
		shorter.impressions.set([10, 0]);
		const then = { ...answer(), buckets: days, overall: seriesOfFigures(shorter) };
		const chart = withComparison(chartOf(answer(rest), query, 'impressions'), answer(rest), then, null);
		expect(chart.series.map(({ values }) => values)).toEqual([
			[30, 0, 10],
			[10, 0, null]
		]);
		expect(chart.series[1]).toMatchObject({ isDashed: true, comparedBuckets: days });
		expect(chartMax(chart, new Set([0]))).toBe(10);
	});

	describe('under a split', () => {
		const valued = (value: string, impressions: number[]) => series(value, { impressions });
		const drawn = (now: Answer, then: Answer) =>
			withComparison(chartOf(now, query, 'impressions'), now, then, 'device').series.map(
				({ value, isRest, values, colour, comparedBuckets }) => [
					isRest ? 'rest' : value,
					comparedBuckets === null ? 'now' : 'then',
					colour,
					values
				]
			);

		it('draws what each value was in its colour, whichever was larger, and what is gone in one of its own', () => {
			const now = answer(valued('mobile', [5, 5, 5]), valued('desktop', [1, 1, 1]));
			const then = answer(
				valued('desktop', [9, 8, 7]),
				valued('tablet', [4, 4, 4]),
				valued('mobile', [2, 2, 2])
			);
			expect(drawn(now, then)).toEqual([
				['mobile', 'now', 1, [5, 5, 5]],
				['desktop', 'now', 2, [1, 1, 1]],
				['desktop', 'then', 2, [9, 8, 7]],
				['tablet', 'then', 3, [4, 4, 4]],
				['mobile', 'then', 1, [2, 2, 2]]
			]);
		});

		it('draws no earlier line of a rest that held other values', () => {
			const now = answer(valued('mobile', [5, 5, 5]), rest);
			expect(
				drawn(now, answer(valued('mobile', [2, 2, 2]), rest)).map(([name, side]) => [name, side])
			).toEqual([
				['mobile', 'now'],
				['rest', 'now'],
				['mobile', 'then'],
				['rest', 'then']
			]);
			expect(
				drawn(now, answer(valued('tablet', [2, 2, 2]), rest)).map(([name, side]) => [name, side])
			).toEqual([
				['mobile', 'now'],
				['rest', 'now']
			]);
		});
	});

	it('measures only the series that are shown', () => {
		const chart = chartOf(answer(mobile, rest), query, 'impressions');
		expect(chartMax(chart, new Set())).toBe(30);
		expect(chartMax(chartOf(answer(mobile), query, 'saves'), new Set([0]))).toBe(0);
	});

	it.each([
		{ first: 0, last: 0, from: '2026-01-07', to: '2026-01-11' },
		{ first: 1, last: 1, from: '2026-01-12', to: '2026-01-18' },
		{ first: 2, last: 0, from: '2026-01-07', to: '2026-01-20' }
	])('selects the days of steps $first to $last within the range', ({ first, last, from, to }) => {
		expect(bucketDays(chartOf(answer(mobile), query, 'saves'), query, first, last)).toEqual({ from, to });
	});

	it('takes the course of a metric over all values of a split from the overall figures', () => {
		expect(
			overallValues({ ...answer(mobile, rest), overall: seriesOfFigures(rest.figures) }, 'save_rate')
		).toEqual([0.1, null, 0.2]);
		expect(
			overallValues({ ...answer(mobile, rest), overall: seriesOfFigures(mobile.figures) }, 'total_audience')
		).toEqual([5, 0, 9]);
	});

	it('knows an answer that holds nothing', () => {
		const nothing = answer(mobile);
		expect(isNothing(nothing)).toBe(true);
		const played = seriesOfFigures(series(null, { video_plays: [0, 0, 1] }).figures);
		expect(isNothing({ ...nothing, overall: played })).toBe(false);
	});

	it('measures bars against the largest row, which need not be the first', () => {
		const none = Object.fromEntries(TOP_METRICS.map((metric) => [metric, 0])) as Record<SortMetric, number>;
		const row = (saves: number | null) => ({ figures: { ...none, saves } });
		expect(meters([row(2), row(4), row(0), row(null)], 'saves')).toEqual([0.5, 1, 0, 0]);
		expect(meters([row(0)], 'saves')).toEqual([0]);
	});

	it('asks again only for what an answer depends on', () => {
		const view = { ...DEFAULT_VIEW };
		const asked = queryOf(view, coverage);
		expect(isSameQuery(asked, queryOf({ ...view, metric: 'saves', view: 'top-pins' }, coverage))).toBe(true);
		expect(isSameQuery(asked, queryOf({ ...view, q: 'oak', compare: 'year' }, coverage))).toBe(true);
		expect(isSameQuery(asked, queryOf({ ...view, sort: 'saves' }, coverage))).toBe(false);
	});
});

describe('sparkline', () => {
	it.each([
		{ name: 'nothing', values: [], path: '' },
		{ name: 'a single value', values: [4], path: '' },
		{ name: 'zeros along the bottom', values: [0, 0], path: 'M0.0 10.0L20.0 10.0' },
		{ name: 'values up to the top', values: [0, 2, 4], path: 'M0.0 10.0L10.0 5.0L20.0 0.0' },
		{ name: 'a gap where there is no value', values: [4, null, 4], path: 'M0.0 0.0M20.0 0.0' }
	])('draws $name', ({ values, path }) => {
		expect(sparklinePath(values, 20, 10)).toBe(path);
	});

	it('draws few points for many values', () => {
		const path = sparklinePath(
			Array.from({ length: 1000 }, (_, i) => i),
			20,
			10
		);
		expect(path.split('L').length).toBeLessThanOrEqual(48);
	});
});
