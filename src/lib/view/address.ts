import { dayNumber, isTimeZone, type Day } from '../model/calendar';
import {
	dimensionDef,
	dimensionOfParameter,
	dimensionsIn,
	type Dimension,
	type DimensionDef
} from '../model/dimension';
import { ADS_METRICS, METRIC_IDS, type AdsMetric, type MetricId, type SortMetric } from '../model/metric';
import { GRAINS, NO_VALUES, ROW_ORDERS, type Filter, type Grain, type RowOrder } from '../model/query';
import {
	AUDIENCE_PARAMETERS,
	audienceParts,
	DEFAULT_AUDIENCE_VIEW,
	readAudiencePart,
	type AudienceView
} from './audience-address';
import { defaultMetric, sortsOf, type PageKind } from './page';

/**
 * The address and what it says: the query part of a page's URL ↔ a ViewState. The view begins here: an address
 * is read here, resolved against what is stored (range.ts), and asked (query.ts).
 */

/** Ranges that move with the data. */
export const PRESETS = ['7d', '14d', '21d', '30d', '60d', '90d', 'this-month', 'last-month', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

/** What a range can be compared with: the days right before it, or the same days a year before. */
export const COMPARISONS = ['previous', 'year'] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** On a phone the Overview page has two tabs. */
export const TABS = ['overview', 'top-pins'] as const;
export type Tab = (typeof TABS)[number];

/** What the tables of the Ads page can be ordered by. */
const ADS_SORTS = ['name', ...ADS_METRICS] as const;
export type AdsSort = AdsMetric | 'name';

/** Everything that can be set on a page, as one value. */
export interface ViewState {
	/** Where it is shown, which decides its defaults; the address's path, not its query, says so. */
	readonly page: PageKind;
	readonly range: Preset;
	/** Where either end is set, both win over `range`; null is the data's end. */
	readonly from: Day | null;
	readonly to: Day | null;
	readonly compare: Comparison | null;
	/** Whether the comparison is moved by whole weeks, so that its weekdays match. */
	readonly matchWeekdays: boolean;
	readonly grain: Grain;
	/** IANA name. */
	readonly tz: string;
	/** Per dimension the values that pass; none listed lets all pass. */
	readonly values: Filter['values'];
	readonly metric: MetricId;
	readonly split: Dimension | null;
	readonly sort: SortMetric;
	/** By the value of what tables are sorted by, or by its change; only the latter needs a comparison to mean anything. */
	readonly order: RowOrder;
	/** Of the Ads page: what its tables are ordered by, and the campaigns that count; none listed lets all count. */
	readonly adsSort: AdsSort;
	readonly campaigns: readonly string[];
	/** Words that narrow the list of Pins. */
	readonly q: string;
	/** Name of the workspace; '' is the first. */
	readonly ws: string;
	readonly view: Tab;
	/** Of the Pin page: the Pin's id. Other pages ignore it. */
	readonly id: string;
	/** Of the Board page: the board's name; '' is no board. Other pages ignore it. */
	readonly name: string;
	/** Of the Audience page. Other pages ignore it. */
	readonly audience: AudienceView;
	/** Of the page of changes: the unusual day that is looked at; null for the newest. Other pages ignore it. */
	readonly unusual: Day | null;
}

/** What the Overview shows when its address says nothing. */
export const DEFAULT_VIEW: ViewState = {
	page: 'overview',
	range: '30d',
	from: null,
	to: null,
	compare: null,
	matchWeekdays: false,
	grain: 'day',
	tz: 'UTC',
	values: NO_VALUES,
	metric: 'impressions',
	split: null,
	sort: 'impressions',
	order: 'value',
	adsSort: 'spend',
	campaigns: [],
	q: '',
	ws: '',
	view: 'overview',
	id: '',
	name: '',
	audience: DEFAULT_AUDIENCE_VIEW,
	unusual: null
};

/** A part of an address that is not known. */
export interface IgnoredPart {
	readonly parameter: string;
	readonly value: string;
}

export interface AddressReading {
	readonly state: ViewState;
	readonly ignored: readonly IgnoredPart[];
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
	return (list as readonly string[]).includes(value);
}

// Inside a name a comma is `%2C`; a `%` that would read as an escape is one itself.
const escapeName = (name: string) => name.replace(/%(?=2C|25)/gi, '%25').replaceAll(',', '%2C');
const unescapeName = (text: string) => text.replace(/%(2C|25)/gi, (_, code) => (code === '25' ? '%' : ','));

/** Stands for the empty value of a column of one's own; a value of that name is written with an escape. */
const NONE = 'none';
const ESCAPED_NONE = '%6Eone';

const escapeValue = (value: string) =>
	value === '' ? NONE : value === NONE ? ESCAPED_NONE : escapeName(value);

function isZone(name: string): boolean {
	return /^[a-z]/i.test(name) && isTimeZone(name);
}

/** What a page compares with where its address does not say: changes are always against earlier days. */
export function defaultComparison(page: PageKind): Comparison | null {
	return page === 'changes' ? 'previous' : null;
}

/** What a page shows when its address says nothing. */
export function defaultView(page: PageKind): ViewState {
	return { ...DEFAULT_VIEW, page, metric: defaultMetric(page), compare: defaultComparison(page) };
}

/** The same view on another page. What only the page that it comes from can show becomes the other's default. */
export function viewOn(state: ViewState, page: PageKind): ViewState {
	return {
		...state,
		page,
		id: '',
		name: '',
		audience: DEFAULT_AUDIENCE_VIEW,
		unusual: null,
		compare: state.compare ?? defaultComparison(page),
		metric: metricOn(state, page),
		adsSort: DEFAULT_VIEW.adsSort,
		campaigns: [],
		sort: isOneOf(sortsOf(page), state.sort) ? state.sort : DEFAULT_VIEW.sort
	};
}

function metricOn({ metric, page: before }: ViewState, page: PageKind): MetricId {
	const isOpen = page !== 'ads' || isOneOf(ADS_METRICS, metric);
	return metric === defaultMetric(before) || !isOpen ? defaultMetric(page) : metric;
}

/** Reads the query part of an address. Whatever is not known is left out and named. */
export function readAddress(search: string, page: PageKind = 'overview'): AddressReading {
	const parameters = new URLSearchParams(search);
	const ignored: IgnoredPart[] = [];
	const state: { -readonly [K in keyof ViewState]: ViewState[K] } = defaultView(page);
	// Labels and columns of one's own are there where the address names them.
	const values = { ...DEFAULT_VIEW.values } as Record<Dimension, readonly string[]>;
	state.values = values;

	for (const parameter of new Set(parameters.keys())) {
		const all = parameters.getAll(parameter);
		const text = (all.at(-1) ?? '').trim();
		const drop = (value: string) => ignored.push({ parameter, value });
		const take = <T extends string>(list: readonly T[], set: (value: T) => void) => {
			if (isOneOf(list, text)) set(text);
			else if (text !== '') drop(text);
		};
		const dimension = dimensionOfParameter(parameter);
		if (dimension) values[dimension.id] = readValues(dimension, all, drop);
		else if (parameter === 'range') take(PRESETS, (preset) => (state.range = preset));
		else if (parameter === 'from' || parameter === 'to') {
			if (dayNumber(text) !== null) state[parameter] = text;
			else if (text !== '') drop(text);
		} else if (parameter === 'unusual' && page === 'changes') {
			if (dayNumber(text) !== null) state.unusual = text;
			else if (text !== '') drop(text);
		} else if (parameter === 'compare') take(COMPARISONS, (compare) => (state.compare = compare));
		else if (parameter === 'match') take(['weekday'], () => (state.matchWeekdays = true));
		else if (parameter === 'grain') take(GRAINS, (grain) => (state.grain = grain));
		else if (parameter === 'metric') {
			take<MetricId>(page === 'ads' ? ADS_METRICS : METRIC_IDS, (metric) => (state.metric = metric));
		} else if (parameter === 'split') {
			const split = dimensionDef(text)?.id;
			if (split) state.split = split;
			else if (text !== '') drop(text);
		} else if (parameter === 'sort' && page === 'ads') take(ADS_SORTS, (sort) => (state.adsSort = sort));
		else if (parameter === 'campaign' && page === 'ads') state.campaigns = readNames(all);
		else if (parameter === 'sort') take(sortsOf(page), (sort) => (state.sort = sort));
		else if (parameter === 'order') take(ROW_ORDERS, (order) => (state.order = order));
		else if (parameter === 'view') take(TABS, (view) => (state.view = view));
		else if (parameter === 'tz') {
			if (text.toUpperCase() === 'UTC') state.tz = 'UTC';
			else if (isZone(text)) state.tz = text;
			else if (text !== '') drop(text);
		} else if (parameter === 'q') state.q = text;
		else if (parameter === 'ws') state.ws = text;
		else if (isOneOf(AUDIENCE_PARAMETERS, parameter)) {
			const part = readAudiencePart(parameter, text);
			if (part) state.audience = { ...state.audience, ...part };
			else if (text !== '') drop(text);
		} else if (parameter === 'id' || parameter === 'name') state[parameter] = text;
		else drop(text);
	}
	if (state.from !== null && state.to !== null && state.from > state.to)
		[state.from, state.to] = [state.to, state.from];
	return { state, ignored };
}

function readValues(
	{ values, whenEmpty }: DimensionDef,
	lists: readonly string[],
	drop: (value: string) => void
): readonly string[] {
	if (values === null) {
		const names = readNames(lists);
		if (whenEmpty !== '') return names;
		return names.map((name) => (name === NONE ? '' : name === ESCAPED_NONE ? NONE : name));
	}
	const found = new Set<string>();
	for (const part of lists.join(',').split(',')) {
		const value = part.trim().toLowerCase();
		if (isOneOf(values, value)) found.add(value);
		else if (value !== '') drop(part.trim());
	}
	return [...found];
}

/** Names of an open list. */
function readNames(lists: readonly string[]): readonly string[] {
	const names = lists.join(',').split(',');
	return [...new Set(names.map((name) => unescapeName(name).trim()))].filter((name) => name !== '');
}

/** Writes the query part of an address: '' or `?…`. Defaults are not written. */
export function writeAddress(state: ViewState): string {
	const parts: string[] = [];
	const add = (parameter: string, value: string) => {
		// A comma, a colon and a slash need no escape here, and an address is read by people.
		const text = encodeURIComponent(value).replace(/%2C/g, ',').replace(/%2F/g, '/').replace(/%3A/g, ':');
		parts.push(`${parameter}=${text}`);
	};
	if (state.id !== '') add('id', state.id);
	if (state.name !== '') add('name', state.name);
	for (const [parameter, value] of audienceParts(state.audience)) add(parameter, value);
	if (state.from !== null || state.to !== null) {
		if (state.from !== null) add('from', state.from);
		if (state.to !== null) add('to', state.to);
	} else if (state.range !== DEFAULT_VIEW.range) add('range', state.range);
	if (state.compare !== null && state.compare !== defaultComparison(state.page))
		add('compare', state.compare);
	if (state.matchWeekdays) add('match', 'weekday');
	if (state.grain !== DEFAULT_VIEW.grain) add('grain', state.grain);
	if (state.tz !== DEFAULT_VIEW.tz) add('tz', state.tz);
	for (const dimension of dimensionsIn(state.values)) {
		const values = state.values[dimension] ?? [];
		if (values.length === 0) continue;
		// No value of a closed list needs an escape.
		const texts =
			dimensionDef(dimension)?.whenEmpty === '' ? values.map(escapeValue) : values.map(escapeName);
		add(dimensionDef(dimension)!.parameter, texts.join(','));
	}
	if (state.metric !== defaultMetric(state.page)) add('metric', state.metric);
	if (state.unusual !== null) add('unusual', state.unusual);
	if (state.split !== null) add('split', state.split);
	if (state.q !== '') add('q', state.q);
	if (state.ws !== '') add('ws', state.ws);
	if (state.campaigns.length > 0) add('campaign', state.campaigns.map(escapeName).join(','));
	if (state.page === 'ads') {
		if (state.adsSort !== DEFAULT_VIEW.adsSort) add('sort', state.adsSort);
	} else if (state.sort !== DEFAULT_VIEW.sort) add('sort', state.sort);
	if (state.order !== DEFAULT_VIEW.order) add('order', state.order);
	if (state.view !== DEFAULT_VIEW.view) add('view', state.view);
	return parts.length === 0 ? '' : `?${parts.join('&')}`;
}
