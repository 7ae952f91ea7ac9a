import { m } from '$lib/i18n/generated/messages.js';
import type { ClosedDimension, NativeDimension } from '$lib/model/event';
import type { MetricId, MetricUnit } from '$lib/model/metric';

/** What every metric and filter value means, in words. */
type Words<Name extends string> = Readonly<Record<Name, () => string>>;

export const METRIC_WORDS: Words<MetricId> = {
	impressions: m.def_impressions,
	engagements: m.def_engagements,
	closeups: m.def_closeups,
	saves: m.def_saves,
	link_clicks: m.def_link_clicks,
	carousel_swipes: m.def_carousel_swipes,
	total_audience: m.def_total_audience,
	engaged_audience: m.def_engaged_audience,
	engagement_rate: m.def_engagement_rate,
	save_rate: m.def_save_rate,
	closeup_rate: m.def_closeup_rate,
	link_click_rate: m.def_link_click_rate,
	video_plays: m.def_video_plays,
	video_views: m.def_video_views,
	views_10s: m.def_views_10s,
	views_95: m.def_views_95,
	total_watch_minutes: m.def_total_watch_minutes,
	avg_watch_seconds: m.def_avg_watch_seconds,
	comments: m.def_comments,
	reactions: m.def_reactions,
	profile_visits: m.def_profile_visits,
	follows: m.def_follows,
	followers: m.def_followers,
	views_25: m.def_views_25,
	views_50: m.def_views_50,
	views_75: m.def_views_75,
	views_100: m.def_views_100,
	page_visits: m.def_page_visits,
	add_to_carts: m.def_add_to_carts,
	checkouts: m.def_checkouts,
	spend: m.def_spend,
	order_value: m.def_order_value,
	cpm: m.def_cpm,
	cost_per_click: m.def_cost_per_click,
	cost_per_checkout: m.def_cost_per_checkout,
	return_on_spend: m.def_return_on_spend
};

export const UNIT_WORDS: Words<MetricUnit> = {
	count: m.unit_count,
	people: m.unit_people,
	fraction: m.unit_fraction,
	seconds: m.unit_seconds,
	minutes: m.unit_minutes,
	money: m.unit_money,
	multiple: m.unit_multiple
};

export const DIMENSION_WORDS: Words<NativeDimension> = {
	content_type: m.def_content_type,
	source: m.def_source,
	device: m.def_device,
	account: m.def_account,
	format: m.def_format
};

/** Of closed lists; an account's name is its own. */
export const VALUE_WORDS: { readonly [D in ClosedDimension]: Readonly<Record<string, () => string>> } = {
	content_type: { organic: m.def_organic, paid: m.def_paid },
	source: { own: m.def_own, other: m.def_other },
	device: {
		mobile: m.def_mobile,
		tablet: m.def_tablet,
		desktop: m.def_desktop,
		unknown: m.def_unknown_device
	},
	format: {
		standard: m.def_standard,
		video: m.def_video,
		carousel: m.def_carousel,
		idea: m.def_idea,
		product: m.def_product,
		collections: m.def_collections
	}
};
