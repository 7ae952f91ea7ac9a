import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection, type ConnectionOptions } from '../../../src/lib/clickhouse/connection';
import { ours, sql, valuesTable } from '../../../src/lib/clickhouse/sql';
import { problemOf, type Problem } from '../../../src/lib/model/problem';

/** A connection against a server of this test, which does what hosts do on bad days. */

interface Request {
	readonly url: URL;
	readonly body: string;
	readonly headers: IncomingMessage['headers'];
}

type Answer = (request: Request, response: ServerResponse) => void;

const ROWS = '{"meta":[],"data":[["1"]],"rows":1}';
const QUESTION = ours('SELECT count() FROM tackboard.events');

let url: string;
let requests: Request[];
let answers: Answer[];
let close: () => Promise<void>;

beforeEach(async () => {
	requests = [];
	answers = [];
	const server = createServer((incoming, response) => {
		const parts: Buffer[] = [];
		incoming.on('data', (part: Buffer) => parts.push(part));
		incoming.on('end', () => {
			const request = {
				url: new URL(incoming.url ?? '/', url),
				body: Buffer.concat(parts).toString(),
				headers: incoming.headers
			};
			requests.push(request);
			if (request.body.startsWith('KILL')) response.end('');
			else (answers.shift() ?? ((_, to) => to.end(ROWS)))(request, response);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
	close = () =>
		new Promise((closed) => {
			server.close(() => closed());
			server.closeAllConnections();
		});
});

afterEach(() => close());

const { signal } = new AbortController();
const host = () => new URL(url).host;
const fails =
	(status: number, text: string): Answer =>
	(_, response) => {
		response.statusCode = status;
		response.end(text);
	};
const cutsOff: Answer = (_, response) => {
	response.writeHead(200, { 'content-length': '1000' });
	response.write('{"data":[[');
	response.destroy();
};
const never: Answer = () => {};

function connect(options: Partial<ConnectionOptions> = {}): Connection {
	return new Connection(
		{ url, database: 'tackboard', table: 'events', pins: null },
		{ waitsMs: [1, 1], ...options }
	);
}

async function problemFrom(work: Promise<unknown>): Promise<Problem> {
	return work.then(
		() => expect.fail('it was answered'),
		(error: unknown) => problemOf(error)
	);
}

const asked = () => requests.filter(({ body }) => !body.startsWith('KILL'));
const killed = () => requests.filter(({ body }) => body.startsWith('KILL')).map(({ body }) => body);

describe('a question', () => {
	it('is posted, and its answer comes as rows and totals', async () => {
		answers = [(_, to) => to.end('{"data":[["a",1]],"totals":["",2]}')];
		expect(await connect().ask(signal, QUESTION)).toEqual({ rows: [['a', 1]], totals: ['', 2] });
		expect(requests[0]!.body).toBe('SELECT count() FROM tackboard.events FORMAT JSONCompact');
		expect(requests[0]!.url.searchParams.get('query_id')).toMatch(/^[0-9a-f]{32}$/);
	});

	it('has its values beside it, in a form', async () => {
		const values = [`'; DROP TABLE x`, 'a\tb'];
		await connect().ask(signal, sql`SELECT 1 WHERE 'x' IN ${valuesTable('wanted', values)}`);
		const { url: address, body } = requests[0]!;
		expect(address.searchParams.get('query')).toBe(`SELECT 1 WHERE 'x' IN wanted FORMAT JSONCompact`);
		expect(address.searchParams.get('wanted_structure')).toBe('v String');
		expect(body).toContain('name="wanted"');
		expect(body).toContain(`'; DROP TABLE x\na\\tb\n`);
	});

	it('says who asks by headers alone, and only after a sign-in', async () => {
		const connection = connect();
		await connection.ask(signal, QUESTION);
		connection.signIn({ user: 'pages', password: 'lösen \u{1F511}' });
		await connection.ask(signal, QUESTION);
		connection.signIn(null);
		await connection.ask(signal, QUESTION);
		const users = requests.map(({ headers }) => headers['x-clickhouse-user']);
		expect(users).toEqual([undefined, 'pages', undefined]);
		const key = requests[1]!.headers['x-clickhouse-key'] as string;
		expect(Buffer.from(key, 'latin1').toString()).toBe('lösen \u{1F511}');
		expect(requests[1]!.url.href).not.toContain('pages');
	});

	it.each([
		['a gateway that is busy', fails(503, 'busy')],
		[
			'a server of the cluster that is away',
			fails(500, 'Code: 279, e.displayText() = DB::NetException: All connection tries failed')
		],
		['too many questions at once', fails(500, 'Code: 202. DB::Exception: Too many simultaneous queries')],
		['an answer that is cut off', cutsOff],
		['an answer that ends early', fails(200, '{"data":[["1"')]
	])('is asked again after %s', async (_, answer) => {
		answers = [answer, answer];
		expect((await connect().ask(signal, QUESTION)).rows).toEqual([['1']]);
		expect(requests).toHaveLength(3);
		expect(new Set(requests.map(({ url: address }) => address.searchParams.get('query_id'))).size).toBe(3);
	});

	it('is given up after as many tries as there are waits', async () => {
		answers = [1, 2, 3, 4].map(() => fails(503, ''));
		expect(await problemFrom(connect().ask(signal, QUESTION))).toEqual({ code: 'host_busy', host: host() });
		expect(requests).toHaveLength(3);
	});

	it.each([
		['a refusal', fails(401, ''), 'host_refused'],
		[
			'a wrong password',
			fails(500, 'Code: 193, e.displayText() = DB::Exception: Wrong password'),
			'host_refused'
		],
		['a bad statement', fails(400, 'Code: 62. DB::Exception: Syntax error'), 'host_failed'],
		['a missing table', fails(404, 'Code: 60. DB::Exception: Table does not exist'), 'host_wrong_table'],
		['too little memory', fails(500, 'Code: 241. DB::Exception: Memory limit'), 'host_failed'],
		['a time limit of the host', fails(500, 'Code: 159. DB::Exception: Timeout exceeded'), 'host_too_slow']
	] as const)('is not asked again after %s', async (_, answer, code) => {
		answers = [answer];
		expect((await problemFrom(connect().ask(signal, QUESTION))).code).toBe(code);
		expect(requests).toHaveLength(1);
	});

	it('fails where the host fails after it has begun to answer', async () => {
		answers = [fails(200, '{"data":[["1"],\nCode: 241, e.displayText() = DB::Exception: Memory limit')];
		expect((await problemFrom(connect().ask(signal, QUESTION))).code).toBe('host_failed');
	});

	it('takes what is no answer of ClickHouse for none', async () => {
		answers = [fails(200, '<html>hello</html>'), fails(200, '{"data":"x"}'), fails(200, '{"data":[1]}')];
		expect((await problemFrom(connect().ask(signal, QUESTION))).code).toBe('host_failed');
	});

	it('that nobody answers is unreachable', async () => {
		await close();
		expect(await problemFrom(connect().ask(signal, QUESTION))).toEqual({
			code: 'host_unreachable',
			host: host()
		});
	});

	it('takes so long and no longer, and the host is told to stop', async () => {
		answers = [never];
		expect(await problemFrom(connect({ timeLimitMs: 30 }).ask(signal, QUESTION))).toEqual({
			code: 'host_too_slow',
			host: host()
		});
		const id = asked()[0]!.url.searchParams.get('query_id');
		await expect.poll(killed).toEqual([`KILL QUERY WHERE query_id = '${id}' ASYNC`]);
	});

	it('ends with its signal, and the host is told to stop', async () => {
		answers = [never];
		const abort = new AbortController();
		const question = connect().ask(abort.signal, QUESTION);
		question.catch(() => {});
		await expect.poll(() => requests.length).toBe(1);
		abort.abort();
		await expect(question).rejects.toHaveProperty('name', 'AbortError');
		await expect.poll(() => killed().length).toBe(1);
	});

	it('is not asked at all, nor asked again, where its signal is aborted', async () => {
		await expect(connect().ask(AbortSignal.abort(), QUESTION)).rejects.toHaveProperty('name', 'AbortError');
		expect(requests).toHaveLength(0);
		answers = [fails(503, '')];
		const abort = new AbortController();
		const question = connect({ waitsMs: [60_000] }).ask(abort.signal, QUESTION);
		question.catch(() => {});
		await expect.poll(() => requests.length).toBe(1);
		abort.abort();
		await expect(question).rejects.toHaveProperty('name', 'AbortError');
		expect(requests).toHaveLength(1);
	});
});
