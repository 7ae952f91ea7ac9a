import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SiteFile, SiteFiles } from '../lib/offline/site-files';
import { LANGUAGES_FOLDER, SELDOM_FOLDER } from './chunk-names.ts';

/** Lists a built site for its service worker. */

const SERVICE_WORKER = 'service-worker.js';
/** Shown by a browser before the app is installed, and asked for by nothing else; or of no use offline. */
const LEFT_OUT = /^screenshots\/|^_app\/version\.json$|\.map$/;
/**
 * What follows when the browser is idle: workers that few need, and what a worker loads when it needs it, the pages beside the
 * Overview, their code and styles (the layout, the page of errors and the Overview are the nodes 0 to 2), parts that few
 * visits open, languages, and icons that only an installation shows.
 */
const LATER = new RegExp(
	[
		'^_app/immutable/workers/((parquet|workbook|memory|backup|hand-off)\\.worker|chunks/)',
		'^_app/immutable/(nodes|assets)/([3-9]|\\d\\d)\\.',
		`^${SELDOM_FOLDER}`,
		`^${LANGUAGES_FOLDER}`,
		'^icons/(?!any-192)',
		'^.+/$'
	].join('|')
);
/** How pages are written: its messages stand in their code. */
const BASE_LANGUAGE = 'en';

/** Workers that are kept at install. */
const FIRST_WORKER = /^_app\/immutable\/workers\/(data|import|registry)\.worker/;
const STATIC_IMPORT = /(?:from|import)"(\.{1,2}\/[^"]+)"/g;
/** What every page begins with. */
const FIRST_CODE = /^_app\/immutable\/(entry|nodes)\//;
const CHUNK = /^_app\/immutable\/chunks\//;
/** Imports and what is fetched when it is asked for. */
const ANY_IMPORT = /(?:from|import)\s*\(?\s*["'`](\.{1,2}\/[^"'`]+)["'`]/g;

/** Some files and all that they import, and what these import; those that are left out lead nowhere. */
async function reachedFrom(
	folder: string,
	files: readonly string[],
	imports: RegExp,
	isLeftOut: (path: string) => boolean = () => false
): Promise<ReadonlySet<string>> {
	const reached = new Set<string>();
	const waiting = [...files];
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		if (reached.has(path) || isLeftOut(path)) continue;
		reached.add(path);
		const code = await readFile(join(folder, path), 'utf8');
		for (const [, name] of code.matchAll(imports))
			waiting.push(posix.join(posix.dirname(path), name as string));
	}
	return reached;
}

/** The files of a built site that are kept offline, pages by the address of their folder. */
export async function listSite(folder: string): Promise<SiteFiles> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files: SiteFile[] = [];
	const later = new Set<string>();
	const languages: Record<string, SiteFile[]> = { [BASE_LANGUAGE]: [] };
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const name = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
		if (name === SERVICE_WORKER || LEFT_OUT.test(name)) continue;
		const path = name.replace(/(^|\/)index\.html$/, '$1');
		const bytes = await readFile(join(folder, name));
		const file = { path, hash: hashOf(bytes) };
		files.push(file);
		if (LATER.test(path)) later.add(path);
		if (!path.startsWith(LANGUAGES_FOLDER)) continue;
		const [language = ''] = path.slice(LANGUAGES_FOLDER.length).split('/');
		(languages[language] ??= []).push(file);
	}
	const paths = files.map(({ path }) => path);
	const isLater = (path: string) => LATER.test(path);
	// Code that the later pages share among themselves is later, too.
	const first = paths.filter((path) => FIRST_CODE.test(path));
	const ofPages = await reachedFrom(folder, first, ANY_IMPORT, isLater);
	for (const path of paths) if (CHUNK.test(path) && !ofPages.has(path)) later.add(path);
	// Of what workers load those files are first that the first workers cannot start without.
	const workers = paths.filter((path) => FIRST_WORKER.test(path));
	for (const path of await reachedFrom(folder, workers, STATIC_IMPORT)) later.delete(path);
	files.sort((a, b) => (a.path < b.path ? -1 : 1));
	const version = hashOf(files.map(({ path, hash }) => `${path} ${hash}`).join('\n'));
	return {
		version,
		first: files.filter(({ path }) => !later.has(path)),
		languages,
		later: files.filter(({ path }) => later.has(path))
	};
}

/** Puts the list of files in front of the service worker's code. */
export async function giveServiceWorkerItsFiles(folder: string): Promise<void> {
	const file = join(folder, SERVICE_WORKER);
	// Where it has a list already, of the site as it was before, that one goes.
	const code = (await readFile(file, 'utf8')).replace(/^self\.tackboardFiles = .*\n/, '');
	await writeFile(file, `self.tackboardFiles = ${JSON.stringify(await listSite(folder))};\n${code}`);
}

/** What files come to, each packed by gzip as a host sends it. */
export async function packedBytes(folder: string, files: readonly SiteFile[]): Promise<number> {
	let bytes = 0;
	for (const { path } of files) {
		const name = path === '' || path.endsWith('/') ? `${path}index.html` : path;
		bytes += gzipSync(await readFile(join(folder, name)), { level: 9 }).length;
	}
	return bytes;
}

function hashOf(bytes: Uint8Array | string): string {
	return createHash('sha256').update(bytes).digest('hex').slice(0, 16);
}
