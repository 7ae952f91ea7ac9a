import { openCrossfilter } from './crossfilter';
import { openDuckDb } from './duckdb-wasm';
import { copyBatches } from './copy-batches';
import { openEngine } from './engine';
import { parseColumns } from './papaparse';

/** The page on which engines are asked without the app around them. Files are chosen in its one field, as in the app. */

const field = document.createElement('input');
field.type = 'file';
document.body.append(field);

function chosenFile(): File {
	const file = field.files?.[0];
	if (!file) throw new Error('no file was chosen');
	return file;
}

/** What has to be opened before it is asked. */
class Opened<T> {
	#opened: T | null = null;

	get current(): T {
		if (!this.#opened) throw new Error('asked before it was opened');
		return this.#opened;
	}

	set current(opened: T) {
		this.#opened = opened;
	}
}

const engine = new Opened<ReturnType<typeof openEngine>>();
const duckdb = new Opened<Awaited<ReturnType<typeof openDuckDb>>>();
const crossfilter = new Opened<ReturnType<typeof openCrossfilter>>();

window.bench = {
	engine: {
		open: async (workerUrl) => {
			engine.current = openEngine(workerUrl);
			await engine.current.open();
		},
		query: (query) => engine.current.query(query),
		figures: (query) => engine.current.figures(query),
		batches: () => engine.current.batches()
	},
	copyBatches,
	duckdb: {
		open: async (keeping = 'memory') => {
			duckdb.current = await openDuckDb(keeping);
		},
		close: () => duckdb.current.close(),
		load: () => duckdb.current.load(chosenFile()),
		loadPins: (url) => duckdb.current.loadPins(url),
		query: (query) => duckdb.current.query(query),
		figures: (query) => duckdb.current.figures(query)
	},
	papaparse: {
		load: async (events) => {
			const { ms, columns } = await parseColumns(chosenFile(), events);
			return { ms, events: columns.length };
		}
	},
	crossfilter: {
		load: async (events) => {
			const { columns } = await parseColumns(chosenFile(), events);
			const startedAt = performance.now();
			crossfilter.current = openCrossfilter(columns);
			return { ms: performance.now() - startedAt, events: columns.length };
		},
		query: async (query) => crossfilter.current.query(query)
	}
};
