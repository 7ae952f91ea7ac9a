import { ImportGraph } from './import-graph.ts';

/** Which messages the first paint may show. */

/** What a browser needs for the first paint of the Overview: its layout, the page, that of errors, and what runs before. */
const FIRST = [
	'src/hooks.client.ts',
	'src/routes/+layout.svelte',
	'src/routes/+page.svelte',
	'src/routes/+error.svelte'
];
const MESSAGE = /\bm\.(\w+)/g;

/** The keys of the messages that these modules name, and those that they cannot run without. */
export function startMessages(): ReadonlySet<string> {
	const graph = new ImportGraph(['src/lib/ui', 'src/lib/view', 'src/lib/i18n', 'src/routes']);
	const needed = [...graph.neededAtOnceBy(...FIRST)];
	return new Set(
		needed.flatMap((file) => Array.from(graph.textOf(file).matchAll(MESSAGE), ([, key]) => key!))
	);
}
