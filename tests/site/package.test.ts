import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { makeRelease } from '../../src/tools/release/make-release';
import { COMMON_HEADERS } from '../../src/tools/site-headers';

/** A release, as `npm run release` makes it of the built site, and its npm package as users install and start it. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const VERSION = (JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string })
	.version;

let folder: string;
let files: readonly string[];
let command: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), 'tackboard-release-'));
	files = await makeRelease(ROOT, join(folder, 'dist'));
	const empty = join(folder, 'empty');
	await mkdir(empty);
	// A cache of its own is empty: what needed the network would fail.
	const alone = ['--offline', '--cache', join(folder, 'cache'), '--prefix', empty, '--no-audit', '--no-fund'];
	const tarball = join(folder, 'dist', `tackboard-${VERSION}.tgz`);
	execFileSync('npm', ['install', ...alone, tarball], { cwd: empty, stdio: 'pipe' });
	command = join(empty, 'node_modules', '.bin', 'tackboard');
}, 120_000);

afterEach(() => {
	for (const program of running.splice(0)) program.kill('SIGKILL');
});

afterAll(async () => {
	await rm(folder, { recursive: true, force: true });
});

/** Starts the installed command; resolves with the address that it prints. */
async function start(...options: readonly string[]): Promise<{ url: string; program: ChildProcess }> {
	const program = spawn(command, options, { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
	running.push(program);
	const url = await new Promise<string>((resolve, reject) => {
		program.once('error', reject);
		program.once('close', (code) => reject(new Error(`it ended with ${code}`)));
		program.stdout!.setEncoding('utf8').on('data', (text: string) => {
			const [found] = /http:\S+/.exec(text) ?? [];
			if (found !== undefined) resolve(found);
		});
	});
	return { url, program };
}

const run = (...options: readonly string[]) =>
	execFileSync(command, options, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

describe('the npm package', () => {
	it('brings no other package along', async () => {
		const installed = await readdir(join(folder, 'empty', 'node_modules'));
		expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['tackboard']);
	});

	it('serves every page of the site with its headers, packed, until it is asked to end', async () => {
		const { url, program } = await start('--port', '0');
		expect(url).toMatch(/^http:\/\/localhost:\d+\/$/);
		for (const page of ['', 'video/', 'data/', 'definitions/']) {
			const { status, headers } = await fetch(`${url}${page}`);
			expect([page, status, headers.get('cache-control')]).toEqual([page, 200, 'no-cache']);
			expect(headers.get('content-encoding')).not.toBeNull();
			for (const [name, value] of Object.entries(COMMON_HEADERS)) expect(headers.get(name)).toBe(value);
		}
		const html = await (await fetch(url)).text();
		const script = /href="\.\/(_app\/immutable\/[^"]+\.js)"/.exec(html)?.[1] ?? '';
		expect((await fetch(`${url}${script}`)).headers.get('cache-control')).toContain('immutable');
		const manifest = await fetch(`${url}manifest.webmanifest`);
		expect(manifest.headers.get('content-type')).toContain('application/manifest+json');

		const ended = new Promise((resolve) => program.once('exit', (code, signal) => resolve([code, signal])));
		program.kill('SIGTERM');
		expect(await ended).toEqual([0, null]);
		await expect(fetch(url)).rejects.toThrow();
	});

	it('says its version and its options', () => {
		expect(run('--version').trim()).toBe(VERSION);
		const help = run('--help');
		for (const option of ['--port', '--host', '--version', '--help']) expect(help).toContain(option);
	});

	it('names what is wrong in one sentence where the port is taken or an option is unknown', async () => {
		const { port } = new URL((await start('--port', '0')).url);
		for (const [options, sentence] of [
			[['--port', port], `Port ${port} is taken by another program.`],
			[['--port', 'http'], 'The port must be a whole number'],
			[['--prot', '1'], "Unknown option '--prot'"]
		] as const) {
			let told = '';
			try {
				run(...options);
			} catch (error) {
				told = (error as { readonly stderr: string }).stderr;
			}
			expect(told).toContain(sentence);
			expect(told.trim().split('\n')).toHaveLength(1);
		}
	});
});

describe('the archive for static hosts', () => {
	it('holds the built site byte for byte, beside the licences and how to host it', async () => {
		const archive = unzipSync(await readFile(join(folder, 'dist', `tackboard-${VERSION}.zip`)));
		const top = `tackboard-${VERSION}/`;
		for (const name of ['LICENSE', 'THIRD-PARTY-LICENCES.txt', 'HOSTING.md'])
			expect(archive[`${top}${name}`]?.length).toBeGreaterThan(1_000);
		const built = await readdir(join(ROOT, 'build'), { recursive: true, withFileTypes: true });
		const paths = built.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
		expect(Object.keys(archive)).toHaveLength(paths.length + 3);
		for (const path of paths) {
			const inArchive = archive[`${top}site/${path.slice(join(ROOT, 'build').length + 1)}`];
			expect(inArchive && Buffer.from(inArchive).equals(await readFile(path)), path).toBe(true);
		}
	});

	it('comes with checksums of all files', async () => {
		const sums = await readFile(join(folder, 'dist', 'SHA256SUMS'), 'utf8');
		const listed = sums.trim().split('\n');
		expect(listed.map((line) => line.slice(66))).toEqual(files.filter((name) => name !== 'SHA256SUMS'));
		for (const line of listed) {
			const bytes = await readFile(join(folder, 'dist', line.slice(66)));
			expect(line.slice(0, 64)).toBe(createHash('sha256').update(bytes).digest('hex'));
		}
	});
});
