import { MICROS_PER_UNIT, type FactMetric } from './fact-metric';
import { isFigureId, type FigureColumns, type FigureId, type Figures } from './figures';

/**
 * Every metric, defined once: its unit, how it follows from what is counted, and, where events have it, the same
 * definition in SQL. The SQL is the oracle of the tests and the text for other engines. It reads a table with the
 * columns of an event file after import: `event`, `user_id` ('' when none), `n` (the row's count), `watch_ms`,
 * `view_hundredths`, `played_hundredths`. What files call a metric stands in metric-names.ts, how figures of it add up
 * in fact-metric.ts.
 * Definitions: the product's own data contract, after Pinterest Analytics' help page.
 */
export type MetricUnit = 'count' | 'people' | 'fraction' | 'seconds' | 'minutes' | 'money' | 'multiple';

/**
 * How a metric follows from counted or reported amounts. An amount is divided by `per` to be in the metric's unit; a
 * ratio is part ÷ (whole × per), and has no value where the whole is 0. `reportedAs` is the ratio itself as reports may
 * carry it, for where its parts are not known.
 */
export type MetricFormula =
	| { readonly kind: 'amount'; readonly of: FactMetric; readonly per: number }
	| {
			readonly kind: 'ratio';
			readonly part: FactMetric;
			readonly whole: FactMetric;
			readonly per: number;
			readonly reportedAs: FactMetric | null;
	  };

interface Definition {
	readonly unit: MetricUnit;
	readonly formula: MetricFormula;
	/** Over events; null where only reports have it. */
	readonly sql: string | null;
}

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

const sum = (where: string) => `coalesce(sum(CASE WHEN ${where} THEN n ELSE 0 END), 0)`;
const people = (where: string) => `count(DISTINCT CASE WHEN ${where} THEN user_id END)`;
const quotient = (part: string, whole: string) => `(${part}) / nullif(CAST(${whole} AS DOUBLE), 0)`;

const IMPRESSION = `event = 'impression'`;
const ENGAGEMENT = `event IN ('save', 'closeup', 'link_click', 'carousel_swipe')`;
const SOMEBODY = `user_id <> ''`;
const PLAY = `event = 'video_play'`;
/** Σ n × milliseconds over plays: what the two metrics of watch time are made of. */
export const WATCH_MS_SQL = `coalesce(sum(CASE WHEN ${PLAY} THEN n * watch_ms ELSE 0 END), 0)`;

const amount = (of: FactMetric, per = 1) => ({ kind: 'amount', of, per }) as const;
const ratio = (part: FactMetric, whole: FactMetric, per: number, reportedAs: FactMetric | null) =>
	({ kind: 'ratio', part, whole, per, reportedAs }) as const;

const counted = (id: FactMetric, where: string) =>
	({ unit: 'count', formula: amount(id), sql: sum(where) }) as const;
const met = (id: FactMetric, where: string) =>
	({ unit: 'people', formula: amount(id), sql: people(where) }) as const;
const perImpression = (where: string, part: FactMetric, reportedAs: FactMetric) =>
	({
		unit: 'fraction',
		formula: ratio(part, 'impressions', 1, reportedAs),
		sql: quotient(sum(where), sum(IMPRESSION))
	}) as const;
const reportedCount = (id: FactMetric) => ({ unit: 'count', formula: amount(id), sql: null }) as const;
const money = (id: FactMetric) =>
	({ unit: 'money', formula: amount(id, MICROS_PER_UNIT), sql: null }) as const;
const moneyPer = (part: FactMetric, whole: FactMetric, per: number) =>
	({ unit: 'money', formula: ratio(part, whole, per, null), sql: null }) as const;

export const METRICS = {
	impressions: counted('impressions', IMPRESSION),
	engagements: counted('engagements', ENGAGEMENT),
	closeups: counted('closeups', `event = 'closeup'`),
	saves: counted('saves', `event = 'save'`),
	link_clicks: counted('link_clicks', `event = 'link_click'`),
	carousel_swipes: counted('carousel_swipes', `event = 'carousel_swipe'`),
	total_audience: met('total_audience', SOMEBODY),
	engaged_audience: met('engaged_audience', `${SOMEBODY} AND ${ENGAGEMENT}`),
	engagement_rate: perImpression(ENGAGEMENT, 'engagements', 'engagement_rate'),
	save_rate: perImpression(`event = 'save'`, 'saves', 'save_rate'),
	closeup_rate: perImpression(`event = 'closeup'`, 'closeups', 'closeup_rate'),
	link_click_rate: perImpression(`event = 'link_click'`, 'link_clicks', 'link_click_rate'),
	video_plays: counted('video_plays', PLAY),
	video_views: counted('video_views', `${PLAY} AND watch_ms >= 2000 AND view_hundredths >= 5000`),
	views_10s: counted('views_10s', `${PLAY} AND watch_ms >= 10000`),
	views_95: counted('views_95', `${PLAY} AND played_hundredths >= 9500`),
	total_watch_minutes: {
		unit: 'minutes',
		formula: amount('watch_ms', MS_PER_MINUTE),
		sql: `CAST(${WATCH_MS_SQL} AS DOUBLE) / 60000`
	},
	avg_watch_seconds: {
		unit: 'seconds',
		formula: ratio('watch_ms', 'video_plays', MS_PER_SECOND, 'avg_watch_seconds'),
		sql: `CAST(${WATCH_MS_SQL} AS DOUBLE) / nullif(${sum(PLAY)} * 1000.0, 0)`
	},
	comments: reportedCount('comments'),
	reactions: reportedCount('reactions'),
	profile_visits: reportedCount('profile_visits'),
	follows: reportedCount('follows'),
	followers: reportedCount('followers'),
	views_25: reportedCount('views_25'),
	views_50: reportedCount('views_50'),
	views_75: reportedCount('views_75'),
	views_100: reportedCount('views_100'),
	page_visits: reportedCount('page_visits'),
	add_to_carts: reportedCount('add_to_carts'),
	checkouts: reportedCount('checkouts'),
	spend: money('spend'),
	order_value: money('order_value'),
	// 1,000 × spend ÷ impressions, in whole units of the currency
	cpm: moneyPer('spend', 'impressions', MICROS_PER_UNIT / 1_000),
	cost_per_click: moneyPer('spend', 'link_clicks', MICROS_PER_UNIT),
	cost_per_checkout: moneyPer('spend', 'checkouts', MICROS_PER_UNIT),
	return_on_spend: { unit: 'multiple', formula: ratio('order_value', 'spend', 1, null), sql: null }
} as const satisfies Readonly<Record<string, Definition>>;

export type MetricId = keyof typeof METRICS;
export const METRIC_IDS = Object.keys(METRICS) as readonly MetricId[];

/** The metrics that events have. */
export type EventMetricId = {
	[Id in MetricId]: (typeof METRICS)[Id]['sql'] extends null ? never : Id;
}[MetricId];
export const EVENT_METRIC_IDS = METRIC_IDS.filter(isEventMetric);

/** Whether events have a metric; of others there is only what reports say, on every day. */
export function isEventMetric(id: MetricId): id is EventMetricId {
	return METRICS[id].sql !== null;
}

/** Of the metrics that only reports have, those that these reported ones can make. */
export function reportMetricsFrom(known: Iterable<FactMetric>): readonly MetricId[] {
	const there = new Set(known);
	return METRIC_IDS.filter((id) => {
		const { formula } = METRICS[id];
		if (isEventMetric(id)) return false;
		return formula.kind === 'amount'
			? there.has(formula.of)
			: there.has(formula.part) && there.has(formula.whole);
	});
}

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

/** The tiles of the Ads page, the columns of its tables, and what its chart can show. */
export const ADS_METRICS = [
	'spend',
	'impressions',
	'cpm',
	'link_clicks',
	'cost_per_click',
	'link_click_rate',
	'checkouts',
	'order_value',
	'return_on_spend',
	'cost_per_checkout'
] as const satisfies readonly MetricId[];
export type AdsMetric = (typeof ADS_METRICS)[number];

/** Those of VIDEO_METRICS that are about watching: rows of a list without video figures have no value for them. */
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
	return valueFrom(id, (figure) => figures[figure]);
}

/** The value of a metric for row `row` of many sets of figures. */
export function metricAt(id: MetricId, columns: FigureColumns, row: number): number | null {
	return valueFrom(id, (figure) => columns[figure][row] ?? 0);
}

/** The values of a metric for every row of many sets of figures: what metricAt says of each, worked out at once. */
export function metricColumn(id: MetricId, columns: FigureColumns): (number | null)[] {
	const rows = columns.impressions.length;
	if (!isEventMetric(id)) return new Array<null>(rows).fill(null);
	const { formula } = METRICS[id];
	const isAmount = formula.kind === 'amount';
	const part = eventAmounts(isAmount ? formula.of : formula.part, columns);
	const whole = isAmount ? null : eventAmounts(formula.whole, columns);
	// Filled from empty, so that an array of numbers alone is kept, and sent, as one.
	const values: (number | null)[] = [];
	for (let row = 0; row < rows; row++) {
		const divisor = whole ? (whole[row] as number) * formula.per : formula.per;
		const value = (part[row] as number) / divisor;
		values.push(divisor === 0 || Number.isNaN(value) ? null : value);
	}
	return values;
}

/** An amount for every row. */
function eventAmounts(of: FactMetric, columns: FigureColumns): Float64Array {
	if (isFigureId(of)) return columns[of];
	return Float64Array.from(columns.impressions, (_, row) =>
		eventAmount(of, (figure) => columns[figure][row] ?? 0)
	);
}

/** The value of a metric from the figures of events; null where there is none, as a share of nothing. */
export function valueFrom(id: MetricId, figure: (id: FigureId) => number): number | null {
	if (!isEventMetric(id)) return null;
	const { formula } = METRICS[id];
	const value =
		formula.kind === 'amount'
			? eventAmount(formula.of, figure) / formula.per
			: divided(eventAmount(formula.part, figure), eventAmount(formula.whole, figure) * formula.per);
	return value === null || Number.isNaN(value) ? null : value;
}

/** An amount from the figures of events; 0 for one that events do not have. */
export function eventAmount(of: FactMetric, figure: (id: FigureId) => number): number {
	if (of === 'engagements')
		return figure('saves') + figure('closeups') + figure('link_clicks') + figure('carousel_swipes');
	return isFigureId(of) ? figure(of) : 0;
}

function divided(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}
