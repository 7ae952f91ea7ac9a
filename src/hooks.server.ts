import type { Handle } from '@sveltejs/kit';

/**
 * Pages are prerendered, so this runs in the build alone. What says that a browser cannot run the app stands in the page
 * itself, in every language, since none can be chosen there; the app's own code does not carry it.
 */

const TOO_OLD = import.meta.glob<string>('./lib/i18n/messages/*.json', { eager: true, import: 'too_old' });
const NEEDS_SCRIPTS = import.meta.glob<string>('./lib/i18n/messages/*.json', {
	eager: true,
	import: 'needs_scripts'
});

/** A message in every language, a paragraph each, as HTML; it holds no markup. */
function inEveryLanguage(texts: Readonly<Record<string, string>>): string {
	return Object.entries(texts)
		.map(([file, text]) => `<p lang="${file.replace(/^.*\/|\.json$/g, '')}">${text}</p>`)
		.join('');
}

/** The file that opens what is stored, as a build names it (tools/chunk-names.ts): it runs as soon as it is there. */
const AHEAD = /<link href="([^"]+\/ahead\.[\w-]+\.js)" rel="modulepreload">/;

export const handle: Handle = ({ event, resolve }) =>
	resolve(event, {
		transformPageChunk: ({ html }) =>
			html
				.replace('%too-old%', () => inEveryLanguage(TOO_OLD))
				.replace('%needs-scripts%', () => inEveryLanguage(NEEDS_SCRIPTS))
				.replace(AHEAD, '<script type="module" async src="$1"></script>')
	});
