import type { OwnColumns } from './own-columns';

/**
 * A segment: up to 65,536 events as columns, in the order of time. Built once, then only read: the same object is what
 * is stored, what is sent between workers and what is scanned.
 */

/** Version of the stored form. A reader refuses other versions: those with columns of one's own have one of their own. */
export const SEGMENT_VERSION = 1;
export const OWN_SEGMENT_VERSION = 2;

/** So many rows are in a segment at most. */
export const MAX_SEGMENT_ROWS = 65_536;

export interface Segment {
	readonly version: number;
	readonly rows: number;
	/** Time of the first and last row, in milliseconds since 1970 (UTC). */
	readonly firstMs: number;
	readonly lastMs: number;
	/** Milliseconds after firstMs; never falls from row to row. */
	readonly times: Uint8Array | Uint16Array | Uint32Array | Float64Array;
	/** The combinations that occur (combination.ts). */
	readonly codes: Uint32Array;
	/** Per row, the index of its combination in `codes`. */
	readonly combinations: Uint8Array | Uint16Array;
	/** Per row, the number of its Pin. */
	readonly pins: Uint8Array | Uint16Array | Uint32Array;
	/** Per row, the number of its person plus one; 0 where nobody is named. */
	readonly users: Uint8Array | Uint16Array | Uint32Array;
	/** Per row, how many equal events it stands for; null where every row stands for one. */
	readonly counts: Uint8Array | Uint16Array | Uint32Array | null;
	readonly video: VideoColumns;
	/** Not there where no row has a value in any column of one's own. */
	readonly own?: OwnColumns;
}

/** What only a `video_play` carries: one entry per such row. */
export interface VideoColumns {
	/** The row in the segment; rises. */
	readonly rows: Uint16Array;
	readonly watchMs: Uint8Array | Uint16Array | Uint32Array | Float64Array;
	/** Hundredths of a percent. */
	readonly viewHundredths: Uint16Array;
	readonly playedHundredths: Uint16Array;
}

/** What a plan needs of a segment without reading it. */
export interface SegmentHead {
	readonly rows: number;
	readonly firstMs: number;
	readonly lastMs: number;
	/** Size of its columns in memory. */
	readonly byteLength: number;
	/** Set where some of its rows are hidden: another number means other rows. */
	readonly edition?: number;
}

/** The head of a segment. */
export function headOf(segment: Segment): SegmentHead {
	const { rows, firstMs, lastMs, video } = segment;
	const columns = [
		segment.times,
		segment.codes,
		segment.combinations,
		segment.pins,
		segment.users,
		segment.counts,
		segment.own?.values,
		segment.own?.rows,
		video.rows,
		video.watchMs,
		video.viewHundredths,
		video.playedHundredths
	];
	return { rows, firstMs, lastMs, byteLength: columns.reduce((sum, c) => sum + (c?.byteLength ?? 0), 0) };
}

/** The first row at or after an instant; `rows` where there is none. */
export function rowAt(segment: Segment, ms: number): number {
	const { times } = segment;
	const offset = ms - segment.firstMs;
	let low = 0;
	let high = segment.rows;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((times[middle] as number) < offset) low = middle + 1;
		else high = middle;
	}
	return low;
}

/** The index of the first video play at or after a row. */
export function videoFrom({ rows }: VideoColumns, row: number): number {
	let low = 0;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((rows[middle] as number) < row) low = middle + 1;
		else high = middle;
	}
	return low;
}
