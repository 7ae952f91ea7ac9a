import { describe, expect, it } from 'vitest';
import type { ChangedRow, ChangePart, Changes } from '../../../src/lib/model/change';
import { defaultView } from '../../../src/lib/view/address';
import {
	barsOf,
	changeSentences,
	scaleOf,
	shortened,
	targetOf,
	usualRange
} from '../../../src/lib/view/changes';
import { formatContribution, formatScaleEnd, formatWeekdayOf } from '../../../src/lib/view/change-format';

const row = (name: string, contribution: number): ChangedRow => ({
	...{ name, title: '', board: '', then: 100, now: 100 + contribution, contribution },
	...{ ofRate: null, presence: null }
});
const ofParts = (change: number, parts: Partial<Record<ChangePart, readonly ChangedRow[]>>): Changes => ({
	...{ metric: 'impressions', days: 30, daysCompared: 30, unanswered: [], currency: '' },
	total: { then: 1_000, now: 1_000 + change, contribution: change, ofRate: null },
	parts: Object.entries(parts).map(([part, rows]) => ({
		part: part as ChangePart,
		rows: rows ?? [],
		rest: null
	}))
});
const view = defaultView('changes');
const said = (changes: Changes) =>
	changeSentences(changes, view).map(({ part, row, share }) => [part, row.name, share]);

describe('the sentences of a change', () => {
	const device = [row('mobile', 80), row('desktop', -30)];
	const pin = [row('p1', 60), row('p2', 10), row('p3', -40)];

	it('are of the value and the Pin that go with it most, and of the Pin that goes against it', () => {
		expect(said(ofParts(50, { content_type: [row('organic', 50)], device, pin }))).toEqual([
			['device', 'mobile', null], // more than the whole
			['pin', 'p1', null],
			['pin', 'p3', null]
		]);
		expect(said(ofParts(100, { device, pin }))[0]).toEqual(['device', 'mobile', 0.8]);
		expect(said(ofParts(-50, { device, pin }))).toEqual([
			['device', 'desktop', 0.6],
			['pin', 'p3', 0.8],
			['pin', 'p1', null]
		]);
	});

	it('are of other parts where Pins are not known, each once, and none where nothing is', () => {
		expect(said(ofParts(10, { board: [row('Light', 10)] }))).toEqual([['board', 'Light', 1]]);
		expect(said(ofParts(0, {}))).toEqual([]);
		expect(said(ofParts(0, { device: [row('mobile', 0), row('desktop', 0)] }))).toEqual([]);
	});

	it('lead to the view that they are about', () => {
		expect(targetOf('pin', '7', view)).toEqual({ route: '/pin', some: { id: '7' } });
		expect(targetOf('board', '', view)).toEqual({ route: '/board', some: { name: '' } });
		expect(targetOf('device', 'mobile', view).some.values).toEqual({ ...view.values, device: ['mobile'] });
		expect(targetOf('link', 'https://a.example', view)).toMatchObject({
			route: '/',
			some: { q: 'https://a.example' }
		});
	});
});

describe('the rows of a part', () => {
	it('are cut to the largest up and down where there is room for few, and still add up', () => {
		const rows = [9, 7, 5, 3, -1, -2, -4, -8].map((each) => row(`p${each}`, each));
		const part = { part: 'pin', rows, rest: null } as const;
		const cut = shortened('impressions', part);
		expect(cut.rows.map(({ contribution }) => contribution)).toEqual([9, 7, 5, -2, -4, -8]);
		expect(cut.rest).toMatchObject({ contribution: 2, then: 200, now: 202, count: 2 });
		expect(shortened('save_rate', part)).toEqual(part);
	});

	it('would have been usual between whole figures of what is counted', () => {
		expect(usualRange('impressions', { low: 123.3, high: 274.9 })).toEqual({ low: 124, high: 274 });
		expect(usualRange('avg_watch_seconds', { low: 1.5, high: 2.5 })).toEqual({ low: 1.5, high: 2.5 });
	});
});

describe('the bar of a contribution', () => {
	it('begins at the middle line and is as long as its share of the scale', () => {
		expect(barsOf(row('a', 50), 100).own).toEqual({ from: 50, width: 23.5, isGain: true });
		expect(barsOf(row('a', -100), 100).own).toEqual({ from: 3, width: 47, isGain: false });
	});

	it('of a rate has the mix behind its own part, or on the other side of the line', () => {
		const rate = (own: number, mix: number) => ({
			contribution: own + mix,
			ofRate: { own, mix, shareThen: 0, shareNow: 0 }
		});
		expect(barsOf(rate(50, 25), 100)).toMatchObject({ own: { from: 50 }, mix: { from: 73.5, isGain: true } });
		expect(barsOf(rate(50, -25), 100)).toMatchObject({
			own: { from: 50 },
			mix: { from: 38.25, isGain: false }
		});
		expect(scaleOf('save_rate', [rate(0.02, -0.05)])).toBeGreaterThanOrEqual(0.05);
	});

	it('is never longer than its scale, which is round', () => {
		expect(scaleOf('impressions', [row('a', 61_240), row('b', -70_001)])).toBe(75_000);
		expect(scaleOf('impressions', [])).toBe(1);
	});
});

describe('a contribution in words', () => {
	it('has its sign, and of a rate is in points', () => {
		expect(formatContribution('en', 'impressions', 12_944)).toBe('+12,944');
		expect(formatContribution('en', 'impressions', -5)).toBe('\u22125');
		expect(formatContribution('en', 'save_rate', -0.00892)).toBe('\u22120.892');
		expect(formatContribution('en', 'impressions', null)).toBe('–');
		expect(formatScaleEnd('en', 'impressions', -70_000)).toBe('\u221270K');
		expect(formatScaleEnd('en', 'save_rate', 0.01)).toBe('+1');
		expect(formatWeekdayOf('en', '2026-11-12')).toBe('Thursday');
	});
});
