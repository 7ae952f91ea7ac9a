import type { Plugin } from 'vite';

/** In which folder of the built site the code of some modules stands, so that the list of what is kept can go by folders. */

/** A part of a language's messages, as locale.ts asks for it: its language, and which part. */
export const MESSAGES_PART = /\/i18n\/generated\/messages\/([\w-]+)\.js\?(start|rest)$/;
/** Where files with messages stand: a folder a language. */
export const LANGUAGES_FOLDER = '_app/immutable/languages/';

/** Where the code of parts stands that few visits open. */
export const SELDOM_FOLDER = '_app/immutable/seldom/';
/** The calendar and the list of all Pins have their libraries; reports are written by one dialog. */
const SELDOM = /\/ui\/(filter\/Calendar|lists\/AllPins|report\/ReportDialog)\.svelte$/;

/** The code that opens what is stored before the rest of the app is read: pages name its file (hooks.server.ts). */
export const AHEAD = { name: 'ahead', test: /\/src\/lib\/worker\/page\/open-ahead\.ts$/, priority: 1 };

/** Names the chunks of a build for browsers by what they hold, where that matters to somebody. */
export function chunkNames(): Plugin {
	return {
		name: 'chunk-names',
		apply: 'build',
		applyToEnvironment: ({ name }) => name === 'client',
		outputOptions(options) {
			const { chunkFileNames } = options;
			return {
				...options,
				chunkFileNames: (chunk) => {
					const module = chunk.facadeModuleId ?? '';
					const [, language] = MESSAGES_PART.exec(module) ?? [];
					if (language !== undefined) return `${LANGUAGES_FOLDER}${language}/[hash].js`;
					if (chunk.name === AHEAD.name) return '_app/immutable/entry/ahead.[hash].js';
					if (SELDOM.test(module)) return `${SELDOM_FOLDER}[hash].js`;
					return typeof chunkFileNames === 'function'
						? chunkFileNames(chunk)
						: (chunkFileNames ?? '_app/immutable/chunks/[hash].js');
				}
			};
		}
	};
}
