import { describe, expect, it } from 'vitest';
import { newestLevels } from '../../../../src/lib/engine/reported/newest-levels';
import type { Fact } from '../../../../src/lib/model/reported';
import { withDayCounts } from '../../../support/day-count';
import { openFilter, openQuery } from '../../../support/memory-workspace';
import { answerWith, batchesOf, fact, resolved } from '../../../support/reported-answer';

const subject = { kind: 'pin', id: '11111' } as const;
const level = (day: string, value: number, metric: Fact['metric'] = 'impressions') =>
	fact(day, metric, value, { kind: 'level', subject });

const filter = openFilter({ from: '2026-09-01', to: '2026-09-04' });
const ofPin = openQuery({ filter, grain: 'day', subject: { kind: 'pin', name: '11111' } });

describe('totals as they stood on a day', () => {
	it('give what came between two of them, and none where the total falls', () => {
		const facts = batchesOf([
			level('2026-09-01', 100),
			level('2026-09-02', 150),
			level('2026-09-03', 140),
			level('2026-09-04', 140)
		]);
		const { overall, totals } = answerWith(facts, ofPin);
		expect(overall.impressions.values).toEqual([null, 50, null, 0]);
		expect(withDayCounts(totals.impressions)).toMatchObject({ value: 50, daysMissing: 2 });
	});

	it('of two files and several days give a figure of the days between, which answers ranges that hold them', () => {
		const facts = batchesOf([level('2026-08-31', 100)], [level('2026-09-03', 160)]);
		const { overall, totals } = answerWith(facts, ofPin);
		expect(overall.impressions.values).toEqual([null, null, null, null]);
		expect(withDayCounts(totals.impressions)).toMatchObject({ value: 60, daysMissing: 1 });
	});

	it('are rows of their own, and what follows from them is of the later file', () => {
		const facts = resolved(batchesOf([level('2026-09-01', 100)], [level('2026-09-02', 150)]));
		expect(
			[...facts.rows()].map(({ fact: { kind, from, value }, batchId, counts, isDerived }) => [
				kind,
				from,
				value,
				batchId,
				counts,
				isDerived
			])
		).toEqual([
			['level', '2026-09-01', 100, 1, true, false],
			['level', '2026-09-02', 150, 2, true, false],
			['figure', '2026-09-02', 50, 2, true, true]
		]);
	});

	it('give way like others: a later export of the same figure takes their place', () => {
		const levels = [level('2026-09-01', 100), level('2026-09-02', 150)];
		const figure = [fact('2026-09-02', 'impressions', 44, { subject })];
		const at = (...imports: Fact[][]) =>
			answerWith(batchesOf(...imports), ofPin).overall.impressions.values[1];
		expect(at(levels, figure)).toBe(44);
		expect(at(figure, levels)).toBe(50);
		expect(at([...figure, ...levels])).toBe(44);
	});

	it('are never added up and answer no range', () => {
		const facts = [level('2026-09-02', 500), fact('2026-09-01', 'saves', 1, { subject })];
		const { totals } = answerWith(batchesOf(facts), ofPin);
		expect(totals.impressions.value).toBeNull();
		const whole = openQuery({ filter, grain: 'day' });
		expect(answerWith(batchesOf(facts), whole).totals.impressions.value).toBeNull();
		expect(answerWith(batchesOf(facts), whole).topPins.rows[0]?.figures.impressions).toBeNull();
	});

	it('are known of a Pin by their newest day', () => {
		const facts = resolved(
			batchesOf([level('2026-09-01', 100), level('2026-09-03', 160), level('2026-09-02', 7, 'comments')])
		);
		expect(newestLevels(facts, 'pin', '11111')).toEqual([
			{ metric: 'impressions', value: 160, day: '2026-09-03', isEstimate: false, currency: '' },
			{ metric: 'comments', value: 7, day: '2026-09-02', isEstimate: false, currency: '' }
		]);
		expect(newestLevels(facts, 'pin', '99999')).toEqual([]);
	});
});

describe('followers', () => {
	const followers = (day: string, value: number, more: Partial<Fact> = {}) =>
		fact(day, 'followers', value, { kind: 'level', ...more });
	const query = openQuery({ filter, grain: 'day' });

	it('of a range are the last that are known, never a sum', () => {
		const facts = batchesOf([followers('2026-09-01', 212), followers('2026-09-03', 215)]);
		const { totals, overall } = answerWith(facts, query);
		expect(totals.followers.value).toBe(215);
		expect(overall.followers.values).toEqual([212, null, 215, null]);
		const month = openQuery({ filter, grain: 'month' });
		expect(answerWith(facts, month).overall.followers.values).toEqual([215]);
	});

	it('that a file gives as figures are totals all the same', () => {
		const facts = batchesOf([
			followers('2026-09-01', 212, { kind: 'figure' }),
			followers('2026-09-02', 215, { kind: 'figure' })
		]);
		expect(answerWith(facts, query).totals.followers.value).toBe(215);
	});

	it('of two named accounts add up', () => {
		const facts = batchesOf(
			[followers('2026-09-01', 200, { profile: 'Oak' })],
			[followers('2026-09-02', 30, { profile: 'Elm' })]
		);
		expect(answerWith(facts, query).totals.followers.value).toBe(230);
	});
});

describe('figures of longer periods', () => {
	const span = (from: string, to: string, value: number, metric: Fact['metric'] = 'impressions') =>
		fact(from, metric, value, { to });
	const month = openFilter({ from: '2026-09-01', to: '2026-09-30' });

	it('answer a range or step that holds them wholly', () => {
		const facts = batchesOf([
			span('2026-09-07', '2026-09-13', 70),
			span('2026-09-14', '2026-09-20', 80),
			span('2026-08-31', '2026-09-06', 999)
		]);
		const { totals, overall } = answerWith(facts, openQuery({ filter: month, grain: 'week' }));
		expect(overall.impressions.values).toEqual([null, 70, 80, null, null]);
		expect(withDayCounts(totals.impressions)).toMatchObject({ value: 150, daysMissing: 16 });
	});

	it('give way to single days where these are all there, and never hold a day twice', () => {
		const week = ['07', '08', '09', '10', '11', '12', '13'].map((day) => fact(`2026-09-${day}`, 'saves', 1));
		const whole = span('2026-09-07', '2026-09-13', 70, 'saves');
		const of = (facts: Fact[]) => answerWith(batchesOf(facts), openQuery({ filter: month, grain: 'week' }));
		expect(withDayCounts(of([...week, whole]).totals.saves)).toMatchObject({ value: 7, daysMissing: 23 });
		expect(withDayCounts(of([...week.slice(0, 3), whole]).totals.saves)).toMatchObject({
			value: 70,
			daysMissing: 23
		});
	});

	it('have no part where any of their days holds events', () => {
		const facts = batchesOf([span('2026-09-07', '2026-09-13', 70)]);
		const { totals } = answerWith(facts, openQuery({ filter: month, grain: 'day' }), {
			'2026-09-08': { impressions: 5 }
		});
		expect(withDayCounts(totals.impressions)).toMatchObject({ value: 5, daysMissing: 6 });
	});

	it('of people and rates answer just the range that they are of', () => {
		const facts = batchesOf([
			span('2026-09-01', '2026-09-30', 400, 'total_audience'),
			span('2026-09-01', '2026-09-30', 0.25, 'save_rate')
		]);
		const of = (to: string) =>
			answerWith(facts, openQuery({ filter: { ...month, to }, grain: 'month' })).totals;
		expect(withDayCounts(of('2026-09-30').total_audience)).toMatchObject({ value: 400, daysMissing: 0 });
		expect(withDayCounts(of('2026-09-30').save_rate)).toMatchObject({ value: 0.25, daysMissing: 0 });
		expect(of('2026-09-29').total_audience.value).toBeNull();
		expect(of('2026-09-29').save_rate.value).toBeNull();
	});

	it('of the best Pins are no figure of the account', () => {
		const top = span('2026-09-01', '2026-09-30', 400);
		const facts = batchesOf([{ ...top, subject: { kind: 'pin', id: '11111' } }]);
		expect(answerWith(facts, openQuery({ filter: month })).totals.impressions.value).toBeNull();
	});
});
