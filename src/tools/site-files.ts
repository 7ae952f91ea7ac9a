import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { SiteFile, SiteFiles } from '../lib/offline/site-files';

/** Lists a built site for its service worker. */

const SERVICE_WORKER = 'service-worker.js';
/** Shown by a browser before the app is installed, and asked for by nothing else; or of no use offline. */
const LEFT_OUT = /^screenshots\/|^_app\/version\.json$|\.map$/;
/**
 * What follows when the browser is idle: workers that few need, and what a worker loads when it needs it, the pages beside the Overview, their code and styles (the layout,
 * the page of errors and the Overview are the nodes 0 to 2), and icons that only an installation shows.
 */
const LATER = new RegExp(
	[
		'^_app/immutable/workers/((parquet|workbook|memory|backup|hand-off)\\.worker|chunks/)',
		'^_app/immutable/(nodes|assets)/([3-9]|\\d\\d)\\.',
		'^icons/(?!any-192)',
		'^.+/$'
	].join('|')
);
/** Chunks that hold a language other than the one that the pages are written in follow too. */
const CHUNK = /^_app\/immutable\/chunks\//;
const MESSAGES = 'src/lib/i18n/messages';
const BASE_LANGUAGE = 'en.json';

/** How many texts of a language are looked for: a build may leave one out, or write its letters otherwise. */
const MARKS_PER_LANGUAGE = 20;

/** Texts of each further language by which its chunk is known: long ones, which stand in code as they are. */
async function languageMarks(): Promise<string[]> {
	const files = (await readdir(MESSAGES)).filter((name) => name !== BASE_LANGUAGE);
	const texts = await Promise.all(files.map((name) => readFile(join(MESSAGES, name), 'utf8')));
	return texts.flatMap((text) => {
		const messages = Object.values(JSON.parse(text) as Record<string, unknown>);
		const plain = messages.filter((message) => typeof message === 'string' && /^[^{}"'`\\]+$/.test(message));
		return (plain as string[]).sort((a, b) => b.length - a.length).slice(0, MARKS_PER_LANGUAGE);
	});
}

/** Workers that are kept at install. */
const FIRST_WORKER = /^_app\/immutable\/workers\/(data|import|registry)\.worker/;
const STATIC_IMPORT = /(?:from|import)"(\.{1,2}\/[^"]+)"/g;

/** What those workers cannot start without: the files that they import, and what these import. */
async function neededByWorkers(folder: string, files: readonly SiteFile[]): Promise<ReadonlySet<string>> {
	const needed = new Set<string>();
	const waiting = files.map(({ path }) => path).filter((path) => FIRST_WORKER.test(path));
	for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
		if (needed.has(path)) continue;
		needed.add(path);
		const code = await readFile(join(folder, path), 'utf8');
		for (const [, name] of code.matchAll(STATIC_IMPORT))
			waiting.push(posix.join(posix.dirname(path), name as string));
	}
	return needed;
}

/** The files of a built site that are kept offline, pages by the address of their folder. */
export async function listSite(folder: string): Promise<SiteFiles> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files: SiteFile[] = [];
	const later = new Set<string>();
	const marks = await languageMarks();
	for (const entry of entries) {
		if (!entry.isFile()) continue;
		const name = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/');
		if (name === SERVICE_WORKER || LEFT_OUT.test(name)) continue;
		const path = name.replace(/(^|\/)index\.html$/, '$1');
		const bytes = await readFile(join(folder, name));
		files.push({ path, hash: hashOf(bytes) });
		const isOfLanguage = CHUNK.test(path) && marks.some((mark) => bytes.includes(mark));
		if (LATER.test(path) || isOfLanguage) later.add(path);
	}
	for (const path of await neededByWorkers(folder, files)) later.delete(path);
	files.sort((a, b) => (a.path < b.path ? -1 : 1));
	const version = hashOf(files.map(({ path, hash }) => `${path} ${hash}`).join('\n'));
	return {
		version,
		first: files.filter(({ path }) => !later.has(path)),
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
