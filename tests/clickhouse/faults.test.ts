import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Connection } from '../../src/lib/clickhouse/connection';
import { HostEngine } from '../../src/lib/clickhouse/engine';
import { ours } from '../../src/lib/clickhouse/sql';
import type { DataHost } from '../../src/lib/model/host';
import { problemOf, type Problem } from '../../src/lib/model/problem';
import { openQuery } from '../support/memory-workspace';
import { asLoader, knownCluster, loaderCredentials, startShard, stopShard, type Cluster } from './cluster';
import { CLUSTER_FOLDER, hostOf, readerCredentials } from './test-host';

/** What a real cluster does when something is wrong: never a figure that is not whole. */

const { signal } = new AbortController();
const ENDLESS = ours('SELECT sum(number) FROM (SELECT number FROM system.numbers LIMIT 1000000000000)');
let cluster: Cluster;
let host: DataHost;

beforeAll(async () => {
	cluster = await knownCluster(CLUSTER_FOLDER);
	host = hostOf(cluster.shards[0]);
});

afterAll(async () => {
	await startIfStopped();
});

let isStopped = false;
async function startIfStopped(): Promise<void> {
	if (isStopped) await startShard(cluster.shards[1]);
	isStopped = false;
}

function engineFor(credentials = readerCredentials, where = host): HostEngine {
	const engine = new HostEngine(where, { waitsMs: [10] });
	engine.signIn(credentials);
	return engine;
}

async function problemFrom(work: Promise<unknown>): Promise<Problem> {
	return work.then(
		() => expect.fail('it was answered'),
		(error: unknown) => problemOf(error)
	);
}

/** Statements that run at the moment, this one left out. */
const running = async () =>
	Number(
		await asLoader(
			cluster.shards[0],
			`SELECT count() FROM system.processes WHERE query LIKE '%system.numbers%' AND query NOT LIKE '%processes%'`
		)
	);

describe('a host', () => {
	it('refuses a wrong password, an unknown user, and nobody', async () => {
		const name = new URL(host.url).host;
		for (const credentials of [
			{ user: 'pages', password: 'wrong' },
			{ user: 'pages', password: '' },
			{ user: 'default', password: '' },
			{ user: `x' OR '1'='1`, password: 'ä\u{1F4CC}' }
		])
			expect(await problemFrom(engineFor(credentials).coverage(signal))).toEqual({
				code: 'host_refused',
				host: name
			});
		const nobody = new HostEngine(host);
		expect((await problemFrom(nobody.coverage(signal))).code).toBe('host_refused');
	});

	it('lets the user of the pages read, and do nothing else', async () => {
		const { user, password } = readerCredentials;
		const asReader = (body: string) =>
			fetch(host.url, {
				method: 'POST',
				body,
				headers: { 'x-clickhouse-user': user, 'x-clickhouse-key': password }
			});
		expect((await asReader('SELECT count() FROM tackboard.events')).ok).toBe(true);
		for (const statement of [
			'DROP TABLE tackboard.events',
			'INSERT INTO tackboard.events (pin_id) VALUES (1)',
			'CREATE TABLE tackboard.t (x UInt8) ENGINE = Memory',
			'SET max_memory_usage = 1'
		])
			expect(await (await asReader(statement)).text()).toMatch(/Code: 164/);
	});

	it('without the table, or with another one, is said to have none', async () => {
		const missing = engineFor(readerCredentials, { ...host, table: 'no_such_table' });
		expect((await problemFrom(missing.coverage(signal))).code).toBe('host_wrong_table');
		const other = engineFor(readerCredentials, { ...host, table: 'events_csv' });
		expect((await problemFrom(other.query(signal, openQuery()))).code).toBe('host_wrong_table');
	});

	it('that is not there cannot be reached', async () => {
		const nowhere = { ...host, url: 'http://127.0.0.1:9/' };
		expect(await problemFrom(engineFor(readerCredentials, nowhere).coverage(signal))).toEqual({
			code: 'host_unreachable',
			host: '127.0.0.1:9'
		});
	});

	it('stops what nobody waits for any more', async () => {
		const connection = new Connection(host);
		connection.signIn(readerCredentials);
		const abort = new AbortController();
		const asked = connection.ask(abort.signal, ENDLESS);
		asked.catch(() => {});
		await expect.poll(running, { timeout: 10_000 }).toBe(1);
		abort.abort();
		await expect(asked).rejects.toThrow(/abort/i);
		await expect.poll(running, { timeout: 10_000 }).toBe(0);
	});

	it('stops what takes too long', async () => {
		const connection = new Connection(host, { timeLimitMs: 400 });
		connection.signIn(readerCredentials);
		expect((await problemFrom(connection.ask(signal, ENDLESS))).code).toBe('host_too_slow');
		await expect.poll(running, { timeout: 10_000 }).toBe(0);
	});

	it('that is set to answer with a part is not asked for figures', async () => {
		// As a user whose profile may change settings, through the address.
		const lax = { ...host, url: `${host.url}?skip_unavailable_shards=1&result_overflow_mode=break` };
		const engine = engineFor(loaderCredentials, lax);
		expect(await problemFrom(engine.coverage(signal))).toEqual({
			code: 'host_answers_parts',
			settings: ['result_overflow_mode', 'skip_unavailable_shards']
		});
	});

	it('with one of its servers down gives no figure, and gives them all when it is back', async () => {
		const engine = engineFor();
		const before = await engine.query(signal, openQuery());
		isStopped = true;
		await stopShard(cluster.shards[1]);
		const problem: Problem = { code: 'host_part_missing', host: new URL(host.url).host };
		expect(await problemFrom(engine.coverage(signal))).toEqual(problem);
		expect(await problemFrom(engine.query(signal, openQuery()))).toEqual(problem);
		expect(await problemFrom(engine.hours(signal, openQuery()))).toEqual(problem);
		expect(
			await problemFrom(engine.pins(signal, { query: openQuery(), compared: null, words: 'a', first: 0, count: 5 }))
		).toEqual(problem);
		await startIfStopped();
		expect(await engine.query(signal, openQuery())).toEqual(before);
	});
});
