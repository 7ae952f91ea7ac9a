import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLOSED_VALUES, NATIVE_DIMENSIONS } from '../../../src/lib/model/event';
import { AUDIENCES_OF_INSIGHTS, INSIGHTS_SECTIONS } from '../../../src/lib/model/insights';
import { ADS_METRICS, METRIC_IDS, SORT_METRICS } from '../../../src/lib/model/metric';
import { GRAINS, ROW_ORDERS } from '../../../src/lib/model/query';
import {
	COMPARISONS,
	DEFAULT_VIEW,
	defaultView,
	PRESETS,
	readAddress,
	TABS,
	viewOn,
	writeAddress,
	type ViewState
} from '../../../src/lib/view/address';
import { PAGES, type PageKind } from '../../../src/lib/view/page';

const values = (some: Partial<ViewState['values']>) =>
	({ ...DEFAULT_VIEW.values, ...some }) as ViewState['values'];

const audience = (some: Partial<ViewState['audience']>) => ({
	audience: { ...DEFAULT_VIEW.audience, ...some }
});

/** Both directions: the address is what the state is written as, and reads back as the same state. */
const TWO_WAY: readonly { name: string; search: string; state: Partial<ViewState> }[] = [
	{ name: 'nothing set', search: '', state: {} },
	{ name: 'a preset', search: '?range=this-month', state: { range: 'this-month' } },
	{
		name: 'two dates',
		search: '?from=2026-01-02&to=2026-02-03',
		state: { from: '2026-01-02', to: '2026-02-03' }
	},
	{ name: 'one date', search: '?to=2026-02-03', state: { to: '2026-02-03' } },
	{ name: 'a step', search: '?grain=week', state: { grain: 'week' } },
	{ name: 'a zone, read by people', search: '?tz=Europe/Stockholm', state: { tz: 'Europe/Stockholm' } },
	{ name: 'one value', search: '?content=paid', state: { values: values({ content_type: ['paid'] }) } },
	{
		name: 'a list',
		search: '?device=mobile,tablet',
		state: { values: values({ device: ['mobile', 'tablet'] }) }
	},
	{
		name: 'an account with a comma',
		search: '?account=Smith%252C%20Sons,b.example',
		state: { values: values({ account: ['Smith, Sons', 'b.example'] }) }
	},
	{
		name: 'an account that looks escaped',
		search: '?account=a%25252Cb',
		state: { values: values({ account: ['a%2Cb'] }) }
	},
	{
		name: 'a comparison',
		search: '?compare=year&match=weekday',
		state: { compare: 'year', matchWeekdays: true }
	},
	{ name: 'a split', search: '?split=content_type', state: { split: 'content_type' } },
	{ name: 'words', search: '?q=oak%20%26%20%C3%A4pple', state: { q: 'oak & äpple' } },
	{ name: 'a tab', search: '?view=top-pins', state: { view: 'top-pins' } },
	{
		name: 'what is drawn and how it is ordered',
		search: '?metric=save_rate&ws=Shop%20two&sort=saves&order=gain',
		state: { metric: 'save_rate', ws: 'Shop two', sort: 'saves', order: 'gain' }
	},
	{
		name: 'an audience beside the nearest snapshot of another',
		search: '?audience=engaged&against=total',
		state: audience({ audience: 'engaged', against: { audience: 'total', day: null } })
	},
	{
		name: 'two days of an audience, and a row whose name holds a colon',
		search: '?day=2026-06-20&against=total:2026-05-20&row=interest:Home:Rugs%253A%20red',
		state: audience({
			day: '2026-06-20',
			against: { audience: 'total', day: '2026-05-20' },
			row: { section: 'interest', category: 'Home', name: 'Rugs: red' }
		})
	},
	{
		name: 'a row without a category that looks escaped',
		search: '?row=country:A%25253A%25%2025',
		state: audience({ row: { section: 'country', category: '', name: 'A%3A% 25' } })
	}
];

describe('address', () => {
	it.each(TWO_WAY)('writes and reads $name', ({ search, state }) => {
		const whole = { ...DEFAULT_VIEW, ...state };
		expect(writeAddress(whole)).toBe(search);
		expect(readAddress(search)).toEqual({ state: whole, ignored: [] });
	});

	it.each([
		{ name: 'an unknown parameter', search: '?colour=red', ignored: [{ parameter: 'colour', value: 'red' }] },
		{ name: 'an unknown preset', search: '?range=8d', ignored: [{ parameter: 'range', value: '8d' }] },
		{
			name: 'a date that does not exist',
			search: '?from=2026-02-30',
			ignored: [{ parameter: 'from', value: '2026-02-30' }]
		},
		{ name: 'an unknown zone', search: '?tz=Mars/Base', ignored: [{ parameter: 'tz', value: 'Mars/Base' }] },
		{ name: 'an offset for a zone', search: '?tz=%2B02:00', ignored: [{ parameter: 'tz', value: '+02:00' }] },
		{ name: 'an unknown order', search: '?order=best', ignored: [{ parameter: 'order', value: 'best' }] },
		{
			name: 'a metric it does not sort by',
			search: '?sort=save_rate',
			ignored: [{ parameter: 'sort', value: 'save_rate' }]
		},
		{
			name: 'parts of an audience that nobody knows',
			search: '?audience=mine&day=2026-02-30&against=total:soon&row=hobby:Rugs',
			ignored: [
				{ parameter: 'audience', value: 'mine' },
				{ parameter: 'day', value: '2026-02-30' },
				{ parameter: 'against', value: 'total:soon' },
				{ parameter: 'row', value: 'hobby:Rugs' }
			]
		},
		{
			name: 'a name every object has',
			search: '?metric=constructor',
			ignored: [{ parameter: 'metric', value: 'constructor' }]
		}
	])('leaves out and names $name', ({ search, ignored }) => {
		expect(readAddress(search)).toEqual({ state: DEFAULT_VIEW, ignored });
	});

	it('keeps the known values of a list that holds unknown ones', () => {
		const { state, ignored } = readAddress('?device=mobile,watch,tablet');
		expect(state.values.device).toEqual(['mobile', 'tablet']);
		expect(ignored).toEqual([{ parameter: 'device', value: 'watch' }]);
	});

	it.each([
		{
			name: 'swapped ends',
			search: '?from=2026-03-01&to=2026-01-01',
			state: { from: '2026-01-01', to: '2026-03-01' }
		},
		{
			name: 'an escaped separator',
			search: '?device=mobile%2Ctablet',
			state: { values: values({ device: ['mobile', 'tablet'] }) }
		},
		{
			name: 'a list given in parts',
			search: '?device=mobile&device=tablet',
			state: { values: values({ device: ['mobile', 'tablet'] }) }
		},
		{
			name: 'a value named twice, in capitals',
			search: '?format=VIDEO,video',
			state: { values: values({ format: ['video'] }) }
		},
		{ name: 'utc in small letters', search: '?tz=utc', state: {} },
		{ name: 'empty parameters', search: '?range=&device=&account=&q=&ws=', state: {} }
	])('puts right $name', ({ search, state }) => {
		expect(readAddress(search)).toEqual({ state: { ...DEFAULT_VIEW, ...state }, ignored: [] });
	});

	it('of changes compares with the days before unless it says otherwise, wherever it comes from', () => {
		expect(readAddress('', 'changes').state.compare).toBe('previous');
		expect(readAddress('?compare=year', 'changes').state.compare).toBe('year');
		const changes = viewOn(DEFAULT_VIEW, 'changes');
		expect([changes.compare, writeAddress(changes)]).toEqual(['previous', '']);
		expect(writeAddress(viewOn(readAddress('?compare=year').state, 'changes'))).toBe('?compare=year');
		// What was compared stays so on other pages.
		expect(writeAddress(viewOn(changes, 'overview'))).toBe('?compare=previous');
		expect(readAddress('?unusual=2026-06-20', 'changes').state.unusual).toBe('2026-06-20');
		expect(readAddress('?unusual=2026-06-20').ignored).toHaveLength(1);
	});

	it('reads back whatever it writes', () => {
		const text = fc.string({ unit: 'grapheme' }).map((each) => each.trim());
		const closed = (list: readonly string[]) => fc.uniqueArray(fc.constantFrom(...list));
		const day = fc.constantFrom(null, '2026-05-20', '2026-06-20');
		const view: fc.Arbitrary<ViewState> = fc.record({
			page: fc.constantFrom(...PAGES),
			range: fc.constant(DEFAULT_VIEW.range),
			compare: fc.constantFrom(null, ...COMPARISONS),
			matchWeekdays: fc.boolean(),
			from: fc.constantFrom(null, '2024-01-01', '2025-06-30'),
			to: fc.constantFrom(null, '2025-07-01', '2026-12-31'),
			grain: fc.constantFrom(...GRAINS),
			tz: fc.constantFrom('UTC', 'Europe/Stockholm', 'America/Argentina/Buenos_Aires'),
			values: fc.record({
				content_type: closed(CLOSED_VALUES.content_type),
				source: closed(CLOSED_VALUES.source),
				device: closed(CLOSED_VALUES.device),
				account: fc.uniqueArray(text.filter((name) => name !== '')),
				format: closed(CLOSED_VALUES.format)
			}),
			metric: fc.constantFrom(...METRIC_IDS),
			split: fc.constantFrom(null, ...NATIVE_DIMENSIONS),
			sort: fc.constantFrom(...SORT_METRICS),
			order: fc.constantFrom(...ROW_ORDERS),
			adsSort: fc.constantFrom('name', ...ADS_METRICS),
			campaigns: fc.uniqueArray(text.filter((name) => name !== '')),
			q: text,
			ws: text,
			view: fc.constantFrom(...TABS),
			id: text,
			name: text,
			unusual: day,
			audience: fc.record({
				audience: fc.option(fc.constantFrom(...AUDIENCES_OF_INSIGHTS)),
				day,
				against: fc.option(fc.record({ audience: fc.constantFrom(...AUDIENCES_OF_INSIGHTS), day })),
				row: fc.option(
					fc.record({
						section: fc.constantFrom(...INSIGHTS_SECTIONS),
						category: text,
						name: text.filter((name) => name !== '')
					})
				)
			})
		});
		/** What only one page can show, or cannot show, is at its default elsewhere. */
		const shownOn = (drawn: ViewState): ViewState => {
			const { sort, adsSort, campaigns } = DEFAULT_VIEW;
			const isOfChanges = drawn.page === 'changes';
			const state: ViewState = isOfChanges
				? { ...drawn, compare: drawn.compare ?? 'previous' }
				: { ...drawn, unusual: null };
			return state.page === 'ads' ? { ...state, sort, metric: 'cpm' } : { ...state, adsSort, campaigns };
		};
		fc.assert(
			fc.property(view.map(shownOn), (state) => {
				expect(readAddress(writeAddress(state), state.page)).toEqual({ state, ignored: [] });
			})
		);
	});

	it('has defaults of its own on the Video page', () => {
		expect(readAddress('', 'video').state).toMatchObject({ metric: 'video_views', sort: 'impressions' });
		expect(readAddress('?sort=views_95', 'video')).toMatchObject({
			state: { sort: 'views_95' },
			ignored: []
		});
		expect(readAddress('?sort=views_95').ignored).toEqual([{ parameter: 'sort', value: 'views_95' }]);
		expect(writeAddress({ ...defaultView('video'), metric: 'impressions' })).toBe('?metric=impressions');
	});

	it('has campaigns, and metrics and an order of its own, on the Ads page', () => {
		const { state, ignored } = readAddress('?campaign=Autumn%252C%20shelves,Gift%20guide&sort=cpm', 'ads');
		expect(ignored).toEqual([]);
		expect(state).toMatchObject({
			metric: 'spend',
			adsSort: 'cpm',
			campaigns: ['Autumn, shelves', 'Gift guide']
		});
		expect(writeAddress(state)).toBe('?campaign=Autumn%252C%20shelves,Gift%20guide&sort=cpm');
		expect(readAddress('?metric=saves&sort=saves', 'ads').ignored).toEqual([
			{ parameter: 'metric', value: 'saves' },
			{ parameter: 'sort', value: 'saves' }
		]);
		expect(readAddress('?campaign=Gift').ignored).toEqual([{ parameter: 'campaign', value: 'Gift' }]);
	});

	it.each<{ from: PageKind; search: string; to: PageKind; then: string }>([
		{ from: 'overview', search: '?device=mobile', to: 'video', then: '?device=mobile' },
		{ from: 'overview', search: '?metric=saves&sort=saves', to: 'video', then: '?metric=saves&sort=saves' },
		{ from: 'overview', search: '?metric=video_views', to: 'video', then: '' },
		{ from: 'video', search: '?metric=views_95&sort=views_95', to: 'overview', then: '?metric=views_95' },
		{ from: 'video', search: '?sort=views_95', to: 'other', then: '?sort=views_95' },
		{ from: 'overview', search: '?metric=saves&device=mobile', to: 'ads', then: '?device=mobile' },
		{ from: 'ads', search: '?campaign=A&sort=cpm&metric=cpm', to: 'overview', then: '?metric=cpm' },
		{ from: 'pin', search: '?id=7&compare=year', to: 'overview', then: '?compare=year' }
	])('takes $search from the $from page to the $to page', ({ from, search, to, then }) => {
		expect(writeAddress(viewOn(readAddress(search, from).state, to))).toBe(then);
	});

	it.each(PRESETS.map((range) => ({ range })))('reads the preset $range', ({ range }) => {
		expect(readAddress(`?range=${range}`).state.range).toBe(range);
	});
});
