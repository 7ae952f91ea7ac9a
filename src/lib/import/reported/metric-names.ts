import type { FactMetric } from '../../model/fact-metric';
import type {} from '../../model/reported';

/** What platforms and people call our metrics. One table for all formats. */

export interface NamedMetric {
	readonly metric: FactMetric;
	/** A figure is multiplied by `scale`, and divided by `per`, to be in our unit. */
	readonly scale: number;
	readonly per: number;
}

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

/** Names as they are compared (plainName); of several words of one meaning, the singular: a final `s` is taken off. */
const NAMES: Readonly<Partial<Record<FactMetric, readonly string[]>>> = {
	impressions: ['impression', 'visningar'],
	closeups: ['closeup', 'pinclick', 'clickthrough', 'närbilder'],
	saves: ['save', 'repin', 'sparningar'],
	link_clicks: ['linkclick', 'outboundclick', 'länkklick'],
	carousel_swipes: ['carouselswipe', 'carouselcardswipe'],
	engagements: ['engagement', 'totalengagement', 'händelser'],
	total_audience: ['totalaudience', 'reach', 'monthlyviewer', 'monthlytotalaudience'],
	engaged_audience: ['engagedaudience', 'monthlyengagedaudience'],
	engagement_rate: ['engagementrate'],
	save_rate: ['saverate', 'repinrate'],
	closeup_rate: ['closeuprate', 'pinclickrate', 'ctr', 'clickthroughrate'],
	link_click_rate: ['linkclickrate', 'outboundclickrate', 'outboundctr', 'ctr2'],
	video_plays: ['videoplay', 'videostart'],
	video_views: ['videoview', 'videomrcview', 'mrcvideoview', 'videovisningar'],
	views_10s: ['views10', 'video10sview', '10secondview', '10secondplay', 'video10splay'],
	views_95: ['views95', 'quartile95percentview', 'playedto95', 'videoplayedat95', '95view', '95visningar'],
	avg_watch_seconds: ['avgwatchsecond', 'averagewatchtime', 'averagewatchtimeinsecond', 'averageplaytime']
};

/** Names whose figures come in another unit than ours. */
const SCALED: Readonly<Record<string, NamedMetric>> = {
	watchms: { metric: 'watch_ms', scale: 1, per: 1 },
	videov50watchtime: { metric: 'watch_ms', scale: 1, per: 1 },
	totalwatchminute: { metric: 'watch_ms', scale: MS_PER_MINUTE, per: 1 },
	totalwatchtime: { metric: 'watch_ms', scale: MS_PER_MINUTE, per: 1 },
	totalwatchtimeminute: { metric: 'watch_ms', scale: MS_PER_MINUTE, per: 1 },
	totalwatchtimeinminute: { metric: 'watch_ms', scale: MS_PER_MINUTE, per: 1 },
	totalplaytimeinminute: { metric: 'watch_ms', scale: MS_PER_MINUTE, per: 1 },
	videoavgwatchtime: { metric: 'avg_watch_seconds', scale: 1, per: MS_PER_SECOND }
};

const METRIC_OF: ReadonlyMap<string, NamedMetric> = new Map([
	...Object.entries(NAMES).flatMap(([metric, names]) =>
		names.map((name): [string, NamedMetric] => [name, { metric: metric as FactMetric, scale: 1, per: 1 }])
	),
	...Object.entries(SCALED)
]);

/** A name as it is compared: letters and digits only, in lower case. */
export function plainName(name: string): string {
	return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** The metric that a header or key names, or null. */
export function metricNamed(name: string): NamedMetric | null {
	const plain = plainName(name);
	return METRIC_OF.get(plain) ?? METRIC_OF.get(plain.replace(/s$/, '')) ?? null;
}

const DATE_NAMES = new Set(['date', 'day', 'datum', 'dag']);

export function isDateName(name: string): boolean {
	return DATE_NAMES.has(plainName(name));
}
