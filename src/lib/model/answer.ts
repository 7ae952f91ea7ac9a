import type { Day } from './calendar';
import type { ByDimension } from './dimension';
import type { MetricId, SortMetric } from './metric';
import type { AdsLevel, DaySpan, ReportedFilters } from './reported';

/**
 * What an engine answers, in one shape wherever figures are from: per metric values that are there or not, the days that
 * they are of, and what is to be known of them. Answers of events alone have every day and no mark.
 */

/** A stretch of the series' axis. */
export interface Bucket {
	/** First day of the stretch as the grain has it, even where the range cuts it: a Monday, a first of the month. */
	readonly day: Day;
	/** Whether the range cuts the week or month. */
	readonly partial: boolean;
}

/** A metric by the answer's steps. */
export interface MetricSeries {
	/** One value a bucket; null where there is none. */
	readonly values: readonly (number | null)[];
	/** Per bucket, whether any of it is a platform's estimate that a later export may put right; null where none is. */
	readonly isEstimate: readonly boolean[] | null;
}

export type SeriesByMetric = Readonly<Record<MetricId, MetricSeries>>;

/** A metric over the whole range. */
export interface Total {
	/** Over the days that are known; null where there is none. */
	readonly value: number | null;
	/** Days of the range that have no value, and are therefore not in it: unbroken stretches in the order of time. */
	readonly missing: readonly DaySpan[];
	/** Days of the range whose value is an estimate. */
	readonly estimated: readonly DaySpan[];
	/** For people, who cannot be added up: the largest day and the sum of all; null where it has a value or nothing is known. */
	readonly bounds: { readonly least: number; readonly most: number | null } | null;
	/** Of a level, the day on which it stood so; else null. */
	readonly asOf: Day | null;
	/** Whether any day of it is the sum over the Pins that are known rather than the account's own figure. */
	readonly isOfPins: boolean;
	/** Whether any of it is from figures that name no business account, several being named that have none there. */
	readonly isOfUnnamed: boolean;
	/** Of money, the code of the currency that `value` is in; '' where it is unknown, and for all that is no money. */
	readonly currency: string;
	/** The same metric in other currencies, which are never added up; in the order of spend. */
	readonly others: readonly { readonly currency: string; readonly value: number }[];
	/** Days that have figures only under other filters than those asked for. */
	readonly daysLeftOut: number;
	/** Under which filters those days have figures, the most days first. */
	readonly instead: readonly Alternative[];
}

export type Totals = Readonly<Record<MetricId, Total>>;

/** Other filters under which there are figures, and on how many days of the range. */
export interface Alternative {
	readonly filters: ReportedFilters;
	readonly days: number;
}

/** The figures of one value of the split, or of all, bucket by bucket. */
export interface Series {
	/** The split's value; null where there is no split, and for the rest of the values beyond `splitLimit`. */
	readonly value: string | null;
	readonly isRest: boolean;
	readonly byMetric: SeriesByMetric;
}

/** A value of a dimension that occurs. */
export interface ValueShare {
	readonly value: string;
	/**
	 * Under the filters of all other dimensions; null for all values of a dimension of which not every one is known on
	 * every day that has a figure.
	 */
	readonly impressions: number | null;
}

export type Shares = ByDimension<readonly ValueShare[]>;

/** What the top lists show of a row; null where the metric has no value, or was not asked for (`withVideo`). */
export type TopFigures = Readonly<Record<SortMetric, number | null>>;

/** A row of a top list. */
export interface ListRow {
	readonly figures: TopFigures;
	/** Metrics of which the figure is an estimate. */
	readonly estimates: readonly SortMetric[];
	/** The row in the days that are compared with; not set where nothing is compared. */
	readonly compared?: RowBefore;
}

/** A row of a list in the days that are compared with. */
export interface RowBefore {
	/** Null where there is none, and where one of the two is not known of all days, so that they cannot be compared. */
	readonly figures: TopFigures;
	readonly presence: Presence;
}

/** In which of two ranges that are compared something occurs; `both` also where that is not known. */
export type Presence = 'both' | 'new' | 'gone';

export interface PinAttributes {
	readonly title: string;
	readonly board: string;
	readonly link: string;
	readonly imageUrl: string;
	/** When the Pin was made, as `2025-01-31T18:04:05.123Z`; '' where no event says it. */
	readonly createdAt: string;
	/** The format of the Pin's newest event. */
	readonly format: string;
}

export interface TopPin extends PinAttributes, ListRow {
	readonly pinId: string;
}

export interface TopBoard extends ListRow {
	/** '' for the Pins that are on no board. */
	readonly board: string;
	/** Pins of the board with at least one event that passes; null where only reports name the board. */
	readonly pins: number | null;
}

/** A destination: all Pins that point to it together. Pins without a link are in no row. */
export interface TopLink extends ListRow {
	readonly link: string;
	/** Pins of the link with at least one event that passes. */
	readonly pins: number;
}

/** Some rows of a list. */
export interface Top<Row> {
	readonly rows: readonly Row[];
	/** How many there are in all. */
	readonly total: number;
	/**
	 * The days that the rows are of, where these are not the range's: no period lies inside the range, so that the one
	 * nearest to it is listed under its own days. Null where the rows are of the range.
	 */
	readonly period: DaySpan | null;
}

/** The lists of an answer, or those of two ranges together: rows of either, each beside what it was. */
export interface Lists {
	readonly topPins: Top<TopPin>;
	readonly topBoards: Top<TopBoard>;
	readonly topLinks: Top<TopLink>;
}

/** An empty list. */
export const NO_ROWS = { rows: [], total: 0, period: null } as const;

/**
 * Comes in one or two steps: a first answer has all but lists, which are empty there, and people, which are null where they
 * have to be counted.
 */
export interface Answer extends Lists {
	/** Whether this is all, or a first answer. */
	readonly isWhole: boolean;
	/** Whether people are in it. */
	readonly hasPeople: boolean;
	/** How many days the range has. */
	readonly days: number;
	/** Of these, how many hold events, and how many have only what reports say. */
	readonly eventDays: number;
	readonly reportedDays: number;
	readonly totals: Totals;
	readonly buckets: readonly Bucket[];
	/** All that passes, one value a bucket, whatever the split. */
	readonly overall: SeriesByMetric;
	/** Without a split: one. With one: a series per value that occurs, largest impressions first, the rest last. */
	readonly series: readonly Series[];
	readonly shares: Shares;
	/** Where the list of Pins is empty: the filters under which it is not. */
	readonly listsInstead: readonly Alternative[];
	/** What is stored but cannot be read any more, and so is in no figure. */
	readonly damaged: readonly DamagedPart[];
}

/** Rows of an import that were found damaged. */
export interface DamagedPart {
	readonly batchId: number;
	readonly file: string;
	readonly rows: number;
}

/** A metric over two ranges, each over the days that both have. */
export interface ComparedTotal {
	readonly now: number | null;
	readonly then: number | null;
	/** How many days of the range these are. */
	readonly days: number;
}

/** The answer for the days that are compared with, and each metric beside the range's own. */
export interface Comparison {
	readonly answer: Answer;
	readonly totals: Readonly<Record<MetricId, ComparedTotal>>;
}

/** What is true of most totals. */
export const PLAIN_TOTAL: Total = {
	value: null,
	missing: [],
	estimated: [],
	bounds: null,
	asOf: null,
	isOfPins: false,
	isOfUnnamed: false,
	currency: '',
	others: [],
	daysLeftOut: 0,
	instead: []
};

/** A reported figure of a Pin or board, in the metric's unit. */
export interface PeriodFigure {
	readonly metric: MetricId;
	readonly value: number;
	readonly isEstimate: boolean;
	/** Of money, the code of its currency, '' where that is unknown; '' for all that is no money. */
	readonly currency: string;
}

/** What reports say of one Pin or board over a period of their own, whatever range is shown. */
export interface ReportedPeriod extends DaySpan {
	/** Of money one a currency. */
	readonly figures: readonly PeriodFigure[];
}

/** A total since a Pin's first day, as it stood on a day. */
export interface ReportedLevel extends PeriodFigure {
	readonly day: Day;
}

/** Campaign, ad group and ad as they are shown; '' for what is not named. */
export type AdsNames = Readonly<Record<AdsLevel, string>>;

/** What is known of a Pin or board besides its figures in the range. */
export interface About {
	/** Whether anything stored is about it, whatever the filter. */
	readonly isKnown: boolean;
	/** Of a Pin; null for a board, and where nothing is known of it. */
	readonly pin: PinAttributes | null;
	/** Periods of more than a day, newest first. */
	readonly periods: readonly ReportedPeriod[];
	/** Its newest totals. */
	readonly levels: readonly ReportedLevel[];
	/** Of a Pin: the ads that its figures are of, whatever the days; not set where none is named. */
	readonly ads?: readonly AdsNames[];
}

/** Whether and how a day of a metric is known. */
export const DAY_STATES = ['missing', 'events', 'reports', 'estimate'] as const;
export type DayState = (typeof DAY_STATES)[number];

/** Of which days what is there. */
export interface CoverageMap {
	/** The first day that holds data, and the newest. */
	readonly from: Day;
	readonly to: Day;
	/** Per metric a state a day, by its place in DAY_STATES. */
	readonly metrics: readonly { readonly metric: MetricId; readonly days: Uint8Array }[];
}
