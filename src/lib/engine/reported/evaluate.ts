import type { Day } from '../../model/calendar';
import type { Audience, Count, FigureId } from '../../model/figures';
import { METRICS, type MetricId } from '../../model/metric';
import type { ReportedMetric } from '../../model/reported';
import type { DayValue, DayValues } from './day-values';

/** The days of a stretch, by where their figures are from. */
export interface Days {
	/** How many days have events, or none where others have: of these the events' figures say all. */
	readonly told: number;
	/** The others, for which there is what was reported or nothing. */
	readonly reported: readonly Day[];
}

/** A metric over a stretch of days. */
export interface Evaluated {
	readonly value: number | null;
	readonly daysMissing: number;
	readonly isEstimate: boolean;
	readonly isOfPins: boolean;
	readonly bounds: { readonly least: number; readonly most: number | null } | null;
}

/** How a metric comes about from what is reported. */
type Making =
	| { readonly kind: 'amount'; readonly of: ReportedMetric; readonly per: number }
	| {
			readonly kind: 'ratio';
			readonly part: ReportedMetric;
			readonly whole: Count;
			readonly per: number;
			/** The ratio itself, for where its parts are not known. */
			readonly itself: ReportedMetric;
	  }
	| { readonly kind: 'people'; readonly of: Audience };

const MS_PER_MINUTE = 60_000;
const MS_PER_SECOND = 1_000;

const amount = (of: Count | 'engagements', per = 1): Making => ({ kind: 'amount', of, per });
const rate = (part: ReportedMetric, itself: ReportedMetric): Making => ({
	kind: 'ratio',
	part,
	whole: 'impressions',
	per: 1,
	itself
});

const MAKINGS: Readonly<Record<MetricId, Making>> = {
	impressions: amount('impressions'),
	engagements: amount('engagements'),
	closeups: amount('closeups'),
	saves: amount('saves'),
	link_clicks: amount('link_clicks'),
	carousel_swipes: amount('carousel_swipes'),
	total_audience: { kind: 'people', of: 'total_audience' },
	engaged_audience: { kind: 'people', of: 'engaged_audience' },
	engagement_rate: rate('engagements', 'engagement_rate'),
	save_rate: rate('saves', 'save_rate'),
	closeup_rate: rate('closeups', 'closeup_rate'),
	link_click_rate: rate('link_clicks', 'link_click_rate'),
	video_plays: amount('video_plays'),
	video_views: amount('video_views'),
	views_10s: amount('views_10s'),
	views_95: amount('views_95'),
	total_watch_minutes: amount('watch_ms', MS_PER_MINUTE),
	avg_watch_seconds: {
		kind: 'ratio',
		part: 'watch_ms',
		whole: 'video_plays',
		per: MS_PER_SECOND,
		itself: 'avg_watch_seconds'
	}
};

/** The reported metrics that a metric is made of. */
export function sourcesOf(metric: MetricId): readonly ReportedMetric[] {
	const making = MAKINGS[metric];
	if (making.kind === 'ratio') return [making.part, making.whole, making.itself];
	return making.of === 'engagements' ? ['engagements', 'saves', 'closeups', 'link_clicks'] : [making.of];
}

/**
 * A metric over days of which some have events and others have what was reported: what is known is added up, and what
 * is missing is counted.
 * @param events figures of the days that have events; NaN where they have no value
 */
export function evaluate(
	metric: MetricId,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const making = MAKINGS[metric];
	if (days.reported.length === 0) {
		const value = METRICS[metric].value(events);
		return { ...NOTHING, value: value === null || Number.isNaN(value) ? null : value };
	}
	if (making.kind === 'amount') {
		const { known, ...sum } = addUp(making.of, days, events, reported);
		return { ...sum, value: known ? sum.value / making.per : null, bounds: null };
	}
	return making.kind === 'people'
		? people(making.of, days, events, reported)
		: ratio(making, days, events, reported);
}

/** A figure over the same days, as the figures of an answer have it: NaN where it has no value. */
export function evaluateFigure(
	id: FigureId,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): number {
	if (days.reported.length === 0) return events(id);
	if (id === 'total_audience' || id === 'engaged_audience') {
		return people(id, days, events, reported).value ?? NaN;
	}
	const { known, value } = addUp(id, days, events, reported);
	return known ? value : NaN;
}

const NOTHING: Evaluated = { value: null, daysMissing: 0, isEstimate: false, isOfPins: false, bounds: null };

function addUp(
	metric: ReportedMetric,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Omit<Evaluated, 'value' | 'bounds'> & { known: boolean; value: number } {
	const values = days.reported.map((day) => reported.value(metric, day)).filter((value) => value !== null);
	return {
		value: eventAmount(metric, events) + sumOf(values),
		known: days.told + values.length > 0,
		daysMissing: days.reported.length - values.length,
		...marksOf(values)
	};
}

/** Over the days of which both parts are known. What was reported as a ratio stands for one day only. */
function ratio(
	{ part, whole, per, itself }: Extract<Making, { kind: 'ratio' }>,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const pairs = days.reported.flatMap((day) => {
		const [above, below] = [reported.value(part, day), reported.value(whole, day)];
		return above && below ? [[above, below] as const] : [];
	});
	if (days.told + pairs.length === 0) {
		const lone = days.reported.length === 1 ? reported.value(itself, days.reported[0]!) : null;
		return lone
			? { ...NOTHING, value: lone.value, ...marksOf([lone]) }
			: { ...NOTHING, daysMissing: days.reported.length };
	}
	const above = eventAmount(part, events) + sumOf(pairs.map(([value]) => value));
	const below = events(whole) + sumOf(pairs.map(([, value]) => value));
	return {
		value: below === 0 ? null : above / (below * per),
		daysMissing: days.reported.length - pairs.length,
		...marksOf(pairs.flat()),
		bounds: null
	};
}

/** People are never added up: those of one day are known, those of several lie between bounds. */
function people(
	metric: Audience,
	days: Days,
	events: (id: FigureId) => number,
	reported: DayValues
): Evaluated {
	const values = days.reported.map((day) => reported.value(metric, day)).filter((value) => value !== null);
	const daysMissing = days.reported.length - values.length;
	if (days.told + days.reported.length === 1) {
		return { ...NOTHING, value: values[0]?.value ?? null, daysMissing, ...marksOf(values) };
	}
	const met = events(metric);
	const isKnown = !Number.isNaN(met) && (values.length > 0 || met > 0);
	const least = values.reduce((most, { value }) => Math.max(most, value), met);
	const most = daysMissing === 0 ? met + sumOf(values) : null;
	return { ...NOTHING, daysMissing, ...marksOf(values), bounds: isKnown ? { least, most } : null };
}

function eventAmount(metric: ReportedMetric, events: (id: FigureId) => number): number {
	return metric === 'engagements' ? (METRICS.engagements.value(events) ?? 0) : events(metric as Count);
}

function sumOf(values: readonly DayValue[]): number {
	return values.reduce((sum, { value }) => sum + value, 0);
}

function marksOf(values: readonly DayValue[]) {
	return {
		isEstimate: values.some(({ isEstimate }) => isEstimate),
		isOfPins: values.some(({ isOfPins }) => isOfPins)
	};
}
