import { describe, expect, it } from 'vitest';
import { KIND_COUNT, eventOfKind, videoKind } from '../../../src/lib/model/event';
import {
	COUNTS,
	COUNTS_OF_KIND,
	FIGURE_IDS,
	emptyFigureColumns,
	isEngagement,
	type Figures
} from '../../../src/lib/model/figures';
import {
	EXPORT_METRICS,
	METRICS,
	EVENT_METRIC_IDS,
	METRIC_IDS,
	metricAt,
	metricColumn,
	metricValue,
	type MetricId
} from '../../../src/lib/model/metric';

const none = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as Figures;
const figures: Figures = {
	...none,
	impressions: 300,
	closeups: 7,
	saves: 11,
	link_clicks: 13,
	carousel_swipes: 17,
	total_audience: 40,
	engaged_audience: 19,
	video_plays: 8,
	video_views: 5,
	views_10s: 3,
	views_95: 2,
	watch_ms: 90_500
};

describe('metrics', () => {
	it.each<[MetricId, number]>([
		['impressions', 300],
		['engagements', 48],
		['closeups', 7],
		['saves', 11],
		['link_clicks', 13],
		['carousel_swipes', 17],
		['total_audience', 40],
		['engaged_audience', 19],
		['engagement_rate', 48 / 300],
		['save_rate', 11 / 300],
		['closeup_rate', 7 / 300],
		['link_click_rate', 13 / 300],
		['video_plays', 8],
		['video_views', 5],
		['views_10s', 3],
		['views_95', 2],
		['total_watch_minutes', 90_500 / 60_000],
		['avg_watch_seconds', 90_500 / 8_000]
	])('work out %s', (id, value) => {
		expect(metricValue(id, figures)).toBe(value);
	});

	it('have no value where they are a share of nothing, and are 0 where they are a sum of nothing', () => {
		const values = EVENT_METRIC_IDS.map((id) => [id, metricValue(id, none)]);
		const shares = ['engagement_rate', 'save_rate', 'closeup_rate', 'link_click_rate', 'avg_watch_seconds'];
		expect(values).toEqual(EVENT_METRIC_IDS.map((id) => [id, shares.includes(id) ? null : 0]));
	});

	it('of events are the eighteen of the data contract, in its order', () => {
		expect(EVENT_METRIC_IDS).toEqual(
			(
				'impressions engagements closeups saves link_clicks carousel_swipes total_audience engaged_audience ' +
				'engagement_rate save_rate closeup_rate link_click_rate ' +
				'video_plays video_views views_10s views_95 total_watch_minutes avg_watch_seconds'
			).split(' ')
		);
	});

	it('that only reports have are no figure of events', () => {
		const others = METRIC_IDS.filter((id) => METRICS[id].sql === null);
		expect(others).toEqual(
			(
				'comments reactions profile_visits follows followers views_25 views_50 views_75 views_100 page_visits ' +
				'add_to_carts checkouts spend order_value cpm cost_per_click cost_per_checkout return_on_spend'
			).split(' ')
		);
		expect(others.map((id) => metricValue(id, figures))).toEqual(others.map(() => null));
	});

	it('leave what has no sum out of exports', () => {
		expect(EXPORT_METRICS.every((id) => !['fraction', 'seconds'].includes(METRICS[id].unit))).toBe(true);
		expect(EXPORT_METRICS).toHaveLength(13);
	});
});

describe('a column of a metric', () => {
	it('holds what each row has, and nothing where a row has none', () => {
		const columns = emptyFigureColumns(4);
		FIGURE_IDS.forEach((id, i) => columns[id].set([i + 3, 0, 2 * i + 1, 7 * i]));
		columns.total_audience[3] = NaN; // not known
		for (const id of METRIC_IDS) {
			const rows = [0, 1, 2, 3].map((row) => metricAt(id, columns, row));
			expect(metricColumn(id, columns), id).toEqual(rows);
		}
		expect(metricColumn('total_audience', columns)[3]).toBeNull();
		expect(metricColumn('saves', columns)[1]).toBe(0);
		expect(metricColumn('engagement_rate', columns)[1]).toBeNull();
	});
});

describe('videoKind', () => {
	const counts = (kind: number) => COUNTS_OF_KIND[kind]!.map((count) => COUNTS[count]);

	it.each([
		[0, 0, 0, ['video_plays']],
		[1_999, 5_000, 9_499, ['video_plays']],
		[2_000, 4_999, 0, ['video_plays']],
		[2_000, 5_000, 0, ['video_plays', 'video_views']],
		[9_999, 5_000, 0, ['video_plays', 'video_views']],
		[10_000, 0, 0, ['video_plays', 'views_10s']],
		[10_000, 10_000, 9_500, ['video_plays', 'video_views', 'views_10s', 'views_95']],
		[0, 0, 9_500, ['video_plays', 'views_95']],
		[0, 10_000, 10_000, ['video_plays', 'views_95']]
	])('counts a play of %i ms with %i and %i hundredths as %j', (watchMs, view, played, expected) => {
		const kind = videoKind(watchMs, view, played);
		expect(eventOfKind(kind)).toBe('video_play');
		expect(counts(kind)).toEqual(expected);
	});

	it('is one of the kinds that there are', () => {
		const kinds = [0, 2_000, 10_000].flatMap((ms) =>
			[0, 5_000].flatMap((view) => [0, 9_500].map((played) => videoKind(ms, view, played)))
		);
		expect(Math.max(...kinds)).toBe(KIND_COUNT - 1);
	});
});

describe('isEngagement', () => {
	it('holds for saves, closeups, link clicks and carousel swipes alone', () => {
		const kinds = Array.from({ length: KIND_COUNT }, (_, kind) => kind).filter(isEngagement);
		expect(kinds.map(eventOfKind)).toEqual(['closeup', 'save', 'link_click', 'carousel_swipe']);
	});
});
