import { describe, expect, it } from 'vitest';
import type { AdsFigure, AdsFigures, AdsRow } from '../../../src/lib/model/ads';
import { ADS_METRICS, type AdsMetric } from '../../../src/lib/model/metric';
import type { Presence } from '../../../src/lib/model/answer';
import type { RowOrder } from '../../../src/lib/model/query';
import type { AdsLevel } from '../../../src/lib/model/reported';
import { adsChange, inAdsOrder, shownAdsRows, shownChange } from '../../../src/lib/view/ads';

const figure = (value: number | null, more: Partial<AdsFigure> = {}): AdsFigure => ({
	value,
	isEstimate: false,
	currency: '',
	others: [],
	compared: null,
	...more
});
function figuresOf(some: Partial<Record<AdsMetric, number | null>>, currency = ''): AdsFigures {
	const entries = ADS_METRICS.map((metric) => [metric, figure(some[metric] ?? null, { currency })]);
	return Object.fromEntries(entries) as AdsFigures;
}
function row(
	level: AdsLevel,
	name: string,
	parent: number | null,
	spend: number | null,
	currency = 'EUR'
): AdsRow {
	return {
		level,
		name,
		parent,
		figures: figuresOf({ spend, impressions: spend }, currency),
		presence: 'both'
	};
}

const TABLES = {
	rows: [
		row('campaign', 'A', null, 9),
		row('ad_group', 'A1', 0, 9),
		row('ad', 'A1x', 1, 4),
		row('ad', 'A1y', 1, 5),
		row('campaign', 'B', null, 20, 'USD'),
		row('campaign', 'C', null, null)
	],
	totals: ['EUR', 'USD'].map((currency) => ({ currency, figures: figuresOf({}) }))
};
const names = (...asked: Parameters<typeof shownAdsRows>) =>
	shownAdsRows(...asked).map(({ row, depth }) => `${' '.repeat(depth)}${row.name}`);

describe('rows of ads', () => {
	it('open to what is in them, each under what it is in', () => {
		expect(names(TABLES, 'spend', new Set())).toEqual(['A', 'B', 'C']);
		const [a] = shownAdsRows(TABLES, 'spend', new Set());
		const [, group] = shownAdsRows(TABLES, 'spend', new Set([a!.key]));
		const opened = new Set([a!.key, group!.key]);
		expect(names(TABLES, 'spend', opened)).toEqual(['A', ' A1', '  A1y', '  A1x', 'B', 'C']);
		expect(names(TABLES, 'name', opened)).toEqual(['A', ' A1', '  A1x', '  A1y', 'B', 'C']);
		expect([a!.inside, a!.isOpen, group!.mark]).toEqual([1, false, { 'data-ad-group': 'A1' }]);
	});

	it('put one currency after the other where amounts are compared, and all together where counts are', () => {
		expect(names(TABLES, 'spend', new Set())).toEqual(['A', 'B', 'C']);
		expect(names(TABLES, 'impressions', new Set())).toEqual(['B', 'A', 'C']);
	});

	it('stand in the order of their gain or loss, what is new having gained all and what is gone lost all', () => {
		const course = (name: string, then: number | null, now: number | null, presence: Presence) => ({
			name,
			presence,
			figures: { ...figuresOf({}), spend: figure(now, { currency: 'EUR', compared: { now, then } }) }
		});
		const rows = [
			course('up', 10, 50, 'both'),
			course('down', 90, 60, 'both'),
			course('new', null, 45, 'new'),
			course('gone', 20, null, 'gone'),
			course('unknown', null, 99, 'both')
		];
		const order = (order: RowOrder) => inAdsOrder(rows, 'spend', ['EUR'], order).map(({ name }) => name);
		expect(order('value')).toEqual(['unknown', 'down', 'up', 'new', 'gone']);
		expect(order('gain')).toEqual(['new', 'up', 'gone', 'down', 'unknown']);
		expect(order('loss')).toEqual(['down', 'gone', 'up', 'new', 'unknown']);
	});

	it('stand last without a value, ties by name', () => {
		const rows = [null, 3, 3, null].map((spend, i) => ({
			name: 'dcba'[i]!,
			figures: figuresOf({ spend }, 'EUR'),
			presence: 'both' as const
		}));
		expect(inAdsOrder(rows, 'spend', ['EUR']).map(({ name }) => name)).toEqual(['b', 'c', 'a', 'd']);
	});

	it('of one name are told apart', () => {
		const rows = [row('campaign', 'A', null, 1), row('campaign', 'A', null, 2)];
		const keys = shownAdsRows({ rows, totals: TABLES.totals }, 'spend', new Set()).map(({ key }) => key);
		expect(new Set(keys).size).toBe(2);
	});
});

describe('the change of a figure', () => {
	it('is a fraction of what was, and none where that is 0, unknown or not compared', () => {
		const change = (compared: AdsFigure['compared']) => adsChange(figure(1, { compared }));
		expect(change({ now: 5, then: 4 })).toBe(0.25);
		expect(change({ now: 5, then: 0 })).toBeNull();
		expect(change({ now: null, then: 4 })).toBeNull();
		expect(change(null)).toBeNull();
	});

	it('is shown of the sorted metric, or of spend in the order of names', () => {
		expect([shownChange('cpm'), shownChange('name')]).toEqual(['cpm', 'spend']);
	});
});
