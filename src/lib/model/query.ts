import type { Day } from './calendar';
import type { ByDimension, Dimension, OwnDimension } from './dimension';
import type { Count } from './figures';
import type { ByLife } from './life';
import type { MetricId, SortMetric } from './metric';
import type { DaySpan } from './reported';

/** What pages ask; what they are answered is in answer.ts. Any engine that answers a Query can stand behind the pages. */

/** Which events count: those on the days from..to of a zone whose value is listed, for each dimension that lists any. */
export interface Filter {
	/** IANA name of the report's time zone. */
	readonly tz: string;
	readonly from: Day;
	/** Last day, included; never before `from`. */
	readonly to: Day;
	/** Per dimension the values that pass; an empty list lets all pass. */
	readonly values: ByDimension<readonly string[]>;
}

/** No filter but the days. */
export const NO_VALUES: Filter['values'] = {
	content_type: [],
	source: [],
	device: [],
	account: [],
	format: []
};

export const GRAINS = ['day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** One Pin or one board: what a page of its own is about. */
export interface Subject {
	readonly kind: 'pin' | 'board';
	/** The Pin's id, or the board's name ('' for the Pins that are on no board). */
	readonly name: string;
}

/** By what rows of lists are in order: a figure, or its change against the days that are compared with. */
export const ROW_ORDERS = ['value', 'gain', 'loss'] as const;
export type RowOrder = (typeof ROW_ORDERS)[number];

/** A question: what is counted, and how it is split and listed. */
export interface Query {
	readonly filter: Filter;
	/** Where set, only the events of this Pin, or of the Pins that are on this board, count. */
	readonly subject: Subject | null;
	/** One row of a series is a day, a week from Monday, or a month. */
	readonly grain: Grain;
	readonly split: Dimension | null;
	/** How many values of the split get a series of their own (at most 6), the largest by impressions; the others share one. */
	readonly splitLimit: number;
	/** Values that have a series of their own before larger ones, as far as they occur; none where it is not set. */
	readonly splitFirst?: readonly string[];
	readonly sort: SortMetric;
	/** Of lists beside those of other days: by what of the sorted metric; by its value where it is not set. */
	readonly order?: RowOrder;
	/** Whether the rows of top lists carry video figures too, which a sort by one of them needs. */
	readonly withVideo: boolean;
	/** Rows wanted in each top list. */
	readonly top: number;
	/** Where set, paid figures of reports count alone, on every day. */
	readonly ads?: AdsFilter;
}

/** Which ads count. */
export interface AdsFilter {
	/** Names of campaigns, ids of those without one; none lets all count, and what names no campaign. */
	readonly campaigns: readonly string[];
}

/** A stretch of the full list of Pins, in the order of the query's sort. */
export interface PinListRequest {
	/** As of the answer that is on screen: its figures are used again. */
	readonly query: Query;
	/** The same question about the days that are compared with; null where there are none. */
	readonly compared: Query | null;
	/** Only Pins whose title, id or link contains this, in any case; '' for all. */
	readonly words: string;
	/** Where set, in the order of the Pins' lives instead of the query's. */
	readonly byLife?: ByLife;
	/** Place of the first row wanted among those that contain the words, from 0, and how many. */
	readonly first: number;
	readonly count: number;
}

/** Hours of a week. */
export const WEEK_HOURS = 7 * 24;

/** Sums by weekday and hour of the report's zone: Monday 00:00–01:00 at 0, entry weekday × 24 + hour; WEEK_HOURS entries each. */
export type HourFigures = Readonly<Record<Count, Float64Array>>;

/** The first and last event stored, in milliseconds since 1970 (UTC). */
export interface Coverage {
	/** Infinity and -Infinity where no event is stored. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly events: number;
	/** From the first to the last day that any reported figure is of; these are the platform's days, in no time zone. */
	readonly reported?: DaySpan;
	/** Metrics that only reports have, as far as any was imported. */
	readonly metrics: readonly MetricId[];
	/** Whether any reported figure is of an ad, ad group or campaign, or one that only ads have. */
	readonly hasAds?: boolean;
	/** Columns of one's own that any event file has brought, by name; not set where there are none. */
	readonly own?: readonly OwnDimension[];
}

/** What can be written as CSV, in the order of an archive of all of them. */
export const EXPORT_KINDS = [
	'daily',
	'pins',
	'boards',
	'events',
	'people',
	'retention',
	'reported',
	'ads',
	'insights',
	'directory'
] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** What is exported as a table at once; events come some at a time. */
export type TableKind = Exclude<ExportKind, 'events'>;

/** Those that hold no figures of days: they can be there where nothing else is. */
export const KINDS_WITHOUT_DAYS = ['insights', 'directory'] as const satisfies readonly ExportKind[];
