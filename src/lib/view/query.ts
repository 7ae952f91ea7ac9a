import type { Coverage, Query } from '../model/query';
import type { ViewState } from './address';
import { resolveRange } from './range';

/** As many series as can be told apart by colour and dash; the rest of a split's values share one more. */
export const SPLIT_LIMIT = 6;

/** Rows in each top list. */
export const TOP_LIMIT = 50;

/** What a view asks of the engine. */
export function queryOf(state: ViewState, coverage: Coverage): Query {
	const { from, to } = resolveRange(state, coverage);
	return {
		filter: { tz: state.tz, from, to, values: state.values },
		grain: state.grain,
		split: state.split,
		splitLimit: SPLIT_LIMIT,
		sort: state.sort,
		top: TOP_LIMIT
	};
}

/** Whether two queries ask the same, so that one answer serves both. */
export function isSameQuery(a: Query, b: Query): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}
