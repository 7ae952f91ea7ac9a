import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, openSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { clickhouseSchema } from '../../src/lib/export/schema-sql';
import { installPackages, onPath, whyNoPackages } from '../../src/tools/debian';

/** Two servers of ClickHouse on this machine as a cluster of two shards, with folders and ports of their own. */

export const DATABASE = 'tackboard';
export const TABLE = 'events';
export const PINS = 'events_pins';
/** Of the user of the pages, and of the one who loads. */
export const PASSWORD = 'corkboard';
const LOADER_PASSWORD = 'drawing-pin';
export const loaderCredentials = { user: 'loader', password: LOADER_PASSWORD };

const PROGRAMS = ['clickhouse-server', 'clickhouse-client'] as const;
const EXAMPLES = 'src/lib/clickhouse';
const START_LIMIT_MS = 30_000;

export interface Shard {
	readonly folder: string;
	readonly httpPort: number;
	readonly tcpPort: number;
}

/** Where the servers are; kept in a file, so that other processes can ask, stop and start them. */
export interface Cluster {
	readonly shards: readonly [Shard, Shard];
}

/** Installs ClickHouse where it is missing and can be had. */
export async function findClickHouse(): Promise<void> {
	const missing = PROGRAMS.filter((program) => onPath(program) === null);
	if (missing.length === 0) return;
	const why = whyNoPackages();
	if (why !== null) throw new Error(`${missing.join(' and ')} missing, and cannot be installed: ${why}`);
	await installPackages(missing);
}

/** Makes an empty cluster in a folder, what it held before being deleted, and starts it with the tables of events. */
export async function makeCluster(folder: string): Promise<Cluster> {
	await rm(folder, { recursive: true, force: true });
	const ports = await freePorts(4);
	const shards = [0, 1].map((i) => ({
		folder: resolve(folder, `shard-${i + 1}`),
		httpPort: ports[2 * i] as number,
		tcpPort: ports[2 * i + 1] as number
	})) as unknown as [Shard, Shard];
	const cluster: Cluster = { shards };
	const config = await readFile(join(EXAMPLES, 'config.example.xml'), 'utf8');
	const users = await readFile(join(EXAMPLES, 'users.example.xml'), 'utf8');
	const hash = (password: string) => createHash('sha256').update(password).digest('hex');
	for (const shard of shards) {
		for (const name of ['data', 'tmp', 'files', 'formats'])
			await mkdir(join(shard.folder, name), { recursive: true });
		const own = config
			.replaceAll('FOLDER', shard.folder)
			.replaceAll('LOADER_PASSWORD', LOADER_PASSWORD)
			.replaceAll('FIRST_TCP_PORT', String(shards[0].tcpPort))
			.replaceAll('SECOND_TCP_PORT', String(shards[1].tcpPort))
			.replaceAll('HTTP_PORT', String(shard.httpPort))
			.replaceAll('TCP_PORT', String(shard.tcpPort));
		await writeFile(join(shard.folder, 'config.xml'), own);
		await writeFile(
			join(shard.folder, 'users.xml'),
			users.replace('PAGES_SHA256', hash(PASSWORD)).replace('LOADER_SHA256', hash(LOADER_PASSWORD))
		);
		await startShard(shard);
	}
	await writeFile(clusterFile(folder), JSON.stringify(cluster));
	for (const shard of shards)
		for (const statement of clickhouseSchema({ database: DATABASE, table: TABLE, cluster: 'tackboard' }))
			await asLoader(shard, statement);
	const pins = await readFile(join(EXAMPLES, 'pins.example.sql'), 'utf8');
	const statements = pins.replace(/^--.*$/gm, '').split(/;\s*/);
	for (const shard of shards)
		for (const statement of statements) if (statement.trim() !== '') await asLoader(shard, statement);
	return cluster;
}

/** The cluster that another process has made. */
export async function knownCluster(folder: string): Promise<Cluster> {
	return JSON.parse(await readFile(clusterFile(folder), 'utf8')) as Cluster;
}

const clusterFile = (folder: string) => join(folder, 'cluster.json');
const pidFile = (shard: Shard) => join(shard.folder, 'pid');

export async function startShard(shard: Shard): Promise<void> {
	const log = openSync(join(shard.folder, 'output.log'), 'a');
	const child = spawn('clickhouse-server', [`--config-file=${join(shard.folder, 'config.xml')}`], {
		cwd: shard.folder,
		detached: true,
		stdio: ['ignore', log, log]
	});
	if (child.pid === undefined) throw new Error('clickhouse-server cannot be started');
	child.unref();
	await writeFile(pidFile(shard), String(child.pid));
	const end = Date.now() + START_LIMIT_MS;
	while (!(await answers(shard))) {
		if (Date.now() > end || child.exitCode !== null)
			throw new Error(`clickhouse-server does not start: see ${shard.folder}`);
		await soon();
	}
}

export async function stopShard(shard: Shard): Promise<void> {
	if (!existsSync(pidFile(shard))) return;
	const pid = Number(await readFile(pidFile(shard), 'utf8'));
	await rm(pidFile(shard));
	for (let tries = 0; isRunning(pid); tries++) {
		process.kill(pid, tries < 100 ? 'SIGTERM' : 'SIGKILL');
		await soon();
	}
}

export async function stopCluster({ shards }: Cluster): Promise<void> {
	await Promise.all(shards.map(stopShard));
}

/** Processor time that a server has used so far, in seconds of one core. */
export async function secondsOfWork(shard: Shard): Promise<number> {
	const pid = await readFile(pidFile(shard), 'utf8');
	const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).split(') ')[1]?.split(' ') ?? [];
	const TICKS_A_SECOND = 100;
	return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Runs a statement as the user who loads, under settings as an address has them, and returns what is answered. */
export async function asLoader(shard: Shard, statement: string, settings = ''): Promise<string> {
	const response = await fetch(`http://127.0.0.1:${shard.httpPort}/?${settings}`, {
		method: 'POST',
		body: statement,
		headers: { 'x-clickhouse-user': loaderCredentials.user, 'x-clickhouse-key': loaderCredentials.password }
	});
	const text = await response.text();
	if (!response.ok) throw new Error(`${statement.slice(0, 200)}: ${text}`);
	return text;
}

/** Loads an exported CSV file by way of the table that takes such files. */
export async function loadEvents(shard: Shard, csv: Uint8Array): Promise<void> {
	await new Promise<void>((done, fail) => {
		const query = `INSERT INTO ${DATABASE}.${TABLE}_csv FORMAT CSVWithNames`;
		const child = spawn(
			'clickhouse-client',
			[
				'--host=127.0.0.1',
				`--port=${shard.tcpPort}`,
				'--user=loader',
				`--password=${LOADER_PASSWORD}`,
				'--insert_distributed_sync=1',
				'--format_csv_allow_single_quotes=0',
				`--query=${query}`
			],
			{ stdio: ['pipe', 'ignore', 'pipe'] }
		);
		let complaint = '';
		child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
		child.once('error', fail);
		child.once('close', (code) => (code === 0 ? done() : fail(new Error(complaint))));
		child.stdin.on('error', () => {}); // told by its exit
		child.stdin.end(csv);
	});
}

async function answers(shard: Shard): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${shard.httpPort}/ping`)).ok;
	} catch {
		return false;
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

const soon = () => new Promise((done) => setTimeout(done, 100));

async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from({ length: count }, async () => {
			const server = createServer();
			await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
			return server;
		})
	);
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
	return ports;
}
