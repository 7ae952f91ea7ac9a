import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';
import { BASE_LANGUAGE, choiceOf, IMPORT_SPOKEN } from './messages.ts';

/** Parts the messages of a build by the pages that use them. */

/** The module with the functions of all messages. */
const CHOICES = /\/i18n\/generated\/messages\/_index\.js$/;
const PREFIX = '\0message:';
/** The ids of modules with one message each. */
export const ONE_MESSAGE = new RegExp(`^${PREFIX}`);

const IMPORT = /^import .*$/gm;
/** A function that the compiler wrote: its end is a brace at the start of a line. */
const TEXT = /^export const (\w+) = ([^]*?^\});?$/gm;
const RELATIVE = /(?<=['"])\.[^'"]+/;

/**
 * Replaces the module of all messages by one module a message, so that the bundler puts each message into the chunk that
 * uses it: the first page loads its own messages only, other pages those that they add. Only in builds for browsers.
 */
export function messagesByUse(): Plugin {
	const modules = new Map<string, string>();
	return {
		name: 'messages-by-use',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		resolveId: (id) => (modules.has(id) ? id : null),
		load(id) {
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
