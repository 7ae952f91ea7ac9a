import { describe, expect, it } from 'vitest';
import {
	boardIdIn,
	daysIn,
	isBlank,
	pinIdIn,
	readDay,
	readFigure,
	spanIn
} from '../../../../src/lib/import/reported/cells';
import { metricNamed } from '../../../../src/lib/import/reported/metric-names';

const impressions = { metric: 'impressions', scale: 1, per: 1 } as const;
const rate = { metric: 'closeup_rate', scale: 1, per: 1 } as const;

describe('a figure', () => {
	it.each([
		['1204', impressions, 1204],
		[' 1,204,000 ', impressions, 1_204_000],
		['1.2e3', impressions, 1200],
		['3.1%', rate, 0.031],
		['0.031', rate, 0.031],
		['5310', { metric: 'avg_watch_seconds', scale: 1, per: 1_000 } as const, 5.31],
		['1.5', { metric: 'watch_ms', scale: 60_000, per: 1 } as const, 90_000],
		['12.5', impressions, 'not_a_whole_number'],
		['-3', impressions, 'out_of_range'],
		['9007199254740993', impressions, 'out_of_range'],
		['1,2', impressions, 'not_a_number'],
		['many', impressions, 'not_a_number']
	])('%j is read as %j', (cell, metric, value) => {
		expect(readFigure(cell, metric)).toBe(value);
	});

	it('is no figure where the cell is blank, which 0 is not', () => {
		expect(['', ' ', '-', '–', 'N/A', 'null'].map(isBlank)).toEqual(Array(6).fill(true));
		expect(isBlank('0')).toBe(false);
	});
});

describe('a day', () => {
	it.each([
		['2026-09-01', '2026-09-01'],
		['2026/9/1', '2026-09-01'],
		['20260901', '2026-09-01'],
		['Sep 1, 2026', '2026-09-01'],
		['1 September 2026', '2026-09-01'],
		['2026-09-01T00:00:00Z', '2026-09-01'],
		['2026-02-30', { reason: 'not_a_time' }],
		['01/09/2026', { reason: 'not_a_time' }],
		['From January 3, 2026 on', { reason: 'not_a_time' }],
		['1989-01-01', { reason: 'year_out_of_range' }],
		['', { reason: 'missing_value' }]
	])('%j is read as %j', (cell, day) => {
		expect(readDay(cell)).toEqual(day);
	});

	it('is found in a sentence, and two make a span', () => {
		expect(daysIn('Figures from January 3, 2026 on are estimates.')).toEqual(['2026-01-03']);
		expect(spanIn('Top Pins 2026-05-28 – 2026-05-22')).toEqual({ from: '2026-05-22', to: '2026-05-28' });
		expect(spanIn('Top Pins')).toBeNull();
	});
});

describe('an address', () => {
	it('gives the id of its Pin or board', () => {
		expect(pinIdIn('https://www.pinterest.se/pin/1091700765950012345/')).toBe('1091700765950012345');
		expect(pinIdIn('https://pinterest.com/pin/oak-shelf--1091700765950012345')).toBe('1091700765950012345');
		expect(pinIdIn('1091700765950012345')).toBe('1091700765950012345');
		expect(pinIdIn('1.0917E+18')).toBeNull();
		expect(boardIdIn('https://www.pinterest.com/example/k%C3%B6k/')).toBe('example/kök');
		expect(boardIdIn('https://www.pinterest.com/pin/1091700765950012345/')).toBeNull();
	});
});

describe('a name', () => {
	it.each([
		['Pin clicks', 'closeups'],
		['PIN_CLICK', 'closeups'],
		['Outbound Clicks', 'link_clicks'],
		['repins', 'saves'],
		['Engagement', 'engagements'],
		['TOTAL_ENGAGEMENT', 'engagements'],
		['Total audience', 'total_audience'],
		['reach', 'total_audience'],
		['monthly viewers', 'total_audience'],
		['VIDEO_MRC_VIEW', 'video_views'],
		['videoMrcView', 'video_views'],
		['VIDEO_10S_VIEW', 'views_10s'],
		['views_10s', 'views_10s'],
		['QUARTILE_95_PERCENT_VIEW', 'views_95'],
		['Played to 95%', 'views_95'],
		['VIDEO_START', 'video_plays'],
		['VIDEO_V50_WATCH_TIME', 'watch_ms'],
		['VIDEO_AVG_WATCH_TIME', 'avg_watch_seconds'],
		['Follows', undefined]
	])('%s is %s', (name, metric) => {
		expect(metricNamed(name)?.metric).toBe(metric);
	});
});
