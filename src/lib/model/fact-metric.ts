/**
 * What a reported figure can measure, and how such figures add up. Metrics (metric.ts) are worked out from these as
 * they are from the figures of events. Values: counts are whole numbers, `watch_ms` whole milliseconds, money whole
 * millionths of the currency's unit, rates fractions.
 */

/**
 * How figures of several days or subjects become one: added up; people are never added up; a ratio is worked out again
 * from its parts; of a level the newest counts; money is added up within one currency.
 */
export type Addition = 'sum' | 'people' | 'ratio' | 'level' | 'money';

interface FactMetricDefinition {
	readonly adds: Addition;
	/** Whether only whole numbers are figures of it. */
	readonly isWhole: boolean;
}

const SUM: FactMetricDefinition = { adds: 'sum', isWhole: true };
const PEOPLE: FactMetricDefinition = { adds: 'people', isWhole: true };
const RATIO: FactMetricDefinition = { adds: 'ratio', isWhole: false };
const LEVEL: FactMetricDefinition = { adds: 'level', isWhole: true };
const MONEY: FactMetricDefinition = { adds: 'money', isWhole: true };

export const FACT_METRICS = {
	impressions: SUM,
	closeups: SUM,
	saves: SUM,
	link_clicks: SUM,
	carousel_swipes: SUM,
	video_plays: SUM,
	video_views: SUM,
	views_10s: SUM,
	views_95: SUM,
	watch_ms: SUM,
	total_audience: PEOPLE,
	engaged_audience: PEOPLE,
	engagements: SUM,
	engagement_rate: RATIO,
	save_rate: RATIO,
	closeup_rate: RATIO,
	link_click_rate: RATIO,
	avg_watch_seconds: RATIO,
	comments: SUM,
	reactions: SUM,
	profile_visits: SUM,
	follows: SUM,
	views_25: SUM,
	views_50: SUM,
	views_75: SUM,
	views_100: SUM,
	page_visits: SUM,
	add_to_carts: SUM,
	checkouts: SUM,
	followers: LEVEL,
	spend: MONEY,
	order_value: MONEY
} as const satisfies Readonly<Record<string, FactMetricDefinition>>;

export type FactMetric = keyof typeof FACT_METRICS;
export const FACT_METRIC_IDS = Object.keys(FACT_METRICS) as readonly FactMetric[];

/** Money is kept in whole millionths of the currency's unit, so that sums are exact. */
export const MICROS_PER_UNIT = 1_000_000;

export function additionOf(metric: FactMetric): Addition {
	return FACT_METRICS[metric].adds;
}

/** Whether figures of a metric can be added up over days and subjects; money only within one currency. */
export function isAdditive(metric: FactMetric): boolean {
	const adds = additionOf(metric);
	return adds === 'sum' || adds === 'money';
}
