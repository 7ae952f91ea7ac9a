import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { MAY_IMPORT, folderOf, mayImport, targetInLib as targetOf } from '../../src/tools/import-rules.js';

/** Holds the source against the rules between its folders, which the linter checks too, and src/ARCHITECTURE.md shows. */

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Packages that have one home, so that another can take their place. */
const HOMES: Readonly<Record<string, readonly string[]>> = {
	dexie: ['store'],
	uplot: ['ui'],
	papaparse: ['import', 'export'],
	entities: ['import'],
	hyparquet: ['import', 'export'],
	'hyparquet-compressors': ['import'],
	'hyparquet-writer': ['import', 'export']
};

/** All that reaches the browser from elsewhere. A new one needs a line here and in the README's table. */
const RUNTIME_DEPENDENCIES = [
	'@internationalized/date',
	'@tanstack/virtual-core',
	'bits-ui',
	'dexie',
	'entities',
	'fake-indexeddb',
	'fflate',
	'hash-wasm',
	'hucre',
	'hyparquet',
	'hyparquet-compressors',
	'hyparquet-writer',
	'papaparse',
	'uplot',
	'valibot',
	'workbox-window'
];

interface SourceFile {
	/** From the root, with slashes: `src/lib/model/event.ts`. */
	readonly path: string;
	readonly text: string;
}

interface Import {
	readonly file: string;
	readonly line: number;
	/** As written: `../model/event`, `dexie`. */
	readonly from: string;
}

function sourceFiles(folder: string): SourceFile[] {
	return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && /\.(ts|js|svelte)$/.test(entry.name))
		.map((entry) => join(entry.parentPath, entry.name))
		.map((file) => ({
			path: relative(ROOT, file).split(sep).join('/'),
			text: readFileSync(file, 'utf8')
		}));
}

/** The scripts of a component, each on the lines that it has there; other files as they are. */
function scriptOf(file: SourceFile): string {
	if (!file.path.endsWith('.svelte')) return file.text;
	let script = '';
	let end = 0;
	for (const match of file.text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
		const start = match.index + (match[1]?.length ?? 0);
		script += file.text.slice(end, start).replace(/[^\n]/g, ' ') + (match[2] ?? '');
		end = start + (match[2]?.length ?? 0);
	}
	return script;
}

/** Every import of a file: types, re-exports, import() and new URL(…, import.meta.url) too. */
function importsOf(file: SourceFile): Import[] {
	const script = scriptOf(file);
	const found = ts
		.preProcessFile(script, true, true)
		.importedFiles.map(({ fileName, pos }) => ({ from: fileName, at: pos }));
	for (const match of script.matchAll(/new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g))
		found.push({ from: match[1] ?? '', at: match.index });
	return found.map(({ from, at }) => ({
		file: file.path,
		line: script.slice(0, at).split('\n').length,
		from
	}));
}

/** Where in src/lib an import leads, as `folder/module`; null where it leads elsewhere. */
function targetInLib(entry: Import): string | null {
	return targetOf(entry.file, entry.from);
}

/** The package that an import names; null where it is a path. */
function packageOf(entry: Import): string | null {
	return /^(@[^/]+\/[^/]+|[a-z][^/:]*)(\/|$)/.exec(entry.from)?.[1] ?? null;
}

/** The modules of src/lib that a file names, types too; not what is fetched later. */
function neededBy(file: SourceFile): string[] {
	const needed = /^\s*(?:import|export)\s+(?!type\b)(?:[^;'"]*?\bfrom\s*)?['"]([^'"?]+)['"]/gm;
	const found = Array.from(scriptOf(file).matchAll(needed), ([, from = '']) => targetOf(file.path, from));
	return found.filter((target) => target !== null);
}

/** Modules that need each other in a circle, or null. */
function circleIn(needs: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
	const done = new Set<string>();
	const visit = (module: string, way: readonly string[]): readonly string[] | null => {
		if (way.includes(module)) return [...way.slice(way.indexOf(module)), module];
		if (done.has(module)) return null;
		for (const next of needs.get(module) ?? []) {
			const circle = visit(next, [...way, module]);
			if (circle) return circle;
		}
		done.add(module);
		return null;
	};
	for (const module of needs.keys()) {
		const circle = visit(module, []);
		if (circle) return circle;
	}
	return null;
}

const told = (entry: Import) => `${entry.file}:${entry.line} imports ${entry.from}`;

const library = sourceFiles('src/lib');
const libraryImports = library.flatMap(importsOf);
const allImports = sourceFiles('src').flatMap(importsOf);

describe('the reader of imports', () => {
	it.each([
		["import { a } from './a';", './a'],
		["import type { A } from '../a';", '../a'],
		["export { a } from './b';", './b'],
		["import './effect';", './effect'],
		["const a = import('./lazy');", './lazy'],
		["type A = import('./types').A;", './types'],
		["new Worker(new URL('./x.worker.ts', import.meta.url));", './x.worker.ts']
	])('finds %s', (line, from) => {
		const text = `// import { no } from './comment';\n${line}`;
		expect(importsOf({ path: 'src/lib/ui/a.ts', text })).toEqual([
			{ file: 'src/lib/ui/a.ts', line: 2, from }
		]);
		const component = `<p>Text</p>\n<script lang="ts">\n${text}\n</script>\n<style></style>`;
		expect(importsOf({ path: 'src/lib/ui/A.svelte', text: component })).toEqual([
			{ file: 'src/lib/ui/A.svelte', line: 4, from }
		]);
	});

	it('sees the whole library', () => {
		expect(library.length).toBeGreaterThan(5);
		expect(libraryImports.map(targetInLib)).toContain('model/event');
	});
});

describe('what people bring', () => {
	it('is never taken for markup or code', () => {
		const doors =
			/\{@html|\.innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|new Function|\beval\(|createContextualFragment/;
		const users = sourceFiles('src').filter(
			({ path, text }) => doors.test(text) && !path.startsWith('src/lib/i18n/generated/')
		);
		expect(users.map(({ path }) => path)).toEqual([]);
	});
});

describe('the folders of src/lib', () => {
	it('are those that the rules name', () => {
		const folders = library.map((file) => folderOf(file.path) ?? file.path);
		expect(folders.filter((folder) => !(folder in MAY_IMPORT))).toEqual([]);
	});

	it('import only what stands before them on the way of the data', () => {
		const forbidden = libraryImports.filter((entry) => {
			const target = targetInLib(entry);
			return target !== null && folderOf(entry.file) !== null && !mayImport(entry.file, target);
		});
		expect(forbidden.map(told)).toEqual([]);
	});

	it('hold no circle of modules that name each other', () => {
		const needs = new Map(
			library.map((file) => [file.path.slice('src/lib/'.length).replace(/\.(ts|js)$/, ''), neededBy(file)])
		);
		expect(circleIn(needs)).toBeNull();
		needs.get('model/axis')?.push('engine/plan');
		needs.get('engine/plan')?.push('model/axis');
		expect(circleIn(needs)).not.toBeNull(); // it would be found
	});

	it('never reach out of src/lib', () => {
		const outside = libraryImports.filter((entry) => {
			const isOfFramework = entry.from === '$app' || entry.from.startsWith('$app/');
			return packageOf(entry) === null && targetInLib(entry) === null && !isOfFramework;
		});
		expect(outside.map(told)).toEqual([]);
	});

	it('leave ui to the routes', () => {
		const users = allImports.filter(
			(entry) =>
				targetInLib(entry)?.startsWith('ui/') === true &&
				folderOf(entry.file) !== 'ui' &&
				!entry.file.startsWith('src/routes/')
		);
		expect(users.map(told)).toEqual([]);
	});

	it('hold components, runes and the framework in ui only', () => {
		const isPageSide = (path: string) => path.startsWith('src/lib/ui/') || path.startsWith('src/routes/');
		const components = sourceFiles('src').filter(
			(file) => /\.svelte(\.(ts|js))?$/.test(file.path) && !isPageSide(file.path)
		);
		expect(components.map((file) => file.path)).toEqual([]);
		const framework = libraryImports.filter(
			(entry) => /^(svelte|\$app|\$env)(\/|$)/.test(entry.from) && !isPageSide(entry.file)
		);
		expect(framework.map(told)).toEqual([]);
	});
});

describe('packages', () => {
	const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
		dependencies: Record<string, string>;
		devDependencies: Record<string, string>;
	};

	it('stay in the folders that are their home', () => {
		const astray = allImports.filter((entry) => {
			const homes = HOMES[packageOf(entry) ?? ''];
			return homes !== undefined && !homes.includes(folderOf(entry.file) ?? '');
		});
		expect(astray.map(told)).toEqual([]);
	});

	it('let one component only draw with uplot', () => {
		const files = new Set(
			allImports.filter((entry) => packageOf(entry) === 'uplot').map((entry) => entry.file)
		);
		expect([...files].slice(1)).toEqual([]);
	});

	it('that reach the browser are those agreed on, in exact versions', () => {
		expect(Object.keys(manifest.dependencies).sort()).toEqual(RUNTIME_DEPENDENCIES);
		const versions = { ...manifest.dependencies, ...manifest.devDependencies };
		const loose = Object.entries(versions).filter(
			([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)
		);
		expect(loose).toEqual([]);
	});

	it('that reach the browser each have a row in the table of the README', () => {
		const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
		const rows = [...readme.matchAll(/^\| *`?([@\w./-]+)`? *\|/gm)].map((match) => match[1]);
		expect(rows).toEqual(expect.arrayContaining(RUNTIME_DEPENDENCIES));
	});
});

describe('styles', () => {
	it('for narrow screens are not taken on paper, which is as narrow', () => {
		const folder = join(ROOT, 'src');
		const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
			/\.(svelte|css)$/.test(file)
		);
		const rules = files.flatMap((file) =>
			[...readFileSync(join(folder, file), 'utf8').matchAll(/@media ([^{]*)\{/g)].flatMap(([, media = '']) =>
				media.split(',').map((query) => ({ file, query: query.trim() }))
			)
		);
		const narrow = rules.filter(({ query }) => /max-width/.test(query));
		expect(narrow.length).toBeGreaterThan(50);
		expect(narrow.filter(({ query }) => !query.startsWith('screen and '))).toEqual([]);
	});
});
