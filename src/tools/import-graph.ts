import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** Which file of the tree needs which others, by the import lines. Paths are from the root, with slashes. */

/** What is given to a module by name: imports, `import()`, `new URL('…', import.meta.url)`; in text or in quotes alike. */
const IMPORTS =
	/(?:\bfrom\s*|\bimport\s*\(?\s*(?:\/\*[^*]*\*\/\s*)?|\bnew URL\(\s*)(['"])((?:\.{1,2}\/|\$lib\/)[^'"]+)\1/g;
/** Of these, what a module needs before it runs: not what `import()` fetches later, and no types. */
const STATIC_IMPORTS =
	/\b(?:import|export)\b(?!\s+type\b)(?:[^'"();]*?\bfrom)?\s*(['"])((?:\.{1,2}\/|\$lib\/)[^'"]+)\1/g;
const SOURCES = /\.(ts|js|svelte)$/;
const ENDINGS = ['', '.ts', '.js', '.svelte', '.svelte.ts', '/index.ts', '.json'];
/** Functions are made of the messages (src/tools/messages.ts). */
const GENERATED = 'src/lib/i18n/generated/';
const MADE_OF = 'src/lib/i18n/messages/';

/** What every file needs, directly and by way of others. */
export class ImportGraph {
	readonly #direct = new Map<string, readonly string[]>();
	readonly #static = new Map<string, readonly string[]>();
	readonly #texts = new Map<string, string>();

	/** Reads all modules in some folders. */
	constructor(folders: readonly string[]) {
		for (const folder of folders) {
			for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
				const path = join(entry.parentPath, entry.name).replaceAll('\\', '/');
				if (!entry.isFile() || !SOURCES.test(path) || path.startsWith(GENERATED)) continue;
				const text = readFileSync(path, 'utf8');
				this.#texts.set(path, text);
				this.#direct.set(path, importsOf(path, text, IMPORTS));
				this.#static.set(path, importsOf(path, text, STATIC_IMPORTS));
			}
		}
	}

	/** All modules, by path. */
	get files(): readonly string[] {
		return [...this.#texts.keys()];
	}

	/** What stands in a module; nothing where it is none. */
	textOf(file: string): string {
		return this.#texts.get(file) ?? '';
	}

	/** The files themselves and all that they need. */
	neededBy(...files: readonly string[]): ReadonlySet<string> {
		return reached(this.#direct, files);
	}

	/** The files themselves and all that has to be there before they run. */
	neededAtOnceBy(...files: readonly string[]): ReadonlySet<string> {
		return reached(this.#static, files);
	}
}

function reached(
	imports: ReadonlyMap<string, readonly string[]>,
	files: readonly string[]
): ReadonlySet<string> {
	const needed = new Set(files);
	for (const file of needed) for (const other of imports.get(file) ?? []) needed.add(other);
	return needed;
}

function importsOf(file: string, text: string, imports: RegExp): readonly string[] {
	const found: string[] = [];
	for (const [, , name] of text.matchAll(imports)) {
		const plain = name!.replace(/\?.*$/, '');
		const path = plain.startsWith('$lib/')
			? posix.join('src/lib', plain.slice('$lib/'.length))
			: posix.join(dirname(file), plain);
		if (path.startsWith(GENERATED)) {
			found.push(...readdirSync(MADE_OF).map((message) => MADE_OF + message));
			continue;
		}
		const ending = ENDINGS.find((each) => existsSync(path + each) && (each !== '' || /\.\w+$/.test(path)));
		if (ending !== undefined) found.push(path + ending);
		// A file that was deleted still counts as needed by who names it.
		else found.push(path, ...ENDINGS.map((each) => path + each));
	}
	return found;
}
