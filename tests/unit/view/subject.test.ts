import { describe, expect, it } from 'vitest';
import { emptyFigureColumns, FIGURE_IDS, type Figures } from '../../../src/lib/model/figures';
import { metricValue } from '../../../src/lib/model/metric';
import type { Answer, HourFigures, Query } from '../../../src/lib/model/query';
import { DEFAULT_VIEW } from '../../../src/lib/view/address';
import { filtersJson } from '../../../src/lib/view/filters-json';
import { queryOf } from '../../../src/lib/view/query';
import {
	heatMapOf,
	hourMetric,
	partOf,
	splitQuery,
	splitRows,
	wholeQuery
} from '../../../src/lib/view/subject';

const COVERAGE = { firstMs: Date.UTC(2026, 0, 1), lastMs: Date.UTC(2026, 5, 30), events: 1, metrics: [] };
const query: Query = queryOf({ ...DEFAULT_VIEW, page: 'pin', id: '101' }, COVERAGE);

const figures = (impressions: number) =>
	Object.fromEntries(FIGURE_IDS.map((id) => [id, id === 'impressions' ? impressions : 0])) as Figures;

describe('the questions of a Pin page', () => {
	it('are about that Pin', () => {
		expect(query.subject).toEqual({ kind: 'pin', name: '101' });
		expect(queryOf({ ...DEFAULT_VIEW, id: '101', name: 'Light' }, COVERAGE).subject).toBeNull();
		expect(queryOf({ ...DEFAULT_VIEW, page: 'board' }, COVERAGE).subject).toEqual({
			kind: 'board',
			name: ''
		});
	});

	it('ask the same of everything', () => {
		expect(wholeQuery(query)).toMatchObject({ filter: query.filter, subject: null, split: null, top: 0 });
	});

	it('ask for each value of a dimension', () => {
		expect(splitQuery(query, 'device')).toMatchObject({ subject: query.subject, split: 'device', top: 0 });
	});
});

describe('the rows of a split', () => {
	const columns = emptyFigureColumns(2);
	columns.impressions.set([3, 4]);
	columns.saves.set([1, 0]);
	columns.total_audience.set([2, 2]);
	const rest = emptyFigureColumns(2);
	rest.impressions.set([0, 1]);
	const answer = {
		totals: figures(8),
		series: [
			{ value: 'mobile', isRest: false, figures: columns },
			{ value: null, isRest: true, figures: rest }
		]
	} as unknown as Answer;

	it('add counts up over the range, and people not at all', () => {
		const [mobile, others] = splitRows(answer);
		expect(mobile?.value).toBe('mobile');
		expect(metricValue('impressions', mobile!.figures)).toBe(7);
		expect(metricValue('engagements', mobile!.figures)).toBe(1);
		expect(metricValue('total_audience', mobile!.figures)).toBeNull();
		expect(mobile?.share).toBe(7 / 8);
		expect(others).toMatchObject({ value: null, share: 1 / 8 });
	});

	it('have no share of nothing', () => {
		expect(splitRows({ ...answer, totals: figures(0) })[0]?.share).toBeNull();
	});
});

describe('the heat map', () => {
	const hours = emptyFigureColumns(168) as unknown as HourFigures;
	hours.impressions[24 + 13] = 5;
	hours.impressions[167] = 2;
	hours.saves[24 + 13] = 1;

	it('has a row a weekday and a cell an hour, and knows the best', () => {
		const map = heatMapOf(hours, 'impressions');
		expect(map.values.map((row) => row.length)).toEqual([24, 24, 24, 24, 24, 24, 24]);
		expect(map.values[1]?.[13]).toBe(5);
		expect(map.values[6]?.[23]).toBe(2);
		expect(map).toMatchObject({ max: 5, best: 24 + 13 });
	});

	it('has no value for a rate of nothing', () => {
		const map = heatMapOf(hours, 'save_rate');
		expect(map.values[1]?.[13]).toBe(0.2);
		expect(map.values[0]?.[0]).toBeNull();
	});

	it('knows no best hour where nothing happened', () => {
		expect(heatMapOf(hours, 'video_views').best).toBeNull();
	});

	it('shows impressions in place of people', () => {
		expect(hourMetric('total_audience')).toBe('impressions');
		expect(hourMetric('saves')).toBe('saves');
	});
});

describe('a part of a whole', () => {
	it.each([
		[1, 4, 0.25],
		[0, 4, 0],
		[1, 0, null],
		[null, 4, null],
		[1, null, null]
	])('%s of %s is %s', (part, whole, fraction) => {
		expect(partOf(part, whole)).toBe(fraction);
	});
});

describe('filters.json', () => {
	it('says which events the files are about', () => {
		const view = { ...DEFAULT_VIEW, values: { ...DEFAULT_VIEW.values, device: ['mobile', 'tablet'] } };
		expect(JSON.parse(filtersJson(queryOf(view, COVERAGE), '?device=mobile,tablet'))).toEqual({
			from: '2026-06-01',
			to: '2026-06-30',
			time_zone: 'UTC',
			filters: { device: ['mobile', 'tablet'] },
			sort: 'impressions',
			address: '?device=mobile,tablet'
		});
	});

	it('names the Pin', () => {
		expect(JSON.parse(filtersJson(query, '?id=101'))).toMatchObject({ pin: '101' });
	});
});
