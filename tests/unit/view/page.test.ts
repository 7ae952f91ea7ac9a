import { describe, expect, it } from 'vitest';
import { VIDEO_METRICS } from '../../../src/lib/model/metric';
import { DEFAULT_VIEW, defaultView } from '../../../src/lib/view/address';
import {
	columnsOf,
	filteredDimensions,
	hasContents,
	metricsOf,
	pageOfRoute,
	sortsOf
} from '../../../src/lib/view/page';
import { queryOf } from '../../../src/lib/view/query';
import { figuresBatch } from '../../support/file-report';

const coverage = { firstMs: 0, lastMs: 1, events: 1, metrics: [] };

describe('page', () => {
	it('is told by its route', () => {
		expect(
			['/', '/video', '/changes', '/people', '/pin', '/board', '/audience', '/ads', '/data', null].map(
				pageOfRoute
			)
		).toEqual([
			'overview',
			'video',
			'changes',
			'people',
			'pin',
			'board',
			'audience',
			'ads',
			'other',
			'other'
		]);
	});

	it('of people, audiences or ads has contents only where an import brought some', () => {
		const report = figuresBatch().report!;
		const insights = figuresBatch({ report: { ...report, snapshots: 2 } });
		const ads = figuresBatch({ report: { ...report, hasAds: true } });
		const others = [figuresBatch(), figuresBatch({ report: null })];
		const people = figuresBatch({ report: null, hasPeople: true });
		const pagesIn = (batches: typeof others) =>
			(['overview', 'people', 'audience', 'ads', 'other'] as const).filter((page) =>
				hasContents(page, batches)
			);
		expect(pagesIn([])).toEqual(['overview', 'other']);
		expect(pagesIn(others)).toEqual(['overview', 'other']);
		expect(pagesIn([...others, people])).toEqual(['overview', 'people', 'other']);
		expect(pagesIn([...others, insights])).toEqual(['overview', 'audience', 'other']);
		expect(pagesIn([...others, ads])).toEqual(['overview', 'ads', 'other']);
		expect(pagesIn([ads, insights])).toEqual(['overview', 'audience', 'ads', 'other']);
	});

	it('of videos asks for their format, whatever else is named, and for their figures', () => {
		const view = { ...defaultView('video'), values: { ...DEFAULT_VIEW.values, format: ['idea'] } };
		const query = queryOf(view, coverage);
		expect(query.filter.values.format).toEqual(['video']);
		expect(query.withVideo).toBe(true);
		expect(filteredDimensions('video')).not.toContain('format');
		expect(queryOf({ ...view, page: 'overview' }, coverage)).toMatchObject({
			filter: { values: { format: ['idea'] } },
			withVideo: false
		});
	});

	it('of one Pin or board asks about that alone', () => {
		expect(queryOf({ ...DEFAULT_VIEW, page: 'pin', id: '7' }, coverage).subject).toEqual({
			kind: 'pin',
			name: '7'
		});
		expect(queryOf({ ...DEFAULT_VIEW, page: 'board' }, coverage).subject).toEqual({
			kind: 'board',
			name: ''
		});
		expect(queryOf({ ...DEFAULT_VIEW, id: '7' }, coverage).subject).toBe(null);
	});

	it('shows the figure that its list is sorted by', () => {
		for (const page of ['overview', 'video'] as const)
			for (const sort of sortsOf(page)) expect(columnsOf(page, sort)).toContain(sort);
		expect(columnsOf('video', 'link_click_rate')).toHaveLength(columnsOf('video', 'impressions').length);
	});

	it('of videos names their metrics first, and every one once', () => {
		expect(metricsOf('video', []).slice(0, VIDEO_METRICS.length)).toEqual(VIDEO_METRICS);
		expect(new Set(metricsOf('video', []))).toEqual(new Set(metricsOf('overview', [])));
		expect(metricsOf('video', [])).toHaveLength(metricsOf('overview', []).length);
	});

	it('offers metrics of reports after the others, where there are any, and of a Pin those that Pins have', () => {
		const stored = ['comments', 'followers', 'spend'] as const;
		expect(metricsOf('overview', []).some((metric) => stored.some((one) => one === metric))).toBe(false);
		expect(metricsOf('overview', stored).slice(-3)).toEqual(stored);
		expect(metricsOf('pin', stored).slice(-2)).toEqual(['comments', 'spend']);
	});
});
