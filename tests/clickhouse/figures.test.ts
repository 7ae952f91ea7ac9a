import fc from 'fast-check';
import { deepStrictEqual } from 'node:assert/strict';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostEngine } from '../../src/lib/clickhouse/engine';
import { PinList } from '../../src/lib/engine/pin-list';
import { answerQuery } from '../../src/lib/engine/answer';
import { weekHours } from '../../src/lib/engine/week-hours';
import type { About, Answer } from '../../src/lib/model/answer';
import { daysBetween } from '../../src/lib/model/calendar';
import { answerOfEvents } from '../../src/lib/model/event-answer';
import { EVENT_METRIC_IDS, TOP_METRICS } from '../../src/lib/model/metric';
import { GRAINS, type ExportKind, type Query } from '../../src/lib/model/query';
import { exportFromHost } from '../../src/lib/worker/page/host-exports';
import { ORACLE_ZONES } from '../support/duckdb-event-file';
import { Oracle } from '../support/duckdb-oracle';
import { openFilter, openQuery, type MemoryWorkspace } from '../support/memory-workspace';
import { PINS, asLoader, knownCluster, type Cluster } from './cluster';
import { eventFiles, localWorkspace } from './event-set';
import { ODD_TEXTS } from './odd-events';
import { queryArbitrary } from './queries';
import { CLUSTER_FOLDER, hostOf, readerCredentials } from './test-host';

/** Everything that pages ask, answered by the cluster, by the local engine and by DuckDB: no difference allowed. */

const SEED = 20_241_130;
const RUNS = Number(process.env.CLICKHOUSE_TEST_RUNS ?? 60);
/** Of them so many are put to DuckDB too: it takes seconds for each. */
const ORACLE_RUNS = 12;
const ZONES = [...ORACLE_ZONES, 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'];

const { signal } = new AbortController();
let cluster: Cluster;
let workspace: MemoryWorkspace;
let oracle: Oracle;
let engine: HostEngine;
/** The same, which reads attributes from the table of Pins. */
let withPins: HostEngine;

beforeAll(async () => {
	cluster = await knownCluster(CLUSTER_FOLDER);
	engine = new HostEngine(hostOf(cluster.shards[0]));
	engine.signIn(readerCredentials);
	withPins = new HostEngine(hostOf(cluster.shards[0], PINS));
	withPins.signIn(readerCredentials);
	const files = await eventFiles();
	workspace = await localWorkspace(files);
	oracle = await Oracle.open();
	for (const bytes of files) await oracle.import(bytes);
	await oracle.settle();
}, 600_000);

afterAll(() => oracle.close());

async function localAnswer(query: Query): Promise<Answer> {
	return answerOfEvents(await workspace.answer(query), daysBetween(query.filter.from, query.filter.to));
}

async function aboutOf(query: Query): Promise<About> {
	const found: About[] = [];
	await engine.ask(signal, { query, compared: null, asks: ['about'] }, (piece) => {
		if (piece.ask === 'about') found.push(piece.about);
	});
	expect(found).toHaveLength(1);
	return found[0]!;
}

async function localPins(query: Query, words: string, first: number, count: number) {
	const { plan, data } = workspace.prepare(query.filter, query.grain);
	const { pins } = await answerQuery(query, plan, data);
	return new PinList({ now: pins, then: null }, await data.catalogue(), query).rows(words, first, count);
}

async function compare(query: Query): Promise<void> {
	const [local, host] = [await localAnswer(query), await engine.query(signal, query)];
	deepStrictEqual(host, local);
	deepStrictEqual(await withPins.query(signal, query), local);
	const { plan, data } = workspace.prepare(query.filter, 'day');
	deepStrictEqual(await engine.hours(signal, query), await weekHours(query, plan, data));
}

describe('the cluster', () => {
	it('holds every event once, about half of them on each server', async () => {
		const own = await Promise.all(
			cluster.shards.map(async (shard) =>
				Number(await asLoader(shard, 'SELECT count() FROM tackboard.events_local'))
			)
		);
		const all = workspace.segments.reduce((sum, { times }) => sum + times.length, 0);
		expect(own[0]! + own[1]!).toBe(all);
		for (const events of own) expect(events / all).toBeCloseTo(0.5, 1);
		const coverage = await engine.coverage(signal);
		expect(coverage?.events).toBe(all);
		expect(coverage?.firstMs).toBe(Math.min(...workspace.segments.map(({ firstMs }) => firstMs)));
		expect(coverage?.lastMs).toBe(Math.max(...workspace.segments.map(({ lastMs }) => lastMs)));
	});
});

describe(`answers of the cluster to ${RUNS} queries (seed ${SEED})`, () => {
	it('are those of the local engine, and of DuckDB, in every figure', async () => {
		const met = new Set<string>();
		let runs = 0;
		await fc.assert(
			fc.asyncProperty(queryArbitrary(workspace, ZONES), async (query) => {
				await compare(query);
				if (runs < ORACLE_RUNS && (ORACLE_ZONES as readonly string[]).includes(query.filter.tz)) {
					runs++;
					await compareWithDuckDb(query);
				}
				met
					.add(query.filter.tz)
					.add(query.grain)
					.add(query.split ?? 'no split')
					.add(query.sort)
					.add(query.subject?.kind ?? 'all Pins');
			}),
			{ seed: SEED, numRuns: RUNS, endOnFailure: true }
		);
		expect([...met]).toEqual(expect.arrayContaining([...GRAINS, 'pin', 'board', 'all Pins', 'no split']));
		expect(runs).toBe(ORACLE_RUNS);
	}, 1_200_000);

	it.each(TOP_METRICS)('list Pins, boards and links in the order of %s', async (sort) => {
		const query = openQuery({ sort, withVideo: true, top: 200 });
		const [local, host] = [await localAnswer(query), await engine.query(signal, query)];
		deepStrictEqual(
			[host.topPins, host.topBoards, host.topLinks],
			[local.topPins, local.topBoards, local.topLinks]
		);
	});

	it('leave out video figures that were not asked for', async () => {
		const query = openQuery({ filter: openFilter({ from: '2024-05-01', to: '2024-05-31' }) });
		deepStrictEqual(await engine.query(signal, query), await localAnswer(query));
	});
});

async function compareWithDuckDb(query: Query): Promise<void> {
	await oracle.select(query.filter, query.subject);
	const host = await engine.query(signal, query);
	deepStrictEqual(
		Object.fromEntries(EVENT_METRIC_IDS.map((id) => [id, host.totals[id].value])),
		await oracle.totals()
	);
	deepStrictEqual(host.shares, await oracle.shares(query.filter));
	await oracle.pins();
	const order = (await oracle.orders('pin'))[query.sort];
	deepStrictEqual(
		host.topPins.rows.map(({ pinId }) => pinId),
		order.slice(0, query.top)
	);
	deepStrictEqual(host.topPins.total, order.length);
}

describe('the full list of Pins', () => {
	const query = openQuery({ sort: 'saves' });

	it('comes in stretches', async () => {
		for (const first of [0, 100, 1_990])
			deepStrictEqual(
				await engine.pins(signal, { query, compared: null, words: '', first, count: 100 }),
				await localPins(query, '', first, 100)
			);
	});

	it.each([
		'kitchen',
		'GARDEN',
		'ÅR',
		'  and ',
		'https://',
		'%',
		'_',
		'no such words at all',
		...ODD_TEXTS,
		'a\0b'
	])('is searched for %j', async (words) => {
		const expected = await localPins(query, words, 0, 50);
		for (const each of [engine, withPins])
			deepStrictEqual(await each.pins(signal, { query, compared: null, words, first: 0, count: 50 }), expected);
	});
});

describe.each([...ODD_TEXTS, `a\0b`, '', 'a\r\nb'])('a value that is %j', (text) => {
	it('is a value, as account, Pin and board', async () => {
		const account = openQuery({ filter: openFilter({ values: { account: [text, 'example.com'] } }) });
		const queries: Query[] = [
			account,
			{ ...account, split: 'account', splitLimit: 1 },
			openQuery({ subject: { kind: 'pin', name: text } }),
			openQuery({ subject: { kind: 'board', name: text } })
		];
		for (const query of queries) deepStrictEqual(await engine.query(signal, query), await localAnswer(query));
		const catalogue = workspace.catalogue();
		const number = catalogue.pinNumber(text);
		const isKnown = catalogue.isKnown(number);
		deepStrictEqual(await aboutOf(openQuery({ subject: { kind: 'pin', name: text } })), {
			isKnown,
			pin: isKnown ? catalogue.pin(number) : null,
			periods: [],
			levels: []
		});
		deepStrictEqual(await aboutOf(openQuery({ subject: { kind: 'board', name: text } })), {
			isKnown: catalogue.hasBoard(text),
			pin: null,
			periods: [],
			levels: []
		});
	});
});

describe('exports from the cluster', () => {
	const range = { from: '2024-03-25', to: '2024-04-05' };
	const queries: readonly Query[] = [
		openQuery({ filter: openFilter({ ...range, tz: 'Europe/Stockholm' }) }),
		openQuery({ filter: openFilter({ ...range, values: { device: ['mobile'] } }), split: 'account' }),
		openQuery({ filter: openFilter({ from: '2030-01-01', to: '2030-01-03' }) })
	];

	it.each(['daily', 'pins', 'boards'] as const)('have the bytes of the local ones: %s', async (kind) => {
		for (const query of queries) expect(await hostText(kind, query)).toBe(await localText(kind, query));
	});

	it('have the rows of the local one: events', async () => {
		for (const query of queries) {
			const rows = (text: string) => text.split('\r\n').sort();
			expect(rows(await hostText('events', query))).toEqual(rows(await localText('events', query)));
		}
	});

	async function hostText(kind: ExportKind, query: Query): Promise<string> {
		return (await exportFromHost(signal, engine, kind, query, null, () => {}))!.text();
	}

	async function localText(kind: ExportKind, query: Query): Promise<string> {
		return new Blob([(await workspace.exportCsv(kind, query)).slice()]).text();
	}
});
