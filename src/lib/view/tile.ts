import type { ComparedTotal, Total } from '../model/answer';
import { METRICS, type MetricId } from '../model/metric';
import type { DaySpan } from '../model/reported';
import type { KnownDays } from './known-days';

/** What a key figure shows. */
export interface TileFigure {
	/** Null while it is awaited. */
	readonly total: Total | null;
	/** Which days of the range it knows; null while it is awaited. */
	readonly known: KnownDays | null;
	/** The days that an export would have to be of, where some are missing. */
	readonly gap: DaySpan | null;
	/** One value a step of the series; null while the first answer is awaited. */
	readonly trend: readonly (number | null)[] | null;
	/** Beside the days that are compared with; null where nothing is, or it is awaited. */
	readonly compared: ComparedTotal | null;
}

/** Whether more of a metric is good and less is bad, so that a change has a side; what ads cost is neither. */
export function hasGoodSide(metric: MetricId): boolean {
	return METRICS[metric].unit !== 'money' || metric === 'order_value';
}
