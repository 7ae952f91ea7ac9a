import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planQuery } from '../../../../src/lib/engine/plan';
import { Catalogue } from '../../../../src/lib/columns/catalogue';
import type { AdsRow, AdsTables } from '../../../../src/lib/model/ads';
import { ADS_METRICS, type AdsMetric } from '../../../../src/lib/model/metric';
import type { Query } from '../../../../src/lib/model/query';
import type { Fact, FactBatch } from '../../../../src/lib/model/reported';
import { AdsPart } from '../../../../src/lib/worker/data/ads-part';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { byLength } from '../../../support/test-length';
import { answerWith, batchesOf, fact, resolved } from '../../../support/reported-answer';

const DAYS = ['2026-09-01', '2026-09-02', '2026-09-03'] as const;
const RANGE = { from: DAYS[0], to: DAYS[2] };
const PAID = { content_type: ['paid'] };
const EARLIER = { from: '2026-08-29', to: '2026-08-31' };

function adsQuery(campaigns: readonly string[] = [], days: { from: string; to: string } = RANGE): Query {
	return { ...openQuery({ filter: openFilter(days), grain: 'day' }), ads: { campaigns } };
}

function partOf(batches: readonly FactBatch[], query = adsQuery()): Promise<AdsPart> {
	return AdsPart.of(() => {}, query, planQuery(query.filter, query.grain, []), resolved(batches));
}

async function tablesOf(batches: readonly FactBatch[], query = adsQuery()): Promise<AdsTables> {
	return (await partOf(batches, query)).tables(() => {}, null, new Catalogue([], [], 0, []));
}

async function totalsOf(batches: readonly FactBatch[], query = adsQuery()) {
	return (await (await partOf(batches, query)).answer(() => {}, [])).totals;
}

const named = (name: string) => ({ id: '', name });
const PATHS = {
	A: { campaign: named('A') },
	'A/1': { campaign: named('A'), ad_group: named('1') },
	'A/1/x': { campaign: named('A'), ad_group: named('1'), ad: named('x') },
	'A/1/y': { campaign: named('A'), ad_group: named('1'), ad: named('y') },
	'A/2/z': { campaign: named('A'), ad_group: named('2'), ad: named('z') },
	B: { campaign: named('B') },
	'B/3/x': { campaign: named('B'), ad_group: named('3'), ad: named('x') }
} as const;
type Path = keyof typeof PATHS;
const ALL_PATHS = Object.keys(PATHS) as Path[];

const AMOUNTS = ['spend', 'order_value', 'impressions', 'link_clicks', 'checkouts'] as const;
type Amount = (typeof AMOUNTS)[number];
const isMoney = (metric: Amount) => metric === 'spend' || metric === 'order_value';

/** A figure of a generated report. */
interface Line {
	readonly day: string;
	readonly path: Path;
	/** '' for none. */
	readonly pin: string;
	readonly metric: Amount;
	readonly value: number;
	readonly currency: string;
}

const LINE: fc.Arbitrary<Line> = fc
	.record({
		day: fc.constantFrom(...DAYS),
		path: fc.constantFrom(...ALL_PATHS),
		pin: fc.constantFrom('', '', '11111'),
		metric: fc.constantFrom(...AMOUNTS),
		value: fc.nat(50),
		currency: fc.constantFrom('', 'EUR', 'USD')
	})
	.map((line) => ({
		...line,
		// A campaign's money is of one currency, or does not say of which.
		currency: !isMoney(line.metric) || line.currency === '' ? '' : line.path.startsWith('A') ? 'EUR' : 'USD'
	}));
const REPORTS = fc.array(fc.array(LINE, { minLength: 1, maxLength: 14 }), { minLength: 1, maxLength: 4 });

function batchesFrom(reports: readonly (readonly Line[])[]): FactBatch[] {
	return batchesOf(
		...reports.map((lines) =>
			lines.map(({ day, path, pin, metric, value, currency }) => {
				const more: Partial<Fact> = { filters: PAID, ads: PATHS[path], currency };
				const subject = pin === '' ? {} : ({ subject: { kind: 'pin', id: pin } } as const);
				return fact(day, metric, isMoney(metric) ? value * 1_000_000 : value, { ...more, ...subject });
			})
		)
	);
}

/** The lines that count: of equal ones those of the latest report, added up within it. A plain reading of the rules. */
function counting(reports: readonly (readonly Line[])[]): Line[] {
	const all = reports.flat();
	const currencies = [...new Set(all.map(({ currency }) => currency))].filter((code) => code !== '');
	const only = currencies.length === 1 ? currencies[0]! : '';
	const kept = new Map<string, { report: number; line: Line }>();
	reports.forEach((lines, report) => {
		for (const one of lines) {
			const line = isMoney(one.metric) && one.currency === '' ? { ...one, currency: only } : one;
			const key = [line.day, line.path, line.pin, line.metric, line.currency].join('|');
			const known = kept.get(key);
			const before = known?.report === report ? known.line.value : 0;
			kept.set(key, { report, line: { ...line, value: line.value + before } });
		}
	});
	return [...kept.values()].map(({ line }) => line);
}

const levelOf = (path: string) => path.split('/').length;

/** What one campaign, group or ad itself has of a day: as reported, else the sum over its Pins; null for nothing. */
function ownOf(lines: readonly Line[]): number | null {
	const itself = lines.find(({ pin }) => pin === '');
	if (itself) return itself.value;
	return lines.length === 0 ? null : lines.reduce((sum, { value }) => sum + value, 0);
}

/** Of a day and metric in one currency: the widest level that is known, added up. */
function amountOf(lines: readonly Line[]): number | null {
	for (let level = 1; level <= 3; level++) {
		const known = ALL_PATHS.filter((path) => levelOf(path) === level).flatMap(
			(path) => ownOf(lines.filter((line) => line.path === path)) ?? []
		);
		if (known.length > 0) return known.reduce((sum, value) => sum + value, 0);
	}
	return null;
}

function pairOf(
	parts: readonly Line[],
	wholes: readonly Line[],
	isWholeAllowed: boolean
): [number, number] | null {
	for (let level = 3; level >= 1; level--) {
		const pairs = ALL_PATHS.filter((path) => levelOf(path) === level).flatMap((path) => {
			const part = ownOf(parts.filter((line) => line.path === path));
			const whole = ownOf(wholes.filter((line) => line.path === path));
			return part !== null && whole !== null ? [[part, whole] as const] : [];
		});
		if (pairs.length > 0)
			return [pairs.reduce((sum, [part]) => sum + part, 0), pairs.reduce((sum, [, whole]) => sum + whole, 0)];
	}
	const [part, whole] = [amountOf(parts), amountOf(wholes)];
	return isWholeAllowed && part !== null && whole !== null ? [part, whole] : null;
}

const RATIOS: Readonly<Partial<Record<AdsMetric, readonly [Amount, Amount, number]>>> = {
	cpm: ['spend', 'impressions', 1000],
	cost_per_click: ['spend', 'link_clicks', 1],
	return_on_spend: ['order_value', 'spend', 1],
	cost_per_checkout: ['spend', 'checkouts', 1]
};

/** A metric over the range of some lines that count, in one currency. */
function plainly(metric: AdsMetric, lines: readonly Line[], currency: string): number | null {
	const of = (day: string, amount: Amount) =>
		lines.filter(
			(line) => line.day === day && line.metric === amount && (!isMoney(amount) || line.currency === currency)
		);
	const ratio = RATIOS[metric];
	if (!ratio) {
		if (metric === 'link_click_rate')
			return rateOf(
				DAYS.map((day) => [amountOf(of(day, 'link_clicks')), amountOf(of(day, 'impressions'))]),
				1
			);
		const known = DAYS.flatMap((day) => amountOf(of(day, metric as Amount)) ?? []);
		return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
	}
	const [part, whole, times] = ratio;
	const pairs = DAYS.map((day) => {
		const money = lines.filter((line) => line.day === day && line.metric === 'spend');
		const isOne = isMoney(whole) || new Set(money.map((line) => line.currency)).size <= 1;
		return pairOf(of(day, part), of(day, whole), isOne) ?? [null, null];
	});
	return rateOf(pairs, times);
}

function rateOf(pairs: readonly (readonly (number | null)[])[], times: number): number | null {
	let [part, whole] = [0, 0];
	for (const [above, below] of pairs) {
		if (above === null || below === null || above === undefined || below === undefined) continue;
		part += above;
		whole += below;
	}
	return whole === 0 ? null : (part * times) / whole;
}

const pathOf = (row: AdsRow, rows: readonly AdsRow[]): string =>
	row.parent === null ? row.name : `${pathOf(rows[row.parent]!, rows)}/${row.name}`;

const near = (value: number | null) => (value === null ? null : expect.closeTo(value, 9));

/** What a row shows, by currency where it is money. */
function shown(row: AdsRow, metric: AdsMetric): Record<string, number> {
	const { value, currency, others } = row.figures[metric];
	const all = [...(value === null ? [] : [{ currency, value }]), ...others];
	return Object.fromEntries(all.map((one) => [one.currency, one.value]));
}

function expectedIn(metric: AdsMetric, lines: readonly Line[]): Record<string, unknown> {
	const isOfMoney = metric in RATIOS || metric === 'spend' || metric === 'order_value';
	const currencies = isOfMoney ? ['', 'EUR', 'USD'] : [''];
	return Object.fromEntries(
		currencies.flatMap((currency) => {
			const value = plainly(metric, lines, currency);
			return value === null ? [] : [[currency, near(value)]];
		})
	);
}

function expectRows({ rows }: AdsTables, lines: readonly Line[]) {
	const paths = new Set<string>();
	for (const { path } of lines) {
		const parts = path.split('/');
		parts.forEach((_, i) => paths.add(parts.slice(0, i + 1).join('/')));
	}
	expect(rows.map((row) => pathOf(row, rows)).sort()).toEqual([...paths].sort());
	for (const row of rows) {
		const path = pathOf(row, rows);
		const own = lines.filter((line) => line.path === path || line.path.startsWith(`${path}/`));
		for (const metric of ADS_METRICS)
			expect(shown(row, metric), `${path} ${metric}`).toEqual(expectedIn(metric, own));
	}
}

/** Each run makes several reports and reads every row of them. */
const RUNS = { numRuns: byLength(40, 400) };

describe('tables of ads', () => {
	it('show of each campaign, ad group and ad what the rules say, in each currency', async () => {
		await fc.assert(
			fc.asyncProperty(REPORTS, async (reports) => {
				expectRows(await tablesOf(batchesFrom(reports)), counting(reports));
			}),
			RUNS
		);
	});

	it('are those of the reports that are left once one in the middle is undone', async () => {
		await fc.assert(
			fc.asyncProperty(REPORTS, fc.nat(3), async (reports, place) => {
				const batches = batchesFrom(reports);
				const undone = place % reports.length;
				const left = batches.filter((_, i) => i !== undone);
				expectRows(await tablesOf(left), counting(reports.filter((_, i) => i !== undone)));
			}),
			RUNS
		);
	});

	it('of chosen campaigns hold these alone, and tiles are what their rows come to', async () => {
		await fc.assert(
			fc.asyncProperty(REPORTS, async (reports) => {
				const batches = batchesFrom(reports);
				const lines = counting(reports).filter(({ path }) => path.startsWith('A'));
				const query = adsQuery(['A']);
				const tables = await tablesOf(batches, query);
				expectRows(tables, lines);
				const totals = await totalsOf(batches, query);
				for (const metric of ADS_METRICS) {
					const [row] = tables.rows;
					expect(totals[metric].value).toEqual(row?.figures[metric].value ?? null);
					expect(totals[metric].others).toEqual(row?.figures[metric].others ?? []);
				}
				// What can be chosen does not depend on what is.
				const all = await tablesOf(batches);
				expect(tables.campaigns.map(({ name }) => name).sort()).toEqual(
					all.campaigns.map(({ name }) => name).sort()
				);
			}),
			RUNS
		);
	});

	it('and tiles agree with the Overview of paid content to the last digit', async () => {
		await fc.assert(
			fc.asyncProperty(REPORTS, async (reports) => {
				const batches = batchesFrom(reports);
				const overview = answerWith(
					batches,
					openQuery({ filter: openFilter({ ...RANGE, values: PAID }), grain: 'day' })
				);
				const totals = await totalsOf(batches);
				const tables = await tablesOf(batches);
				for (const metric of ADS_METRICS) {
					const { value, currency, others, missing } = overview.totals[metric];
					expect(totals[metric]).toMatchObject({ value, currency, others, missing });
					if (tables.totals.length !== 1) continue;
					expect(tables.totals[0]?.figures[metric].value).toBe(value);
				}
			}),
			RUNS
		);
	});
});

const ad = (day: string, metric: Amount, value: number, path: Path, more: Partial<Fact> = {}) =>
	fact(day, metric, value, { filters: PAID, ads: PATHS[path], ...more });
const money = (value: number) => value * 1_000_000;
const inOf = (currency: string) => ({ currency });
const rowOf = ({ rows }: AdsTables, name: string) => rows.find((row) => row.name === name)!;

describe('two currencies', () => {
	const batches = batchesOf([
		ad(DAYS[0], 'spend', money(30), 'A', inOf('EUR')),
		ad(DAYS[0], 'impressions', 1000, 'A'),
		ad(DAYS[0], 'spend', money(5), 'B', inOf('USD')),
		ad(DAYS[0], 'impressions', 400, 'B')
	]);

	it('are never added up: each has a total of its own, with the counts of its campaigns', async () => {
		const { totals, rows } = await tablesOf(batches);
		expect(
			totals.map(({ currency, figures }) => [currency, figures.spend.value, figures.impressions.value])
		).toEqual([
			['EUR', 30, 1000],
			['USD', 5, 400]
		]);
		expect(rows.map(({ name }) => name)).toEqual(['A', 'B']);
		const tiles = await totalsOf(batches);
		expect(tiles.spend).toMatchObject({
			value: 30,
			currency: 'EUR',
			others: [{ currency: 'USD', value: 5 }]
		});
		expect(tiles.impressions.value).toBe(1400);
		expect(tiles.cpm.value).toBe(30);
	});

	it('leave a campaign without money to a total of its own', async () => {
		const third = ad(DAYS[0], 'impressions', 7, 'B/3/x', { ads: { campaign: named('C') } });
		const { totals } = await tablesOf([
			...batches,
			...batchesOf([third]).map((batch) => ({ ...batch, batchId: 9 }))
		]);
		expect(totals.map(({ currency, figures }) => [currency, figures.impressions.value])).toEqual([
			['EUR', 1000],
			['USD', 400],
			['', 7]
		]);
	});
});

describe('an unknown currency', () => {
	it('is the only named one, and stands apart where there are two', async () => {
		const unknown = ad(DAYS[1], 'spend', money(2), 'A');
		const euros = ad(DAYS[0], 'spend', money(30), 'A', inOf('EUR'));
		expect((await tablesOf(batchesOf([unknown, euros]))).rows[0]?.figures.spend).toMatchObject({
			value: 32,
			currency: 'EUR',
			others: []
		});
		const dollars = ad(DAYS[0], 'spend', money(5), 'B', inOf('USD'));
		const { rows } = await tablesOf(batchesOf([unknown, euros, dollars]));
		expect(rows[0]?.figures.spend).toMatchObject({
			value: 30,
			currency: 'EUR',
			others: [{ currency: '', value: 2 }]
		});
	});
});

describe('a rate', () => {
	it('is of the days of which both parts are known, and has no value where its divisor is 0', async () => {
		const facts = [
			ad(DAYS[0], 'spend', money(10), 'A/1/x'),
			ad(DAYS[0], 'impressions', 1000, 'A/1/x'),
			ad(DAYS[1], 'spend', money(90), 'A/1/x'),
			ad(DAYS[0], 'checkouts', 0, 'A/1/x')
		];
		const { figures } = rowOf(await tablesOf(batchesOf(facts)), 'A');
		expect(figures.spend.value).toBe(100);
		expect(figures.cpm.value).toBe(10);
		expect(figures.cost_per_checkout.value).toBeNull();
		expect(figures.return_on_spend.value).toBeNull();
	});
});

describe('a comparison', () => {
	const then = [ad(EARLIER.from, 'spend', money(4), 'A'), ad(EARLIER.from, 'spend', money(7), 'B')];
	const now = [
		ad(DAYS[0], 'spend', money(5), 'A'),
		ad(DAYS[0], 'spend', money(3), 'A/2/z', { ads: { campaign: named('C') } })
	];

	it('marks what is new and what is gone, and changes over the days that both know', async () => {
		const batches = batchesOf([...then, ...now]);
		const [part, other] = await Promise.all([partOf(batches), partOf(batches, adsQuery([], EARLIER))]);
		const { rows } = await part.tables(() => {}, other, new Catalogue([], [], 0, []));
		expect(rows.map(({ name, presence, figures }) => [name, presence, figures.spend.compared])).toEqual([
			['A', 'both', { now: 5, then: 4 }],
			['C', 'new', { now: 3, then: null }],
			['B', 'gone', { now: null, then: 7 }]
		]);
	});
});

describe('the Pins of ads', () => {
	const pin = (id: string) => ({ subject: { kind: 'pin', id } }) as const;
	const batches = batchesOf([
		ad(DAYS[0], 'spend', money(4), 'A/1/x', pin('11111')),
		ad(DAYS[0], 'spend', money(2), 'B/3/x', pin('11111')),
		ad(DAYS[0], 'spend', money(3), 'A/1/y', pin('22222')),
		fact(DAYS[0], 'impressions', 9, { ...pin('33333'), filters: PAID }),
		fact(DAYS[0], 'impressions', 9, pin('44444'))
	]);

	it('are those with paid figures, with the campaigns that they are in', async () => {
		const { pins } = await tablesOf(batches);
		expect(pins.map(({ pinId, campaigns, figures }) => [pinId, campaigns, figures.spend.value])).toEqual([
			['11111', ['A', 'B'], 6],
			['22222', ['A'], 3],
			['33333', [], null]
		]);
	});

	it('count what is theirs in the chosen campaigns', async () => {
		const { pins } = await tablesOf(batches, adsQuery(['B']));
		expect(pins.map(({ pinId, figures }) => [pinId, figures.spend.value])).toEqual([['11111', 2]]);
	});
});
