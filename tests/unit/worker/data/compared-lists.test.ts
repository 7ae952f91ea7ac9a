import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import type { ListRow, Lists } from '../../../../src/lib/model/answer';
import type { SortMetric } from '../../../../src/lib/model/metric';
import type { Query } from '../../../../src/lib/model/query';
import type { Fact } from '../../../../src/lib/model/reported';
import type { Answering } from '../../../../src/lib/worker/data/answering';
import { databaseForEachTest, db } from '../../../support/database-under-test';
import { openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import { storeSaid } from '../../../support/report-contents';
import { fact } from '../../../support/reported-answer';
import { answeringOf, exportWithReports } from '../../../support/stored-report';
import { storeFile } from '../../../support/stored-workspace';

databaseForEachTest();

const { signal } = new AbortController();
const HEADER = 'timestamp,event,pin_id,board,link,count\n';
const importEvents = (...rows: string[]) => storeFile(db, utf8(HEADER + rows.join('\n')));

const NOW = { from: '2026-03-08', to: '2026-03-14' };
const THEN = { from: '2026-03-01', to: '2026-03-07' };
const query = openQuery({ filter: openFilter(NOW), grain: 'day' });
const compared = openQuery({ filter: openFilter(THEN), grain: 'day', top: 0 });

async function listsOf(answering: Answering, own: Query, other = compared): Promise<Lists> {
	let lists: Lists | null = null;
	await answering.ask(
		signal,
		{ query: own, compared: other, asks: ['answer', 'comparison', 'lists'] },
		(piece) => {
			if (piece.ask === 'lists') lists = piece.lists;
		}
	);
	if (lists === null) throw new Error('no lists came');
	return lists;
}

/** What a row was, what it is, and where it occurs. */
const course = (row: ListRow, metric: SortMetric = 'impressions') => [
	row.compared?.figures[metric],
	row.figures[metric],
	row.compared?.presence
];

const EVENTS = [
	'2026-03-02,impression,falls,A,https://a.example,90',
	'2026-03-09,impression,falls,A,https://a.example,60',
	'2026-03-02,impression,rises,B,https://b.example,10',
	'2026-03-09,impression,rises,B,https://b.example,50',
	'2026-03-09,impression,fresh,B,https://b.example,5',
	'2026-03-02,impression,left,C,https://c.example,7',
	'2026-03-01,save,same,A,,2',
	'2026-03-14,save,same,A,,2'
];

describe('lists beside those of other days', () => {
	it('hold the rows of either range, each with what it was, in the order of its value, gain or loss', async () => {
		await importEvents(...EVENTS);
		const { answering } = await answeringOf(db);
		const pins = async (order?: 'gain' | 'loss') => {
			const own = order ? { ...query, order } : query;
			const { topPins } = await listsOf(answering, own);
			expect(topPins.total).toBe(5);
			return topPins.rows.map((row) => [row.pinId, ...course(row)]);
		};
		const [falls, rises, fresh, left, same] = [
			['falls', 90, 60, 'both'],
			['rises', 10, 50, 'both'],
			['fresh', 0, 5, 'new'],
			['left', 7, 0, 'gone'],
			['same', 0, 0, 'both']
		];
		expect(await pins()).toEqual([falls, rises, fresh, left, same]);
		expect(await pins('gain')).toEqual([rises, fresh, same, left, falls]);
		expect(await pins('loss')).toEqual([falls, left, same, fresh, rises]);
	});

	it('tell boards and links over all of their Pins', async () => {
		await importEvents(...EVENTS);
		const { answering } = await answeringOf(db);
		const { topBoards, topLinks } = await listsOf(answering, { ...query, order: 'gain' });
		expect(topBoards.rows.map((row) => [row.board, row.pins, ...course(row)])).toEqual([
			['B', 2, 10, 55, 'both'],
			['C', 0, 7, 0, 'gone'],
			['A', 2, 90, 60, 'both']
		]);
		expect(topLinks.rows.map((row) => [row.link, ...course(row)])).toEqual([
			['https://b.example', 10, 55, 'both'],
			['https://c.example', 7, 0, 'gone'],
			['https://a.example', 90, 60, 'both']
		]);
	});

	it('put a change that is not known last, whichever way', async () => {
		await importEvents(
			'2026-03-02,impression,rate,A,,10',
			'2026-03-02,link_click,rate,A,,1',
			'2026-03-09,impression,rate,A,,10',
			'2026-03-09,link_click,rate,A,,3',
			'2026-03-09,impression,fresh,A,,10',
			'2026-03-09,link_click,fresh,A,,9'
		);
		const { answering } = await answeringOf(db);
		const own = { ...query, sort: 'link_click_rate', withVideo: true } as const;
		for (const order of ['gain', 'loss'] as const) {
			const { topPins } = await listsOf(answering, { ...own, order }, { ...compared, withVideo: true });
			expect(topPins.rows.map((row) => [row.pinId, ...course(row, 'link_click_rate')])).toEqual([
				['rate', 0.1, 0.3, 'both'],
				['fresh', null, 0.9, 'new']
			]);
		}
	});

	it('are read in stretches and searched, without counting again', async () => {
		await importEvents(...EVENTS);
		const { answering, stored } = await answeringOf(db);
		const own = { ...query, order: 'loss' } as const;
		await listsOf(answering, own);
		const read = vi.spyOn(stored, 'read');
		const rows = async (words: string, first: number, count: number) => {
			const { rows, total } = await answering.pins(signal, { query: own, compared, words, first, count });
			return [rows.map(({ pinId }) => pinId), total];
		};
		expect(await rows('', 1, 2)).toEqual([['left', 'same'], 5]);
		expect(await rows('C.example', 0, 50)).toEqual([['left'], 1]);
		expect(read).not.toHaveBeenCalled();
	});
});

describe('lists of reports beside those of other days', () => {
	const pin = (id: string, span: { from: string; to: string }, value: number): Fact =>
		fact(span.from, 'impressions', value, { to: span.to, subject: { kind: 'pin', id } });
	const board = (id: string, span: { from: string; to: string }, value: number): Fact =>
		fact(span.from, 'impressions', value, { to: span.to, subject: { kind: 'board', id } });

	it('compare what both list of exactly their ranges, and call nothing new that a report may have left out', async () => {
		await storeSaid(db, {
			facts: [
				pin('11111', THEN, 5),
				pin('11111', NOW, 20),
				pin('22222', THEN, 40),
				pin('22222', NOW, 30),
				pin('33333', NOW, 25),
				pin('44444', THEN, 3),
				board('Kitchen', THEN, 45),
				board('Kitchen', NOW, 50)
			]
		});
		const { answering } = await answeringOf(db);
		const { topPins, topBoards } = await listsOf(answering, { ...query, order: 'loss' });
		expect(topPins.rows.map((row) => [row.pinId, ...course(row)])).toEqual([
			['22222', 40, 30, 'both'],
			['11111', 5, 20, 'both'],
			['33333', null, 25, 'both'],
			['44444', 3, null, 'both']
		]);
		expect(topBoards.rows.map((row) => [row.board, ...course(row)])).toEqual([['Kitchen', 45, 50, 'both']]);
	});

	it('show no change where one of them is not of all its days', async () => {
		await storeSaid(db, {
			facts: [
				pin('11111', { from: '2026-03-02', to: THEN.to }, 5),
				pin('11111', NOW, 20),
				pin('22222', NOW, 30)
			]
		});
		const { answering } = await answeringOf(db);
		const { topPins } = await listsOf(answering, { ...query, order: 'loss' });
		// Without a change the order is that of the value.
		expect(topPins.rows.map((row) => [row.pinId, row.figures.impressions, row.compared])).toEqual([
			['22222', 30, undefined],
			['11111', 20, undefined]
		]);
	});

	it('call a row new where events tell all days before, and gone where they tell all days now', async () => {
		await importEvents(
			...['01', '02', '03', '04', '05', '06', '07'].map((day) => `2026-03-${day},impression,11111,A,,1`)
		);
		await storeSaid(db, { facts: [pin('11111', NOW, 20), pin('22222', NOW, 30)] });
		const { answering } = await answeringOf(db);
		const rows = async (own: Query, other: Query) =>
			(await listsOf(answering, own, other)).topPins.rows.map((row) => [row.pinId, ...course(row)]);
		expect(await rows(query, compared)).toEqual([
			['22222', 0, 30, 'new'],
			['11111', 7, 20, 'both']
		]);
		expect(await rows({ ...compared, top: 50 }, { ...query, top: 0 })).toEqual([
			['11111', 20, 7, 'both'],
			['22222', 30, 0, 'gone']
		]);
	});

	it('compare no links and no Pins of events where days are left that events do not tell', async () => {
		await importEvents(
			'2026-03-09,impression,p,A,https://a.example,4',
			'2026-03-02,impression,p,A,https://a.example,2'
		);
		await storeSaid(db, { facts: [fact('2026-03-10', 'impressions', 7)] });
		const { answering } = await answeringOf(db);
		const { topPins, topLinks } = await listsOf(answering, query);
		expect(topPins.rows.map(({ compared }) => compared)).toEqual([undefined]);
		expect(topLinks.rows.map(({ compared }) => compared)).toEqual([undefined]);
	});
});

describe('exports beside other days where reports have a part', () => {
	const pin = (id: string, span: { from: string; to: string }, value: number): Fact =>
		fact(span.from, 'impressions', value, { to: span.to, subject: { kind: 'pin', id } });

	it('leave empty what no report says of the days before', async () => {
		await storeSaid(db, {
			facts: [
				pin('11111', THEN, 5),
				pin('11111', NOW, 20),
				pin('22222', NOW, 30),
				pin('44444', THEN, 3),
				fact('2026-03-01', 'impressions', 8),
				fact('2026-03-09', 'impressions', 11),
				fact('2026-03-10', 'impressions', 12)
			]
		});
		const own = { ...query, order: 'gain' } as const;
		const [header, ...pins] = await exportWithReports(db, 'pins', own, THEN);
		expect(header).toContain('link,impressions,impressions_before,engagements,engagements_before,');
		// Rank, id, and impressions with what they were.
		expect(
			pins.map((line) => line.split(',')).map((cells) => [cells[0], cells[1], cells[6], cells[7]])
		).toEqual([
			['1', '11111', '20', '5'],
			['2', '22222', '30', ''],
			['3', '44444', '', '3']
		]);
		const [, ...days] = await exportWithReports(db, 'daily', query, THEN);
		expect(days.map((line) => line.split(',').slice(0, 3))).toEqual([
			['2026-03-08', '', '8'],
			['2026-03-09', '11', ''],
			['2026-03-10', '12', ''],
			...['11', '12', '13', '14'].map((day) => [`2026-03-${day}`, '', ''])
		]);
	});
});
