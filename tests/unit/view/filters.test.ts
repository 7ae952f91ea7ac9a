import { describe, expect, it } from 'vitest';
import { DEFAULT_VIEW, defaultView, type ViewState } from '../../../src/lib/view/address';
import { chipsOf, chooseValue, compareWith, toggleValue, withoutFilters } from '../../../src/lib/view/chips';
import { choicesOf, fixedChoices } from '../../../src/lib/view/shares';

const set: ViewState = {
	...DEFAULT_VIEW,
	range: '7d',
	compare: 'previous',
	matchWeekdays: true,
	tz: 'Europe/Stockholm',
	values: { ...DEFAULT_VIEW.values, device: ['mobile', 'tablet'], content_type: ['paid'] },
	metric: 'saves',
	q: 'oak'
};

describe('chips', () => {
	it('shows none where nothing is set', () => {
		expect(chipsOf({ ...DEFAULT_VIEW, metric: 'saves', split: 'device', sort: 'saves' })).toEqual([]);
	});

	it('shows one for each thing that is set', () => {
		const kinds = chipsOf(set).map((chip) => (chip.kind === 'value' ? chip.value : chip.kind));
		expect(kinds).toEqual(['range', 'compare', 'paid', 'mobile', 'tablet', 'tz']);
	});

	it('takes each off alone', () => {
		for (const chip of chipsOf(set)) expect(chipsOf(chip.without)).toHaveLength(chipsOf(set).length - 1);
	});

	it('needs no matching weekdays where nothing is compared', () => {
		expect(compareWith(set, null)).toMatchObject({ compare: null, matchWeekdays: false });
		expect(compareWith(set, 'year')).toMatchObject({ compare: 'year', matchWeekdays: true });
	});

	it('shows no format on the Video page, which is of one', () => {
		const view = { ...defaultView('video'), values: { ...DEFAULT_VIEW.values, format: ['idea'] } };
		expect(chipsOf(view)).toEqual([]);
	});

	it('takes all off, and leaves what is only shown', () => {
		expect(withoutFilters(set)).toEqual({ ...DEFAULT_VIEW, metric: 'saves' });
	});

	it('ticks, unticks and chooses values', () => {
		expect(toggleValue(set, 'device', 'mobile').values.device).toEqual(['tablet']);
		expect(toggleValue(set, 'device', 'desktop').values.device).toEqual(['mobile', 'tablet', 'desktop']);
		expect(chooseValue(set, 'source', 'own').values.source).toEqual(['own']);
		expect(chooseValue(set, 'content_type', null).values.content_type).toEqual([]);
	});
});

describe('choices', () => {
	const shares = [
		{ value: 'desktop', impressions: 30 },
		{ value: 'unknown', impressions: 10 },
		{ value: 'mobile', impressions: 60 }
	];

	it('keeps the order of a closed list, what is unknown last', () => {
		expect(choicesOf('device', shares, []).map(({ value, share }) => [value, share])).toEqual([
			['mobile', 0.6],
			['desktop', 0.3],
			['unknown', 0.1]
		]);
	});

	it('lists what is chosen even where it does not occur', () => {
		expect(choicesOf('account', [{ value: 'a.example', impressions: 5 }], ['b.example'])).toEqual([
			{ value: 'a.example', share: 1, isChosen: false },
			{ value: 'b.example', share: 0, isChosen: true }
		]);
	});

	it('has no share where there are no impressions', () => {
		expect(fixedChoices('source', [], ['own'])).toEqual([
			{ value: 'own', share: null, isChosen: true },
			{ value: 'other', share: null, isChosen: false }
		]);
	});
});
