import { describe, expect, it } from 'vitest';
import { PLAIN_TOTAL, type Answer, type ReportedLevel, type Total } from '../../../src/lib/model/answer';
import { forEachMetric } from '../../../src/lib/model/event-answer';
import type { MetricId } from '../../../src/lib/model/metric';
import {
	dayOfLevels,
	formatOwnDays,
	hasAnyFigure,
	hasStepOrPeriod,
	metricsThere,
	noFigures,
	periodTable
} from '../../../src/lib/view/periods';

const figure = (metric: MetricId, value: number, isEstimate = false) => ({
	metric,
	value,
	isEstimate,
	currency: ''
});
const level = (metric: MetricId, day: string): ReportedLevel => ({
	metric,
	value: 1,
	isEstimate: false,
	day,
	currency: ''
});

describe('the days of a list', () => {
	const november = { from: '2026-11-01', to: '2026-11-30' };
	it.each([
		[{ from: '2026-06-01', to: '2026-08-31' }, november, '1 Jun – 31 Aug'],
		[{ from: '2026-06-01', to: '2026-06-01' }, november, '1 Jun'],
		[{ from: '2025-06-01', to: '2025-08-31' }, november, '1 Jun – 31 Aug 2025'],
		[{ from: '2025-12-01', to: '2026-01-31' }, november, '1 Dec 2025 – 31 Jan 2026'],
		[
			{ from: '2026-06-01', to: '2026-08-31' },
			{ from: '2025-12-15', to: '2026-01-15' },
			'1 Jun – 31 Aug 2026'
		]
	])('%j beside %j are %s', (period, shown, text) => {
		expect(formatOwnDays('en-GB', period, shown)).toBe(text);
	});
});

describe('the periods of a Pin', () => {
	const periods = [
		{ from: '2026-06-01', to: '2026-08-31', figures: [figure('saves', 5), figure('impressions', 50, true)] },
		{ from: '2026-05-01', to: '2026-05-31', figures: [figure('impressions', 100)] }
	];

	it('have a column for each metric that any has, in the order of metrics', () => {
		const table = periodTable(periods, 'impressions')!;
		expect(table.metrics).toEqual(['impressions', 'saves']);
		expect(table.rows[0]).toMatchObject({ days: 92, part: 0.5 });
		expect(table.rows[0]?.figures.impressions).toEqual([figure('impressions', 50, true)]);
		expect(table.rows[1]?.figures.saves).toEqual([]);
		expect(table.rows[1]?.part).toBe(1);
	});

	it('have bars of the metric on the chart, else of the first there is', () => {
		expect(periodTable(periods, 'saves')).toMatchObject({
			barMetric: 'saves',
			rows: [{ part: 1 }, { part: 0 }]
		});
		expect(periodTable(periods, 'video_views')?.barMetric).toBe('impressions');
	});

	it('are no table where there are none', () => {
		expect(periodTable([], 'impressions')).toBeNull();
	});
});

describe('totals since the first day', () => {
	it('have one day where they all stood so on it', () => {
		expect(dayOfLevels([level('saves', '2026-11-02'), level('impressions', '2026-11-02')])).toBe(
			'2026-11-02'
		);
		expect(dayOfLevels([level('saves', '2026-11-02'), level('impressions', '2026-11-01')])).toBeNull();
	});
});

/** An answer of one day. */
function answerWith(
	totals: Partial<Record<MetricId, Partial<Total>>>,
	day: number | null = null,
	reportedDays = 1
): Answer {
	return {
		reportedDays,
		totals: forEachMetric((id) => ({ ...PLAIN_TOTAL, ...totals[id] })),
		overall: forEachMetric(() => ({ values: [day], isEstimate: null }))
	} as unknown as Answer;
}

describe('whether an answer has figures', () => {
	it('is so by a total, by bounds or by a step of the series', () => {
		expect(hasAnyFigure(answerWith({}))).toBe(false);
		expect(hasAnyFigure(answerWith({ saves: { value: 0 } }))).toBe(true);
		expect(hasAnyFigure(answerWith({ total_audience: { bounds: { least: 4, most: null } } }))).toBe(true);
		expect(hasAnyFigure(answerWith({}, 3))).toBe(true);
	});

	it('has a course where a step has a figure, or a longer step could have one', () => {
		const quarter = { from: '2026-06-01', to: '2026-08-31', figures: [] };
		const week = { from: '2026-08-03', to: '2026-08-09', figures: [] };
		expect(hasStepOrPeriod(answerWith({ saves: { value: 9 } }), { periods: [quarter] })).toBe(false);
		expect(hasStepOrPeriod(answerWith({ saves: { value: 9 } }), { periods: [quarter, week] })).toBe(true);
		expect(hasStepOrPeriod(answerWith({}, 3), { periods: [] })).toBe(true);
		expect(hasStepOrPeriod(answerWith({}), null)).toBe(true);
	});

	it('leaves tiles without any to answers of events alone', () => {
		const tiles = ['impressions', 'saves', 'total_audience'] as const;
		const totals = { saves: { value: 0 } };
		expect(metricsThere(answerWith(totals), tiles)).toEqual(['saves']);
		expect(metricsThere(answerWith(totals, null, 0), tiles)).toEqual(tiles);
	});
});

describe('why there are no figures', () => {
	const period = { from: '2026-06-01', to: '2026-08-31' };
	const known = { periods: [{ ...period, figures: [] }], levels: [] };
	const nothing = { periods: [], levels: [] };

	it('is that reports have other days, the newest period first', () => {
		expect(noFigures(known, true, false)).toEqual({ kind: 'period', period });
	});

	it('is the filters, or that only totals are known, or the days', () => {
		expect(noFigures(nothing, true, false).kind).toBe('filtered');
		expect(noFigures({ ...nothing, levels: [level('saves', '2026-11-02')] }, false, false).kind).toBe(
			'levels'
		);
		expect(noFigures(nothing, false, false).kind).toBe('other_days');
		expect(noFigures(nothing, false, true).kind).toBe('none');
	});
});
