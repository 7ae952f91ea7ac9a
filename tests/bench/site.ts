import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { serve, type StaticSite } from '../../src/tools/serve';

/**
 * The site under measurement: the built app as it is, and beside it, on the same origin so that it sees the same
 * stored data and workers, a folder with the benchmark's own page.
 */

const PAGES = fileURLToPath(new URL('page/', import.meta.url));
const DUCKDB = resolve('node_modules/@duckdb/duckdb-wasm/dist');

export interface BenchSite {
	/** Where the app is. */
	readonly appUrl: string;
	/** The benchmark's own page. */
	readonly pageUrl: string;
	/** The app's data worker, as built. */
	readonly dataWorkerUrl: string;
	/** The text of the script that watches the app's page from inside. */
	readonly watchScript: string;
	/** Makes a file part of the site; returns its address. */
	share(name: string, path: string): Promise<string>;
	close(): Promise<void>;
}

/** Builds the app with the project's own command. */
export function buildApp(): Promise<void> {
	return new Promise((done, reject) => {
		const child = spawn('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'ignore', 'inherit'] });
		child.once('error', reject);
		child.once('exit', (code) => (code === 0 ? done() : reject(new Error(`the build ended with ${code}`))));
	});
}

/** Bundles scripts of the page folder into a folder. */
async function bundle(names: readonly string[], format: 'es' | 'iife', folder: string): Promise<void> {
	await build({
		configFile: false,
		logLevel: 'warn',
		build: {
			outDir: folder,
			emptyOutDir: false,
			target: 'es2022',
			minify: false,
			rolldownOptions: {
				input: Object.fromEntries(names.map((name) => [name, join(PAGES, `${name}.ts`)])),
				output: { format, entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' }
			}
		}
	});
}

/** Serves a copy of `build/`, so that a build in the middle of a run changes nothing. */
export async function openSite(): Promise<BenchSite> {
	const folder = await mkdtemp(join(tmpdir(), 'tackboard-bench-site-'));
	const extra = join(folder, 'bench');
	await cp('build', folder, { recursive: true });
	await mkdir(extra);
	await bundle(['bench-page', 'papaparse.worker'], 'es', extra);
	await bundle(['app-watch'], 'iife', extra);
	await writeFile(
		join(extra, 'index.html'),
		'<!doctype html><meta charset="utf-8"><title>Benchmark</title><script type="module" src="bench-page.js"></script>'
	);
	for (const name of ['duckdb-browser-eh.worker.js', 'duckdb-eh.wasm'])
		await symlink(join(DUCKDB, name), join(extra, name));

	const workers = await readdir(join(folder, '_app/immutable/workers'));
	const dataWorker = workers.find((name) => /^data\.worker-.*\.js$/.test(name));
	if (dataWorker === undefined) throw new Error('build/ has no data worker');
	const watchScript = await readFile(join(extra, 'app-watch.js'), 'utf8');
	const site: StaticSite = await serve({ folder, port: 0, base: '/' });
	return {
		appUrl: site.url,
		pageUrl: `${site.url}bench/`,
		dataWorkerUrl: `${site.url}_app/immutable/workers/${dataWorker}`,
		watchScript,
		share: async (name, path) => {
			await rm(join(extra, name), { force: true });
			await symlink(path, join(extra, name));
			return `${site.url}bench/${name}`;
		},
		close: async () => {
			await site.close();
			await rm(folder, { recursive: true });
		}
	};
}
