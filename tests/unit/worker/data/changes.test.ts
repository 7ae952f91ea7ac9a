import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../../src/lib/model/calendar';
import type { ChangePart, Changes, UnusualDay } from '../../../../src/lib/model/change';
import type { MetricId } from '../../../../src/lib/model/metric';
import type { Query } from '../../../../src/lib/model/query';
import type { Fact } from '../../../../src/lib/model/reported';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { giveLabels } from '../../../support/given-labels';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { storeSaid } from '../../../support/report-contents';
import { fact } from '../../../support/reported-answer';
import { answeringOf } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const HEADER = 'timestamp,event,pin_id,pin_title,board,link,user_id,count,device\n';
const importEvents = (...rows: string[]) => storeFile(db, utf8(HEADER + rows.join('\n')));
const days = (from: string, to = from): Query =>
	openQuery({ filter: openFilter({ from, to }), grain: 'day' });
const NOW = days('2026-03-03', '2026-03-04');
const THEN = days('2026-03-01', '2026-03-02');

async function changes(metric: MetricId, query = NOW, compared = THEN): Promise<Changes> {
	const { answering } = await answeringOf(db);
	let found: Changes | null = null;
	await answering.ask(signal, { query, compared, asks: ['changes'], metric }, (piece) => {
		if (piece.ask === 'changes') found = piece.changes;
	});
	return found!;
}

async function unusual(query: Query, metric: MetricId): Promise<readonly UnusualDay[]> {
	const { answering } = await answeringOf(db);
	let found: readonly UnusualDay[] = [];
	await answering.ask(signal, { query, compared: null, asks: ['unusual'], metric }, (piece) => {
		if (piece.ask === 'unusual') found = piece.days;
	});
	return found;
}

/** Names and contributions of a part, then its rest. */
function listed({ parts }: Changes, part: ChangePart) {
	const found = parts.find((each) => each.part === part);
	return (
		found && [
			...found.rows.map(({ name, contribution, presence }) =>
				presence === null ? [name, contribution] : [name, contribution, presence]
			),
			...(found.rest ? [['rest', found.rest.contribution]] : [])
		]
	);
}

const EVENTS = [
	'2026-03-01,impression,p1,Lamp,Light,https://a.example,ann,10,mobile',
	'2026-03-02,impression,p2,Rug,,,bo,20,desktop',
	'2026-03-02,save,p2,Rug,,,bo,4,desktop',
	'2026-03-03,impression,p1,Lamp,Light,https://a.example,ann,25,mobile',
	'2026-03-04,impression,p3,Sign,Light,https://b.example,cy,8,mobile',
	'2026-03-04,save,p3,Sign,Light,https://b.example,cy,2,mobile'
];

describe('the changes of events', () => {
	it('of a count are what each value, Pin, board and link makes of it, and what is new or gone', async () => {
		await importEvents(...EVENTS);
		const found = await changes('impressions');
		expect(found.total).toEqual({ then: 30, now: 33, contribution: 3, ofRate: null });
		expect(listed(found, 'device')).toEqual([
			['mobile', 23],
			['desktop', -20, 'gone']
		]);
		expect(listed(found, 'pin')).toEqual([
			['p1', 15],
			['p3', 8, 'new'],
			['p2', -20, 'gone']
		]);
		expect(listed(found, 'board')).toEqual([
			['Light', 23],
			['', -20, 'gone']
		]);
		// The Pin without a link is what is left over.
		expect(listed(found, 'link')).toEqual([
			['https://a.example', 15],
			['https://b.example', 8, 'new'],
			['rest', -20]
		]);
		expect(found.parts.find(({ part }) => part === 'link')!.rest).toMatchObject({ count: 0, then: 20 });
		expect(found.parts.find(({ part }) => part === 'pin')!.rows[0]).toMatchObject({
			title: 'Lamp',
			board: 'Light'
		});
	});

	it('by label are those of the Pins that bear it, without a rest', async () => {
		await importEvents(...EVENTS);
		await giveLabels(db, { lamps: ['p1', 'p2'], signs: ['p1', 'p3'], none: [] });
		expect(listed(await changes('impressions'), 'label')).toEqual([
			['signs', 23],
			['lamps', -5]
		]);
		expect(listed(await changes('total_audience'), 'label')).toEqual([
			['signs', 1],
			['lamps', -1]
		]);
		const { parts } = await changes('save_rate');
		const signs = parts.find(({ part }) => part === 'label')!.rows.find(({ name }) => name === 'signs')!;
		expect(signs.ofRate!.own).toBeCloseTo(2 / 33, 12);
		expect(signs.ofRate!.mix).toBeCloseTo((1 - 10 / 30) * (0 - 4 / 30), 12);
		const ofLabel = (label: string): Query => ({
			...NOW,
			filter: { ...NOW.filter, values: { ...NOW.filter.values, label: [label] } }
		});
		const { total } = await changes('impressions', ofLabel('lamps'), {
			...ofLabel('lamps'),
			filter: { ...ofLabel('lamps').filter, from: THEN.filter.from, to: THEN.filter.to }
		});
		expect(total).toMatchObject({ then: 30, now: 25 });
	});

	it('of a rate have an own part and one of the mix', async () => {
		await importEvents(...EVENTS);
		const { total, parts } = await changes('save_rate');
		expect(total.contribution).toBeCloseTo(2 / 33 - 4 / 30, 12);
		const pins = parts.find(({ part }) => part === 'pin')!.rows;
		expect(pins.reduce((sum, { contribution }) => sum + contribution!, 0)).toBeCloseTo(
			total.contribution!,
			12
		);
		const fresh = pins.find(({ name }) => name === 'p3')!;
		expect([fresh.ofRate!.own, fresh.then]).toEqual([0, null]);
		expect(fresh.ofRate!.mix).toBeCloseTo((8 / 33) * (2 / 8 - 4 / 30), 12);
	});

	it('of an audience are listed without a rest', async () => {
		await importEvents(
			...EVENTS,
			'2026-03-03,closeup,p1,Lamp,Light,https://a.example,di,1,desktop',
			'2026-03-03,closeup,p1,Lamp,Light,https://a.example,ann,1,desktop'
		);
		const all = await changes('total_audience');
		expect(all.total).toMatchObject({ then: 2, now: 3, contribution: 1 });
		expect(listed(all, 'device')).toEqual([
			['desktop', 1],
			['mobile', 1]
		]);
		expect(listed(all, 'pin')).toEqual([
			['p1', 1],
			['p3', 1, 'new'],
			['p2', -1, 'gone']
		]);
		const engaged = await changes('engaged_audience');
		expect(engaged.total).toMatchObject({ then: 1, now: 3 });
		expect(listed(engaged, 'board')).toEqual([
			['Light', 3],
			['', -1, 'gone']
		]);
	});

	it('of a rate without impressions in a period are stated, not taken apart', async () => {
		await importEvents('2026-03-01,save,p1,,,,,1,mobile', EVENTS[3]!);
		const { total, parts } = await changes('save_rate');
		expect(total).toEqual({ then: null, now: 0, contribution: null, ofRate: null });
		expect(parts).toEqual([]);
	});
});

const ofDevice = (device: string): Partial<Fact> => ({ filters: { device: [device] } });
const ofPin = (id: string): Partial<Fact> => ({ subject: { kind: 'pin', id } });
const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04'] as const;
const everyDay = (values: readonly number[], more: Partial<Fact> = {}) =>
	DAYS.map((day, i) => fact(day, 'impressions', values[i]!, more));

describe('the changes of reports', () => {
	it('are over the days that both periods know', async () => {
		await storeSaid(db, { facts: everyDay([5, 7, 11, 13]).slice(1) });
		const found = await changes('impressions');
		// The first day is not known, so its counterpart is left out.
		expect(found).toMatchObject({ days: 2, daysCompared: 1, total: { then: 7, now: 13, contribution: 6 } });
		expect(found.parts).toEqual([]);
		expect(found.unanswered).toContain('device');
	});

	it('list values that are known on all of these days, and leave the others to the rest', async () => {
		await storeSaid(db, {
			facts: [
				...everyDay([10, 10, 20, 20]),
				...everyDay([6, 6, 9, 9], ofDevice('mobile')),
				...everyDay([1, 1, 1, 1], ofDevice('tablet')).slice(1)
			]
		});
		const found = await changes('impressions');
		expect(listed(found, 'device')).toEqual([
			['mobile', 6],
			['rest', 14]
		]);
		expect(found.parts.find(({ part }) => part === 'device')!.rest!.count).toBeNull();
		expect(found.unanswered).not.toContain('device');
	});

	it('list Pins whose days are reported, beside days of events', async () => {
		await storeSaid(db, {
			facts: [
				...everyDay([10, 10, 20, 20]),
				...everyDay([4, 4, 8, 9], ofPin('p1')),
				...everyDay([3, 3, 2, 2], ofPin('p9'))
			]
		});
		expect(listed(await changes('impressions'), 'pin')).toEqual([
			['p1', 9],
			['p9', -2],
			['rest', 13]
		]);
		await importEvents('2026-03-04,impression,p1,Lamp,Light,,ann,100,mobile');
		const found = await changes('impressions');
		expect(found.total).toMatchObject({ then: 20, now: 120 });
		expect(listed(found, 'pin')![0]).toEqual(['p1', 100]);
	});

	it('of days that events alone know are those of events, whatever reports say of other metrics or days', async () => {
		await importEvents(...EVENTS);
		const whole = await changes('impressions');
		await storeSaid(db, {
			facts: [fact('2026-03-02', 'comments', 3), fact('2025-01-01', 'impressions', 9)]
		});
		expect(await changes('impressions')).toEqual(whole);
		// One day more, of which nothing is known.
		const longer = days('2026-03-03', '2026-03-05');
		const before = days('2026-02-28', '2026-03-02');
		const found = await changes('impressions', longer, before);
		expect(found).toMatchObject({ days: 3, daysCompared: 1, total: { then: 10, now: 8 } });
		expect(listed(found, 'pin')).toEqual([
			['p3', 8, 'new'],
			['p1', -10, 'gone']
		]);
	});

	it('state what cannot be taken apart', async () => {
		const level = { kind: 'level' as const };
		await storeSaid(db, {
			facts: [fact('2026-03-02', 'followers', 40, level), fact('2026-03-04', 'followers', 47, level)]
		});
		const found = await changes('followers');
		expect(found).toMatchObject({ total: { then: 40, now: 47, contribution: 7 }, parts: [] });
	});
});

describe('unusual days', () => {
	const LAST = '2026-03-26';
	/** A row for each of so many days up to the last; the last has another count. */
	const daily = (count: number, last: number, from = 63) =>
		Array.from(
			{ length: from + 1 },
			(_, i) => `${addDays(LAST, i - from)},impression,p1,,,,u${i},${i === from ? last : count},mobile`
		);

	it('are found in the range alone, by what is stored before it', async () => {
		await importEvents(...daily(100, 200));
		const found = await unusual(days(addDays(LAST, -6), LAST), 'impressions');
		expect(found.map(({ day, value, median }) => [day, value, median])).toEqual([[LAST, 200, 100]]);
		expect(found[0]!.weekdays).toHaveLength(8);
		expect(await unusual(days(addDays(LAST, -20), addDays(LAST, -1)), 'impressions')).toEqual([]);
		expect(await unusual(days(LAST), 'total_audience')).toEqual([]);
	});

	it('are not measured by days before the first that is stored, while days without events count as 0', async () => {
		await importEvents(...daily(100, 200, 27));
		expect(await unusual(days(LAST), 'impressions')).toEqual([]);
		// One event four weeks before: the weekdays between it and the last have 0.
		await importEvents(`${addDays(LAST, -28)},impression,p1,,,,,100,mobile`);
		expect((await unusual(days(LAST), 'impressions')).map(({ median }) => median)).toEqual([100]);
		expect(await unusual(days(LAST), 'saves')).toEqual([]);
	});

	it('leave estimates out', async () => {
		const weeks = [1, 2, 3, 4].map((week) => fact(addDays(LAST, -7 * week), 'impressions', 100));
		const said = (isEstimate: boolean) => [...weeks, fact(LAST, 'impressions', 300, { isEstimate })];
		await storeSaid(db, { facts: said(true) });
		expect(await unusual(days(LAST), 'impressions')).toEqual([]);
		await storeSaid(db, { facts: said(false) });
		expect((await unusual(days(LAST), 'impressions')).map(({ value }) => value)).toEqual([300]);
	});
});
