import type { CoverageMap, DayState } from '../model/answer';
import { addDays, dayNumber, daysBetween, type Day } from '../model/calendar';
import type { MetricId } from '../model/metric';
import { coverageGroupOf, statesOf, stretchesOf } from './coverage';
import { PLATFORM_NAMES } from './platform-names';

/** Days of metrics that are missing, as the files that would bring them. */

/** The most days that one export of the platform holds. */
export const MAX_EXPORT_DAYS = 90;

/** Where figures of a metric are to be had. */
export type GapSource = 'analytics' | 'ads' | 'api' | 'by_hand' | 'events';

/** Unbroken missing days of one metric, at most as many as one export holds. */
export interface Gap {
	readonly metric: MetricId;
	readonly from: Day;
	readonly to: Day;
}

/** Gaps of several metrics over the same days that one visit to one source fills. */
export interface GapGroup {
	readonly source: GapSource;
	readonly from: Day;
	readonly to: Day;
	readonly days: number;
	/** At least one, in the order of the metrics. */
	readonly metrics: readonly MetricId[];
	/** How many files that is: one a metric, or one for all of them. */
	readonly files: number;
	/** Whether days of events adjoin, so that a file of events may fill them as well. */
	readonly isBesideEvents: boolean;
}

/** What the page for exports can have on its chart: each is a file of its own. Those worth most stand first. */
export const ANALYTICS_EXPORTS = [
	'impressions',
	'engagements',
	'saves',
	'closeups',
	'link_clicks',
	'total_audience',
	'engaged_audience',
	'video_views',
	'views_10s',
	'views_95',
	'total_watch_minutes'
] as const satisfies readonly MetricId[];

/** Where the platform has renamed what it exports. */
const TODAYS_NAMES: Readonly<Partial<Record<MetricId, string>>> = {
	closeups: 'Pin clicks',
	link_clicks: 'Outbound clicks'
};

/** What the platform calls an export of a metric today. */
export function exportName(metric: (typeof ANALYTICS_EXPORTS)[number]): string {
	return TODAYS_NAMES[metric] ?? PLATFORM_NAMES[metric]?.[0] ?? metric;
}

/** Whether the platform has an export of a metric. */
export function isExported(metric: MetricId): metric is (typeof ANALYTICS_EXPORTS)[number] {
	return (ANALYTICS_EXPORTS as readonly MetricId[]).includes(metric);
}

/** Where figures of a metric are to be had. */
export function gapSourceOf(metric: MetricId): GapSource {
	if (isExported(metric)) return 'analytics';
	if (coverageGroupOf(metric) === 'ads') return 'ads';
	if (metric === 'followers') return 'by_hand';
	return metric === 'carousel_swipes' ? 'events' : 'api';
}

/**
 * The missing days of a stretch, cut from its newest day backwards into pieces that one export holds: so pieces of
 * metrics that are missing up to the same day are the same.
 */
function piecesOf(from: Day, to: Day): { readonly from: Day; readonly to: Day }[] {
	const pieces = [];
	for (let end = to; end >= from; end = addDays(end, -MAX_EXPORT_DAYS)) {
		const start = addDays(end, 1 - MAX_EXPORT_DAYS);
		pieces.push({ from: start < from ? from : start, to: end });
	}
	return pieces;
}

/** Every gap of every metric, the newest first. */
export function gapsOf(map: CoverageMap): readonly Gap[] {
	return foundGaps(map).map(({ metric, from, to }) => ({ metric, from, to }));
}

/** The gaps, those of one source over the same days in one; the newest first. */
export function gapGroupsOf(map: CoverageMap): readonly GapGroup[] {
	const groups = new Map<string, FoundGap[]>();
	for (const gap of foundGaps(map)) {
		const key = `${gap.from} ${gap.to} ${gapSourceOf(gap.metric)}`;
		const group = groups.get(key);
		if (group) group.push(gap);
		else groups.set(key, [gap]);
	}
	return [...groups.values()].map((gaps) => {
		const { metric, from, to } = gaps[0]!;
		const source = gapSourceOf(metric);
		const metrics = gaps.map((gap) => gap.metric).sort((a, b) => rankOf(a) - rankOf(b));
		return {
			...{ source, from, to, metrics },
			days: daysBetween(from, to),
			files: source === 'analytics' ? metrics.length : 1,
			isBesideEvents: gaps.some((gap) => gap.isBesideEvents)
		};
	});
}

interface FoundGap extends Gap {
	readonly isBesideEvents: boolean;
}

function foundGaps(map: CoverageMap): readonly FoundGap[] {
	const first = dayNumber(map.from) as number;
	const found = map.metrics.flatMap(({ metric, days }) => {
		const states = statesOf(days);
		const stateAt = (day: number): DayState | undefined => states[day - first];
		const missing = stretchesOf(states, first).filter(({ state }) => state === 'missing');
		return missing.flatMap(({ from, to }) => {
			const around = [stateAt((dayNumber(from) as number) - 1), stateAt((dayNumber(to) as number) + 1)];
			const isBesideEvents = around.includes('events');
			return piecesOf(from, to).map((piece) => ({ metric, ...piece, isBesideEvents }));
		});
	});
	// Stable: metrics stay in their order within the same days.
	return found.sort((a, b) => compare(b.to, a.to) || compare(b.from, a.from));
}

function compare(a: Day, b: Day): number {
	return a < b ? -1 : a > b ? 1 : 0;
}

function rankOf(metric: MetricId): number {
	const rank = (ANALYTICS_EXPORTS as readonly MetricId[]).indexOf(metric);
	return rank === -1 ? ANALYTICS_EXPORTS.length : rank;
}
