import { dayFromNumber, type Day } from './calendar';
import { dimensionDef, dimensionsIn, isNative, type Dimension } from './dimension';
import type { NativeDimension } from './event';
import type { FactMetric } from './fact-metric';

/**
 * Reported figures: totals that somebody else has added up, as a platform's export or an answer of its API carries
 * them. They are kept apart from events: figures of days that hold events come from events, others from reports.
 */

/** What a reported figure is about. */
export type ReportedSubject =
	| { readonly kind: 'account' }
	/** `id` as the platform writes it. */
	| { readonly kind: 'pin'; readonly id: string }
	/** `id` is the board's address without the site: `someone/kitchen-shelves`. */
	| { readonly kind: 'board'; readonly id: string };

/** Per dimension the values that a figure counts; a dimension that is not named counts all. */
export type ReportedFilters = Readonly<Partial<Record<Dimension, readonly string[]>>>;

/** A campaign, ad group or ad as a report names it; '' for what it does not say. */
export interface AdsName {
	readonly id: string;
	readonly name: string;
}

/** The levels of ads, the widest first. */
export const ADS_LEVELS = ['campaign', 'ad_group', 'ad'] as const;
export type AdsLevel = (typeof ADS_LEVELS)[number];

/** Which campaign, ad group and ad a figure is of; levels that are not named count all. */
export type AdsPath = Readonly<Partial<Record<AdsLevel, AdsName>>>;

/** What figures are about, apart from the metric and the days: many figures of a file share one scope. */
export interface FactScope {
	readonly subject: ReportedSubject;
	readonly filters: ReportedFilters;
	/**
	 * Dimensions by which the list that this is a row of is broken down completely: of these, a value whose row is
	 * missing has 0.
	 */
	readonly completeBreakdowns: readonly NativeDimension[];
	readonly ads: AdsPath;
	/** Of money, an ISO 4217 code; '' where it is unknown, and for all that is no money. */
	readonly currency: string;
	/** The business account as the report names it; '' where it does not. */
	readonly profile: string;
}

/** `figure`: what came on the days of its period. `level`: a total as it stood at the end of its one day. */
export type FactKind = 'figure' | 'level';

/** One reported figure. */
export interface Fact extends FactScope {
	readonly kind: FactKind;
	readonly metric: FactMetric;
	/** In the unit of fact-metric.ts. */
	readonly value: number;
	/** First and last day, both included: the platform's own days, which no time zone moves. */
	readonly from: Day;
	readonly to: Day;
	readonly isEstimate: boolean;
}

/** Where the figures of a batch are from. */
export interface FactSource {
	/** Rises with the order of import. */
	readonly batchId: number;
	/** The file's name and format, for those who ask where a figure is from. */
	readonly file: string;
	readonly format: string;
	/** Milliseconds since 1970. */
	readonly exportedAt: number;
	/** The business account that the user named for figures that name none; '' where none was named. */
	readonly profile: string;
	/** The days that the file is about, whether or not it has a figure for each. */
	readonly covered: readonly DaySpan[];
}

/** The facts of one import. */
export interface FactBatch extends FactSource {
	readonly facts: readonly Fact[];
}

/** Days from `from` to `to`, both included. */
export interface DaySpan {
	readonly from: Day;
	readonly to: Day;
}

/** From the first day of all spans to the last; null where there is none. */
export function wholeSpan(spans: Iterable<DaySpan>): DaySpan | null {
	const [first, ...others] = spans;
	if (!first) return null;
	let { from, to } = first;
	for (const span of others) {
		if (span.from < from) from = span.from;
		if (span.to > to) to = span.to;
	}
	return { from, to };
}

/** Days, by their numbers in the order of time, as unbroken stretches. */
export function spansOf(days: Iterable<number>): DaySpan[] {
	const spans: { from: number; to: number }[] = [];
	for (const day of days) {
		const last = spans.at(-1);
		if (last?.to === day - 1) last.to = day;
		else spans.push({ from: day, to: day });
	}
	return spans.map(({ from, to }) => ({ from: dayFromNumber(from), to: dayFromNumber(to) }));
}

/** What is true of most figures of reports. */
export const PLAIN_FIGURE = {
	kind: 'figure',
	completeBreakdowns: [],
	ads: {},
	currency: '',
	profile: ''
} as const satisfies Partial<Fact>;

/** Filters as text: equal for equal filters, whatever the order of their values. A list of every value is no filter. */
export function filtersKey(filters: ReportedFilters): string {
	let key = keysOfFilters.get(filters);
	if (key === undefined) keysOfFilters.set(filters, (key = makeFiltersKey(filters)));
	return key;
}

/** Many figures share one filters object, and there can be hundreds of thousands of them. */
const keysOfFilters = new WeakMap<ReportedFilters, string>();

function makeFiltersKey(filters: ReportedFilters): string {
	return dimensionsIn(filters)
		.map((dimension) => {
			const values = valuesIn(filters, dimension);
			if (values.length === 0) return '';
			const text = JSON.stringify([...values].sort());
			return isNative(dimension) ? text : dimension + text;
		})
		.join('|');
}

/** The values of a dimension that pass; none where all do. */
export function valuesIn(filters: ReportedFilters, dimension: Dimension): readonly string[] {
	const values = filters[dimension] ?? [];
	const all = dimensionDef(dimension)?.values;
	return all?.every((value) => values.includes(value)) ? [] : values;
}

/** A text that is the same for the same subject, and for no other. */
export function subjectKey(subject: ReportedSubject): string {
	return subject.kind === 'account' ? 'account' : `${subject.kind}:${subject.id}`;
}

/** How a campaign, ad group or ad is shown: its name, else its id; '' for none. */
export function adsLabel(name: AdsName | undefined): string {
	return name === undefined ? '' : name.name || name.id;
}
