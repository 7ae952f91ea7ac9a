import { describe, expect, it } from 'vitest';
import type { AdsPath, Fact, FactBatch } from '../../../../src/lib/model/reported';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact, resolved } from '../../../support/reported-answer';

const DAY = '2026-09-01';
const PAID = { content_type: ['paid'] };
const filter = openFilter({ from: DAY, to: '2026-09-02', values: PAID });
const query = openQuery({ filter, grain: 'day' });
const totals = (batches: readonly FactBatch[], asked = query) => answerWith(batches, asked).totals;

const named = (id: string, name = '') => ({ id, name });
const ad = (metric: Fact['metric'], value: number, ads: AdsPath, more: Partial<Fact> = {}) =>
	fact(DAY, metric, value, { filters: PAID, ads, ...more });

describe('figures of campaigns, ad groups and ads', () => {
	it('of two campaigns on one day add up, whichever files they are in', () => {
		const one = ad('impressions', 1000, { campaign: named('', 'Spring') });
		const other = ad('impressions', 300, { campaign: named('', 'Autumn') });
		expect(totals(batchesOf([one], [other])).impressions.value).toBe(1300);
		expect(totals(batchesOf([one, other])).impressions.value).toBe(1300);
	});

	it('of one campaign in two exports count once: the later', () => {
		const of = (value: number) => [ad('impressions', value, { campaign: named('', 'Spring') })];
		expect(totals(batchesOf(of(1000), of(900))).impressions.value).toBe(900);
	});

	it('are of one campaign where an id and a name were seen together', () => {
		const byId = [ad('impressions', 10, { campaign: named('7') })];
		const byName = [ad('impressions', 20, { campaign: named('', 'Spring') })];
		const both = [ad('saves', 1, { campaign: named('7', 'Spring') })];
		expect(totals(batchesOf(byId, byName, both)).impressions.value).toBe(20);
		expect(totals(batchesOf(byId, byName)).impressions.value).toBe(30);
		const another = [ad('saves', 1, { campaign: named('8', 'Spring') })];
		expect(totals(batchesOf(byId, byName, both, another)).impressions.value).toBe(30);
	});

	it('are of one ad by its id, whether a file names its campaign or not', () => {
		const alone = [ad('impressions', 10, { ad: named('5') })];
		const placed = [ad('impressions', 12, { campaign: named('7'), ad: named('5') })];
		expect(totals(batchesOf(alone, placed)).impressions.value).toBe(12);
	});

	it('are never mixed with those of another level: the widest that is known counts', () => {
		const campaign = named('7');
		const ads = [
			ad('impressions', 4, { campaign, ad_group: named('71'), ad: named('711') }),
			ad('impressions', 5, { campaign, ad_group: named('71'), ad: named('712') })
		];
		const groups = [ad('impressions', 10, { campaign, ad_group: named('71') })];
		const campaigns = [ad('impressions', 11, { campaign })];
		const account = [fact(DAY, 'impressions', 12, { filters: PAID })];
		expect(totals(batchesOf(ads)).impressions.value).toBe(9);
		expect(totals(batchesOf(ads, groups)).impressions.value).toBe(10);
		expect(totals(batchesOf(account, campaigns, ads, groups).slice(1)).impressions.value).toBe(11);
		expect(totals(batchesOf(account, campaigns, ads, groups)).impressions.value).toBe(12);
	});

	it('count with and without a Pin, each ad once', () => {
		const pin = (id: string) => ({ subject: { kind: 'pin', id } }) as const;
		const facts = [
			ad('impressions', 4, { ad: named('1') }, pin('11111')),
			ad('impressions', 5, { ad: named('2') }, pin('22222')),
			ad('impressions', 6, { ad: named('3') })
		];
		expect(totals(batchesOf(facts)).impressions.value).toBe(15);
		const withoutPin = [ad('impressions', 40, { ad: named('1') })];
		expect(totals(batchesOf(facts, withoutPin)).impressions.value).toBe(51);
		const ofPin = openQuery({ filter, subject: { kind: 'pin', name: '22222' } });
		expect(totals(batchesOf(facts), ofPin).impressions.value).toBe(5);
	});

	it('of one Pin add up over its ads, of one level', () => {
		const pin = { subject: { kind: 'pin', id: '11111' } } as const;
		const facts = [
			ad('saves', 2, { campaign: named('7'), ad: named('1') }, pin),
			ad('saves', 3, { campaign: named('7'), ad: named('2') }, pin),
			ad('saves', 9, { campaign: named('7') }, pin)
		];
		const asked = openQuery({ filter, subject: { kind: 'pin', name: '11111' } });
		expect(totals(batchesOf(facts.slice(0, 2)), asked).saves.value).toBe(5);
		expect(totals(batchesOf(facts), asked).saves.value).toBe(9);
	});

	it('add to organic figures where all content is asked for', () => {
		const organic = fact(DAY, 'impressions', 100, { filters: { content_type: ['organic'] } });
		const campaigns = ['7', '8'].map((id) => ad('impressions', 10, { campaign: named(id) }));
		const all = openQuery({ filter: openFilter({ ...filter, values: {} }) });
		expect(totals(batchesOf([organic, ...campaigns]), all).impressions.value).toBe(120);
	});

	it('of which no sum can be had have no value', () => {
		const reach = ['7', '8'].map((id) => ad('total_audience', 10, { campaign: named(id) }));
		const course = (facts: Fact[]) => answerWith(batchesOf(facts), query).overall.total_audience.values[0];
		expect(course(reach)).toBeNull();
		expect(course(reach.slice(0, 1))).toBe(10);
	});
});

describe('figures of ads that an earlier version stored without campaigns', () => {
	const legacy = (facts: Fact[], exportedAt: number): FactBatch => ({
		...batchesOf(facts)[0]!,
		batchId: 9,
		format: 'ads_report',
		exportedAt
	});
	const pin = { subject: { kind: 'pin', id: '11111' } } as const;
	const newer = batchesOf([
		ad('impressions', 4, { campaign: named('7') }, pin),
		ad('impressions', 5, { campaign: named('8') }, pin)
	]);

	it('give way to a later export that has them', () => {
		const old = [ad('impressions', 7, {}, pin), ad('impressions', 70, {})];
		const facts = [legacy(old, 1), ...newer];
		expect(totals(facts).impressions.value).toBe(9);
		const counting = [...resolved(facts).rows()].filter(({ counts }) => counts);
		expect(counting.map(({ fact }) => fact.value)).toEqual([4, 5]);
	});

	it('stay where the export with campaigns is older, or of another Pin, metric or day', () => {
		const old = [ad('impressions', 70, {})];
		expect(totals([...newer, legacy(old, 9_999)]).impressions.value).toBe(70);
		const others = [
			ad('impressions', 1, {}, { subject: { kind: 'pin', id: '22222' } }),
			ad('saves', 2, {}, pin),
			ad('impressions', 3, {}, { ...pin, from: '2026-09-02', to: '2026-09-02' })
		];
		const rows = [...resolved([legacy(others, 1), ...newer]).rows()];
		expect(rows.every(({ counts }) => counts)).toBe(true);
	});
});

describe('business accounts', () => {
	const of = (profile: string, value: number, day = DAY) => [
		fact(day, 'impressions', value, { profile, filters: PAID })
	];

	it('of different names add up', () => {
		expect(totals(batchesOf(of('Oak', 1000), of('Elm', 300))).impressions.value).toBe(1300);
		expect(totals(batchesOf(of('Oak', 1000), of('Oak', 300))).impressions.value).toBe(300);
	});

	it('without a name are the only named one', () => {
		const { impressions } = totals(batchesOf(of('Oak', 1000), of('', 300)));
		expect(impressions).toMatchObject({ value: 300, isOfUnnamed: false });
	});

	it('without a name count among several only where nothing else is known, and that is said', () => {
		const named = [of('Oak', 1000), of('Elm', 300)];
		expect(totals(batchesOf(...named, of('', 7))).impressions).toMatchObject({
			value: 1300,
			isOfUnnamed: false
		});
		expect(totals(batchesOf(...named, of('', 7, '2026-09-02'))).impressions).toMatchObject({
			value: 1307,
			isOfUnnamed: true
		});
	});

	it('are named by the user where the file names none', () => {
		const [first, second] = batchesOf(of('Oak', 1000), of('', 300)) as [FactBatch, FactBatch];
		const facts = [first, { ...second, profile: 'Elm' }];
		expect(totals(facts).impressions.value).toBe(1300);
		expect([...resolved(facts).rows()].map(({ fact }) => fact.profile)).toEqual(['Oak', 'Elm']);
	});

	it('add up Pins of one and the figure of another', () => {
		const pins = ['11111', '22222'].map((id) =>
			fact(DAY, 'impressions', 4, { profile: 'Elm', filters: PAID, subject: { kind: 'pin', id } })
		);
		expect(totals(batchesOf(of('Oak', 100), pins)).impressions).toMatchObject({ value: 108, isOfPins: true });
	});
});

describe('money', () => {
	const EURO = 1_000_000;
	const spend = (value: number, currency: string, more: Partial<Fact> = {}) =>
		fact(DAY, 'spend', value * EURO, { currency, filters: PAID, ...more });

	it('of two currencies is never added up: that with most spend comes first', () => {
		const facts = [
			spend(10, 'EUR'),
			spend(20, 'USD'),
			fact(DAY, 'order_value', 50 * EURO, { currency: 'EUR' })
		];
		const { spend: tile, order_value } = totals(batchesOf(facts));
		expect(tile).toMatchObject({ value: 20, currency: 'USD', others: [{ currency: 'EUR', value: 10 }] });
		expect(order_value).toMatchObject({ value: 50, currency: 'EUR', others: [] });
		const even = totals(batchesOf([spend(10, 'USD'), spend(10, 'EUR')])).spend;
		expect(even).toMatchObject({ currency: 'EUR', others: [{ currency: 'USD', value: 10 }] });
		expect(answerWith(batchesOf(facts), query).overall.spend.values).toEqual([20, null]);
	});

	it('of an unknown currency is of the account’s only one, else apart', () => {
		const unknown = [spend(5, '', { from: '2026-09-02', to: '2026-09-02' })];
		expect(totals(batchesOf([spend(10, 'EUR')], unknown)).spend).toMatchObject({
			value: 15,
			currency: 'EUR',
			others: []
		});
		expect(totals(batchesOf([spend(10, 'EUR'), spend(9, 'USD')], unknown)).spend).toMatchObject({
			value: 10,
			others: [
				{ currency: 'USD', value: 9 },
				{ currency: '', value: 5 }
			]
		});
		expect(totals(batchesOf(unknown)).spend).toMatchObject({ value: 5, currency: '' });
	});

	it('and conversions answer All as Paid, and nothing organic', () => {
		const facts = batchesOf([spend(10, 'EUR'), fact(DAY, 'checkouts', 4, { filters: PAID })]);
		const ask = (content_type: string[]) =>
			totals(facts, openQuery({ filter: openFilter({ ...filter, values: { content_type } }) }));
		for (const content of [[], ['paid'], ['organic', 'paid']]) {
			expect(ask(content).spend.value).toBe(10);
			expect(ask(content).checkouts.value).toBe(4);
		}
		expect(ask(['organic']).spend.value).toBeNull();
		expect(ask(['organic']).checkouts.value).toBeNull();
	});
});

describe('metrics that only reports have', () => {
	it('come from reports on days with events too', () => {
		const facts = [
			fact(DAY, 'comments', 3),
			fact(DAY, 'impressions', 100),
			fact('2026-09-02', 'comments', 4)
		];
		const asked = openQuery({ filter: openFilter({ from: DAY, to: '2026-09-02' }), grain: 'day' });
		const events = { [DAY]: { impressions: 8 }, '2026-09-02': { impressions: 9 } };
		const { totals, overall } = answerWith(batchesOf(facts), asked, events);
		expect(totals.comments).toMatchObject({ value: 7, missing: [] });
		expect(overall.comments.values).toEqual([3, 4]);
		expect(totals.impressions.value).toBe(17);
	});

	it('are per click, thousand impressions, checkout and spend over the finest ads of which both parts are known', () => {
		const part = (id: string, spend: number, more: Partial<Record<Fact['metric'], number>>) => [
			ad('spend', spend * 1_000_000, { campaign: named('7'), ad: named(id) }, { currency: 'EUR' }),
			...Object.entries(more).map(([metric, value]) =>
				ad(metric as Fact['metric'], value, { campaign: named('7'), ad: named(id) })
			)
		];
		const facts = [
			...part('1', 10, { impressions: 1_000, link_clicks: 5 }),
			...part('2', 30, { impressions: 3_000, checkouts: 3 }),
			...part('3', 60, {}),
			ad('spend', 500_000_000, { campaign: named('7') }, { currency: 'EUR' }),
			fact(DAY, 'impressions', 1_000_000),
			fact('2026-09-02', 'spend', 8_000_000, { filters: PAID, currency: 'EUR' }),
			fact('2026-09-02', 'link_clicks', 3, { filters: PAID }),
			fact('2026-09-02', 'order_value', 16_000_000, { filters: PAID, currency: 'EUR' })
		];
		const found = totals(batchesOf(facts));
		expect(found.cpm).toMatchObject({
			value: 10,
			currency: 'EUR',
			missing: [{ from: '2026-09-02', to: '2026-09-02' }]
		});
		expect(found.cost_per_click.value).toBe(18 / 8);
		expect(found.cost_per_checkout.value).toBe(10);
		expect(found.return_on_spend.value).toBe(2);
		expect(found.spend.value).toBe(508);
	});

	it('have no rate where the divisor is 0 or the whole is of two currencies', () => {
		const whole = [
			fact(DAY, 'spend', 5_000_000, { currency: 'EUR' }),
			fact(DAY, 'link_clicks', 0, { filters: PAID })
		];
		expect(totals(batchesOf(whole)).cost_per_click.value).toBeNull();
		const mixed = [
			fact(DAY, 'spend', 5_000_000, { currency: 'EUR' }),
			fact(DAY, 'spend', 6_000_000, { currency: 'USD' }),
			fact(DAY, 'link_clicks', 2, { filters: PAID })
		];
		expect(totals(batchesOf(mixed)).cost_per_click).toMatchObject({ value: null, others: [] });
	});
});
