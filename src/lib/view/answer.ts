import { METRIC_IDS, type SortMetric } from '../model/metric';
import type { Answer, TopFigures } from '../model/answer';

/** Whether nothing passed the filters, neither events nor what was reported. */
export function isNothing({ totals, overall }: Answer): boolean {
	return METRIC_IDS.every(
		(metric) =>
			(totals[metric].value ?? 0) === 0 &&
			totals[metric].bounds === null &&
			overall[metric].values.every((value) => (value ?? 0) === 0)
	);
}

/** How long each row's bar is, from 0 to 1, against the largest. */
export function meters(
	rows: readonly { readonly figures: TopFigures }[],
	sort: SortMetric
): readonly number[] {
	const max = rows.reduce((most, row) => Math.max(most, row.figures[sort] ?? 0), 0);
	return rows.map((row) => (max === 0 ? 0 : (row.figures[sort] ?? 0) / max));
}
