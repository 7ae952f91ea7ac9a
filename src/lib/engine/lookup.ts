import type { OwnTask } from '../columns/own-columns';
import { CODES_PER_ACCOUNT, kindOf, valueOf } from '../columns/combination';
import type { Dimension } from '../model/dimension';
import { FIRST_VIDEO_KIND, KIND_COUNT } from '../model/event';
import { isEngagement } from '../model/figures';
import { OVERALL_SLOT, cellOf } from './cells';
import { PASSES, type FilterTable } from './combinations';
import { markOf } from './people';

/**
 * Columns of a Pin's counts. Without video figures: the five events before video plays, and the plays. With them: a
 * column a kind, and Σ n × watch time in milliseconds.
 */
export const PLAYS_COLUMN = FIRST_VIDEO_KIND;
export const WATCH_COLUMN = KIND_COUNT;

/** A Pin's counts start at its number shifted by this. */
export function pinShift(withVideo: boolean): number {
	return withVideo ? 4 : 3;
}

/** The last column of a Pin's counts, which no kind of event has. */
export function unusedColumn(withVideo: boolean): number {
	return (1 << pinShift(withVideo)) - 1;
}

/** What the words depend on, besides the filter. */
export interface LookupTask {
	/** Names of the accounts, by their numbers. */
	readonly accounts: readonly string[];
	readonly split: Dimension | null;
	/** How rows are seen by columns of one's own; null where the question is about none. */
	readonly own: OwnTask | null;
	/** Slot of each value of the split, by its index; 0 leaves its rows out. Of a column of one's own rows come with slots. */
	readonly slotOfValue: Uint8Array;
	/** Whether Pins' video figures are counted too. */
	readonly withVideo: boolean;
}

/**
 * What the scan looks up per combination of a segment, in one word: 0 where the filter stops it, else its cell in the
 * low 8 bits, then 8 for the column of its event in a Pin's counts, then 16 for what it adds to a person's mark.
 */
export type Lookup = Uint32Array;
export const CELL_MASK = 0xff;
export const COLUMN_SHIFT = 8;
export const COLUMN_MASK = 0xff;
export const MARK_SHIFT = 16;

/** With fewer codes than this, what is looked up for one segment is kept for the next. */
const MAX_KEPT_CODES = 1 << 20;

/** Makes look-ups; most combinations occur in many segments, and are worked out once. */
export class LookupWords {
	readonly #filter: FilterTable;
	readonly #task: LookupTask;
	/** By code: the word plus one, 0 where it is not known yet; null where there would be too many. */
	readonly #kept: Float64Array | null;

	constructor(filter: FilterTable, task: LookupTask) {
		this.#filter = filter;
		this.#task = task;
		const codes = task.accounts.length * CODES_PER_ACCOUNT;
		// Classes are far apart: a table of all codes would be too large.
		this.#kept = codes <= MAX_KEPT_CODES && !task.own?.split ? new Float64Array(codes) : null;
	}

	of(codes: Uint32Array): Lookup {
		const kept = this.#kept;
		const lookup = new Uint32Array(codes.length + 1); // the last is of hidden rows
		for (let c = 0; c < codes.length; c++) {
			const code = codes[c] as number;
			if (!kept) lookup[c] = this.#wordOf(code);
			else {
				if (kept[code] === 0) kept[code] = this.#wordOf(code) + 1;
				lookup[c] = (kept[code] as number) - 1;
			}
		}
		return lookup;
	}

	#wordOf(code: number): number {
		const { split, slotOfValue, withVideo } = this.#task;
		if (this.#filter.misses(code) !== PASSES) return 0;
		const kind = kindOf(code);
		const slot = split === null ? OVERALL_SLOT : (slotOfValue[valueOf(code, split)] as number);
		if (split !== null && slot === OVERALL_SLOT) return 0;
		const cell = cellOf(slot, kind);
		const column = withVideo ? kind : Math.min(kind, PLAYS_COLUMN);
		return ((markOf(slot, isEngagement(kind)) << MARK_SHIFT) | (column << COLUMN_SHIFT) | cell) >>> 0;
	}
}

if (PLAYS_COLUMN >= unusedColumn(false) || WATCH_COLUMN >= unusedColumn(true))
	throw new Error('lookup: too few columns for the kinds of events');
