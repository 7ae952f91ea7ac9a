import { FIGURE_IDS } from '../model/figures';
import { METRIC_IDS, metricValue, type MetricId, type SortMetric } from '../model/metric';
import type { Answer, TopFigures } from '../model/query';

/** A metric over the whole range; null where it has no value. */
export function totalValue(answer: Answer, metric: MetricId): number | null {
	return answer.reported ? answer.reported.totals[metric].value : metricValue(metric, answer.totals);
}

/** Whether nothing passed the filters, neither events nor what was reported. */
export function isNothing(answer: Answer): boolean {
	const { reported } = answer;
	if (reported) {
		return METRIC_IDS.every((metric) => reported.overall[metric].values.every((value) => (value ?? 0) === 0));
	}
	return FIGURE_IDS.every((id) => answer.totals[id] === 0);
}

/** How long each row's bar is, from 0 to 1, against the largest. */
export function meters(
	rows: readonly { readonly figures: TopFigures }[],
	sort: SortMetric
): readonly number[] {
	const max = rows.reduce((most, row) => Math.max(most, row.figures[sort] ?? 0), 0);
	return rows.map((row) => (max === 0 ? 0 : (row.figures[sort] ?? 0) / max));
}
