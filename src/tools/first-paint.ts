import { ImportGraph } from './import-graph.ts';

/** What a build keeps together for the first paint (vite.config.ts, messages-by-use.ts). */

/** What a browser needs for the first paint of the Overview: its layout, the page, that of errors, and what runs before. */
const FIRST = [
	'src/hooks.client.ts',
	'src/routes/+layout.svelte',
	'src/routes/+page.svelte',
	'src/routes/+error.svelte'
];
const MESSAGE = /\bm\.(\w+)/g;

export interface FirstPaint {
	/** The modules that have to be there, as paths from the root. */
	readonly modules: ReadonlySet<string>;
	/** The keys of the messages that they may show. */
	readonly messages: ReadonlySet<string>;
}

let found: FirstPaint | null = null;

/** What the first paint needs; read from the tree once. */
export function firstPaint(): FirstPaint {
	if (found) return found;
	const graph = new ImportGraph(['src/lib', 'src/routes']);
	const modules = graph.neededAtOnceBy(...FIRST);
	const keys = [...modules].flatMap((file) =>
		Array.from(graph.textOf(file).matchAll(MESSAGE), ([, key]) => key!)
	);
	return (found = { modules, messages: new Set(keys) });
}
