import { describe, expect, it } from 'vitest';
import { answerQuery } from '../../../src/lib/engine/answer';
import { listPins } from '../../../src/lib/engine/lists';
import { assertExact } from '../../../src/lib/engine/totals';
import { SORT_METRICS } from '../../../src/lib/model/metric';
import { FIGURE_IDS, type Figures } from '../../../src/lib/model/figures';
import { NO_ROWS } from '../../../src/lib/model/answer';
import type { EventAnswer } from '../../../src/lib/model/event-answer';
import { MemoryWorkspace, openFilter, openQuery, utf8 } from '../../support/memory-workspace';

const HEADER =
	'timestamp,event,pin_id,user_id,count,watch_seconds,view_percent,played_percent,board,account\n';
async function workspaceOf(...rows: string[]): Promise<MemoryWorkspace> {
	const workspace = new MemoryWorkspace();
	const { rejected } = await workspace.import(utf8(HEADER + rows.join('\n')));
	expect(rejected).toBe(0);
	return workspace;
}

describe('answerQuery', () => {
	it('answers a workspace without events', async () => {
		const answer = await new MemoryWorkspace().answer(
			openQuery({ filter: openFilter({ from: '2024-05-01', to: '2024-05-02' }), grain: 'day' })
		);
		expect(answer.totals).toEqual(Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])));
		expect(answer.buckets.map(({ day }) => day)).toEqual(['2024-05-01', '2024-05-02']);
		expect(answer.topPins).toEqual(NO_ROWS);
	});

	it('counts a person once a day, once a week and once in all, and nobody without a name', async () => {
		const workspace = await workspaceOf(
			'2024-05-06,impression,p,u1,5',
			'2024-05-06,save,q,u1,5',
			'2024-05-07,impression,p,u1,5',
			'2024-05-07,impression,p,u2,5',
			'2024-05-07,save,p,,5',
			'2024-05-13,impression,p,u2,5'
		);
		const filter = openFilter({ from: '2024-05-06', to: '2024-05-13' });
		const byDay = await workspace.answer(openQuery({ filter, grain: 'day' }));
		expect([...byDay.overall.total_audience]).toEqual([1, 2, 0, 0, 0, 0, 0, 1]);
		expect([...byDay.overall.engaged_audience]).toEqual([1, 0, 0, 0, 0, 0, 0, 0]);
		expect([byDay.totals.total_audience, byDay.totals.engaged_audience]).toEqual([2, 1]);
		const byWeek = await workspace.answer(openQuery({ filter, grain: 'week' }));
		expect([...byWeek.overall.total_audience]).toEqual([2, 1]);
	});

	it.each([
		['in the middle of a file', ['2024-05-05T23:59:59.999,impression,a,u1']],
		['at the start of a file', []]
	])(
		'ends a range %s before the first instant of the next day, also for shares and people',
		async (_, before) => {
			const workspace = await workspaceOf(
				...before,
				'2024-05-06,impression,b,u2',
				'2024-05-06T23:59:59.999,impression,c,u3',
				'2024-05-07,impression,d,u4'
			);
			const query = openQuery({
				filter: openFilter({ from: '2024-05-06', to: '2024-05-06' }),
				split: 'device'
			});
			const { totals, shares, series, topPins } = await workspace.answer(query);
			expect([totals.impressions, totals.total_audience]).toEqual([2, 2]);
			expect(shares.device).toEqual([{ value: 'unknown', impressions: 2 }]);
			expect(series[0]!.figures.impressions[0]).toBe(2);
			expect(topPins.rows.map(({ pinId }) => pinId)).toEqual(['b', 'c']);
		}
	);

	it('counts people of a plain play among those reached, not among the engaged', async () => {
		const workspace = await workspaceOf('2024-05-06,video_play,p,u1,,3,60,1', '2024-05-06,closeup,p,u2');
		const { totals } = await workspace.answer(openQuery());
		expect(totals).toMatchObject({ total_audience: 2, engaged_audience: 1, video_plays: 1, video_views: 1 });
	});

	it('weighs watch time by the count, and keeps it off other events', async () => {
		const workspace = await workspaceOf('2024-05-06,video_play,p,u,3,1.0005', '2024-05-06,save,p,u,7,100');
		const { totals } = await workspace.answer(openQuery());
		expect([totals.watch_ms, totals.video_plays]).toEqual([3 * 1_001, 3]);
	});

	it('gives the split’s largest values a series each, and the others one together', async () => {
		const workspace = await workspaceOf(
			...['c,c', 'b,b,b', 'a,a', 'd'].flatMap((accounts) =>
				accounts.split(',').map((account, i) => `2024-05-06,impression,p,u${account}${i},1,,,,,${account}`)
			),
			'2024-05-06,save,p,us,,,,,,only-saves'
		);
		const { series } = await workspace.answer(openQuery({ split: 'account', splitLimit: 2 }));
		const bucket = 12 * 34 + 4; // May 2024, from January 1990
		expect(
			series.map(({ value, isRest, figures }) => [
				value,
				isRest,
				figures.impressions[bucket],
				figures.total_audience[bucket]
			])
		).toEqual([
			['b', false, 3, 3],
			['a', false, 2, 2],
			[null, true, 3, 4]
		]);
	});

	it('gives values that come first a series before larger ones, and keeps the place of those that do not occur', async () => {
		const workspace = await workspaceOf(
			...['a,3', 'b,2', 'c,1'].map((cells) => {
				const [account, n] = cells.split(',');
				return `2024-05-06,impression,p,u,${n},,,,,${account}`;
			})
		);
		const named = async (splitFirst: readonly string[]) => {
			const query = openQuery({ split: 'account', splitLimit: 2, splitFirst });
			const { series } = await workspace.answer(query);
			return series.map(({ value, figures }) => [value, figures.impressions.reduce((sum, n) => sum + n, 0)]);
		};
		expect(await named([])).toEqual([
			['a', 3],
			['b', 2],
			[null, 1]
		]);
		expect(await named(['c', 'b'])).toEqual([
			['b', 2],
			['c', 1],
			[null, 3]
		]);
		expect(await named(['c', 'gone'])).toEqual([
			['c', 1],
			[null, 5]
		]);
	});

	it('has no rest where every value has a series of its own', async () => {
		const workspace = await workspaceOf(
			'2024-05-06,impression,p,u,1,,,,,a',
			'2024-05-06,impression,p,u,1,,,,,b'
		);
		const { series } = await workspace.answer(openQuery({ split: 'account', splitLimit: 2 }));
		expect(series.map(({ value }) => value)).toEqual(['a', 'b']);
	});

	it('holds six series and the rest, people of each apart', async () => {
		const accounts = Array.from({ length: 40 }, (_, i) => `a${String(i).padStart(2, '0')}`);
		const workspace = await workspaceOf(
			...accounts.flatMap((account, i) => [
				`2024-05-06,impression,p,shared,${100 - i},,,,,${account}`,
				`2024-05-06,save,p,own${i},1,,,,,${account}`
			])
		);
		const { series, totals } = await workspace.answer(openQuery({ split: 'account', splitLimit: 6 }));
		const sum = (figures: Float64Array) => figures.reduce((a, b) => a + b, 0);
		expect(series.map(({ value }) => value)).toEqual([...accounts.slice(0, 6), null]);
		expect(series.map(({ figures }) => [sum(figures.total_audience), sum(figures.engaged_audience)])).toEqual(
			[...Array<number[]>(6).fill([2, 1]), [35, 34]]
		);
		expect([totals.total_audience, totals.engaged_audience]).toEqual([41, 40]);
	});

	it('counts a person once a day who engages in two values of the split', async () => {
		const workspace = await workspaceOf(
			'2024-05-06,save,p,u,1,,,,,a',
			'2024-05-06,save,p,u,1,,,,,b',
			'2024-05-06,impression,p,v,1,,,,,a',
			'2024-05-06,save,p,v,1,,,,,b'
		);
		const { overall, series } = await workspace.answer(openQuery({ split: 'account' }));
		const sum = (figures: Float64Array) => figures.reduce((a, b) => a + b, 0);
		expect([sum(overall.total_audience), sum(overall.engaged_audience)]).toEqual([2, 2]);
		expect(series.map(({ value, figures }) => [value, sum(figures.engaged_audience)])).toEqual([
			['a', 1],
			['b', 2]
		]);
	});

	it('tells all but people and lists first', async () => {
		const workspace = await workspaceOf(
			'2024-05-06,impression,p,u,2,,,,,a',
			'2024-05-06,video_play,q,v,3,4,,,,b'
		);
		for (const tz of ['UTC', 'Asia/Kolkata']) {
			const query = openQuery({
				filter: openFilter({ tz, from: '2024-05-06', to: '2024-05-06' }),
				split: 'account'
			});
			const { plan, data } = workspace.prepare(query.filter, query.grain);
			const first: EventAnswer[] = [];
			const { answer } = await answerQuery(query, plan, data, (told) => first.push(told));
			const withoutPeople = <T extends object>(figures: T) => ({
				...figures,
				total_audience: null,
				engaged_audience: null
			});
			const countsOf = ({ totals, overall, series, shares, buckets }: EventAnswer) => ({
				totals: withoutPeople(totals),
				overall: withoutPeople(overall),
				series: series.map(({ figures, ...rest }) => ({ ...rest, figures: withoutPeople(figures) })),
				shares,
				buckets
			});
			expect(first).toHaveLength(1);
			expect(countsOf(first[0]!)).toEqual(countsOf(answer));
			expect(first[0]).toMatchObject({
				isWhole: false,
				totals: { total_audience: NaN, engaged_audience: NaN },
				topPins: NO_ROWS
			});
			expect(answer).toMatchObject({ isWhole: true, totals: { total_audience: 2 }, topPins: { total: 2 } });
		}
	});

	it('counts one Pin, or the Pins of one board, where that is what is asked about', async () => {
		const workspace = await workspaceOf(
			'2024-05-06,impression,p,u,2,,,,Kitchen',
			'2024-05-06,save,q,v,3,,,,Kitchen',
			'2024-05-06,save,r,w,4'
		);
		const about = async (kind: 'pin' | 'board', name: string) => {
			const { totals, topPins } = await workspace.answer(openQuery({ subject: { kind, name } }));
			return [totals.impressions, totals.saves, totals.total_audience, topPins.total];
		};
		expect(await about('pin', 'p')).toEqual([2, 0, 1, 1]);
		expect(await about('board', 'Kitchen')).toEqual([2, 3, 2, 2]);
		expect(await about('board', '')).toEqual([0, 4, 1, 1]);
		expect(await about('pin', 'nobody')).toEqual([0, 0, 0, 0]);
		expect(await about('board', 'nowhere')).toEqual([0, 0, 0, 0]);
	});

	it('stops where it is told to, between steps', async () => {
		const workspace = await workspaceOf('2024-05-06,impression,p,u');
		const stop = () => {
			throw new DOMException('not wanted', 'AbortError');
		};
		const { plan, data } = workspace.prepare(openFilter(), 'month', stop);
		await expect(answerQuery(openQuery(), plan, data)).rejects.toThrow('not wanted');
	});
});

describe('top lists', () => {
	it.each(SORT_METRICS)('by %s break ties by code point, at the end of the list too', async (sort) => {
		const ids = ['b', 'a', 'B', '\u{1F4CC}', '\uFF5E', 'é', '10', '9', 'aa'];
		const workspace = await workspaceOf(
			...ids.flatMap((id) =>
				['impression', 'save', 'closeup', 'link_click'].map(
					(event) => `2024-05-06,${event},${id},,,,,,board ${id}`
				)
			),
			...['impression', 'save', 'closeup', 'link_click']
				.map((event) => `2024-05-07,${event},z,,,,,,board z`)
				.flatMap((row) => [row, row])
		);
		const sorted = ['z', '10', '9', 'B', 'a', 'aa', 'b', 'é', '\uFF5E', '\u{1F4CC}'];
		for (const top of [1, 2, 5, 9, 10, 50]) {
			const { topPins, topBoards } = await workspace.answer(openQuery({ sort, top }));
			expect(topPins.rows.map(({ pinId }) => pinId)).toEqual(sorted.slice(0, top));
			expect(topBoards.rows.map(({ board }) => board)).toEqual(
				sorted.slice(0, top).map((id) => `board ${id}`)
			);
			expect([topPins.total, topBoards.total]).toEqual([10, 10]);
		}
	});

	it('hold Pins that were only played, with nothing counted', async () => {
		const workspace = await workspaceOf('2024-05-06,video_play,p,u,,1', '2024-05-06,save,q,u,,,,,Kitchen');
		const { topPins, topBoards } = await workspace.answer(openQuery());
		expect(topPins.rows.map(({ pinId, figures }) => [pinId, figures.engagements])).toEqual([
			['p', 0],
			['q', 1]
		]);
		expect(topBoards.rows.map(({ board, pins }) => [board, pins])).toEqual([
			['', 1],
			['Kitchen', 1]
		]);
	});

	it('count of a board only the Pins with an event that passes', async () => {
		const workspace = await workspaceOf('2024-05-06,save,p,u,,,,,Kitchen', '2024-05-07,save,q,u,,,,,Kitchen');
		const { topBoards } = await workspace.answer(
			openQuery({ filter: openFilter({ from: '2024-05-07', to: '2024-05-08' }) })
		);
		expect(topBoards.rows).toMatchObject([{ board: 'Kitchen', pins: 1, figures: { saves: 1 } }]);
	});
});

describe('sums beyond 2^53', () => {
	const none = Object.fromEntries(FIGURE_IDS.map((id) => [id, 0])) as Figures;

	it('are an error, not a figure', () => {
		expect(() => assertExact({ ...none, watch_ms: Number.MAX_SAFE_INTEGER })).not.toThrow();
		expect(() => assertExact({ ...none, watch_ms: Number.MAX_SAFE_INTEGER + 1 })).toThrow('figure_too_large');
	});

	it('are found in totals, lists and daily figures', async () => {
		const workspace = await workspaceOf('2024-05-06,video_play,p,u,4294967295,9000000', '2024-05-06,save,q');
		const query = openQuery({ filter: openFilter({ from: '2024-05-06', to: '2024-05-06' }) });
		await expect(workspace.answer(query)).rejects.toMatchObject({ problem: { code: 'figure_too_large' } });
		await expect(workspace.exportCsv('daily', query)).rejects.toMatchObject({
			problem: { code: 'figure_too_large' }
		});
		await expect(workspace.exportCsv('daily', { ...query, split: 'device' })).rejects.toMatchObject({
			problem: { code: 'figure_too_large' }
		});
		const { plan, data } = workspace.prepare(query.filter, 'day');
		await expect(listPins(() => {}, query, plan, data.lists)).rejects.toMatchObject({
			problem: { code: 'figure_too_large' }
		});
		const others = openQuery({ filter: openFilter({ from: '2024-05-07', to: '2024-05-07' }) });
		expect((await workspace.answer(others)).totals).toEqual(none);
	});

	it('do not make a largest count inexact', async () => {
		const workspace = await workspaceOf(...Array<string>(3).fill('2024-05-06,impression,p,u,4294967295'));
		expect((await workspace.answer(openQuery())).totals.impressions).toBe(3 * 4_294_967_295);
	});
});
