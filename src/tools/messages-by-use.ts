import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { MESSAGES_PART } from './chunk-names.ts';
import { BASE_LANGUAGE, choiceOf, IMPORT_SPOKEN } from './messages.ts';
import { firstPaint } from './first-paint.ts';

/** Parts the messages of a build by the pages that use them. */

/** The module with the functions of all messages. */
const CHOICES = /\/i18n\/generated\/messages\/_index\.js$/;
const PREFIX = '\0message:';
/** The ids of modules with one message each, by its key. */
export const ONE_MESSAGE = new RegExp(`^${PREFIX}(.+)`);
/** Modules of pages, which load others on demand; the last is SvelteKit's list of pages. */
const ON_DEMAND = /\/src\/lib\/ui\/|\/src\/routes\/|\/generated\/client-optimized\/app\.js$/;

const IMPORT = /^import .*$/gm;
/** A function that the compiler wrote: its end is a brace at the start of a line. */
const TEXT = /^export const (\w+) = ([^]*?^\});?$/gm;
const RELATIVE = /(?<=['"])\.[^'"]+/;
/** A module that is loaded on demand. */
const DYNAMIC_IMPORT = /(?<![\w$.])import\((\s*(['"])[^'"]+\2\s*)\)/g;

/**
 * Parts the messages, only in builds for browsers.
 *
 * Those of the base language are part of the code. The module of all messages becomes one module a message, so that the
 * bundler puts each message into the chunk that uses it: the first page loads its own messages only, other pages those that
 * they add.
 *
 * Those of another language become two modules: `?start` has what the first paint can show, `?rest` the others
 * (src/lib/i18n/locale.ts loads them).
 */
export function messagesByUse(): Plugin {
	const modules = new Map<string, string>();
	return {
		name: 'messages-by-use',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		resolveId: (id) => (modules.has(id) ? id : null),
		async load(id) {
			const [, , part] = MESSAGES_PART.exec(id) ?? [];
			if (part !== undefined) {
				const text = await readFile(id.slice(0, id.lastIndexOf('?')), 'utf8');
				const { messages } = firstPaint();
				return { code: partOf(text, (key) => messages.has(key) === (part === 'start')), map: null };
			}
			const code = modules.get(id);
			return code === undefined ? null : { code, moduleSideEffects: false };
		},
		transform: {
			filter: { id: CHOICES },
			async handler(_, id) {
				const folder = dirname(id);
				const base = await readFile(join(folder, `${BASE_LANGUAGE}.js`), 'utf8');
				const imports = [IMPORT_SPOKEN, ...Array.from(base.matchAll(IMPORT), ([line]) => line)]
					.map((line) => line.replace(RELATIVE, (path) => join(folder, path)))
					.join('\n');
				const names = Array.from(base.matchAll(TEXT), ([, name = '', text = '']) => {
					modules.set(PREFIX + name, `${imports}\nconst base = ${text};\n${choiceOf(name, 'base')}`);
					return name;
				});
				const code = names.map((name) => `export { ${name} } from '${PREFIX}${name}';\n`).join('');
				return { code, map: null, moduleSideEffects: false };
			}
		}
	};
}

/** Some of the functions that the compiler wrote for a language. */
function partOf(text: string, isWanted: (key: string) => boolean): string {
	const imports = Array.from(text.matchAll(IMPORT), ([line]) => line);
	const functions = Array.from(text.matchAll(TEXT), ([whole, key = '']) => (isWanted(key) ? whole : ''));
	return [...imports, ...functions].join('\n');
}

/**
 * Makes modules that a page loads on demand wait for the rest of the messages. Has to see components after they are
 * compiled, so it stands behind SvelteKit's plugins.
 */
export function waitForMessages(): Plugin {
	return {
		name: 'wait-for-messages',
		apply: 'build',
		enforce: 'post',
		applyToEnvironment: ({ name }) => name === 'client',
		transform: {
			filter: { id: ON_DEMAND, code: DYNAMIC_IMPORT },
			handler: (text) => ({
				code: `import { withAllMessages } from '$lib/i18n/locale';\n${text.replace(DYNAMIC_IMPORT, 'withAllMessages(import($1))')}`,
				map: null
			})
		}
	};
}
