import { describe, expect, it } from 'vitest';
import { emptyFigureColumns } from '../../../src/lib/model/figures';
import { PLAIN_TOTAL } from '../../../src/lib/model/answer';
import type { HourFigures, Query } from '../../../src/lib/model/query';
import { DEFAULT_VIEW } from '../../../src/lib/view/address';
import { filterRows, filtersJson, filtersOf } from '../../../src/lib/view/filters-json';
import { queryOf } from '../../../src/lib/view/query';
import { heatMapOf, hourMetric, partOf, shareOfAll } from '../../../src/lib/view/subject';

const COVERAGE = { firstMs: Date.UTC(2026, 0, 1), lastMs: Date.UTC(2026, 5, 30), events: 1, metrics: [] };
const query: Query = queryOf({ ...DEFAULT_VIEW, page: 'pin', id: '101' }, COVERAGE);

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

	it('has the change of each hour that had anything before', () => {
		const before = emptyFigureColumns(168) as unknown as HourFigures;
		before.impressions[24 + 13] = 4;
		before.impressions[0] = 3;
		const { changes } = heatMapOf(hours, 'impressions', before);
		expect([changes[1]?.[13], changes[0]?.[0], changes[6]?.[23]]).toEqual([0.25, -1, null]);
	});

	it('knows no best hour where nothing happened', () => {
		expect(heatMapOf(hours, 'video_views').best).toBeNull();
	});

	it('shows impressions in place of people', () => {
		expect(hourMetric('total_audience')).toBe('impressions');
		expect(hourMetric('saves')).toBe('saves');
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
		expect(
			JSON.parse(filtersJson(filtersOf(queryOf(view, COVERAGE), null, '?device=mobile,tablet')))
		).toEqual({
			from: '2026-06-01',
			to: '2026-06-30',
			time_zone: 'UTC',
			filters: { device: ['mobile', 'tablet'] },
			sort: 'impressions',
			address: '?device=mobile,tablet'
		});
	});

	it('has a row for each filter that is set in a workbook', () => {
		const view = { ...DEFAULT_VIEW, values: { ...DEFAULT_VIEW.values, device: ['mobile', 'tablet'] } };
		const before = { from: '2026-05-02', to: '2026-05-31' };
		expect(filterRows(filtersOf(queryOf(view, COVERAGE), before, '?device=mobile,tablet'))).toEqual([
			['from', '2026-06-01'],
			['to', '2026-06-30'],
			['time_zone', 'UTC'],
			['filters.device', 'mobile, tablet'],
			['sort', 'impressions'],
			['compared_with.from', '2026-05-02'],
			['compared_with.to', '2026-05-31'],
			['address', '?device=mobile,tablet']
		]);
	});

	it('names the Pin', () => {
		expect(JSON.parse(filtersJson(filtersOf(query, null, '?id=101')))).toMatchObject({ pin: '101' });
	});
});
