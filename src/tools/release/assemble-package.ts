import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { isMain } from '../is-main';
import { licencePage, shippedPackages } from './shipped-packages';

/**
 * `npm run package`: puts the npm package together in `dist/package`, out of the built site and the server, as plain
 * JavaScript without dependencies. The tree's own package.json is private: it depends on all that the site is built of.
 */

/** Of the package and of the archive. */
export const LICENCES_FILE = 'THIRD-PARTY-LICENCES.txt';
const COMMAND_FILE = 'tackboard.js';
const SITE_FOLDER = 'site';
/** The oldest Node that runs the server; package.json says the same. */
const TARGET = 'node20.19';

interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly description: string;
	readonly license: string;
	readonly engines: Readonly<Record<string, string>>;
}

/** The manifest of a tree. */
export async function readManifest(root: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as Manifest;
}

/**
 * What the package says of itself. npm compares `repository` with the place where a workflow published it, so it is set
 * by that workflow's environment.
 */
function packageManifest(source: Manifest, environment: NodeJS.ProcessEnv): object {
	const { name, version, description, license, engines } = source;
	const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
	return {
		name,
		version,
		description,
		license,
		type: 'module',
		bin: { [name]: COMMAND_FILE },
		files: [COMMAND_FILE, SITE_FOLDER, LICENCES_FILE],
		engines,
		keywords: ['analytics', 'pins', 'csv', 'offline', 'pwa'],
		...(server && repository ? { repository: { type: 'git', url: `git+${server}/${repository}.git` } } : {})
	};
}

async function bundleServer(root: string, folder: string): Promise<void> {
	await build({
		configFile: false,
		root,
		logLevel: 'warn',
		publicDir: false,
		ssr: { noExternal: true },
		build: {
			ssr: 'src/tools/release/bin.ts',
			outDir: folder,
			emptyOutDir: false,
			target: TARGET,
			minify: false,
			rolldownOptions: { output: { entryFileNames: COMMAND_FILE, banner: '#!/usr/bin/env node' } }
		}
	});
}

/**
 * Writes the package into an empty folder.
 * @param root the tree, with the site in `build`
 * @param folder where to; what is there goes
 * @throws {Error} where there is no built site
 */
export async function assemblePackage(root: string, folder: string): Promise<void> {
	const site = join(root, 'build');
	await readFile(join(site, 'index.html')).catch(() => {
		throw new Error('There is no built site in build. Run "npm run build" first.');
	});
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await bundleServer(root, folder);
	await cp(site, join(folder, SITE_FOLDER), { recursive: true });
	const manifest = packageManifest(await readManifest(root), process.env);
	await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, '\t')}\n`);
	await writeFile(join(folder, LICENCES_FILE), licencePage(shippedPackages(root)));
	await cp(join(root, 'LICENSE'), join(folder, 'LICENSE'));
	await cp(join(root, 'src', 'tools', 'release', 'package-readme.md'), join(folder, 'README.md'));
}

if (isMain(import.meta.url)) await assemblePackage(resolve('.'), resolve('dist', 'package'));
