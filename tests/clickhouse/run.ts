import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../../src/tools/browser';
import {
	DATABASE,
	PINS,
	TABLE,
	asLoader,
	findClickHouse,
	loadEvents,
	makeCluster,
	secondsOfWork,
	stopCluster,
	type Cluster
} from './cluster';
import { LAST_DAY, eventFiles, handedOff, localWorkspace } from './event-set';
import { writeExpected } from './expected';
import { expectedViews } from './expected-views';
import { openProxy } from './proxy';
import { openFilter, openQuery } from '../support/memory-workspace';
import { CLUSTER_FOLDER, hostOf, readerCredentials } from './test-host';
import { HostEngine } from '../../src/lib/clickhouse/engine';
import { addDays } from '../../src/lib/model/calendar';
import { AUDIENCES, FIGURE_IDS } from '../../src/lib/model/figures';
import { FIGURE_SQL } from '../../src/lib/model/figure-sql';

/**
 * `npm run test:clickhouse`: a cluster of two servers on this machine, loaded with a million events; what pages ask of it,
 * compared with the local engine and DuckDB; what it does when something is wrong; and the pages themselves, built for
 * it, in Chromium. Takes minutes. `--only figures` and `--only pages` run a part; CLICKHOUSE_TEST_EVENTS and
 * CLICKHOUSE_TEST_RUNS set how much of it there is.
 */

const isAudience = (id: string) => (AUDIENCES as readonly string[]).includes(id);
const bin = (name: string) => join('node_modules', '.bin', name);

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<boolean> {
	return new Promise((resolve, reject) => {
		const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...env } });
		child.once('error', reject);
		child.once('close', (code) => resolve(code === 0));
	});
}

/** Loads the events, and reports what that took: the figures that the plan for more is worked out from. */
async function load({ shards }: Cluster): Promise<ReturnType<typeof localWorkspace>> {
	const workspace = await localWorkspace(await eventFiles());
	const csv = await handedOff(workspace);
	const started = performance.now();
	await loadEvents(shards[0], csv);
	const seconds = (performance.now() - started) / 1_000;
	const own = await Promise.all(
		shards.map(async (shard) => {
			await asLoader(shard, `OPTIMIZE TABLE ${DATABASE}.${TABLE}_local`);
			const sizes = await asLoader(
				shard,
				`SELECT sum(rows), sum(bytes_on_disk) FROM system.parts WHERE active AND table = '${TABLE}_local'`
			);
			return sizes.trim().split('\t').map(Number) as [number, number];
		})
	);
	const rows = own.reduce((sum, [count]) => sum + count, 0);
	const bytes = own.reduce((sum, [, size]) => sum + size, 0);
	console.log(
		`loaded ${rows} events (${own.map(([count]) => count).join(' + ')}) in ${seconds.toFixed(1)} s: ` +
			`${Math.round(rows / seconds)} a second, ${(bytes / rows).toFixed(1)} bytes an event on disk`
	);
	return workspace;
}

/** What one core of one server does with its rows: counts by day, and people by day. The best of ten each. */
async function timeScans({ shards: [shard] }: Cluster): Promise<void> {
	const events = `${DATABASE}.${TABLE}_local`;
	const day = `toDate(timestamp, 'Europe/Stockholm') AS day`;
	for (const [what, figures] of [
		['counts', FIGURE_IDS.filter((id) => !isAudience(id))],
		['counts and people', FIGURE_IDS]
	] as const) {
		const columns = figures.map((id) => FIGURE_SQL[id].replace('count(DISTINCT ', 'uniqExact('));
		let [best, rows] = [Infinity, 0];
		for (let i = 0; i < 10; i++) {
			const statement = `SELECT ${day}, ${columns.join(', ')} FROM ${events} GROUP BY day FORMAT JSONCompact`;
			const { statistics } = JSON.parse(await asLoader(shard, statement, 'max_threads=1')) as {
				statistics: { elapsed: number; rows_read: number };
			};
			best = Math.min(best, statistics.elapsed);
			rows = statistics.rows_read;
		}
		console.log(`${what} by day: ${(rows / best / 1e6).toFixed(2)} million events a second and core`);
	}
}

/** Tells what whole answers take, the best of five each: time, and work of both servers together, whatever else runs here. */
async function timeAnswers({ shards }: Cluster, pins: string | null): Promise<void> {
	const engine = new HostEngine(hostOf(shards[0], pins));
	engine.signIn(readerCredentials);
	const { signal } = new AbortController();
	const workOfAll = async () => (await Promise.all(shards.map(secondsOfWork))).reduce((a, b) => a + b);
	for (const days of [30, 365]) {
		const filter = openFilter({ from: addDays(LAST_DAY, 1 - days), to: LAST_DAY });
		const query = openQuery({ filter, grain: 'day', split: 'device' });
		let [bestMs, leastWork] = [Infinity, Infinity];
		for (let i = 0; i < 5; i++) {
			const [started, workBefore] = [performance.now(), await workOfAll()];
			await engine.query(signal, query);
			bestMs = Math.min(bestMs, performance.now() - started);
			leastWork = Math.min(leastWork, (await workOfAll()) - workBefore);
		}
		console.log(
			`a whole answer over ${days} days${pins === null ? '' : ', with a table of Pins'}: ${Math.round(bestMs)} ms, ${leastWork.toFixed(2)} core-seconds of the servers`
		);
	}
}

/** The suites, in the order in which they run; each reports whether it passed. What is measured comes before all. */
const SUITES: Readonly<Record<string, (url: string, chromium: string) => Promise<boolean>>> = {
	figures: () => run(bin('vitest'), ['run', '--config', 'tests/clickhouse/vitest.config.ts']),
	pages: async (url, chromium) => {
		const built = await run(bin('vite'), ['build', '--logLevel', 'warn'], {
			PUBLIC_CLICKHOUSE_URL: url,
			PUBLIC_CLICKHOUSE_DATABASE: DATABASE,
			PUBLIC_CLICKHOUSE_TABLE: TABLE,
			TACKBOARD_BUILD: join(CLUSTER_FOLDER, 'site')
		});
		const config = 'tests/clickhouse/playwright.config.ts';
		return built && run(bin('playwright'), ['test', '-c', config], { CHROMIUM_PATH: chromium });
	}
};

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });
	const names = values.only ?? Object.keys(SUITES);
	const unknown = names.filter((name) => !(name in SUITES));
	if (unknown.length > 0) throw new Error(`no suite is called ${unknown.join(', ')}`);
	// What is interrupted still stops its servers.
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (process.exitCode = 130));
	await findClickHouse();
	const chromium = await findChromium();
	const cluster = await makeCluster(CLUSTER_FOLDER);
	const proxy = await openProxy(cluster.shards[0].httpPort);
	try {
		await writeExpected(await expectedViews(proxy.url, await load(cluster)));
		await timeScans(cluster);
		for (const pins of [null, PINS]) await timeAnswers(cluster, pins);
		let failed = 0;
		for (const name of names) if (!(await SUITES[name]?.(proxy.url, chromium))) failed++;
		console.log(`${names.length - failed} passed, ${failed} failed`);
		if (failed > 0) process.exitCode = 1;
	} finally {
		await proxy.close();
		await stopCluster(cluster);
	}
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
});
