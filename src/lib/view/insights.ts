import type { Answer, TopLink } from '../model/answer';
import type { HourFigures } from '../model/query';
import type { MetricId } from '../model/metric';
import type { ViewState } from './address';
import { heatMapOf } from './subject';

/** What stands out in an answer, as figures; sentences are made of them elsewhere. Each leads to a view of its own. */
export type Insight =
	| {
			readonly kind: 'mobile';
			/** Of the impressions. */
			readonly share: number;
			/** Percentage points more than in the days that are compared with; null where there are none. */
			readonly points: number | null;
			/** Null where it is on screen already. */
			readonly view: ViewState | null;
	  }
	| {
			readonly kind: 'link';
			readonly link: string;
			readonly linkClicks: number;
			/** Of all link clicks. */
			readonly share: number;
			readonly view: ViewState;
	  }
	| {
			readonly kind: 'hour';
			readonly basis: 'engagements' | 'impressions';
			/** From Monday at 0. */
			readonly weekday: number;
			readonly hour: number;
			/** Where the whole week is drawn by that figure. */
			readonly view: ViewState;
	  }
	| {
			/** The day of the week with most of a metric, of figures that know days but no hours. */
			readonly kind: 'weekday';
			readonly metric: MetricId;
			/** From Monday at 0. */
			readonly weekday: number;
			/** Of a day. */
			readonly average: number;
			/** By how much that is more than an average day, as a fraction. */
			readonly above: number;
			readonly view: ViewState;
	  };

/** The share of mobile among the impressions, or null where nothing was seen or only one device ever occurs. */
function mobileShare(answer: Answer): number | null {
	const shares = answer.shares.device;
	const total = shares.reduce((sum, { impressions }) => sum + (impressions ?? NaN), 0);
	const mobile = shares.find(({ value }) => value === 'mobile')?.impressions ?? 0;
	return !(total > 0) || mobile === 0 || mobile === total ? null : mobile / total;
}

/** The share of mobile, and how it has moved. */
export function mobileInsight(answer: Answer, compared: Answer | null, view: ViewState): Insight | null {
	const share = mobileShare(answer);
	if (share === null) return null;
	const then = compared && mobileShare(compared);
	const isOnScreen = view.values.device.length === 1 && view.values.device[0] === 'mobile';
	return {
		kind: 'mobile',
		share,
		points: then === null ? null : Math.round(share * 100) - Math.round(then * 100),
		view: isOnScreen ? null : { ...view, values: { ...view.values, device: ['mobile'] } }
	};
}

/**
 * The destination that brings most traffic, over all Pins that lead to it.
 * @param links that destination is among them
 */
export function linkInsight(answer: Answer, links: readonly TopLink[], view: ViewState): Insight | null {
	// Reports have no destinations: where their clicks led is unknown.
	if (answer.reportedDays > 0) return null;
	const all = answer.totals.link_clicks.value ?? 0;
	const best = links.reduce<{ link: string; linkClicks: number } | null>((most, row) => {
		const linkClicks = row.figures.link_clicks ?? 0;
		return linkClicks > (most?.linkClicks ?? 0) ? { link: row.link, linkClicks } : most;
	}, null);
	if (!best || !(all > 0)) return null;
	return {
		kind: 'link',
		...best,
		share: best.linkClicks / all,
		view: { ...view, q: best.link, sort: 'link_clicks', view: 'top-pins' }
	};
}

/** The weekday and hour with most engagements, or impressions where nobody engaged. */
export function hourInsight(hours: HourFigures, view: ViewState): Insight | null {
	for (const basis of ['engagements', 'impressions'] as const) {
		const { best } = heatMapOf(hours, basis);
		if (best === null) continue;
		const weekday = Math.floor(best / 24);
		return {
			kind: 'hour',
			basis,
			weekday,
			hour: best % 24,
			view: { ...view, metric: basis, view: 'overview' }
		};
	}
	return null;
}
