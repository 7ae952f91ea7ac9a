import { execFileSync } from 'node:child_process';
import { ImportGraph } from '../import-graph';
import type { Suite } from './suite';

/**
 * What a change can have broken. Tests that import a changed file run, and so do those of which the import lines do not
 * tell what they read. The site is built of all that its pages need: where that has changed, tests of the built site
 * run; of those in `tests/e2e`, the ones that visit a page that needs it.
 */

/** Files that everything depends on. */
const GROUND =
	/^(package(-lock)?\.json|tsconfig\.json|vite\.config\.ts|svelte\.config\.js|\.npmrc|src\/tools\/test(\.ts|\/.*))$/;
/** What the pages need besides what they import. */
const SITE_FILES = /^(static\/|src\/app\.html$|src\/tools\/(data-host|site-files|messages)\.)/;
const SITE_ENTRIES = /^src\/(routes\/|service-worker\/|hooks\.)/;
const WORDS = /\.(md|txt)$|^(LICENSE|\.git(ignore|attributes|hooks\/.*)|\.editorconfig)$/;
const TEST = /\.(test|spec)\.ts$/;
/** A test that does so reads what no import line names: of the fixtures where it names them, else of the whole tree. */
const READS_FILES = /\b(readdir|readdirSync|readFile|readFileSync)\(/;
const NAMES_FIXTURES = /\bfixtures\//i;
const FIXTURES = /^tests\/fixtures\//;
/** Folders whose tests are of the built site. */
const ON_SITE = ['tests/site/', 'tests/crash/', 'tests/soak/', 'tests/e2e/', 'tests/browsers/'];
const PAGE_TESTS = 'tests/e2e/';
/** A test that takes its pages from the routes visits all. */
const VISITS_ALL = 'tests/e2e/support/site-pages.ts';

/** For each suite, what of it to run: all, some test files, or nothing. */
export type Chosen = ReadonlyMap<string, 'all' | readonly string[]>;

const git = (...args: readonly string[]): string[] =>
	execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
		.split('\n')
		.filter((line) => line !== '');

/** Where the current work began: the last commit that the branch followed, or else origin's, has too. */
function baseOfWork(): string {
	for (const upstream of ['@{upstream}', 'origin/HEAD', 'origin/main']) {
		try {
			return git('merge-base', 'HEAD', upstream)[0] ?? 'HEAD';
		} catch {
			// there is no such
		}
	}
	return 'HEAD';
}

/**
 * The files that differ from a commit, in commits since, in the tree, or new.
 * @throws {Error} where git has no such commit
 */
export function changedFiles(base: string | undefined = undefined): readonly string[] {
	const since = base ?? baseOfWork();
	const tracked = git('diff', '--name-only', '--no-renames', since, '--');
	return [...new Set([...tracked, ...git('ls-files', '--others', '--exclude-standard')])].sort();
}

/** What of each suite can notice a change in these files. */
export function chooseTests(suites: readonly Suite[], changed: readonly string[]): Chosen {
	if (changed.some((file) => GROUND.test(file))) return new Map(suites.map(({ name }) => [name, 'all']));
	const graph = new ImportGraph(['src', 'tests']);
	const code = changed.filter((file) => !WORDS.test(file) || FIXTURES.test(file));
	const tree: Tree = { graph, changed, code };
	const pages = changedPages(tree);
	const chosen = new Map<string, 'all' | readonly string[]>();
	let needsBuild = false;
	for (const { name, folder } of suites) {
		if (folder === null) continue;
		const tests = graph.files.filter((file) => file.startsWith(folder) && TEST.test(file));
		const some = tests.filter(
			(test) => mayNotice(tree, test) || (ON_SITE.includes(folder) && visits(graph, test, pages))
		);
		chosen.set(name, some.length === tests.length ? 'all' : some);
		needsBuild ||= some.length > 0 && ON_SITE.includes(folder);
	}
	chosen.set('lint', changed.length > 0 ? 'all' : []);
	chosen.set('types', code.length > 0 ? 'all' : []);
	chosen.set('build', pages.size > 0 || needsBuild ? 'all' : []);
	return chosen;
}

interface Tree {
	readonly graph: ImportGraph;
	readonly changed: readonly string[];
	/** Of what changed, all that is not merely words to read. */
	readonly code: readonly string[];
}

function mayNotice({ graph, changed, code }: Tree, test: string): boolean {
	const needed = graph.neededBy(test);
	if (code.some((file) => needed.has(file))) return true;
	// Its own folder's settings.
	const folder = test.split('/', 2).join('/');
	if (code.some((file) => file.startsWith(`${folder}/`) && /\.config\.ts$/.test(file))) return true;
	const text = graph.textOf(test);
	// Of the built site, what it reads is what it has downloaded.
	const isOnSite = ON_SITE.some((site) => test.startsWith(site));
	if (changed.length > 0 && !isOnSite && READS_FILES.test(text) && !NAMES_FIXTURES.test(text)) return true;
	return (
		code.some((file) => FIXTURES.test(file)) &&
		[...needed].some((file) => file.startsWith('tests/') && NAMES_FIXTURES.test(graph.textOf(file)))
	);
}

/** The pages, as folders in src/routes, that a change reaches; `*` where it reaches all. */
function changedPages({ graph, code }: Tree): ReadonlySet<string> {
	if (code.some((file) => SITE_FILES.test(file))) return new Set(['*']);
	const pages = new Set<string>();
	for (const entry of graph.files.filter((file) => SITE_ENTRIES.test(file))) {
		const needed = graph.neededBy(entry);
		if (!code.some((file) => needed.has(file))) continue;
		const [, page] = /^src\/routes\/(.+)\/\+page\.svelte$/.exec(entry) ?? [];
		pages.add(page ?? '*'); // the first page, a layout, the service worker: every test comes by them
	}
	return pages;
}

function visits(graph: ImportGraph, test: string, pages: ReadonlySet<string>): boolean {
	if (pages.size === 0) return false;
	if (pages.has('*') || !test.startsWith(PAGE_TESTS)) return true;
	if (graph.neededBy(test).has(VISITS_ALL)) return true;
	// Named in an address, or as the header's link to it.
	return [...pages].some((page) => new RegExp(`\\b${page}\\b`, 'i').test(graph.textOf(test)));
}
