import type { FigureColumns, FigureId, Figures } from './figures';

/**
 * Every metric, defined once: how it follows from figures, and the same definition in SQL. The SQL is the oracle of
 * the tests and the text for other engines. It reads a table with the columns of an event file after import:
 * `event`, `user_id` ('' when none), `n` (the row's count), `watch_ms`, `view_hundredths`, `played_hundredths`.
 * Definitions: the product's own data contract, after Pinterest Analytics' help page.
 */
export type MetricUnit = 'count' | 'people' | 'fraction' | 'seconds' | 'minutes';

interface Definition {
	readonly unit: MetricUnit;
	readonly sql: string;
	/** The value, or null where there is none (a share of nothing). */
	readonly value: (figure: (id: FigureId) => number) => number | null;
}

const sum = (where: string) => `coalesce(sum(CASE WHEN ${where} THEN n ELSE 0 END), 0)`;
const people = (where: string) => `count(DISTINCT CASE WHEN ${where} THEN user_id END)`;
const ratio = (part: string, whole: string) => `(${part}) / nullif(CAST(${whole} AS DOUBLE), 0)`;
const divided = (part: number, whole: number) => (whole === 0 ? null : part / whole);

const IMPRESSION = `event = 'impression'`;
const ENGAGEMENT = `event IN ('save', 'closeup', 'link_click', 'carousel_swipe')`;
const SOMEBODY = `user_id <> ''`;
const PLAY = `event = 'video_play'`;
/** Σ n × milliseconds over plays: what the two metrics of watch time are made of. */
export const WATCH_MS_SQL = `coalesce(sum(CASE WHEN ${PLAY} THEN n * watch_ms ELSE 0 END), 0)`;

type Get = (id: FigureId) => number;
const engagements = (f: Get) => f('saves') + f('closeups') + f('link_clicks') + f('carousel_swipes');

const counted = (id: FigureId, where: string): Definition => ({
	unit: 'count',
	sql: sum(where),
	value: (f) => f(id)
});
const perImpression = (where: string, part: (f: Get) => number): Definition => ({
	unit: 'fraction',
	sql: ratio(sum(where), sum(IMPRESSION)),
	value: (f) => divided(part(f), f('impressions'))
});

export const METRICS = {
	impressions: counted('impressions', IMPRESSION),
	engagements: { unit: 'count', sql: sum(ENGAGEMENT), value: engagements },
	closeups: counted('closeups', `event = 'closeup'`),
	saves: counted('saves', `event = 'save'`),
	link_clicks: counted('link_clicks', `event = 'link_click'`),
	carousel_swipes: counted('carousel_swipes', `event = 'carousel_swipe'`),
	total_audience: { unit: 'people', sql: people(SOMEBODY), value: (f) => f('total_audience') },
	engaged_audience: {
		unit: 'people',
		sql: people(`${SOMEBODY} AND ${ENGAGEMENT}`),
		value: (f) => f('engaged_audience')
	},
	engagement_rate: perImpression(ENGAGEMENT, engagements),
	save_rate: perImpression(`event = 'save'`, (f) => f('saves')),
	closeup_rate: perImpression(`event = 'closeup'`, (f) => f('closeups')),
	link_click_rate: perImpression(`event = 'link_click'`, (f) => f('link_clicks')),
	video_plays: counted('video_plays', PLAY),
	video_views: counted('video_views', `${PLAY} AND watch_ms >= 2000 AND view_hundredths >= 5000`),
	views_10s: counted('views_10s', `${PLAY} AND watch_ms >= 10000`),
	views_95: counted('views_95', `${PLAY} AND played_hundredths >= 9500`),
	total_watch_minutes: {
		unit: 'minutes',
		sql: `CAST(${WATCH_MS_SQL} AS DOUBLE) / 60000`,
		value: (f) => f('watch_ms') / 60_000
	},
	avg_watch_seconds: {
		unit: 'seconds',
		sql: `CAST(${WATCH_MS_SQL} AS DOUBLE) / nullif(${sum(PLAY)} * 1000.0, 0)`,
		value: (f) => divided(f('watch_ms'), f('video_plays') * 1_000)
	}
} as const satisfies Record<string, Definition>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** The metrics of the daily, Pin and board exports, in the order of their columns. */
export const EXPORT_METRICS = [
	'impressions',
	'engagements',
	'closeups',
	'saves',
	'link_clicks',
	'carousel_swipes',
	'total_audience',
	'engaged_audience',
	'video_plays',
	'video_views',
	'views_10s',
	'views_95',
	'total_watch_minutes'
] as const satisfies readonly MetricId[];

/** What the top tables of the Overview can be sorted by. */
export const SORT_METRICS = [
	'impressions',
	'engagements',
	'saves',
	'closeups',
	'link_clicks'
] as const satisfies readonly MetricId[];

/** The tiles of the Video page, and what its top table can be sorted by besides. */
export const VIDEO_METRICS = [
	'video_views',
	'avg_watch_seconds',
	'total_watch_minutes',
	'views_10s',
	'views_95',
	'saves',
	'link_clicks',
	'link_click_rate'
] as const satisfies readonly MetricId[];

/** Those of them that are about watching: rows of a list without video figures have no value for them. */
export const WATCH_METRICS: ReadonlySet<MetricId> = new Set<MetricId>([
	'video_views',
	'avg_watch_seconds',
	'total_watch_minutes',
	'views_10s',
	'views_95'
]);

/** What rows of top lists can show. */
export const TOP_METRICS = [
	...SORT_METRICS,
	'video_views',
	'avg_watch_seconds',
	'total_watch_minutes',
	'views_10s',
	'views_95',
	'link_click_rate'
] as const satisfies readonly MetricId[];

/** What lists can be ordered by. */
export type SortMetric = (typeof TOP_METRICS)[number];

/** The value of a metric for one set of figures, or null where it has none; a figure without a value is NaN. */
export function metricValue(id: MetricId, figures: Figures): number | null {
	return orNull(METRICS[id].value((figure) => figures[figure]));
}

/** The value of a metric for row `row` of many sets of figures. */
export function metricAt(id: MetricId, columns: FigureColumns, row: number): number | null {
	return orNull(METRICS[id].value((figure) => columns[figure][row] ?? 0));
}

function orNull(value: number | null): number | null {
	return Number.isNaN(value) ? null : value;
}
