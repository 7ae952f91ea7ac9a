import type { FigureId } from './figures';
import { METRICS, WATCH_MS_SQL } from './metric';

/** The SQL of every figure, as metric.ts defines it and over the same table; metrics are worked out from figures. */
export const FIGURE_SQL: Readonly<Record<FigureId, string>> = {
	impressions: METRICS.impressions.sql,
	closeups: METRICS.closeups.sql,
	saves: METRICS.saves.sql,
	link_clicks: METRICS.link_clicks.sql,
	carousel_swipes: METRICS.carousel_swipes.sql,
	video_plays: METRICS.video_plays.sql,
	video_views: METRICS.video_views.sql,
	views_10s: METRICS.views_10s.sql,
	views_95: METRICS.views_95.sql,
	watch_ms: WATCH_MS_SQL,
	total_audience: METRICS.total_audience.sql,
	engaged_audience: METRICS.engaged_audience.sql
};
