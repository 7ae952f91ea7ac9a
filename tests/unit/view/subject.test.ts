import { describe, expect, it } from 'vitest';
import { emptyFigureColumns } from '../../../src/lib/model/figures';
import { PLAIN_TOTAL, type Answer } from '../../../src/lib/model/answer';
import { seriesOfFigures } from '../../../src/lib/model/event-answer';
import type { HourFigures, Query } from '../../../src/lib/model/query';
import { DEFAULT_VIEW } from '../../../src/lib/view/address';
import { filtersJson } from '../../../src/lib/view/filters-json';
import { queryOf } from '../../../src/lib/view/query';
import {
	heatMapOf,
	hourMetric,
	partOf,
	rowsThere,
	shareOfAll,
	splitRows
} from '../../../src/lib/view/subject';

const COVERAGE = { firstMs: Date.UTC(2026, 0, 1), lastMs: Date.UTC(2026, 5, 30), events: 1, metrics: [] };
const query: Query = queryOf({ ...DEFAULT_VIEW, page: 'pin', id: '101' }, COVERAGE);

const totals = (impressions: number) => ({ impressions: { ...PLAIN_TOTAL, value: impressions } });

describe('the questions of a Pin page', () => {
	it('are about that Pin', () => {
		expect(query.subject).toEqual({ kind: 'pin', name: '101' });
		expect(queryOf({ ...DEFAULT_VIEW, id: '101', name: 'Light' }, COVERAGE).subject).toBeNull();
		expect(queryOf({ ...DEFAULT_VIEW, page: 'board' }, COVERAGE).subject).toEqual({
			kind: 'board',
			name: ''
		});
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
		totals: totals(8),
		series: [
			{ value: 'mobile', isRest: false, byMetric: seriesOfFigures(columns) },
			{ value: null, isRest: true, byMetric: seriesOfFigures(rest) }
		]
	} as unknown as Answer;

	it('add counts up over the range', () => {
		const [mobile, others] = splitRows(answer);
		expect(mobile?.value).toBe('mobile');
		expect(mobile?.figures).toEqual({ impressions: 7, engagements: 1, link_clicks: 0 });
		expect(mobile?.share).toBe(7 / 8);
		expect(others).toMatchObject({ value: null, share: 1 / 8 });
	});

	it('have no share of nothing', () => {
		expect(splitRows({ ...answer, totals: totals(0) } as Answer)[0]?.share).toBeNull();
	});

	it('add up what is known, and have no figure where nothing is', () => {
		const values = (...known: (number | null)[]) => ({ values: known, isEstimate: null });
		const [desktop] = splitRows({
			totals: totals(8),
			series: [
				{
					value: 'desktop',
					isRest: false,
					byMetric: {
						impressions: values(null, 2),
						engagements: values(null, null),
						link_clicks: values(0, null)
					}
				}
			]
		} as unknown as Answer);
		expect(desktop).toEqual({
			value: 'desktop',
			figures: { impressions: 2, engagements: null, link_clicks: 0 },
			// The values make up 2 of 8: parts of another whole are no shares.
			share: null
		});
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

describe('the rows of a split that has few figures', () => {
	it('are those with any', () => {
		const row = (value: string, saves: number | null) => ({
			value,
			figures: { impressions: null, engagements: null, link_clicks: saves },
			share: null
		});
		expect(rowsThere([row('mobile', 0), row('tablet', null)]).map(({ value }) => value)).toEqual(['mobile']);
	});
});

describe('the share of everything', () => {
	const days = [{ from: '2026-06-03', to: '2026-06-04' }];
	const own = { ...PLAIN_TOTAL, value: 2 };
	const all = { ...PLAIN_TOTAL, value: 8 };

	it('is known where both are, of the same days', () => {
		expect(shareOfAll(own, all)).toEqual({ share: 0.25 });
		expect(shareOfAll({ ...own, missing: days }, { ...all, missing: days })).toEqual({ share: 0.25 });
		expect(shareOfAll({ ...own, value: 0 }, { ...all, value: 0 })).toEqual({ share: null });
	});

	it('is not known of other days, of the known Pins alone, or of nothing', () => {
		expect(shareOfAll(own, { ...all, missing: days })).toBeNull();
		expect(shareOfAll(own, { ...all, isOfPins: true })).toBeNull();
		expect(shareOfAll(own, PLAIN_TOTAL)).toBeNull();
		expect(shareOfAll(PLAIN_TOTAL, all)).toBeNull();
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
		expect(JSON.parse(filtersJson(queryOf(view, COVERAGE), null, '?device=mobile,tablet'))).toEqual({
			from: '2026-06-01',
			to: '2026-06-30',
			time_zone: 'UTC',
			filters: { device: ['mobile', 'tablet'] },
			sort: 'impressions',
			address: '?device=mobile,tablet'
		});
	});

	it('names the Pin', () => {
		expect(JSON.parse(filtersJson(query, null, '?id=101'))).toMatchObject({ pin: '101' });
	});
});
