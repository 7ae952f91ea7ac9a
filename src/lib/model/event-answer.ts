import {
	PLAIN_TOTAL,
	type Answer,
	type Bucket,
	type MetricSeries,
	type SeriesByMetric,
	type DamagedPart,
	type Top,
	type TopBoard,
	type TopLink,
	type TopPin,
	type Totals,
	type ValueShare
} from './answer';
import type { ByDimension, OwnDimension } from './dimension';
import type { FigureColumns, Figures } from './figures';
import { EVENT_METRIC_IDS, METRIC_IDS, metricColumn, metricValue, type MetricId } from './metric';

/** What an engine counts of events: figures, of which the metrics of an answer are made. */

/** The figures of one value of the split, or of all, bucket by bucket. */
export interface EventSeries {
	readonly value: string | null;
	readonly isRest: boolean;
	/** One row a bucket. */
	readonly figures: FigureColumns;
}

/** A value that occurs, with the impressions that it has under the filters of all other dimensions. */
export interface CountedShare extends ValueShare {
	readonly impressions: number;
}

/** The values of columns of one's own that occur. */
export type OwnShares = Readonly<Record<OwnDimension, readonly CountedShare[]>>;

/** An answer as it is counted. People are NaN as long as they are not known. */
export interface EventAnswer {
	readonly isWhole: boolean;
	readonly hasPeople: boolean;
	readonly totals: Figures;
	readonly buckets: readonly Bucket[];
	/** All that passes, one row a bucket, whatever the split. */
	readonly overall: FigureColumns;
	/** Without a split: one, whose figures are `overall`. */
	readonly series: readonly EventSeries[];
	/** The values that occur, but for columns of one's own. */
	readonly shares: ByDimension<readonly CountedShare[]>;
	readonly topPins: Top<TopPin>;
	readonly topBoards: Top<TopBoard>;
	readonly topLinks: Top<TopLink>;
	readonly damaged: readonly DamagedPart[];
}

/** The answer where events say all there is: every day of the range is known. */
export function answerOfEvents(counted: EventAnswer, days: number): Answer {
	const { totals, overall, series, ...same } = counted;
	const byMetric = seriesOfFigures(overall);
	return {
		...same,
		days,
		eventDays: days,
		reportedDays: 0,
		totals: totalsOfFigures(totals),
		overall: byMetric,
		series: series.map(({ value, isRest, figures }) => ({
			value,
			isRest,
			byMetric: figures === overall ? byMetric : seriesOfFigures(figures)
		})),
		listsInstead: []
	};
}

function totalsOfFigures(figures: Figures): Totals {
	return forEachMetric((metric) => {
		const value = metricValue(metric, figures);
		return value === null ? PLAIN_TOTAL : { ...PLAIN_TOTAL, value };
	});
}

/** The metrics of figures, row by row; those that events do not have are empty throughout. */
export function seriesOfFigures(columns: FigureColumns): SeriesByMetric {
	const rows = columns.impressions.length;
	const nothing: MetricSeries = { values: new Array<null>(rows).fill(null), isEstimate: null };
	const byMetric = forEachMetric(() => nothing) as Record<MetricId, MetricSeries>;
	for (const metric of EVENT_METRIC_IDS)
		byMetric[metric] = { values: metricColumn(metric, columns), isEstimate: null };
	return byMetric;
}

/** A value for every metric. */
export function forEachMetric<T>(make: (metric: MetricId) => T): Readonly<Record<MetricId, T>> {
	return Object.fromEntries(METRIC_IDS.map((metric) => [metric, make(metric)])) as Record<MetricId, T>;
}
