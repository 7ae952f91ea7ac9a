import type { Ask, PageRequest } from '../model/page-request';
import type { Coverage, Filter, Query, RowOrder, Subject } from '../model/query';
import { DEFAULT_VIEW, type ViewState } from './address';
import { comparisonRange } from './comparison';
import { hasLists } from './page';
import { dataRange, resolveRange, type DayRange } from './range';

/** As many series as can be distinguished by colour and dash; the rest of a split's values share one more. */
const SPLIT_LIMIT = 6;

/** Rows in each top list. */
const TOP_LIMIT = 50;

/** What a page is about, where that is one Pin or one board. */
function subjectOf(state: ViewState): Subject | null {
	if (state.page === 'pin') return { kind: 'pin', name: state.id };
	return state.page === 'board' ? { kind: 'board', name: state.name } : null;
}

/** What a view asks of the engine. */
export function queryOf(state: ViewState, coverage: Coverage): Query {
	const { from, to } = resolveRange(state, coverage);
	const isVideo = state.page === 'video';
	if (state.page === 'ads') return adsQuery(state, { from, to });
	// The Video page is the view of this format, whatever else the address names.
	const values = isVideo ? { ...state.values, format: ['video'] } : state.values;
	return {
		filter: { tz: state.tz, from, to, values },
		subject: subjectOf(state),
		grain: state.grain,
		split: state.split,
		splitLimit: SPLIT_LIMIT,
		sort: state.sort,
		...(orderOf(state) === 'value' ? {} : { order: orderOf(state) }),
		withVideo: isVideo,
		top: state.page === 'people' ? 0 : TOP_LIMIT
	};
}

/** By what the rows of lists are in order: without a comparison there is no change. */
export function orderOf({ compare, order }: Pick<ViewState, 'compare' | 'order'>): RowOrder {
	return compare === null ? 'value' : order;
}

/** What the Ads page asks: reports have no other filter than the campaigns, and no time zone. */
function adsQuery({ grain, campaigns }: ViewState, { from, to }: DayRange): Query {
	return {
		filter: { tz: 'UTC', from, to, values: DEFAULT_VIEW.values },
		subject: null,
		grain,
		split: null,
		splitLimit: SPLIT_LIMIT,
		sort: DEFAULT_VIEW.sort,
		withVideo: false,
		top: 0,
		ads: { campaigns }
	};
}

/** The same question about the days that a view compares with; null where it compares with none. */
export function comparisonQuery(state: ViewState, query: Query): Query | null {
	if (state.compare === null) return null;
	const { from, to } = comparisonRange(query.filter, state.compare, state.matchWeekdays);
	return { ...query, filter: { ...query.filter, from, to }, top: 0 };
}

/** Whether any filter but the days is set. */
export function hasFilters(values: Filter['values']): boolean {
	return Object.values(values).some((listed) => listed.length > 0);
}

/** What a page needs of its query, in the order in which it is asked. */
function asksOf({ page, compare, grain }: ViewState): readonly Ask[] {
	// Without lists the figures themselves are there at once.
	if (page === 'people') return ['figures', 'people'];
	const asks: Ask[] = ['answer'];
	if (compare !== null) asks.push('comparison');
	if (compare !== null && hasLists(page)) asks.push('lists');
	if (page === 'ads') asks.push('ads');
	const hasChanges = page === 'changes' || page === 'overview';
	// Unusual are days, so they stand on a chart by day.
	if (hasChanges && grain === 'day') asks.push('unusual');
	if (hasChanges && compare !== null) asks.push('changes');
	if (page === 'overview') asks.push('best_link', 'pattern');
	if (page === 'pin' || page === 'board') asks.push('about', 'whole', 'splits', 'pattern');
	if (page === 'pin') asks.push('life');
	return asks;
}

/** The same, with the metric and the days that some of it is about. */
export function asksAbout(
	state: ViewState,
	coverage: Coverage
): Pick<PageRequest, 'asks' | 'metric' | 'allDays'> {
	const asks = asksOf(state);
	// What does not depend on the metric, or on all days, is not asked again where they are others.
	return {
		asks,
		...(asks.includes('changes') || asks.includes('unusual') ? { metric: state.metric } : {}),
		...(asks.includes('life') ? { allDays: dataRange(coverage, state.tz) } : {})
	};
}

/** Whether two queries ask the same, so that one answer serves both. */
export function isSameQuery(a: Query, b: Query): boolean {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether two queries are of one page: about the same Pin or board, or all of them, or all videos, or ads. */
export function isOfSamePage(a: Query, b: Query): boolean {
	return (
		a.subject?.kind === b.subject?.kind &&
		a.subject?.name === b.subject?.name &&
		a.withVideo === b.withVideo &&
		(a.ads === undefined) === (b.ads === undefined)
	);
}
