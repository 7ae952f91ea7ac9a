import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

/** `npm run messages`: makes functions of the messages, under src/lib/i18n/generated. */

const PROJECT = './src/lib/i18n/project.inlang';
const TEXTS = './src/lib/i18n/messages';
const FOLDER = './src/lib/i18n/generated';
export const BASE_LANGUAGE = 'en';
/** Imports the messages of the chosen language, null for the base language, into a module beside those of the languages. */
export const IMPORT_SPOKEN = `import { spoken } from '../../spoken.js';`;
/** Lists in that folder what it was made of, and what was made. */
const RECEIPT = 'made-of.json';
/** How folders in it are called that hold what is not finished: files move from one to the other in one step. */
const UNFINISHED = '.unfinished-';

/** Digests by file. */
type Digests = Readonly<Record<string, string>>;

interface Receipt {
	readonly sources: Digests;
	readonly made: Digests;
}

/**
 * Compiles the messages with Paraglide, a module a language. Its own module that chooses between them would bring all
 * languages to everyone: in its place comes one that has the base language loaded, and another where it was fetched
 * (src/lib/i18n/spoken.ts).
 *
 * Does nothing where what is there was made of the same messages. Else only files that differ are written, each in one
 * step: another command may be reading them.
 * @param folder where the functions go
 */
export async function compileMessages(folder = FOLDER): Promise<void> {
	const sources = await digestsOf(await sourceFiles());
	if (await isMadeOf(sources, folder)) return;
	// Paraglide empties the folder that it writes to.
	await mkdir(folder, { recursive: true });
	const unfinished = await mkdtemp(join(folder, UNFINISHED));
	try {
		await compile({
			project: PROJECT,
			outdir: unfinished,
			strategy: ['baseLocale'],
			emitTsDeclarations: true,
			outputStructure: 'locale-modules'
		});
		await writeChoices(unfinished);
		await keepPluralRules(unfinished);
		const made = await filesIn(unfinished);
		const digests = await digestsOf(made, unfinished);
		for (const file of made) await bring(file, unfinished, folder);
		for (const file of await filesIn(folder))
			if (!(file in digests) && file !== RECEIPT) await rm(join(folder, file), { force: true });
		const receipt: Receipt = { sources, made: digests };
		await writeFile(join(unfinished, RECEIPT), JSON.stringify(receipt));
		await bring(RECEIPT, unfinished, folder);
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
}

/** Puts the module in place that chooses a language for each message. */
async function writeChoices(folder: string): Promise<void> {
	const base = await readFile(join(folder, 'messages', `${BASE_LANGUAGE}.js`), 'utf8');
	const names = Array.from(base.matchAll(/^export const (\w+) =/gm), ([, name]) => name as string);
	const texts = JSON.parse(await readFile(join(TEXTS, `${BASE_LANGUAGE}.json`), 'utf8')) as object;
	const lost = Object.keys(texts).filter((key) => key !== '$schema' && !names.includes(key));
	if (lost.length > 0)
		throw new Error(`no names for functions, so call these messages otherwise: ${lost.join(', ')}`);
	const choices = names.map((name) => choiceOf(name, `base.${name}`));
	await writeFile(
		join(folder, 'messages', '_index.js'),
		`${IMPORT_SPOKEN}\nimport * as base from './${BASE_LANGUAGE}.js';\n\n${choices.join('')}`
	);
}

const NEW_RULES = 'new Intl.PluralRules(locale, options)';
const KEPT_RULES = `
const rulesOf = new Map();

function pluralRules(locale, options) {
	const key = \`\${locale} \${options?.type}\`;
	let rules = rulesOf.get(key);
	if (!rules) rulesOf.set(key, (rules = ${NEW_RULES}));
	return rules;
}
`;

/** Has messages keep a language's rules of plurals: Paraglide makes them anew at each call, which costs far more than a text. */
async function keepPluralRules(folder: string): Promise<void> {
	const file = join(folder, 'registry.js');
	const text = await readFile(file, 'utf8');
	if (!text.includes(NEW_RULES)) throw new Error(`the compiler of messages makes no ${NEW_RULES} any more`);
	await writeFile(file, text.replace(NEW_RULES, 'pluralRules(locale, options)') + KEPT_RULES);
}

/** The function of a message: at each call it takes the text of the chosen language, else that of the base language. */
export const choiceOf = (name: string, base: string) =>
	`export const ${name} = (inputs) => (spoken.messages?.${name} ?? ${base})(inputs);\n`;

/** All that the functions depend on: the messages, the settings, the compiler, and this module. */
async function sourceFiles(): Promise<readonly string[]> {
	const texts = (await readdir(TEXTS)).sort().map((name) => join(TEXTS, name));
	const packages = ['paraglide-js', 'plugin-message-format'].map((name) =>
		join('node_modules', '@inlang', name, 'package.json')
	);
	return [...texts, join(PROJECT, 'settings.json'), ...packages, join('src', 'tools', 'messages.ts')];
}

/** Whether the folder holds just what was made of these sources. */
async function isMadeOf(sources: Digests, folder: string): Promise<boolean> {
	try {
		const receipt = JSON.parse(await readFile(join(folder, RECEIPT), 'utf8')) as Receipt;
		const there = await digestsOf(Object.keys(receipt.made), folder);
		return isEqual(receipt.sources, sources) && isEqual(receipt.made, there);
	} catch {
		return false; // never made, or a file is missing
	}
}

const isEqual = (a: Digests, b: Digests) => JSON.stringify(a) === JSON.stringify(b);

async function digestsOf(files: readonly string[], folder = '.'): Promise<Digests> {
	const digests: Record<string, string> = {};
	for (const file of files) {
		const bytes = await readFile(join(folder, file));
		digests[file] = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
	}
	return digests;
}

/** The files of a folder and of those in it, by their paths from there. */
async function filesIn(folder: string): Promise<readonly string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)))
		.filter((file) => !file.startsWith(UNFINISHED))
		.sort();
}

/** Takes a file over from a folder, unless it is there with the same bytes. Who reads it sees the old one or the new one whole. */
async function bring(file: string, from: string, to: string): Promise<void> {
	const target = join(to, file);
	const bytes = await readFile(join(from, file));
	const isThere = await readFile(target).then(
		(old) => old.equals(bytes),
		() => false
	);
	if (isThere) return;
	await mkdir(dirname(target), { recursive: true });
	await rename(join(from, file), target);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileMessages();
