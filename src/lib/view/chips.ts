import { dimensionsIn, type Dimension } from '../model/dimension';
import { DEFAULT_VIEW, defaultComparison, type Comparison, type ViewState } from './address';
import { filteredDimensions } from './page';

/** What is set, as chips: each says what it is and what the view is without it. */
export type Chip =
	| { readonly kind: 'range'; readonly without: ViewState }
	| { readonly kind: 'compare'; readonly compare: Comparison; readonly without: ViewState }
	| { readonly kind: 'campaign'; readonly name: string; readonly without: ViewState }
	| { readonly kind: 'tz'; readonly tz: string; readonly without: ViewState }
	| {
			readonly kind: 'value';
			readonly dimension: Dimension;
			readonly value: string;
			readonly without: ViewState;
	  };

/** The chips of a view, in the order of the filter panel. */
export function chipsOf(state: ViewState): readonly Chip[] {
	const chips: Chip[] = [];
	if (state.from !== null || state.to !== null || state.range !== DEFAULT_VIEW.range)
		chips.push({ kind: 'range', without: { ...state, range: DEFAULT_VIEW.range, from: null, to: null } });
	if (state.compare !== null && state.compare !== defaultComparison(state.page))
		chips.push({ kind: 'compare', compare: state.compare, without: compareWith(state, null) });
	for (const dimension of filteredDimensions(state.page, dimensionsIn(state.values)))
		for (const value of state.values[dimension] ?? [])
			chips.push({ kind: 'value', dimension, value, without: toggleValue(state, dimension, value) });
	for (const name of state.campaigns)
		chips.push({ kind: 'campaign', name, without: toggleCampaign(state, name) });
	// Reported days are the platform's own, in no time zone.
	if (state.tz !== DEFAULT_VIEW.tz && state.page !== 'ads')
		chips.push({ kind: 'tz', tz: state.tz, without: { ...state, tz: DEFAULT_VIEW.tz } });
	return chips;
}

/** The view with nothing filtered; what is shown of it (metric, split, step, order, tab) stays. */
export function withoutFilters(state: ViewState): ViewState {
	const { range, from, to, tz, values, q, campaigns } = DEFAULT_VIEW;
	return { ...compareWith(state, null), range, from, to, tz, values, q, campaigns };
}

/**
 * The view compared with other days, or with as many as its page must. Without a comparison no weekdays need to match, and
 * nothing changes.
 */
export function compareWith(state: ViewState, wanted: Comparison | null): ViewState {
	const compare = wanted ?? defaultComparison(state.page);
	if (wanted !== null) return { ...state, compare };
	return { ...state, compare, matchWeekdays: false, order: DEFAULT_VIEW.order };
}

/** The view with one value of a dimension put in or taken out. */
export function toggleValue(state: ViewState, dimension: Dimension, value: string): ViewState {
	const listed = state.values[dimension] ?? [];
	const values = listed.includes(value) ? listed.filter((each) => each !== value) : [...listed, value];
	return { ...state, values: { ...state.values, [dimension]: values } };
}

/** The view with one campaign put in or taken out. */
export function toggleCampaign(state: ViewState, name: string): ViewState {
	const { campaigns } = state;
	const isListed = campaigns.includes(name);
	return {
		...state,
		campaigns: isListed ? campaigns.filter((each) => each !== name) : [...campaigns, name]
	};
}

/** The view with exactly this value of a dimension, or with all of them where it is null. */
export function chooseValue(state: ViewState, dimension: Dimension, value: string | null): ViewState {
	return { ...state, values: { ...state.values, [dimension]: value === null ? [] : [value] } };
}
