import { describe, expect, it } from 'vitest';
import { answerQuery } from '../../../../src/lib/engine/answer';
import { withReportedLists } from '../../../../src/lib/engine/reported/reported-lists';
import { ReportedPinList } from '../../../../src/lib/engine/reported/reported-pin-list';
import { NO_ROWS } from '../../../../src/lib/model/answer';
import { daysBetween } from '../../../../src/lib/model/calendar';
import { answerOfEvents } from '../../../../src/lib/model/event-answer';
import type { SortMetric } from '../../../../src/lib/model/metric';
import type { DaySpan, Fact, ReportedFilters } from '../../../../src/lib/model/reported';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../../support/memory-workspace';
import {
	answerWith,
	batchesOf,
	eventDays,
	fact,
	listSources,
	resolved
} from '../../../support/reported-answer';

const range = { from: '2026-03-01', to: '2026-03-14' };
const month = openQuery({ filter: openFilter(range) });

function pin(
	id: string,
	from: string,
	to: string,
	metric: Fact['metric'],
	value: number,
	more: Partial<Fact> = {}
) {
	return fact(from, metric, value, { to, subject: { kind: 'pin', id }, ...more });
}

const board = (id: string, from: string, to: string, metric: Fact['metric'], value: number) =>
	fact(from, metric, value, { to, subject: { kind: 'board', id } });

/** The list of Pins where no event is stored; null where no report has a part in it. */
function list(facts: readonly Fact[], values: ReportedFilters = {}, sort: SortMetric = 'impressions') {
	const filter = openFilter({ ...range, values });
	const sources = listSources(resolved(batchesOf(facts)), eventDays({}));
	return ReportedPinList.of({ filter, sort, withVideo: true }, sources);
}

const rows = (facts: readonly Fact[], values: ReportedFilters = {}, sort: SortMetric = 'impressions') =>
	list(facts, values, sort)?.rows('', 0, 50).rows ?? [];

describe('a list of Pins from reports', () => {
	it('adds up periods that follow on each other, and none that overlap', () => {
		const facts = [
			pin('11111', '2026-03-01', '2026-03-07', 'impressions', 10),
			pin('11111', '2026-03-08', '2026-03-14', 'impressions', 20),
			pin('11111', '2026-03-05', '2026-03-10', 'impressions', 99),
			pin('11111', '2026-02-20', '2026-03-14', 'impressions', 500)
		];
		expect(rows(facts)[0]?.figures.impressions).toBe(30);
		const exact = [...facts, pin('11111', range.from, range.to, 'impressions', 31)];
		expect(rows(exact)[0]?.figures.impressions).toBe(31);
	});

	it('adds up single days', () => {
		const daily = ['2026-03-03', '2026-03-04'].map((day) => pin('11111', day, day, 'saves', 2));
		expect(rows(daily)[0]?.figures).toMatchObject({ saves: 4, impressions: null });
	});

	it('is in the order of the sort, those without a value last, ties by id', () => {
		const at = (id: string, metric: Fact['metric'], value: number) =>
			pin(id, range.from, range.to, metric, value, { isEstimate: id === '22222' });
		const found = rows([
			at('33333', 'saves', 9),
			at('22222', 'impressions', 5),
			at('11111', 'impressions', 5),
			at('44444', 'impressions', 6)
		]);
		expect(found.map(({ pinId }) => pinId)).toEqual(['44444', '11111', '22222', '33333']);
		expect(found.map(({ estimates }) => estimates)).toEqual([[], [], ['impressions'], []]);
	});

	it('works out engagements, rates and times from their parts', () => {
		const at = (metric: Fact['metric'], value: number) => pin('11111', range.from, range.to, metric, value);
		const [row] = rows([
			at('saves', 1),
			at('closeups', 2),
			at('link_clicks', 3),
			at('impressions', 30),
			at('watch_ms', 90_000),
			at('video_plays', 30),
			at('link_click_rate', 0.9)
		]);
		expect(row?.figures).toMatchObject({
			engagements: 6,
			link_click_rate: 0.1,
			avg_watch_seconds: 3,
			total_watch_minutes: 1.5
		});
	});

	it('keeps to the filter, and says under which there would be rows', () => {
		const paid = { filters: { content_type: ['paid'] } };
		const facts = [pin('11111', range.from, range.to, 'impressions', 4, paid)];
		expect(rows(facts)).toEqual([]);
		expect(rows(facts, { content_type: ['paid'] })).toHaveLength(1);
		expect(answerWith(batchesOf(facts), month).listsInstead).toEqual([{ ...paid, days: 0 }]);
	});

	it('takes a row of a whole list for all there is of its Pin', () => {
		const row = (value: number, content: string, source: string) =>
			pin('11111', range.from, range.to, 'impressions', value, {
				filters: { content_type: [content], source: [source] },
				completeBreakdowns: ['content_type', 'source']
			});
		const facts = [row(5, 'organic', 'own'), row(3, 'paid', 'own')];
		expect(rows(facts)[0]?.figures.impressions).toBe(8);
		expect(rows(facts, { content_type: ['paid'] })[0]?.figures.impressions).toBe(3);
		expect(rows(facts, { source: ['other'] })).toEqual([]);
		expect(rows(facts, { device: ['mobile'] })).toEqual([]);
	});

	it('takes the rows of one list where two are broken down by other dimensions: each says all', () => {
		const row = (value: number, breakdown: 'content_type' | 'device', name: string) =>
			pin('11111', range.from, range.to, 'impressions', value, {
				filters: { [breakdown]: [name] },
				completeBreakdowns: [breakdown]
			});
		const byContent = [row(5, 'content_type', 'organic'), row(3, 'content_type', 'paid')];
		const byDevice = [row(6, 'device', 'mobile'), row(2, 'device', 'desktop')];
		for (const facts of [
			[...byContent, ...byDevice],
			[...byDevice, ...byContent]
		]) {
			expect(rows(facts)[0]?.figures.impressions).toBe(8);
			expect(rows(facts, { device: ['mobile'] })[0]?.figures.impressions).toBe(6);
			expect(rows(facts, { content_type: ['paid'] })[0]?.figures.impressions).toBe(3);
		}
	});

	it('comes in stretches, and is searched by id', () => {
		const ids = ['30001', '30002', '40003', '30004'];
		const found = list(
			ids.map((id, i) => pin(id, range.from, range.to, 'saves', i)),
			{},
			'saves'
		)!;
		const idsOf = (words: string, first: number, count: number) => {
			const { rows, total } = found.rows(words, first, count);
			return [total, ...rows.map(({ pinId }) => pinId)];
		};
		expect(idsOf('', 1, 2)).toEqual([4, '40003', '30002']);
		expect(idsOf(' 3000 ', 0, 2)).toEqual([3, '30004', '30002']);
		expect(idsOf('nobody', 0, 2)).toEqual([0]);
	});
});

describe('where no period lies inside the range', () => {
	const shown = (facts: readonly Fact[], values: ReportedFilters = {}) =>
		list(facts, values)?.rows('', 0, 50) ?? null;
	const quarter = pin('11111', '2026-01-01', '2026-03-31', 'impressions', 900);

	it('the list is of the period that holds it, under its own days', () => {
		expect(shown([quarter])).toMatchObject({
			rows: [{ pinId: '11111', figures: { impressions: 900 } }],
			total: 1,
			period: { from: '2026-01-01', to: '2026-03-31' }
		});
	});

	it('that which shares most days with it counts, of equals the newer', () => {
		const of = (...spans: [from: string, to: string][]) =>
			shown(spans.map(([from, to], i) => pin(`2000${i}`, from, to, 'impressions', 5)))?.period;
		expect(of(['2026-02-20', '2026-03-05'], ['2026-03-11', '2026-03-20'])).toEqual({
			from: '2026-02-20',
			to: '2026-03-05'
		});
		expect(of(['2026-02-20', '2026-03-05'], ['2026-03-10', '2026-03-20'])).toEqual({
			from: '2026-03-10',
			to: '2026-03-20'
		});
		expect(of(['2026-01-01', '2026-03-31'], ['2026-02-01', '2026-03-31'])).toEqual({
			from: '2026-02-01',
			to: '2026-03-31'
		});
	});

	it('the nearest counts where none shares a day, of equals the newer', () => {
		const of = (...spans: [from: string, to: string][]) =>
			shown(spans.map(([from, to], i) => pin(`2000${i}`, from, to, 'impressions', 5)))?.period;
		expect(of(['2025-11-01', '2025-11-30'], ['2026-05-01', '2026-05-31'])).toEqual({
			from: '2026-05-01',
			to: '2026-05-31'
		});
		expect(of(['2026-02-01', '2026-02-22'], ['2026-03-21', '2026-03-31'])).toEqual({
			from: '2026-03-21',
			to: '2026-03-31'
		});
	});

	it('rows have only what is known of that period', () => {
		const facts = [
			quarter,
			pin('22222', '2026-01-01', '2026-03-31', 'saves', 7),
			pin('33333', '2025-01-01', '2025-03-31', 'saves', 8)
		];
		expect(
			shown(facts)?.rows.map(({ pinId, figures }) => [pinId, figures.impressions, figures.saves])
		).toEqual([
			['11111', 900, null],
			['22222', null, 7]
		]);
	});

	it('a period under other filters does not count', () => {
		const paid = pin('11111', '2026-03-01', '2026-03-31', 'impressions', 9, {
			filters: { content_type: ['paid'] }
		});
		expect(shown([paid])).toBeNull();
		expect(shown([paid, quarter])?.period).toEqual({ from: '2026-01-01', to: '2026-03-31' });
		expect(shown([paid, quarter], { content_type: ['paid'] })?.period).toEqual({
			from: '2026-03-01',
			to: '2026-03-31'
		});
	});

	it('there is no list where the range holds an event', () => {
		const events = { '2026-03-02': { impressions: 1 } };
		const february = pin('22222', '2026-02-01', '2026-02-28', 'impressions', 30);
		expect(answerWith(batchesOf([quarter, february]), month, events).topPins).toEqual(NO_ROWS);
	});

	it('there is one where only other days of the period hold events', () => {
		const events = { '2026-01-10': { impressions: 1 } };
		expect(answerWith(batchesOf([quarter]), month, events).topPins).toMatchObject({
			rows: [{ pinId: '11111', figures: { impressions: 900 } }],
			period: { from: '2026-01-01', to: '2026-03-31' }
		});
	});

	it('its figures are in no total', () => {
		const { topPins, totals } = answerWith(batchesOf([quarter]), month);
		expect(topPins.total).toBe(1);
		expect(totals.impressions).toMatchObject({ value: null, missing: [range] });
	});

	it('Pins and boards each have their own', () => {
		const { topPins, topBoards } = answerWith(
			batchesOf([
				pin('11111', '2026-03-02', '2026-03-08', 'impressions', 4),
				board('someone/shelves', '2026-01-01', '2026-03-31', 'impressions', 40)
			]),
			month
		);
		expect(topPins.period).toBeNull();
		expect(topBoards).toMatchObject({
			rows: [{ board: 'someone/shelves', pins: null, figures: { impressions: 40 } }],
			period: { from: '2026-01-01', to: '2026-03-31' }
		});
	});
});

describe('lists of events and reports together', () => {
	const HEADER = 'timestamp,event,pin_id,pin_title,board,count\n';

	/** Lists where events are these rows, and reports these facts. */
	async function listed(events: readonly string[], facts: readonly Fact[], days: DaySpan = range) {
		const workspace = new MemoryWorkspace();
		await workspace.import(utf8(HEADER + events.join('\n')));
		const query = openQuery({ filter: openFilter(days) });
		const { plan, data } = workspace.prepare(query.filter, query.grain);
		const counted = await answerQuery(query, plan, data);
		const held = Object.fromEntries(events.map((row) => [row.slice(0, 10), {}]));
		const sources = listSources(
			resolved(batchesOf(facts)),
			eventDays(held),
			await data.catalogue(),
			counted.pins
		);
		const answer = answerOfEvents(counted.answer, daysBetween(days.from, days.to));
		return {
			...withReportedLists(answer, query, sources, ReportedPinList.of(query, sources)),
			sources,
			query
		};
	}

	it('have events of the days that hold any, and periods between them', async () => {
		const { topPins } = await listed(
			['2026-03-04,impression,11111,One,,5', '2026-03-04,impression,22222,Two,,9'],
			[
				pin('11111', '2026-03-01', '2026-03-03', 'impressions', 100),
				pin('33333', '2026-03-05', '2026-03-07', 'impressions', 50),
				// These hold the day of the events.
				pin('11111', '2026-03-01', '2026-03-07', 'impressions', 1_000),
				pin('44444', '2026-03-04', '2026-03-04', 'impressions', 2_000)
			]
		);
		expect(topPins.rows.map(({ pinId, title, figures }) => [pinId, title, figures.impressions])).toEqual([
			['11111', 'One', 105],
			['33333', '', 50],
			['22222', 'Two', 9]
		]);
		expect(topPins).toMatchObject({ total: 3, period: null });
	});

	it('work rates out over both, and say what is an estimate', async () => {
		const { topPins } = await listed(
			['2026-03-04,impression,11111,,,10', '2026-03-04,link_click,11111,,,1'],
			[
				pin('11111', '2026-03-01', '2026-03-03', 'impressions', 30, { isEstimate: true }),
				pin('11111', '2026-03-01', '2026-03-03', 'link_clicks', 9)
			]
		);
		const [row] = topPins.rows;
		expect(row?.figures).toMatchObject({ impressions: 40, link_clicks: 10, saves: 0, closeups: 0 });
		expect(row?.estimates).toEqual(['impressions']);
	});

	it('are those of events where no period lies between them', async () => {
		const { topPins, topBoards } = await listed(
			['2026-03-04,impression,11111,,Kitchen,10'],
			[
				pin('11111', '2026-03-01', '2026-03-07', 'impressions', 30),
				board('someone/kitchen', '2026-03-01', '2026-03-31', 'impressions', 40)
			]
		);
		expect(topPins.rows.map(({ figures }) => figures.impressions)).toEqual([10]);
		expect(topBoards.rows).toMatchObject([{ board: 'Kitchen', pins: 1, figures: { impressions: 10 } }]);
		expect([topPins.period, topBoards.period]).toEqual([null, null]);
	});

	it('have a board once that events call by its name and reports by its address', async () => {
		const { topBoards, sources } = await listed(
			[
				'2026-03-04,impression,11111,,Kitchen shelves!,10',
				'2026-03-04,impression,22222,,Å & Ö,3',
				'2026-03-04,impression,33333,,Wall Art,2',
				'2026-03-04,impression,44444,,Wall-art,1'
			],
			[
				board('someone/kitchen-shelves', '2026-03-05', '2026-03-07', 'impressions', 20),
				board('someone/å-ö', '2026-03-05', '2026-03-07', 'impressions', 30),
				// Two names would make this address.
				board('someone/wall-art', '2026-03-05', '2026-03-07', 'impressions', 7),
				board('someone/other', '2026-03-05', '2026-03-07', 'impressions', 1)
			]
		);
		expect(topBoards.rows.map(({ board, pins, figures }) => [board, pins, figures.impressions])).toEqual([
			['Å & Ö', 1, 33],
			['Kitchen shelves!', 1, 30],
			['someone/wall-art', null, 7],
			['Wall Art', 1, 2],
			['Wall-art', 1, 1],
			['someone/other', null, 1]
		]);
		expect(topBoards.total).toBe(6);
		expect(sources.boards.idOf('Kitchen shelves!')).toBe('someone/kitchen-shelves');
		expect(sources.boards.nameOf('someone/kitchen-shelves')).toBe('Kitchen shelves!');
		expect(sources.boards.idOf('nowhere')).toBe('nowhere');
	});

	it('take equal texts for one board, before an address that is made of another name', async () => {
		const { topBoards } = await listed(
			['2026-03-04,impression,11111,,wall-art,2'],
			[board('wall-art', '2026-03-05', '2026-03-07', 'impressions', 5)]
		);
		expect(topBoards.rows).toMatchObject([{ board: 'wall-art', pins: 1, figures: { impressions: 7 } }]);
	});

	it('name Pins that only reports have figures of by what is known of them', async () => {
		const { sources, query } = await listed(
			['2026-02-01,impression,11111,Of February,Kitchen,10'],
			[pin('11111', '2026-03-02', '2026-03-03', 'saves', 4)]
		);
		const found = ReportedPinList.of(query, sources)!;
		expect(found.rows('february', 0, 10)).toMatchObject({
			total: 1,
			rows: [{ pinId: '11111', title: 'Of February', figures: { saves: 4, impressions: null } }]
		});
	});
});
