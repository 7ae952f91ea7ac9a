import { deepStrictEqual } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { answerQuery } from '../../src/lib/engine/answer';
import { PinList } from '../../src/lib/engine/pin-list';
import { revealFormula } from '../../src/lib/model/csv-cell';
import type { Dimension } from '../../src/lib/model/dimension';
import { SORT_METRICS, type EventMetricId } from '../../src/lib/model/metric';
import type { ExportKind, Query } from '../../src/lib/model/query';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle, type MetricValues } from '../support/duckdb-oracle';
import { inventFile } from '../support/invented-file';
import { MemoryWorkspace, openFilter, openQuery } from '../support/memory-workspace';
import { readByBoth } from '../support/read-by-both';

/** Exports hold the oracle's figures, in the shape that the data contract lays down, and come back in unchanged. */

const METRIC_COLUMNS: readonly EventMetricId[] = [
	'impressions',
	'engagements',
	'closeups',
	'saves',
	'link_clicks',
	'carousel_swipes',
	'total_audience',
	'engaged_audience',
	'video_plays',
	'video_views',
	'views_10s',
	'views_95',
	'total_watch_minutes'
];
const METRIC_HEADER = METRIC_COLUMNS.join(',');
const EVENTS_HEADER =
	'timestamp,event,pin_id,user_id,content_type,source,device,account,format,count,watch_seconds,view_percent,played_percent,pin_title,board,link,image_url,created_at';

const FILES = [
	inventFile({ rows: 3_000, seed: 11, from: '2024-03-25', to: '2024-04-10', order: 'none' }),
	inventFile({ rows: 2_000, seed: 12, from: '2024-03-28', to: '2024-11-05', order: 'by time', badEvery: 30 }),
	new Uint8Array(readFileSync(new URL('../fixtures/every-edge.csv', import.meta.url)))
];

const { oracle, workspace } = await readByBoth(FILES);

const QUERIES: readonly { readonly name: string; readonly query: Query }[] = [
	{
		name: 'a month with a change of the clock in Stockholm',
		query: openQuery({ filter: openFilter({ tz: 'Europe/Stockholm', from: '2024-03-20', to: '2024-04-20' }) })
	},
	{
		name: 'videos on phones in Kolkata, sorted by saves',
		query: openQuery({
			filter: openFilter({
				tz: 'Asia/Kolkata',
				from: '2024-03-25',
				to: '2024-04-02',
				values: { device: ['mobile', 'tablet'], format: ['video'] }
			}),
			sort: 'saves'
		})
	},
	{
		name: 'some accounts by week, sorted by engagements',
		query: openQuery({
			filter: openFilter({
				from: '2024-03-01',
				to: '2024-11-30',
				values: { account: ['a,b', '=cmd', 'unknown', '\u{1F3E0}'] }
			}),
			grain: 'week',
			sort: 'engagements'
		})
	},
	{
		name: 'nothing at all',
		query: openQuery({ filter: openFilter({ from: '2025-05-01', to: '2025-05-03' }) })
	}
];

/** The text of an export, after the checks that hold for all of them. */
async function exportText(kind: ExportKind, query: Query): Promise<string> {
	const bytes = await workspace.exportCsv(kind, query);
	expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
	const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	expect(text.endsWith('\r\n')).toBe(true);
	// outside of quotes every line ends in CR LF
	expect(text.replace(/"[^"]*"/g, '')).not.toMatch(/(?<!\r)\n|\r(?!\n)/);
	return text;
}

/** The cells of an export without its header row, which is checked. */
function rowsOf(text: string, header: string): string[][] {
	expect(text.slice(0, text.indexOf('\r\n'))).toBe(header);
	const { data, errors } = Papa.parse<string[]>(text.trimEnd(), { newline: '\r\n', delimiter: ',' });
	expect(errors).toEqual([]);
	return data.slice(1);
}

/** A metric as a cell: a plain number that JavaScript and every spreadsheet reads back exactly. */
function metricCells(values: MetricValues | undefined): string[] {
	return METRIC_COLUMNS.map((id) => String(values?.[id] ?? 0));
}

describe.each(QUERIES)('exports of $name', ({ query }) => {
	const { filter } = query;

	it('hold a row of the oracle’s figures for each day, zeros included, whatever the grain', async () => {
		await oracle.select(filter);
		const expected = await oracle.series('day');
		const days = await oracle.buckets(filter, 'day');
		const rows = rowsOf(await exportText('daily', query), `date,${METRIC_HEADER}`);
		deepStrictEqual(
			rows,
			days.map(({ day }) => [day, ...metricCells(expected.get(day))])
		);
	});

	it.each<Dimension>(['account', 'device'])(
		'hold a row for each day and value of the split by %s',
		async (split) => {
			await oracle.select(filter);
			const values = (await oracle.splitValues(split)).sort((a, b) =>
				Buffer.compare(Buffer.from(a), Buffer.from(b))
			);
			const expected = await oracle.splitSeries('day', split, values);
			const days = await oracle.buckets(filter, 'day');
			const rows = rowsOf(await exportText('daily', { ...query, split }), `date,${split},${METRIC_HEADER}`);
			deepStrictEqual(
				rows.map(([day, value, ...cells]) => [day, revealFormula(value!), ...cells]),
				days.flatMap(({ day }) =>
					values.map((value) => [day, value, ...metricCells(expected.get(value)?.get(day))])
				)
			);
		}
	);

	it('hold every Pin in the order of the sort, ids as text', async () => {
		await oracle.select(filter);
		const expected = await oracle.pins();
		const order = (await oracle.orders('pin'))[query.sort];
		const rows = rowsOf(
			await exportText('pins', query),
			`rank,pin_id,pin_title,board,format,link,${METRIC_HEADER}`
		);
		deepStrictEqual(
			rows.map(([rank, ...cells]) => [rank, ...cells.map(revealFormula)]),
			order.map((pinId, i) => {
				const pin = expected.get(pinId)!;
				return [String(i + 1), pinId, pin.pin_title, pin.board, pin.format, pin.link, ...metricCells(pin)];
			})
		);
	});

	it('hold every board with its Pins that have an event', async () => {
		await oracle.select(filter);
		const expected = await oracle.boards();
		const order = (await oracle.orders('board'))[query.sort];
		const rows = rowsOf(await exportText('boards', query), `rank,board,pins,${METRIC_HEADER}`);
		deepStrictEqual(
			rows.map(([rank, board, ...cells]) => [rank, revealFormula(board!), ...cells]),
			order.map((name, i) => {
				const board = expected.get(name)!;
				return [String(i + 1), name, String(board.pins), ...metricCells(board)];
			})
		);
	});

	it('hold every event that passes, oldest first, ties in the order of import and file', async () => {
		await oracle.select(filter);
		const rows = rowsOf(await exportText('events', query), EVENTS_HEADER);
		const expected = await oracle.events();
		deepStrictEqual(
			rows.map((cells) => cells.map(revealFormula)),
			expected.map((event) => [
				new Date(Number(event.time_ms)).toISOString(),
				...(
					['event', 'pin_id', 'user_id', 'content_type', 'source', 'device', 'account', 'format'] as const
				).map((column) => event[column]),
				String(event.n),
				String(Number(event.watch_ms) / 1_000),
				String(Number(event.view_hundredths) / 100),
				String(Number(event.played_hundredths) / 100),
				...(['pin_title', 'board', 'link', 'image_url', 'created_at'] as const).map((column) => event[column])
			])
		);
	});
});

const COMPARED_HEADER = METRIC_COLUMNS.flatMap((id) => [id, `${id}_before`]).join(',');

/** A row's cells of both ranges; what occurs in none of them is nothing. */
function comparedCells(now: MetricValues | undefined, then: MetricValues | undefined): string[] {
	return METRIC_COLUMNS.flatMap((id) => [String(now?.[id] ?? 0), String(then?.[id] ?? 0)]);
}

/** Names of rows of either range, the largest first by the oracle's figures. */
function comparedOrder(
	now: ReadonlyMap<string, MetricValues>,
	then: ReadonlyMap<string, MetricValues>,
	{ sort, order = 'value' }: Query
): string[] {
	const value = (rows: ReadonlyMap<string, MetricValues>, name: string) =>
		rows.get(name)?.[sort as EventMetricId] ?? 0;
	const sign = order === 'loss' ? -1 : 1;
	const key = (name: string) =>
		order === 'value' ? value(now, name) : sign * (value(now, name) - value(then, name));
	return [...new Set([...now.keys(), ...then.keys()])].sort(
		(a, b) => key(b) - key(a) || Buffer.compare(Buffer.from(a), Buffer.from(b))
	);
}

describe.each(['value', 'gain', 'loss'] as const)(
	'exports beside other days, in the order of %s',
	(order) => {
		const values = { device: ['mobile', 'unknown', 'tablet'] };
		const tz = 'Europe/Stockholm';
		const filter = openFilter({ tz, from: '2024-04-01', to: '2024-04-08', values });
		// A day shorter, so that the last has nothing beside it.
		const before = openFilter({ tz, from: '2024-03-25', to: '2024-03-31', values });
		const query = openQuery({ filter, sort: 'saves', ...(order === 'value' ? {} : { order }) });
		const compared = { ...query, filter: before };

		/** What the oracle has of both ranges. */
		async function both<Rows>(read: () => Promise<Rows>): Promise<[now: Rows, then: Rows]> {
			await oracle.select(filter);
			const now = await read();
			await oracle.select(before);
			return [now, await read()];
		}

		async function textOf(kind: ExportKind, own: Query = query): Promise<string> {
			const other = { ...own, filter: before };
			return new TextDecoder().decode(await workspace.exportCsv(kind, own, other));
		}

		it('hold the figures of each day before, by its place', async () => {
			const [now, then] = await both(() => oracle.series('day'));
			const days = await oracle.buckets(filter, 'day');
			const daysBefore = await oracle.buckets(before, 'day');
			deepStrictEqual(
				rowsOf(await textOf('daily'), `date,${COMPARED_HEADER}`),
				days.map(({ day }, place) => {
					const other = daysBefore[place];
					const cells = comparedCells(now.get(day), other && then.get(other.day));
					return [day, ...(other ? cells : cells.map((cell, i) => (i % 2 === 1 ? '' : cell)))];
				})
			);
		});

		it('hold the figures of each day and value before', async () => {
			const split = 'account';
			await oracle.select(filter);
			const names = (await oracle.splitValues(split)).sort((a, b) =>
				Buffer.compare(Buffer.from(a), Buffer.from(b))
			);
			const [now, then] = await both(() => oracle.splitSeries('day', split, names));
			const days = await oracle.buckets(filter, 'day');
			const daysBefore = await oracle.buckets(before, 'day');
			const rows = rowsOf(await textOf('daily', { ...query, split }), `date,${split},${COMPARED_HEADER}`);
			deepStrictEqual(
				rows.map(([day, value, ...cells]) => [day, revealFormula(value!), ...cells]),
				days.flatMap(({ day }, place) =>
					names.map((name) => {
						const other = daysBefore[place];
						const cells = comparedCells(now.get(name)?.get(day), other && then.get(name)?.get(other.day));
						return [day, name, ...(other ? cells : cells.map((cell, i) => (i % 2 === 1 ? '' : cell)))];
					})
				)
			);
		});

		it('hold the Pins and boards of either range with what each was', async () => {
			const [pinsNow, pinsThen] = await both(() => oracle.pins());
			const pinRows = rowsOf(
				await textOf('pins'),
				`rank,pin_id,pin_title,board,format,link,${COMPARED_HEADER}`
			);
			deepStrictEqual(
				pinRows.map(([rank, pinId, , , , , ...cells]) => [rank, revealFormula(pinId!), ...cells]),
				comparedOrder(pinsNow, pinsThen, query).map((pinId, i) => [
					String(i + 1),
					pinId,
					...comparedCells(pinsNow.get(pinId), pinsThen.get(pinId))
				])
			);
			expect([...pinsThen.keys()].some((pinId) => !pinsNow.has(pinId))).toBe(true);
			const [boardsNow, boardsThen] = await both(() => oracle.boards());
			deepStrictEqual(
				rowsOf(await textOf('boards'), `rank,board,pins,${COMPARED_HEADER}`).map(
					([rank, board, ...cells]) => [rank, revealFormula(board!), ...cells]
				),
				comparedOrder(boardsNow, boardsThen, query).map((name, i) => [
					String(i + 1),
					name,
					String(boardsNow.get(name)?.pins ?? 0),
					...comparedCells(boardsNow.get(name), boardsThen.get(name))
				])
			);
		});

		it('lists on the pages hold the same rows, change by change', async () => {
			const [now, then] = await both(() => oracle.pins());
			const counts = await Promise.all(
				[query, compared].map(async (asked) => {
					const { plan, data } = workspace.prepare(asked.filter, asked.grain);
					return (await answerQuery(asked, plan, data)).pins;
				})
			);
			const list = new PinList({ now: counts[0]!, then: counts[1]! }, workspace.catalogue(), query);
			const { rows, total } = list.rows('', 0, 10_000);
			const expected = comparedOrder(now, then, query);
			expect(total).toBe(expected.length);
			deepStrictEqual(
				rows.map(({ pinId, figures, compared }) => [
					pinId,
					...SORT_METRICS.flatMap((id) => [figures[id], compared?.figures[id]]),
					compared?.presence
				]),
				expected.map((pinId) => [
					pinId,
					...SORT_METRICS.flatMap((id) => [now.get(pinId)?.[id] ?? 0, then.get(pinId)?.[id] ?? 0]),
					!then.has(pinId) ? 'new' : now.has(pinId) ? 'both' : 'gone'
				])
			);
		});
	}
);

describe('an export of all events', () => {
	const everything = openQuery({ filter: openFilter(), top: 10_000 });

	it('read again gives the same figures and the same bytes', async () => {
		const bytes = await workspace.exportCsv('events', everything);
		const again = new MemoryWorkspace();
		const { accepted, rejected, parser } = await again.import(bytes);
		expect({ accepted, rejected, parser }).toEqual({
			accepted: (await oracleEvents()).length,
			rejected: 0,
			parser: 'bytes'
		});
		for (const split of [null, 'account', 'format'] as const) {
			const query = { ...everything, split };
			deepStrictEqual(await again.answer(query), await workspace.answer(query));
		}
		const bytesAgain = await again.exportCsv('events', everything);
		expect(Buffer.compare(bytesAgain, bytes)).toBe(0);
	});

	it('is read by the oracle as the same events', async () => {
		const bytes = await workspace.exportCsv('events', everything);
		const second = await Oracle.open();
		try {
			await second.import(bytes);
			await second.settle();
			await second.select(openFilter());
			deepStrictEqual(await second.events(), await oracleEvents());
		} finally {
			await second.close();
		}
	});

	it('cut into one export a zone’s day and read again makes up the whole', async () => {
		for (const tz of ORACLE_ZONES) {
			const again = new MemoryWorkspace();
			for (const [from, to] of [
				['1989-12-31', '2024-03-30'],
				['2024-03-31', '2024-03-31'],
				['2024-04-01', '2024-10-26'],
				['2024-10-27', '2100-01-01']
			] as const) {
				await again.import(
					await workspace.exportCsv('events', openQuery({ filter: openFilter({ tz, from, to }) }))
				);
			}
			const query = openQuery({
				filter: openFilter({ tz, from: '2024-01-01', to: '2024-12-31' }),
				top: 10_000
			});
			deepStrictEqual(await again.answer(query), await workspace.answer(query));
		}
	});

	async function oracleEvents() {
		await oracle.select(openFilter());
		return oracle.events();
	}
});
