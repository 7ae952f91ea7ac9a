import type { MetricId } from '../model/metric';
import type { Dimension } from '../model/dimension';

/**
 * What the platform calls the same things, today and before, on its pages and in its programming interface. Names, not
 * words of ours: they are the same in every language.
 */
export const PLATFORM_NAMES: Readonly<Partial<Record<MetricId | Dimension, readonly string[]>>> = {
	impressions: ['Impressions', 'IMPRESSION'],
	engagements: ['Engagements', 'Engagement', 'ENGAGEMENT', 'TOTAL_ENGAGEMENT'],
	closeups: ['Closeups', 'Pin clicks', 'PIN_CLICK', 'CLOSEUP', 'clickthroughs'],
	saves: ['Saves', 'SAVE', 'repins'],
	link_clicks: ['Link clicks', 'Outbound clicks', 'OUTBOUND_CLICK'],
	total_audience: ['Total audience', 'reach', 'monthly viewers'],
	engaged_audience: ['Engaged audience'],
	engagement_rate: ['ENGAGEMENT_RATE'],
	save_rate: ['SAVE_RATE'],
	closeup_rate: ['PIN_CLICK_RATE'],
	link_click_rate: ['OUTBOUND_CLICK_RATE'],
	video_plays: ['VIDEO_START'],
	video_views: ['Video views', 'VIDEO_MRC_VIEW'],
	views_10s: ['10-second views', 'VIDEO_10S_VIEW'],
	views_95: ['95% views', 'QUARTILE_95_PERCENT_VIEW', 'played to 95%'],
	total_watch_minutes: ['Total watch time', 'VIDEO_V50_WATCH_TIME'],
	avg_watch_seconds: ['Average watch time', 'VIDEO_AVG_WATCH_TIME'],
	content_type: ['Content type', 'CONTENT_TYPE'],
	source: ['From you', 'Not from you', 'YOUR_PINS', 'OTHER_PINS'],
	device: ['APP_TYPE', 'MOBILE', 'TABLET', 'WEB'],
	account: ['Claimed accounts'],
	format: ['Format', 'PIN_FORMAT']
};
