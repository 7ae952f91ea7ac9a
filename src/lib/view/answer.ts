import { FIGURE_IDS } from '../model/figures';
import type { Answer, SortMetric } from '../model/query';

/** Whether no event passed the filters. */
export function isNothing(answer: Answer): boolean {
	return FIGURE_IDS.every((id) => answer.totals[id] === 0);
}

/** How long each row's bar is, from 0 to 1, against the largest. */
export function meters(
	rows: readonly { readonly figures: Readonly<Record<SortMetric, number>> }[],
	sort: SortMetric
): readonly number[] {
	const max = rows.reduce((most, row) => Math.max(most, row.figures[sort]), 0);
	return rows.map((row) => (max === 0 ? 0 : row.figures[sort] / max));
}
