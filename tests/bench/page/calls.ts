import type { BatchSummary } from '../../../src/lib/model/import-report';
import type { Query } from '../../../src/lib/model/query';
import type { Answered, AnsweredFigures } from '../answer';
import type { Keeping } from './duckdb-wasm';

/** What the scripts in pages offer to the benchmark outside: `window.bench` and `window.appWatch`. */

/** How long a peer took to read the file chosen in the page's field. */
export interface Loaded {
	readonly ms: number;
	/** With the Pins' titles, boards and links as well, which are read in a second step. */
	readonly withPinsMs?: number;
	readonly events: number;
}

/** Opened once, asked often. */
export interface BenchPage {
	/** The app's own worker, as built, on what the app has stored. */
	readonly engine: {
		open(workerUrl: string): Promise<void>;
		query(query: Query): Promise<Answered>;
		/** Tiles and series without lists, whose people must be known by now. */
		figures(query: Query): Promise<AnsweredFigures>;
		batches(): Promise<readonly BatchSummary[]>;
	};
	/** Stores what is stored once more, moved by so many days, with people of its own. */
	copyBatches(days: number): Promise<void>;
	readonly duckdb: {
		/** Starts it and gives it the types, before any time is taken; where a file holds its database, it has them. */
		open(keeping?: Keeping): Promise<void>;
		/** Writes all of it to its file, and ends it. */
		close(): Promise<void>;
		load(): Promise<Loaded>;
		/** Reads the Pins' attributes from a file of the site. */
		loadPins(url: string): Promise<void>;
		query(query: Query): Promise<Answered>;
		figures(query: Query): Promise<AnsweredFigures>;
	};
	readonly papaparse: {
		load(events: number): Promise<Loaded>;
	};
	readonly crossfilter: {
		/** Reads the file with PapaParse, then makes dimensions and groups. */
		load(events: number): Promise<Loaded>;
		query(query: Query): Promise<Answered>;
	};
}

export interface ImportTimes {
	/** From the choice of the file until the page said that the import is done, and until it showed the figures. */
	readonly doneMs: number;
	readonly readyMs: number;
}

export interface ChangeTimes {
	/** From the click until the page says that all on screen answers it, and until a frame after that has been drawn. */
	readonly readyMs: number;
	readonly paintedMs: number;
}

export interface DragTimes {
	/** Per state that was shown, from the newest move before it until it was drawn. */
	readonly paintedMs: readonly number[];
	/** From letting go until the page says that lists answer the days as well. */
	readonly readyMs: number;
}

export interface LongTasks {
	readonly count: number;
	readonly longestMs: number;
}

/** Watches the app's own page from inside it. */
export interface AppWatch {
	/** Call before the file is chosen; forgets the long tasks until then. */
	importEnd(): Promise<ImportTimes>;
	/** Clicks a control and waits for its outcome. */
	change(selector: string): Promise<ChangeTimes>;
	/** Clicks one control after another without waiting for outcomes, then waits for the last. */
	storm(selectors: readonly string[], everyMs: number): Promise<ChangeTimes>;
	/**
	 * Drags the later edge of the brush to the left and back, as far as it goes in so many frames, and lets it go at a place
	 * between 0, where it began, and 1, the left end. Resolves with the time from each move until a frame with its figures
	 * has been drawn.
	 */
	drag(frames: number, restAt: number): Promise<DragTimes>;
	/** When figures were first on screen and when all of the page was, since the navigation started. */
	start(): Promise<{ figuresMs: number; readyMs: number }>;
	/** Tasks of over 50 ms since the last time this was asked, or since importEnd was called. */
	longTasks(): LongTasks;
}

declare global {
	interface Window {
		bench: BenchPage;
		appWatch: AppWatch;
	}
}
