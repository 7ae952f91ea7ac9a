import { dimensionsOf, type Dimension } from '../model/dimension';
import type { BatchSummary } from '../model/import-report';
import {
	ADS_METRICS,
	EVENT_METRIC_IDS,
	SORT_METRICS,
	TOP_METRICS,
	VIDEO_METRICS,
	type MetricId,
	type SortMetric
} from '../model/metric';

/** The pages, as far as an address means something else on each. */
export const PAGES = [
	'overview',
	'video',
	'changes',
	'people',
	'pin',
	'board',
	'audience',
	'ads',
	'other'
] as const;
export type PageKind = (typeof PAGES)[number];

const ROUTES: Readonly<Record<string, PageKind>> = {
	'/': 'overview',
	'/video': 'video',
	'/changes': 'changes',
	'/people': 'people',
	'/pin': 'pin',
	'/board': 'board',
	'/audience': 'audience',
	'/ads': 'ads'
};

/** The page of a route; `other` for those that show no figures and only carry the view along. */
export function pageOfRoute(route: string | null): PageKind {
	return ROUTES[route ?? ''] ?? 'other';
}

/** Whether a page shows an answer to what its address asks. */
export function hasFigures(page: PageKind): boolean {
	return PAGES_OF_FIGURES.includes(page);
}

const PAGES_OF_FIGURES: readonly PageKind[] = [
	'overview',
	'video',
	'changes',
	'people',
	'pin',
	'board',
	'ads'
];

/** Whether a page has lists of Pins, boards or links. */
export function hasLists(page: PageKind): boolean {
	return page === 'overview' || page === 'video' || page === 'board';
}

/** What each page needs that is there only where something is stored for it. */
const NEEDS: Readonly<Partial<Record<PageKind, (batch: BatchSummary) => boolean>>> = {
	people: ({ hasPeople }) => hasPeople,
	audience: ({ report }) => report !== null && report.snapshots > 0,
	ads: ({ report }) => report?.hasAds === true
};

/** Whether a page has something to show of what is stored. */
export function hasContents(page: PageKind, batches: readonly BatchSummary[]): boolean {
	const needs = NEEDS[page];
	return needs === undefined || batches.some(needs);
}

/** The metric on a page's chart where its address names none. */
export function defaultMetric(page: PageKind): MetricId {
	if (page === 'ads') return 'spend';
	return page === 'video' ? 'video_views' : 'impressions';
}

const VIDEO_FIRST: readonly MetricId[] = [...new Set<MetricId>([...VIDEO_METRICS, ...EVENT_METRIC_IDS])];

/** The key figures of a page; none where it has no tiles. */
export function tilesOf(page: PageKind): readonly MetricId[] {
	if (page === 'changes' || page === 'people') return [];
	if (page === 'video') return VIDEO_METRICS;
	if (page === 'ads') return ADS_METRICS;
	return page === 'pin' || page === 'board' ? SUBJECT_TILES : OVERVIEW_TILES;
}

const OVERVIEW_TILES: readonly MetricId[] = [
	'impressions',
	'total_audience',
	'engagements',
	'engaged_audience'
];

const SUBJECT_TILES: readonly MetricId[] = [
	...OVERVIEW_TILES,
	'saves',
	'closeups',
	'link_clicks',
	'video_views'
];

/** What only the account has, not a Pin or a board. */
const OF_ACCOUNT: readonly MetricId[] = ['followers'];

/**
 * What a page's chart can show: every metric that events have, those that the page is about first, then those that only
 * reports have.
 * @param stored of the latter, those that anything was imported of
 */
export function metricsOf(page: PageKind, stored: readonly MetricId[]): readonly MetricId[] {
	if (page === 'ads') return ADS_METRICS;
	const isOfAccount = page !== 'pin' && page !== 'board';
	const more = stored.filter((metric) => isOfAccount || !OF_ACCOUNT.includes(metric));
	return [...(page === 'video' ? VIDEO_FIRST : EVENT_METRIC_IDS), ...more];
}

/** What a page's top lists can be sorted by. */
export function sortsOf(page: PageKind): readonly SortMetric[] {
	return page === 'video' || !hasFigures(page) ? TOP_METRICS : SORT_METRICS;
}

/** Of dimensions, those by which a page is filtered: the Video page is of one format, and ads are filtered by campaign alone. */
export function filteredDimensions(page: PageKind, all = dimensionsOf()): readonly Dimension[] {
	if (page === 'ads') return [];
	return page === 'video' ? all.filter((dimension) => dimension !== 'format') : all;
}

const VIDEO_COLUMNS: readonly SortMetric[] = [
	'impressions',
	'video_views',
	'avg_watch_seconds',
	'views_10s',
	'views_95'
];

/** The figures of a row in a page's lists of Pins: as many as have room, that of the order always among them. */
export function columnsOf(page: PageKind, sort: SortMetric): readonly SortMetric[] {
	const columns = page === 'video' ? VIDEO_COLUMNS : SORT_METRICS;
	return columns.includes(sort) ? columns : [...columns.slice(0, -1), sort];
}
