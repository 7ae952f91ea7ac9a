import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from '@inlang/paraglide-js';

/** `npm run messages`: makes functions of the messages, under src/lib/i18n/generated. */

const PROJECT = './src/lib/i18n/project.inlang';
const FOLDER = './src/lib/i18n/generated';
const BASE_LANGUAGE = 'en';

/**
 * Compiles the messages with Paraglide, a module a language. Its own module that chooses between them would bring all
 * languages to everyone: in its place comes one that has the base language at hand, and another where it was fetched
 * (src/lib/i18n/spoken.ts).
 */
export async function compileMessages(): Promise<void> {
	await compile({
		project: PROJECT,
		outdir: FOLDER,
		strategy: ['baseLocale'],
		emitTsDeclarations: true,
		outputStructure: 'locale-modules'
	});
	const base = await readFile(join(FOLDER, 'messages', `${BASE_LANGUAGE}.js`), 'utf8');
	const names = Array.from(base.matchAll(/^export const (\w+) =/gm), ([, name]) => name as string);
	const texts = JSON.parse(await readFile(`./src/lib/i18n/messages/${BASE_LANGUAGE}.json`, 'utf8')) as object;
	const lost = Object.keys(texts).filter((key) => key !== '$schema' && !names.includes(key));
	if (lost.length > 0)
		throw new Error(`no names for functions, so call these messages otherwise: ${lost.join(', ')}`);
	const choices = names.map(
		(name) => `export const ${name} = (inputs) => (spoken.messages?.${name} ?? base.${name})(inputs);\n`
	);
	await writeFile(
		join(FOLDER, 'messages', '_index.js'),
		`import { spoken } from '../../spoken.js';\nimport * as base from './${BASE_LANGUAGE}.js';\n\n${choices.join('')}`
	);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await compileMessages();
