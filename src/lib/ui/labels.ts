import { m } from '$lib/i18n/generated/messages.js';
import { isNative, ownColumn, type Dimension } from '$lib/model/dimension';
import type { NativeDimension } from '$lib/model/event';
import type { ExportChoice } from '$lib/model/made-export';
import type { MetricId, SortMetric } from '$lib/model/metric';
import type { Grain } from '$lib/model/query';
import type { Comparison, Preset } from '$lib/view/address';

/** The words for the vocabulary's own names. */
type Words<Name extends string> = Readonly<Record<Name, () => string>>;

export const METRIC_LABELS: Words<MetricId> = {
	impressions: m.impressions,
	engagements: m.engagements,
	closeups: m.closeups,
	saves: m.saves,
	link_clicks: m.link_clicks,
	carousel_swipes: m.carousel_swipes,
	total_audience: m.total_audience,
	engaged_audience: m.engaged_audience,
	engagement_rate: m.engagement_rate,
	save_rate: m.save_rate,
	closeup_rate: m.closeup_rate,
	link_click_rate: m.link_click_rate,
	video_plays: m.video_plays,
	video_views: m.video_views,
	views_10s: m.views_10s,
	views_95: m.views_95,
	total_watch_minutes: m.total_watch_minutes,
	avg_watch_seconds: m.avg_watch_seconds,
	comments: m.comments,
	reactions: m.reactions,
	profile_visits: m.profile_visits,
	follows: m.follows,
	followers: m.followers,
	views_25: m.views_25,
	views_50: m.views_50,
	views_75: m.views_75,
	views_100: m.views_100,
	page_visits: m.page_visits,
	add_to_carts: m.add_to_carts,
	checkouts: m.checkouts,
	spend: m.spend,
	order_value: m.order_value,
	cpm: m.cpm,
	cost_per_click: m.cost_per_click,
	cost_per_checkout: m.cost_per_checkout,
	return_on_spend: m.return_on_spend
};

export const SORT_LABELS: Words<SortMetric> = {
	impressions: m.by_impressions,
	engagements: m.by_engagements,
	saves: m.by_saves,
	closeups: m.by_closeups,
	link_clicks: m.by_link_clicks,
	video_views: m.by_video_views,
	avg_watch_seconds: m.by_avg_watch_seconds,
	total_watch_minutes: m.by_total_watch_minutes,
	views_10s: m.by_views_10s,
	views_95: m.by_views_95,
	link_click_rate: m.by_link_click_rate
};

const DIMENSION_LABELS: Words<NativeDimension> = {
	content_type: m.content_type,
	source: m.source,
	device: m.device,
	account: m.account,
	format: m.format
};

const SPLIT_LABELS: Words<NativeDimension> = {
	content_type: m.split_content_type,
	source: m.split_source,
	device: m.split_device,
	account: m.split_account,
	format: m.split_format
};

export const PRESET_LABELS: Words<Preset> = {
	'7d': m.range_7d,
	'14d': m.range_14d,
	'21d': m.range_21d,
	'30d': m.range_30d,
	'60d': m.range_60d,
	'90d': m.range_90d,
	'this-month': m.range_this_month,
	'last-month': m.range_last_month,
	all: m.range_all
};

export const COMPARISON_LABELS: Words<Comparison> = {
	previous: m.compare_previous,
	year: m.compare_year
};

export const GRAIN_LABELS: Words<Grain> = { day: m.day, week: m.week, month: m.month };

export const EXPORT_LABELS: Words<ExportChoice> = {
	daily: m.export_daily,
	pins: m.export_pins,
	boards: m.export_boards,
	events: m.export_events,
	people: m.export_people,
	retention: m.export_retention,
	reported: m.export_reported,
	ads: m.export_ads,
	insights: m.export_insights,
	directory: m.export_directory,
	everything: m.export_everything,
	workbook: m.export_workbook,
	chart: m.export_chart
};

const VALUE_LABELS: Readonly<Record<string, () => string>> = {
	organic: m.organic,
	paid: m.paid,
	own: m.own_pins,
	other: m.other_pins,
	mobile: m.mobile,
	tablet: m.tablet,
	desktop: m.desktop,
	unknown: m.unknown,
	standard: m.standard,
	video: m.video,
	carousel: m.carousel,
	idea: m.idea,
	product: m.product,
	collections: m.collections
};

/** What a dimension is called; a column of one's own by its name. */
export function dimensionLabel(dimension: Dimension): string {
	return isNative(dimension) ? DIMENSION_LABELS[dimension]() : (ownColumn(dimension) ?? m.label());
}

/** The same in the middle of a sentence. */
export function splitLabel(dimension: Dimension): string {
	return isNative(dimension) ? SPLIT_LABELS[dimension]() : dimensionLabel(dimension);
}

/** The name of a dimension's value. Open lists hold names already, but for what stands for none. */
export function valueLabel(dimension: Dimension, value: string): string {
	if (!isNative(dimension)) return value === '' ? m.own_no_value() : value;
	if (dimension === 'account' && value !== 'unknown') return value;
	return VALUE_LABELS[value]?.() ?? value;
}
