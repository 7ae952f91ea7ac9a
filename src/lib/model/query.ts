import type { Day } from './calendar';
import type { Dimension } from './event';
import type { FigureColumns, Figures } from './figures';
import type { SORT_METRICS } from './metric';

/** What pages ask and what an engine answers. Any engine that answers a Query can stand behind the pages. */

/** Which events count: those on the days from..to of a zone whose value is listed, for each dimension that lists any. */
export interface Filter {
	/** IANA name of the report's time zone. */
	readonly tz: string;
	readonly from: Day;
	/** Last day, included; never before `from`. */
	readonly to: Day;
	/** Per dimension the values that pass; an empty list lets all pass. */
	readonly values: Readonly<Record<Dimension, readonly string[]>>;
}

export const GRAINS = ['day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

export type SortMetric = (typeof SORT_METRICS)[number];

export interface Query {
	readonly filter: Filter;
	/** One row of a series is a day, a week from Monday, or a month. */
	readonly grain: Grain;
	readonly split: Dimension | null;
	/** How many values of the split get a series of their own (at most 6), the largest by impressions; the others share one. */
	readonly splitLimit: number;
	readonly sort: SortMetric;
	/** Rows wanted in each top list. */
	readonly top: number;
}

/** A stretch of the series' axis. */
export interface Bucket {
	/** First day of the stretch as the grain has it, even where the range cuts it: a Monday, a first of the month. */
	readonly day: Day;
	/** Whether the range cuts the week or month. */
	readonly partial: boolean;
}

export interface Series {
	/** The split's value; null where there is no split, and for the rest of the values beyond `splitLimit`. */
	readonly value: string | null;
	readonly isRest: boolean;
	/** One row a bucket. */
	readonly figures: FigureColumns;
}

/** A value of a dimension, with the impressions that it has under the filters of all other dimensions. */
export interface ValueShare {
	readonly value: string;
	readonly impressions: number;
}

/** What the top lists show of a Pin or board. */
export type TopFigures = Readonly<Record<SortMetric, number>>;

export interface PinAttributes {
	readonly title: string;
	readonly board: string;
	readonly link: string;
	readonly imageUrl: string;
	/** The format of the Pin's newest event. */
	readonly format: string;
}

export interface TopPin extends PinAttributes {
	readonly pinId: string;
	readonly figures: TopFigures;
}

export interface TopBoard {
	/** '' for the Pins that are on no board. */
	readonly board: string;
	/** Pins of the board with at least one event that passes. */
	readonly pins: number;
	readonly figures: TopFigures;
}

export interface Top<Row> {
	readonly rows: readonly Row[];
	/** How many there are in all. */
	readonly total: number;
}

export interface Answer {
	readonly totals: Figures;
	readonly buckets: readonly Bucket[];
	/** All that passes, one row a bucket, whatever the split. */
	readonly overall: FigureColumns;
	/** Without a split: one. With one: a series per value that occurs, largest impressions first, the rest last. */
	readonly series: readonly Series[];
	readonly shares: Readonly<Record<Dimension, readonly ValueShare[]>>;
	readonly topPins: Top<TopPin>;
	readonly topBoards: Top<TopBoard>;
}

/** The first and last event stored, in milliseconds since 1970 (UTC). */
export interface Coverage {
	readonly firstMs: number;
	readonly lastMs: number;
	readonly events: number;
}

export const EXPORT_KINDS = ['daily', 'pins', 'boards', 'events'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];
