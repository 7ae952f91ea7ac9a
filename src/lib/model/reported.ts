import type { Day } from './calendar';
import { CLOSED_VALUES, DIMENSIONS, type Dimension } from './event';
import { FIGURE_IDS, type FigureId } from './figures';
import type { MetricId, SortMetric } from './metric';
import type { Rejection } from './problem';

/**
 * Reported figures: totals that somebody else has added up, as a platform's export or an answer of its API carries
 * them. They are kept apart from events. On a day that holds any event the events speak, on others these do.
 */

/** What a figure can be reported of: what is counted, and what cannot be worked out where its parts are unknown. */
export const REPORTED_METRICS = [
	...FIGURE_IDS,
	'engagements',
	'engagement_rate',
	'save_rate',
	'closeup_rate',
	'link_click_rate',
	'avg_watch_seconds'
] as const satisfies readonly (FigureId | MetricId)[];
export type ReportedMetric = (typeof REPORTED_METRICS)[number];

/** Whether figures of a metric can be added up: not people, and not what is a share or an average. */
export function isAdditive(metric: ReportedMetric): boolean {
	return !/_rate$|_audience$|^avg_/.test(metric);
}

/** What a reported figure is about. */
export type ReportedSubject =
	| { readonly kind: 'account' }
	/** `id` as the platform writes it. */
	| { readonly kind: 'pin'; readonly id: string }
	/** `id` is the board's address without the site: `someone/kitchen-shelves`. */
	| { readonly kind: 'board'; readonly id: string };

/** Per dimension the values that a figure counts; a dimension that is not named counts all. */
export type ReportedFilters = Readonly<Partial<Record<Dimension, readonly string[]>>>;

/** One reported figure. */
export interface Fact {
	readonly metric: ReportedMetric;
	/** In the metric's unit; watch time in milliseconds, rates as fractions. */
	readonly value: number;
	/** First and last day, both included: the platform's own days, which no time zone moves. */
	readonly from: Day;
	readonly to: Day;
	readonly subject: ReportedSubject;
	readonly filters: ReportedFilters;
	/**
	 * Dimensions by which the list that this is a row of is parted, every value that occurs being in it: of these, rows
	 * that are not there stand for nothing.
	 */
	readonly listedBy: readonly Dimension[];
	readonly isEstimate: boolean;
}

/** The facts of one import. */
export interface FactBatch {
	/** Rises with the order of import. */
	readonly batchId: number;
	/** The file's name and format, for those who ask where a figure is from. */
	readonly file: string;
	readonly format: string;
	/** Milliseconds since 1970. */
	readonly exportedAt: number;
	readonly facts: readonly Fact[];
	/** The days that the file speaks of, whether or not it has a figure for each. */
	readonly covered: readonly DaySpan[];
}

/** Days from `from` to `to`, both included. */
export interface DaySpan {
	readonly from: Day;
	readonly to: Day;
}

/** From the first day of all spans to the last; null where there is none. */
export function wholeSpan(spans: readonly DaySpan[]): DaySpan | null {
	const [first, ...others] = spans;
	if (!first) return null;
	return others.reduce(
		(all, { from, to }) => ({ from: from < all.from ? from : all.from, to: to > all.to ? to : all.to }),
		first
	);
}

/** What a file of reported figures comes to. */
export interface FactsResult {
	/** No two with the same key. */
	readonly facts: readonly Fact[];
	readonly covered: readonly DaySpan[];
	/** When the file says that it was made; null where it does not say. Milliseconds since 1970. */
	readonly exportedAt: number | null;
	readonly accepted: number;
	readonly rejected: number;
	/** All of them, in the order of the file, each with the cells of its row. */
	readonly rejections: readonly (Rejection & { readonly cells: readonly string[] })[];
	/** The names of the columns that rejected rows have. */
	readonly columns: readonly string[];
	/** Columns and figures that were kept out. */
	readonly unknownColumns: readonly string[];
	/** What the file says of itself: filters that are not ours too, and notes. For display only. */
	readonly title: string;
	readonly settings: readonly { readonly name: string; readonly value: string }[];
	readonly notes: readonly string[];
}

/** Filters as text: equal for equal filters, whatever the order of their values. A list of every value is no filter. */
export function filtersKey(filters: ReportedFilters): string {
	let key = keysOfFilters.get(filters);
	if (key === undefined) keysOfFilters.set(filters, (key = makeFiltersKey(filters)));
	return key;
}

/** Many figures share one filters object, and there can be hundreds of thousands of them. */
const keysOfFilters = new WeakMap<ReportedFilters, string>();

function makeFiltersKey(filters: ReportedFilters): string {
	return DIMENSIONS.map((dimension) => {
		const values = valuesIn(filters, dimension);
		return values.length === 0 ? '' : JSON.stringify([...values].sort());
	}).join('|');
}

/** The values of a dimension that pass; none where all do. */
export function valuesIn(filters: ReportedFilters, dimension: Dimension): readonly string[] {
	const values = filters[dimension] ?? [];
	if (dimension === 'account') return values;
	return CLOSED_VALUES[dimension].every((value) => values.includes(value)) ? [] : values;
}

/** A text that is the same for the same subject, and for no other. */
export function subjectKey(subject: ReportedSubject): string {
	return subject.kind === 'account' ? 'account' : `${subject.kind}:${subject.id}`;
}

/** Of two facts with the same key, the one exported later counts. */
export function factKey({ metric, from, to, subject, filters }: Fact): string {
	return [metric, from, to, filtersKey(filters), subjectKey(subject)].join(' ');
}

// What an answer holds of them.

/** A metric by the answer's steps, null where it has no value. */
export interface MetricCourse {
	/** One value a bucket of the answer. */
	readonly values: readonly (number | null)[];
	/** Per bucket, whether any of it is a platform's estimate that a later export may put right. */
	readonly isEstimate: readonly boolean[];
}

/** A metric over the whole range. */
export interface ReportedTotal {
	readonly value: number | null;
	/** Days of the range that have no value, and are therefore not in it. */
	readonly daysMissing: number;
	readonly hasEstimates: boolean;
	/** Whether any day of it is the sum over the Pins that are known rather than the account's own figure. */
	readonly isOfPins: boolean;
	/** For people, who cannot be added up: the largest day and the sum of all; null where it has a value or nothing is known. */
	readonly bounds: { readonly least: number; readonly most: number | null } | null;
	/** Days that have figures only under other filters than those asked for. */
	readonly daysLeftOut: number;
	/** Under which filters those days have figures, the most days first. */
	readonly instead: readonly ReportedAlternative[];
}

/** Other filters under which there are figures, and on how many days of the range. */
export interface ReportedAlternative {
	readonly filters: ReportedFilters;
	readonly days: number;
}

/** Of a row of a top list: metrics of which its figure is an estimate. */
export type Estimates = readonly SortMetric[];

/**
 * The part of an answer that is there where reported figures have a part in the range. The answer's own figures have
 * them in already (NaN where there is no value); this says per metric what figures alone cannot: engagements and rates as
 * reported, what is an estimate, what is missing, and what there is under other filters. Where both say something, this
 * holds. Days that hold events have the events' figures in all of it.
 */
export interface ReportedAnswer {
	/** Days of the range that hold events, and days that only reports speak of. */
	readonly eventDays: number;
	readonly reportedDays: number;
	readonly totals: Readonly<Record<MetricId, ReportedTotal>>;
	readonly overall: Readonly<Record<MetricId, MetricCourse>>;
	/** In the order of the answer's series. */
	readonly series: readonly Readonly<Record<MetricId, MetricCourse>>[];
	/** Set where the lists are made of reports: the range holds no event. */
	readonly lists: ReportedLists | null;
}

/** What is told of top lists that hold reported figures. */
export interface ReportedLists {
	/** By the ids of Pins and boards, metrics of which the figure is an estimate. */
	readonly estimates: ReadonlyMap<string, Estimates>;
	/** Where the list of Pins is empty: the filters under which it is not. */
	readonly instead: readonly ReportedAlternative[];
}
