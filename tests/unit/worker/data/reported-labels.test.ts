import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/lib/model/answer';
import type { Changes } from '../../../../src/lib/model/change';
import type { Query } from '../../../../src/lib/model/query';
import type { Fact } from '../../../../src/lib/model/reported';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { giveLabels } from '../../../support/given-labels';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { fact } from '../../../support/reported-answer';
import { storeSaid } from '../../../support/report-contents';
import { answeringOf, answerWithReports, exportWithReports } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

/** What reports say under a label: that of the Pins that bear it, one by one. */

databaseForEachTest();

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] as const;
const ofPin = (id: string): Partial<Fact> => ({ subject: { kind: 'pin', id } });
const everyDay = (values: readonly (number | null)[], more: Partial<Fact> = {}) =>
	DAYS.flatMap((day, i) => (values[i] === null ? [] : [fact(day, 'impressions', values[i]!, more)]));

function query(label: readonly string[], from: string = DAYS[0], to: string = DAYS[3]): Query {
	return openQuery({ filter: openFilter({ from, to, values: { label: [...label] } }), grain: 'day' });
}

const pinsOf = ({ topPins }: Answer) =>
	topPins.rows.map(({ pinId, figures }) => [pinId, figures.impressions]);
const seriesOf = ({ series }: Answer) =>
	series.map(({ value, isRest, byMetric }) => [value, isRest, byMetric.impressions.values]);

describe('reported figures of single days', () => {
	beforeEach(async () => {
		await storeSaid(db, {
			facts: [
				...everyDay([100, 100, 100, 100]),
				...everyDay([1, 2, 3, 4], ofPin('p1')),
				...everyDay([10, 20, null, 40], ofPin('p2')),
				...everyDay([5, 5, 5, 5], ofPin('p3')),
				fact('2026-03-01', 'saves', 7, { subject: { kind: 'board', id: 'Light' } })
			]
		});
		await giveLabels(db, { lamps: ['p1', 'p2'], rugs: ['p2'], signs: ['p9'] });
	});

	it('are under a label those of its Pins, and never those of the account', async () => {
		const answer = await answerWithReports(db, query(['lamps']));
		expect(answer.totals.impressions).toMatchObject({ value: 80, isOfPins: true, missing: [] });
		expect(answer.overall.impressions.values).toEqual([11, 22, 3, 44]);
		expect(pinsOf(answer)).toEqual([
			['p2', 70],
			['p1', 10]
		]);
		expect(answer.topBoards.rows).toEqual([]);
		expect(pinsOf(await answerWithReports(db, query([''])))).toEqual([['p3', 20]]);
		expect(
			(await answerWithReports(db, query(['rugs', ''], DAYS[0], DAYS[0]))).totals.impressions.value
		).toBe(15);
		expect(await exportWithReports(db, 'pins', query(['rugs']))).toHaveLength(2);
	});

	it('are missing where no Pin of the label has any, and the account’s are offered instead', async () => {
		const rugs = (await answerWithReports(db, query(['rugs']))).totals.impressions;
		expect(rugs).toMatchObject({ value: 70, missing: [{ from: '2026-03-03', to: '2026-03-03' }] });
		const signs = (await answerWithReports(db, query(['signs']))).totals.impressions;
		expect(signs).toMatchObject({ value: null, daysLeftOut: 4, instead: [{ filters: {}, days: 4 }] });
		expect((await answerWithReports(db, query(['unknown']))).totals.impressions.value).toBeNull();
	});

	it('are split by label, each among the Pins that count, without a rest', async () => {
		const split = { ...query([]), split: 'label' } as const;
		const all = await answerWithReports(db, split);
		expect(seriesOf(all)).toEqual([
			['lamps', false, [11, 22, 3, 44]],
			['rugs', false, [10, 20, null, 40]],
			['', false, [5, 5, 5, 5]]
		]);
		expect(all.totals.impressions.value).toBe(400);
		const some = await answerWithReports(db, { ...query(['rugs']), split: 'label' });
		expect(seriesOf(some)).toEqual([
			['lamps', false, [10, 20, null, 40]],
			['rugs', false, [10, 20, null, 40]]
		]);
		expect(seriesOf(await answerWithReports(db, { ...split, splitLimit: 1 }))).toHaveLength(1);
	});

	it('explain a change by label where they are known on every day', async () => {
		const { answering } = await answeringOf(db);
		let changes: Changes | null = null;
		const asked = {
			query: query([], DAYS[2], DAYS[3]),
			compared: query([], DAYS[0], DAYS[1]),
			asks: ['changes'] as const,
			metric: 'impressions' as const
		};
		await answering.ask(new AbortController().signal, asked, (piece) => {
			if (piece.ask === 'changes') changes = piece.changes;
		});
		const part = changes!.parts.find((each) => each.part === 'label')!;
		expect(part.rows.map(({ name, contribution }) => [name, contribution])).toEqual([
			['lamps', 14],
			['', 0]
		]);
		expect(part.rest).toBeNull();
	});

	it('stand beside events of other days', async () => {
		const rows = ['2026-03-04T01:00:00Z,impression,p1', '2026-03-04T02:00:00Z,impression,p3'];
		await storeFile(db, utf8(['timestamp,event,pin_id', ...rows].join('\n')));
		const answer = await answerWithReports(db, query(['lamps']));
		expect(answer.overall.impressions.values).toEqual([11, 22, 3, 1]);
		expect(answer.totals.impressions.value).toBe(37);
		const split = await answerWithReports(db, { ...query([]), split: 'label' });
		expect(seriesOf(split)).toContainEqual(['lamps', false, [11, 22, 3, 1]]);
		expect(seriesOf(split)).toContainEqual(['', false, [5, 5, 5, 1]]);
	});
});

describe('a list of the best Pins of a period', () => {
	beforeEach(async () => {
		const period = { from: DAYS[0], to: DAYS[3] };
		await storeSaid(db, {
			facts: [
				...everyDay([100, 100, 100, 100]),
				fact(DAYS[0], 'impressions', 30, { ...period, ...ofPin('p1') }),
				fact(DAYS[0], 'impressions', 20, { ...period, ...ofPin('p2') })
			]
		});
		await giveLabels(db, { lamps: ['p2'] });
	});

	it('is narrowed to the Pins of a label, of which it gives no total', async () => {
		const answer = await answerWithReports(db, query(['lamps']));
		expect(pinsOf(answer)).toEqual([['p2', 20]]);
		expect(answer.totals.impressions).toMatchObject({ value: null, daysLeftOut: 4 });
		expect(pinsOf(await answerWithReports(db, query([''])))).toEqual([['p1', 30]]);
		expect(seriesOf(await answerWithReports(db, { ...query([]), split: 'label' }))).toEqual([]);
	});

	it('keeps to them on the page of a Pin', async () => {
		const { answering } = await answeringOf(db);
		const periods = async (label: string, pin: string) => {
			let found = -1;
			const subject = { kind: 'pin', name: pin } as const;
			const asked = { query: { ...query([label]), subject }, compared: null, asks: ['about'] as const };
			await answering.ask(new AbortController().signal, asked, (piece) => {
				if (piece.ask === 'about') found = piece.about.periods.length;
			});
			return found;
		};
		expect([await periods('lamps', 'p2'), await periods('lamps', 'p1')]).toEqual([1, 0]);
	});
});

it('rows of ads with a Pin answer for its label, rates too', async () => {
	const ad = (pin: string, name: string): Partial<Fact> => ({
		...ofPin(pin),
		ads: { campaign: { id: '1', name: 'Spring' }, ad: { id: name, name } },
		filters: { content_type: ['paid'] }
	});
	await storeSaid(db, {
		facts: [
			fact(DAYS[0], 'spend', 3_000_000, { ...ad('p1', 'a'), currency: 'EUR' }),
			fact(DAYS[0], 'impressions', 1_000, ad('p1', 'a')),
			fact(DAYS[0], 'spend', 5_000_000, { ...ad('p2', 'b'), currency: 'EUR' }),
			fact(DAYS[0], 'impressions', 500, ad('p2', 'b'))
		]
	});
	await giveLabels(db, { lamps: ['p2'] });
	const { totals } = await answerWithReports(db, query(['lamps'], DAYS[0], DAYS[0]));
	expect([totals.spend.value, totals.cpm.value]).toEqual([5, 10]);
});
