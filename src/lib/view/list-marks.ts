import type { ListRow } from '../model/answer';
import { METRICS, type SortMetric } from '../model/metric';

/** What of a list's figures is explained under it. */
export interface ListMarks {
	/** Whether any figure is an estimate. */
	readonly hasEstimates: boolean;
	/** Whether a metric that other rows have is missing in a row: the export of that metric does not list it. */
	readonly hasGaps: boolean;
	/** Metrics that no row has: there is no export of them. */
	readonly missing: readonly SortMetric[];
}

/** The marks of a list. A rate without a value is a part of nothing, which needs no export. */
export function listMarks(rows: readonly ListRow[], metrics: readonly SortMetric[]): ListMarks {
	const amounts = metrics.filter((metric) => METRICS[metric].formula.kind === 'amount');
	const rowsWith = (metric: SortMetric) => rows.filter(({ figures }) => figures[metric] !== null).length;
	return {
		hasEstimates: rows.some(({ estimates }) => estimates.some((metric) => metrics.includes(metric))),
		hasGaps: amounts.some((metric) => rowsWith(metric) > 0 && rowsWith(metric) < rows.length),
		missing: rows.length === 0 ? [] : amounts.filter((metric) => rowsWith(metric) === 0)
	};
}
