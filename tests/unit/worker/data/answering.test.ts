import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { About, Answer } from '../../../../src/lib/model/answer';
import { NATIVE_DIMENSIONS } from '../../../../src/lib/model/event';
import type { Ask, Piece } from '../../../../src/lib/model/page-request';
import type { Query, Subject } from '../../../../src/lib/model/query';
import type { Fact } from '../../../../src/lib/model/reported';
import { deleteBatch } from '../../../../src/lib/store/batches';
import type { Answering } from '../../../../src/lib/worker/data/answering';
import { paceOf } from '../../../../src/lib/worker/threads/pacing';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { storeSaid } from '../../../support/report-contents';
import { fact } from '../../../support/reported-answer';
import { answeringOf, exportWithReports } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();

const HEADER = 'timestamp,event,pin_id,pin_title,board,user_id,count,device\n';
const importEvents = (...rows: string[]) => storeFile(db, utf8(HEADER + rows.join('\n')));

const MARCH = openQuery({ filter: openFilter({ from: '2026-03-02', to: '2026-03-15' }), grain: 'day' });
const BEFORE = { ...MARCH, filter: openFilter({ from: '2026-02-16', to: '2026-03-01' }) };

async function pieces(
	answering: Answering,
	query: Query,
	asks: readonly Ask[],
	compared: Query | null = null
): Promise<Piece[]> {
	const told: Piece[] = [];
	await answering.ask(signal, { query, compared, asks }, (piece) => told.push(piece));
	return told;
}

async function answerTo(answering: Answering, query: Query): Promise<Answer> {
	const last = (await pieces(answering, query, ['answer'])).at(-1);
	if (last?.ask !== 'answer') throw new Error('no answer came');
	return last.answer;
}

const of = (id: string): Partial<Fact> => ({ subject: { kind: 'pin', id } });
const ofBoard = (id: string): Partial<Fact> => ({ subject: { kind: 'board', id } });

describe('an answer', () => {
	it('comes in two steps, the whole last, with what reports say in both', async () => {
		await importEvents('2026-03-02,impression,p,P,,u,5,mobile');
		await storeSaid(db, { facts: [fact('2026-03-03', 'impressions', 7)] });
		const { answering } = await answeringOf(db);
		const told = await pieces(answering, MARCH, ['answer']);
		const answers = told.flatMap((piece) => (piece.ask === 'answer' ? [piece.answer] : []));
		expect(answers.map(({ isWhole }) => isWhole)).toEqual([false, true]);
		for (const { totals, days, eventDays, reportedDays } of answers) {
			expect(totals.impressions.value).toBe(12);
			expect([days, eventDays, reportedDays]).toEqual([14, 1, 1]);
		}
		expect(answers.map(({ topPins }) => topPins.total)).toEqual([0, 1]);
		expect(answers[1]?.overall.total_audience.values.slice(0, 3)).toEqual([1, null, null]);
	});

	it('knows at once that days without events have no people', async () => {
		await storeSaid(db, { facts: [fact('2026-03-03', 'total_audience', 7)] });
		const { answering } = await answeringOf(db);
		const [first] = await pieces(answering, MARCH, ['answer']);
		expect(first?.ask === 'answer' && first.answer.hasPeople).toBe(true);
		expect(first?.ask === 'answer' && first.answer.overall.total_audience.values[1]).toBe(7);
	});

	it('of events alone knows every day', async () => {
		await importEvents('2026-03-02,impression,p,P,,u,5,mobile');
		const { answering } = await answeringOf(db);
		const answer = await answerTo(answering, MARCH);
		expect([answer.days, answer.eventDays, answer.reportedDays]).toEqual([14, 14, 0]);
		expect(answer.totals.impressions).toMatchObject({ value: 5, missing: [] });
		expect(answer.totals.total_audience.value).toBe(1);
		expect(answer.overall.impressions.values).toEqual([5, ...Array<number>(13).fill(0)]);
	});

	it('by week leaves out segments and figures that are damaged, and names each', async () => {
		await importEvents('2026-03-02,impression,whole,W,,u,5,mobile');
		const events = await importEvents('2026-03-03,impression,damaged,D,,u,50,mobile');
		const said = { facts: [fact('2026-03-09', 'impressions', 7), fact('2026-03-04', 'impressions', 9)] };
		await storeSaid(db, said);
		const lost = await storeSaid(
			db,
			{ facts: [fact('2026-03-10', 'impressions', 70)] },
			{ file: 'lost.csv' }
		);
		await db.segments.update([events, 0], ({ segment }) => void ((segment.pins as Uint8Array)[0]! ^= 1));
		const [record] = await db.factBlocks.where({ batchId: lost.id }).toArray();
		record!.block.values[0] = 71;
		await db.factBlocks.put(record!);

		const { answering } = await answeringOf(db);
		const byWeek: Query = { ...MARCH, grain: 'week' };
		const damaged = [
			{ batchId: events, file: 'file.csv', rows: 1 },
			{ batchId: lost.id, file: 'lost.csv', rows: 1 }
		];
		const answer = await answerTo(answering, byWeek);
		expect(answer.damaged).toEqual(damaged);
		// The day of the damaged events holds none any more, and no report is about it.
		expect(answer.overall.impressions.values).toEqual([14, 7]);
		expect(answer.topPins.rows.map(({ pinId }) => pinId)).toEqual(['whole']);
		expect(answer.totals.impressions.value).toBe(21);
		expect((await answerTo(answering, byWeek)).damaged).toEqual(damaged);
	});

	it('is given up where the query is cancelled while reports are merged', async () => {
		await storeSaid(db, { facts: [fact('2026-03-03', 'impressions', 7)] });
		const { answering } = await answeringOf(db);
		const stop = new AbortController();
		const told: Piece[] = [];
		const asked = answering.ask(
			stop.signal,
			{ query: MARCH, compared: null, asks: ['answer', 'whole'] },
			(piece) => {
				told.push(piece);
				stop.abort(); // the first answer is merged; what follows is the merging of the whole
			}
		);
		await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
		expect(told.map((piece) => piece.ask === 'answer' && piece.answer.isWhole)).toEqual([false]);
		expect((await answerTo(answering, MARCH)).totals.impressions.value).toBe(7);
	});
});

describe('a comparison', () => {
	const facts = [fact('2026-03-03', 'impressions', 7), fact('2026-02-17', 'impressions', 4)];

	it('counts the first range no second time', async () => {
		const before = await importEvents('2026-02-16,impression,p,P,,u,2,mobile');
		const now = await importEvents('2026-03-02,impression,p,P,,u,5,mobile');
		await storeSaid(db, { facts });
		const { answering, stored } = await answeringOf(db);
		const read = vi.spyOn(stored, 'read');
		const readBatches = () => [
			...new Set(read.mock.calls.flatMap(([, refs]) => refs.map(({ batchId }) => batchId)))
		];
		const told: [string, number[]][] = [];
		const request = { query: MARCH, compared: BEFORE, asks: ['answer', 'comparison'] as const };
		await answering.ask(signal, request, (piece) => {
			if (piece.ask === 'answer' && !piece.answer.isWhole) return;
			told.push([piece.ask, readBatches()]);
			read.mockClear();
		});
		// What was read for each piece: the rows of both ranges side by side, and none again.
		expect(told).toEqual([
			['answer', [now, before]],
			['comparison', []]
		]);
	});

	it('is over the days that both know, with the answer for the days compared with', async () => {
		await importEvents('2026-02-16,impression,p,P,,u,2,mobile');
		await importEvents('2026-03-02,impression,p,P,,u,5,mobile');
		await storeSaid(db, { facts: [...facts, fact('2026-03-05', 'impressions', 100)] });
		const { answering } = await answeringOf(db);
		const [told] = await pieces(answering, MARCH, ['comparison'], BEFORE);
		if (told?.ask !== 'comparison') throw new Error('no comparison came');
		expect(told.comparison.totals.impressions).toEqual({ now: 12, then: 6, days: 2 });
		expect(told.comparison.answer).toEqual(await answerTo(answering, BEFORE));
	});

	it('comes with the first figures where people are known, and no row is read for it', async () => {
		await importEvents('2026-02-16,impression,p,P,,u,2,mobile', '2026-02-17,save,p,P,,v,1,mobile');
		await importEvents('2026-03-02,impression,p,P,,u,5,mobile');
		const { answering, stored } = await answeringOf(db);
		const later = (await pieces(answering, MARCH, ['answer', 'comparison'], BEFORE)).at(-1);
		await stored.keepRangeIndex(signal, paceOf(signal), MARCH);
		const read = vi.spyOn(stored, 'read');
		const [figures] = await pieces(answering, MARCH, ['figures'], BEFORE);
		expect(read).not.toHaveBeenCalled();
		const other = { ...MARCH, grain: 'week' as const };
		const told = await pieces(answering, other, ['answer', 'comparison'], { ...BEFORE, grain: 'week' });
		expect(told.map(({ ask }) => ask)).toEqual(['answer', 'answer']);
		const [first] = told;
		const totals = later?.ask === 'comparison' ? later.comparison.totals : null;
		expect(totals).toMatchObject({
			total_audience: { now: 1, then: 2 },
			engaged_audience: { now: 0, then: 1 }
		});
		expect(first?.ask === 'answer' && first.comparison?.totals).toEqual(totals);
		expect(figures?.ask === 'figures' && figures.figures.comparison?.totals).toEqual(totals);
	});

	it('of events alone is over all days', async () => {
		await importEvents('2026-02-16,save,p,P,,u,2,mobile', '2026-03-02,save,p,P,,u,5,mobile');
		const { answering } = await answeringOf(db);
		const [told] = await pieces(answering, MARCH, ['comparison'], BEFORE);
		expect(told).toMatchObject({
			ask: 'comparison',
			comparison: { totals: { saves: { now: 5, then: 2, days: 14 } } }
		});
	});

	it('is not there where no days are compared with', async () => {
		await importEvents('2026-03-02,save,p,P,,u,5,mobile');
		const { answering } = await answeringOf(db);
		expect(await pieces(answering, MARCH, ['comparison'])).toEqual([]);
	});
});

describe('what is known of a Pin or board', () => {
	const about = async (answering: Answering, subject: Subject): Promise<About> => {
		const [told] = await pieces(answering, { ...MARCH, subject }, ['about']);
		if (told?.ask !== 'about') throw new Error('nothing is told');
		return told.about;
	};
	const week = (from: string, to: string, value: number, more: Partial<Fact>) =>
		fact(from, 'impressions', value, { to, ...more });

	it('are the periods of its reports, newest first, and its newest totals with their day', async () => {
		const level = (day: string, metric: Fact['metric'], value: number, more: Partial<Fact> = {}) =>
			fact(day, metric, value, { kind: 'level', ...of('11111'), ...more });
		const january = week('2026-01-01', '2026-01-31', 300, of('11111'));
		await storeSaid(db, {
			facts: [
				january,
				week('2026-02-01', '2026-02-28', 500, { ...of('11111'), isEstimate: true }),
				week('2026-01-29', '2026-02-28', 501, of('11111')),
				week('2026-02-01', '2026-02-28', 9, of('22222')),
				fact('2026-01-01', 'saves', 30, { to: '2026-01-31', ...of('11111') }),
				fact('2026-02-10', 'impressions', 3, of('11111')), // a day is no period
				level('2026-03-01', 'watch_ms', 120_000),
				level('2026-02-01', 'saves', 40),
				level('2026-03-02', 'saves', 44, { isEstimate: true })
			],
			pins: [{ pinId: '11111', title: 'Of a list' }]
		});
		const { answering } = await answeringOf(db);
		const known = await about(answering, { kind: 'pin', name: '11111' });
		expect(known).toMatchObject({ isKnown: true, pin: { title: 'Of a list', createdAt: '' } });
		expect(known.periods.map(({ from, to }) => `${from}/${to}`)).toEqual([
			// What came between two totals is of a period too.
			'2026-02-02/2026-03-02',
			'2026-02-01/2026-02-28',
			'2026-01-29/2026-02-28',
			'2026-01-01/2026-01-31'
		]);
		expect(known.periods[0]?.figures).toEqual([
			{ metric: 'saves', value: 4, isEstimate: true, currency: '' }
		]);
		expect(known.periods[1]?.figures).toEqual([
			{ metric: 'impressions', value: 500, isEstimate: true, currency: '' }
		]);
		expect(known.periods[3]?.figures).toEqual([
			{ metric: 'impressions', value: 300, isEstimate: false, currency: '' },
			{ metric: 'saves', value: 30, isEstimate: false, currency: '' },
			{ metric: 'save_rate', value: 0.1, isEstimate: false, currency: '' }
		]);
		expect(known.levels).toEqual([
			{ metric: 'saves', value: 44, day: '2026-03-02', isEstimate: true, currency: '' },
			{ metric: 'total_watch_minutes', value: 2, day: '2026-03-01', isEstimate: false, currency: '' }
		]);
		expect(await about(answering, { kind: 'pin', name: '99999' })).toEqual({
			isKnown: false,
			pin: null,
			periods: [],
			levels: []
		});
	});

	it('are of a board that only reports know, by the address they give it', async () => {
		await storeSaid(db, { facts: [week('2026-02-01', '2026-02-28', 9, ofBoard('someone/shelves'))] });
		const { answering } = await answeringOf(db);
		expect(await about(answering, { kind: 'board', name: 'someone/shelves' })).toEqual({
			isKnown: true,
			pin: null,
			periods: [
				{
					from: '2026-02-01',
					to: '2026-02-28',
					figures: [{ metric: 'impressions', value: 9, isEstimate: false, currency: '' }]
				}
			],
			levels: []
		});
		expect(await about(answering, { kind: 'board', name: 'someone/nothing' })).toMatchObject({
			isKnown: false,
			periods: []
		});
	});

	it('are of a board by the name that events give it', async () => {
		await importEvents('2026-03-02,save,p,P,Kitchen shelves,u,5,mobile');
		await storeSaid(db, {
			facts: [
				week('2026-02-01', '2026-02-28', 9, ofBoard('someone/kitchen-shelves')),
				fact('2026-03-04', 'saves', 3, ofBoard('someone/kitchen-shelves'))
			]
		});
		const { answering } = await answeringOf(db);
		const subject = { kind: 'board', name: 'Kitchen shelves' } as const;
		expect(await about(answering, subject)).toMatchObject({ isKnown: true, periods: [{ to: '2026-02-28' }] });
		expect((await answerTo(answering, { ...MARCH, subject })).totals.saves.value).toBe(8);
	});

	it('is all of them where the page is about none', async () => {
		await importEvents('2026-03-02,save,p,P,,u,5,mobile');
		const { answering } = await answeringOf(db);
		const [told] = await pieces(answering, MARCH, ['about']);
		expect(told).toEqual({ ask: 'about', about: { isKnown: true, pin: null, periods: [], levels: [] } });
	});
});

describe('what a page asks besides', () => {
	const onPin: Query = { ...MARCH, subject: { kind: 'pin', name: 'p' } };

	async function filled() {
		await importEvents(
			'2026-03-02T13:00:00,save,p,P,,u,5,mobile',
			'2026-03-02T13:00:00,impression,p,P,,u,8,tablet',
			'2026-03-03T13:00:00,save,q,Q,,v,50,mobile'
		);
		return (await answeringOf(db)).answering;
	}

	it('is the totals of everything, whatever the page is about', async () => {
		const answering = await filled();
		const [told] = await pieces(answering, onPin, ['whole']);
		expect(told).toMatchObject({ ask: 'whole', totals: { saves: { value: 55 } } });
	});

	it('is the figures of every value of every dimension, of what the page is about', async () => {
		const answering = await filled();
		const told = await pieces(answering, onPin, ['splits']);
		expect(told.map((piece) => piece.ask === 'splits' && piece.dimension)).toEqual(NATIVE_DIMENSIONS);
		const devices = told.find((piece) => piece.ask === 'splits' && piece.dimension === 'device');
		if (devices?.ask !== 'splits') throw new Error('no devices are told');
		expect(
			devices.answer.series.map(({ value, byMetric }) => [
				value,
				byMetric.impressions.values,
				byMetric.saves.values
			])
		).toEqual([
			['tablet', [8], [0]],
			['mobile', [0], [5]]
		]);
	});

	it('is when in the week things happen: by hour, or by day where reports have a part', async () => {
		const answering = await filled();
		const [byHour] = await pieces(answering, onPin, ['pattern']);
		if (byHour?.ask !== 'pattern' || byHour.pattern.kind !== 'hours') throw new Error('no hours are told');
		expect(byHour.pattern.hours.saves[13]).toBe(5);

		await storeSaid(db, { facts: [fact('2026-03-04', 'saves', 3, of('p'))] });
		const [byDay] = await pieces((await answeringOf(db)).answering, { ...onPin, grain: 'month' }, [
			'pattern'
		]);
		if (byDay?.ask !== 'pattern' || byDay.pattern.kind !== 'days') throw new Error('no days are told');
		expect(byDay.pattern.buckets[2]?.day).toBe('2026-03-04');
		expect(byDay.pattern.byMetric.saves.values.slice(0, 4)).toEqual([5, 0, 3, null]);
	});
});

describe('the full list of Pins', () => {
	it('is that of the answer, in stretches', async () => {
		await importEvents('2026-03-02,impression,11111,One,,u,5,mobile');
		await storeSaid(db, {
			facts: [
				fact('2026-03-03', 'impressions', 7, of('22222')),
				fact('2026-03-04', 'impressions', 1, of('11111'))
			],
			pins: [{ pinId: '22222', title: 'Two' }]
		});
		const { answering } = await answeringOf(db);
		const { topPins } = await answerTo(answering, MARCH);
		const rows = (words: string, first: number, count: number) =>
			answering.pins(signal, { query: MARCH, compared: null, words, first, count });
		expect(await rows('', 0, 50)).toEqual(topPins);
		expect(topPins.rows.map(({ pinId, title, figures }) => [pinId, title, figures.impressions])).toEqual([
			['22222', 'Two', 7],
			['11111', 'One', 6]
		]);
		expect(await rows('one', 0, 50)).toMatchObject({ rows: [{ pinId: '11111' }], total: 1 });
		expect((await rows('', 1, 1)).rows).toEqual(topPins.rows.slice(1));
	});

	it('is of what is stored when it is asked for', async () => {
		await importEvents('2026-03-02,impression,11111,One,,u,5,mobile');
		const batch = await importEvents('2026-03-02,impression,22222,Two,,u,6,mobile');
		const { answering, stored } = await answeringOf(db);
		await answerTo(answering, MARCH);
		await deleteBatch(db, batch);
		await stored.refresh();
		const list = await answering.pins(signal, {
			query: MARCH,
			compared: null,
			words: '',
			first: 0,
			count: 50
		});
		expect(list.rows.map(({ pinId }) => pinId)).toEqual(['11111']);
	});
});

describe('exports of Pins and boards', () => {
	const cells = (lines: readonly string[]) => lines.slice(1).map((line) => line.split(','));

	async function filled() {
		await importEvents(
			'2026-03-02,impression,11111,One,Kitchen shelves,u,5,mobile',
			'2026-03-02,save,22222,Two,,u,1,mobile'
		);
		await storeSaid(db, {
			facts: [
				fact('2026-03-03', 'impressions', 7, { to: '2026-03-09', ...of('33333') }),
				fact('2026-03-03', 'impressions', 1, { to: '2026-03-09', ...of('11111') }),
				fact('2026-03-03', 'saves', 4, { to: '2026-03-09', ...of('33333') }),
				fact('2026-03-02', 'impressions', 1_000, { to: '2026-03-09', ...of('22222') }),
				fact('2026-03-03', 'impressions', 20, { to: '2026-03-09', ...ofBoard('someone/kitchen-shelves') }),
				fact('2026-03-03', 'impressions', 30, { to: '2026-03-09', ...ofBoard('someone/other') })
			],
			pins: [{ pinId: '33333', title: 'Three' }]
		});
	}

	it('hold what reports say of Pins, and of those that only they know', async () => {
		await filled();
		const lines = await exportWithReports(db, 'pins', MARCH);
		expect(lines[0]).toMatch(
			/^rank,pin_id,pin_title,board,format,link,impressions,engagements,closeups,saves,/
		);
		expect(
			cells(lines).map(([rank, id, title, board, , , impressions, engagements, closeups, saves]) => [
				rank,
				id,
				title,
				board,
				impressions,
				engagements,
				closeups,
				saves
			])
		).toEqual([
			['1', '33333', 'Three', '', '7', '', '', '4'],
			['2', '11111', 'One', 'Kitchen shelves', '6', '0', '0', '0'],
			['3', '22222', 'Two', '', '0', '1', '0', '1']
		]);
	});

	it('have people of events or of one period, never of both', async () => {
		await filled();
		await storeSaid(db, {
			facts: [
				fact('2026-03-03', 'total_audience', 9, { to: '2026-03-09', ...of('33333') }),
				fact('2026-03-03', 'total_audience', 2, { to: '2026-03-09', ...of('11111') })
			]
		});
		const people = cells(await exportWithReports(db, 'pins', MARCH)).map((row) => [row[1], row[12]]);
		expect(people).toEqual([
			['33333', '9'],
			['11111', ''],
			['22222', '1']
		]);
	});

	it('hold boards of events and reports as one, and those that only reports know without a number of Pins', async () => {
		await filled();
		const lines = await exportWithReports(db, 'boards', MARCH);
		expect(cells(lines).map((row) => row.slice(0, 4))).toEqual([
			['1', 'someone/other', '', '30'],
			['2', 'Kitchen shelves', '1', '25'],
			['3', '', '1', '0']
		]);
	});

	it('hold the nearest period where none lies inside a range without events', async () => {
		await storeSaid(db, { facts: [fact('2026-01-01', 'saves', 4, { to: '2026-03-31', ...of('33333') })] });
		const rows = cells(await exportWithReports(db, 'pins', MARCH));
		expect(rows.map((row) => [row[0], row[1], row[9]])).toEqual([['1', '33333', '4']]);
	});
});

describe('audience insights', () => {
	const snapshot = (day: string, size: number) => ({
		...{ audience: 'total' as const, day, size, isUpTo: false },
		rows: [{ section: 'age' as const, name: '25-34', category: '', share: 0.31, affinity: null }]
	});
	const sizes = async () => {
		const { answering } = await answeringOf(db);
		return (await answering.insights()).snapshots.map(({ day, size }) => [day, size]);
	};

	it('are those imported last, and those before them where that import is undone', async () => {
		await storeSaid(db, { insights: [snapshot('2026-05-20', 1), snapshot('2026-06-20', 2)] });
		const again = await storeSaid(db, { insights: [snapshot('2026-05-20', 3)] });
		await storeSaid(db, { insights: [snapshot('2026-04-20', 4)] });
		expect(await sizes()).toEqual([
			['2026-04-20', 4],
			['2026-05-20', 3],
			['2026-06-20', 2]
		]);
		await deleteBatch(db, again.id);
		expect(await sizes()).toEqual([
			['2026-04-20', 4],
			['2026-05-20', 1],
			['2026-06-20', 2]
		]);
	});

	it('are written as CSV as far as they are asked for', async () => {
		await storeSaid(db, { insights: [snapshot('2026-05-20', 1), snapshot('2026-06-20', 2)] });
		const { answering } = await answeringOf(db);
		const written = await answering.insightsCsv([{ audience: 'total', day: '2026-06-20' }]);
		expect((await written?.text())?.replace('\uFEFF', '').trim().split('\r\n')).toEqual([
			'audience,day,size,section,name,share,affinity',
			'total,2026-06-20,2,age,25-34,0.31,'
		]);
		expect(await answering.insightsCsv([{ audience: 'engaged', day: '2026-06-20' }])).toBeNull();
	});

	it('that can no longer be read are named', async () => {
		const batch = await storeSaid(
			db,
			{ insights: [snapshot('2026-05-20', 1), snapshot('2026-06-20', 2)] },
			{ file: 'both.csv' }
		);
		await db.snapshots.update([batch.id, 0], { checksum: 'other' });
		const { answering } = await answeringOf(db);
		const { snapshots, damaged } = await answering.insights();
		expect(snapshots.map(({ day }) => day)).toEqual(['2026-06-20']);
		expect(damaged).toEqual([{ batchId: batch.id, file: 'both.csv', rows: 1 }]);
	});
});
