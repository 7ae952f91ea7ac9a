import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { serve, type StaticSite } from '../../../src/tools/serve';
import { COMMON_HEADERS } from '../../../src/tools/site-headers';

let folder: string;
const sites: StaticSite[] = [];

async function start(base = '/', port = 0): Promise<string> {
	const site = await serve({ folder, port, base });
	sites.push(site);
	return site.url;
}

const get = (url: string) => fetch(url, { redirect: 'manual' });

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'tackboard-serve-'));
	await mkdir(join(folder, 'video'));
	await writeFile(join(folder, 'index.html'), '<title>Overview</title>');
	await writeFile(join(folder, 'video', 'index.html'), '<title>Video</title>');
	await writeFile(join(folder, 'engine.wasm'), '');
});

afterEach(async () => {
	await Promise.all(sites.splice(0).map((site) => site.close()));
});

afterAll(async () => {
	await rm(folder, { recursive: true });
});

describe.each(['/', '/some/sub/path', '/some/sub/path/'])('a site under %s', (base) => {
	it('answers a folder with its index.html', async () => {
		const url = await start(base);
		expect(url).toMatch(/^http:\/\/localhost:\d+\/(some\/sub\/path\/)?$/);
		expect(await (await get(url)).text()).toContain('Overview');
		expect(await (await get(`${url}video/?range=7d`)).text()).toContain('Video');
	});

	it('redirects a folder without its slash to the address with it, query included', async () => {
		const url = await start(base);
		const response = await get(`${url}video?range=7d`);
		expect(response.status).toBe(301);
		const target = new URL(response.headers.get('location') ?? '', response.url);
		expect(target.href).toBe(`${url}video/?range=7d`);
	});

	it('has no page for an unknown path', async () => {
		const url = await start(base);
		expect((await get(`${url}nowhere`)).status).toBe(404);
		expect((await get(`${url}nowhere/`)).status).toBe(404);
	});

	it('names the type of WebAssembly, which browsers ask for', async () => {
		const url = await start(base);
		expect((await get(`${url}engine.wasm`)).headers.get('content-type')).toBe('application/wasm');
	});
});

it('redirects the sub-path itself, and answers nothing beside it', async () => {
	const url = await start('/sub');
	const response = await get(url.slice(0, -1));
	expect(response.status).toBe(301);
	expect(new URL(response.headers.get('location') ?? '', response.url).href).toBe(url);
	expect((await get(new URL('/', url).href)).status).toBe(404);
	expect((await get(new URL('/subway/', url).href)).status).toBe(404);
});

it('packs what it sends, or does not', async () => {
	const path = join(folder, 'words.js');
	await writeFile(path, '// words, words\n'.repeat(1_000));
	for (const isPacked of [true, false]) {
		const site = await serve({ folder, port: 0, base: '/', isPacked });
		sites.push(site);
		const response = await get(`${site.url}words.js`);
		expect(response.headers.get('content-encoding')).toEqual(isPacked ? expect.any(String) : null);
		expect(await response.text()).toBe(await readFile(path, 'utf8'));
	}
});

it('takes a later port where the one asked for is taken', async () => {
	const first = new URL(await start());
	const second = new URL(await start('/', Number(first.port)));
	expect(Number(second.port)).toBeGreaterThan(Number(first.port));
	expect((await get(first.href)).status).toBe(200);
	expect((await get(second.href)).status).toBe(200);
});

it('refuses a port that is taken where no other will do', async () => {
	const { port } = new URL(await start());
	const again = serve({ folder, port: Number(port), base: '/', isPortFixed: true });
	await expect(again).rejects.toThrow(`Port ${port} is taken by another program.`);
});

it('listens on a chosen address alone, and says where a browser finds it', async () => {
	for (const [host, shown] of [
		['127.0.0.1', '127.0.0.1'],
		['0.0.0.0', 'localhost']
	] as const) {
		const site = await serve({ folder, port: 0, base: '/', host });
		sites.push(site);
		expect(new URL(site.url).hostname).toBe(shown);
		expect((await get(site.url)).status).toBe(200);
	}
	const absent = serve({ folder, port: 0, base: '/', host: '192.0.2.1' });
	await expect(absent).rejects.toThrow('This machine has no address 192.0.2.1.');
});

it('sends the headers of the site with every answer', async () => {
	const url = await start();
	for (const path of ['', 'video/', 'engine.wasm', 'nowhere']) {
		const { headers } = await get(`${url}${path}`);
		for (const [name, value] of Object.entries(COMMON_HEADERS)) expect(headers.get(name)).toBe(value);
	}
});

it('lets browsers keep files for good whose names change with their bytes, and validate all others', async () => {
	await mkdir(join(folder, '_app', 'immutable'), { recursive: true });
	await writeFile(join(folder, '_app', 'immutable', 'start.abc.js'), '');
	const url = await start('/sub/');
	const cacheOf = async (path: string) => (await get(`${url}${path}`)).headers.get('cache-control');
	expect(await cacheOf('_app/immutable/start.abc.js')).toBe('public, max-age=31536000, immutable');
	for (const path of ['', 'video/', 'engine.wasm', 'nowhere']) expect(await cacheOf(path)).toBe('no-cache');
});

it('sends a page anew when its bytes differ, though its size and time do not', async () => {
	const page = join(folder, 'index.html');
	const before = await readFile(page, 'utf8');
	const time = new Date('1985-10-26T08:15:00Z'); // of every file that comes by npm
	await utimes(page, time, time);
	const url = await start();
	const tag = (await get(url)).headers.get('etag') ?? '';
	// As browsers do; by itself fetch() would ask for a copy that no cache has seen.
	const headers = { 'if-none-match': tag, 'cache-control': 'max-age=0' };
	const validate = () => fetch(url, { headers });
	expect((await validate()).status).toBe(304);
	await writeFile(page, before.replace('Overview', 'overview'));
	await utimes(page, time, time);
	const answer = await validate();
	expect(answer.status).toBe(200);
	expect(await answer.text()).toContain('overview');
	await writeFile(page, before);
});

it('answers nothing but GET and HEAD', async () => {
	const url = await start();
	expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
	const answer = await fetch(url, { method: 'POST', body: 'x' });
	expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

it('serves nothing outside its folder', async () => {
	const url = await start();
	expect((await get(`${url}..%2f..%2fetc%2fpasswd`)).status).not.toBe(200);
});

const SERVES = [process.execPath, '--import', 'tsx', 'src/tools/serve-build.ts', '--port', '0', '--folder'];

it.each([
	['itself', (command: readonly string[]) => command],
	// The second command keeps the shell from becoming the first.
	['through a shell, as npm does', (command: readonly string[]) => ['sh', '-c', `${command.join(' ')}; true`]]
])(
	'ends with the process that started it %s, however that ends',
	async (_, inShell) => {
		const [program, ...rest] = inShell([...SERVES, folder]);
		const starts = `require('node:child_process').spawn(${JSON.stringify(program)}, ${JSON.stringify(rest)}, { stdio: 'inherit' })`;
		const parent = spawn(process.execPath, ['-e', starts], { stdio: ['ignore', 'pipe', 'inherit'] });
		const url = await new Promise<string>((resolve) =>
			parent.stdout.setEncoding('utf8').on('data', (text: string) => {
				const [found] = /http:\S+/.exec(text) ?? [];
				if (found !== undefined) resolve(found);
			})
		);
		expect((await get(url)).status).toBe(200);
		parent.kill('SIGKILL');
		await vi.waitFor(() => expect(get(url)).rejects.toThrow(), { timeout: 20_000, interval: 50 });
	},
	60_000
);
