import { FIRST_VIDEO_KIND, KIND_COUNT, NEAR_END, TEN_SECONDS, VIEWED } from './event';

/**
 * Figures: what is counted, before any division. Metrics (metric.ts) are worked out from these.
 * Counts are whole numbers, exact to 2^53; `watch_ms` is Σ n × milliseconds.
 */
export const COUNTS = [
	'impressions',
	'closeups',
	'saves',
	'link_clicks',
	'carousel_swipes',
	'video_plays',
	'video_views',
	'views_10s',
	'views_95',
	'watch_ms'
] as const;
export type Count = (typeof COUNTS)[number];

/** Distinct people; they do not add up. */
export const AUDIENCES = ['total_audience', 'engaged_audience'] as const;
export type Audience = (typeof AUDIENCES)[number];

/** Whether a figure or metric is an audience: people, who do not add up. */
export function isAudience(id: string): id is Audience {
	return (AUDIENCES as readonly string[]).includes(id);
}

export type FigureId = Count | Audience;
export const FIGURE_IDS: readonly FigureId[] = [...COUNTS, ...AUDIENCES];

export function isFigureId(id: string): id is FigureId {
	return (FIGURE_IDS as readonly string[]).includes(id);
}

/** One set of figures. */
export type Figures = Readonly<Record<FigureId, number>>;

/** Many sets of figures, a column each: row i of every column belongs together. */
export type FigureColumns = Readonly<Record<FigureId, Float64Array>>;

/** Which counts (by index into COUNTS) one event of each kind adds to. */
export const COUNTS_OF_KIND: readonly (readonly number[])[] = Array.from(
	{ length: KIND_COUNT },
	(_, kind) => {
		if (kind < FIRST_VIDEO_KIND) return [kind];
		const flags = kind - FIRST_VIDEO_KIND;
		const counts = [COUNTS.indexOf('video_plays')];
		if (flags & VIEWED) counts.push(COUNTS.indexOf('video_views'));
		if (flags & TEN_SECONDS) counts.push(COUNTS.indexOf('views_10s'));
		if (flags & NEAR_END) counts.push(COUNTS.indexOf('views_95'));
		return counts;
	}
);

/** Whether a kind is one of the four that make someone an engaged person. */
export function isEngagement(kind: number): boolean {
	return kind > 0 && kind < FIRST_VIDEO_KIND;
}

/** Where nothing is counted. */
export const NO_FIGURES = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as Figures;

/** Columns for `length` sets of figures, all 0. */
export function emptyFigureColumns(length: number): Record<FigureId, Float64Array> {
	return Object.fromEntries(FIGURE_IDS.map((id) => [id, new Float64Array(length)])) as Record<
		FigureId,
		Float64Array
	>;
}

/** Row `index` of `columns`. */
export function figuresAt(columns: FigureColumns, index: number): Figures {
	return Object.fromEntries(FIGURE_IDS.map((id) => [id, columns[id][index] ?? 0])) as Figures;
}
