import { narrow } from './growable';
import type { Segment } from './segment';

/**
 * A segment as it is stored: two columns of it take half the room, or next to none, and are spread out again when it is
 * read. Everything else is kept as it is.
 */
export interface PackedSegment extends Omit<Segment, 'times' | 'counts'> {
	readonly times: PackedTimes;
	/** Null where every row stands for one event. */
	readonly counts: PackedCounts | null;
}

/** Times as the gaps between rows; a gap of LONG_GAP or more stands in `long`, in the order of the rows. */
interface PackedTimes {
	readonly gaps: Uint16Array;
	readonly long: Uint8Array | Uint16Array | Uint32Array | Float64Array;
}

/** Counts of the rows that stand for more than one event. */
interface PackedCounts {
	readonly rows: Uint16Array;
	readonly values: Uint8Array | Uint16Array | Uint32Array;
}

const LONG_GAP = 0xffff;

/** The form of a segment that is stored. */
export function packSegment(segment: Segment): PackedSegment {
	return { ...segment, times: packTimes(segment), counts: packCounts(segment) };
}

/** The form that is scanned. */
export function unpackSegment(packed: PackedSegment): Segment {
	return { ...packed, times: unpackTimes(packed), counts: unpackCounts(packed) };
}

/** Bytes that a stored segment's columns take. */
export function packedBytes(packed: PackedSegment): number {
	return packedColumns(packed).reduce((sum, column) => sum + column.byteLength, 0);
}

/** The columns of a stored segment, in an order that is kept. */
export function packedColumns({ times, counts, ...rest }: PackedSegment): ArrayBufferView[] {
	const columns = [
		times.gaps,
		times.long,
		counts?.rows,
		counts?.values,
		rest.codes,
		rest.combinations,
		rest.pins,
		rest.users,
		rest.video.rows,
		rest.video.watchMs,
		rest.video.viewHundredths,
		rest.video.playedHundredths,
		rest.own?.values,
		rest.own?.rows
	];
	return columns.filter((column) => column !== undefined);
}

function packTimes({ rows, times }: Segment): PackedTimes {
	const gaps = new Uint16Array(rows);
	const long: number[] = [];
	let longest = 0;
	let last = 0;
	for (let row = 0; row < rows; row++) {
		const time = times[row] as number;
		const gap = time - last;
		last = time;
		gaps[row] = Math.min(gap, LONG_GAP);
		if (gap < LONG_GAP) continue;
		long.push(gap);
		if (gap > longest) longest = gap;
	}
	return { gaps, long: narrow(long, longest) };
}

function unpackTimes({ rows, firstMs, lastMs, times }: PackedSegment): Segment['times'] {
	const { gaps, long } = times;
	const span = lastMs - firstMs;
	const spread = span <= 0xffff_ffff ? new Uint32Array(rows) : new Float64Array(rows);
	let time = 0;
	let next = 0; // of `long`
	for (let row = 0; row < rows; row++) {
		const gap = gaps[row] as number;
		time += gap === LONG_GAP ? (long[next++] as number) : gap;
		spread[row] = time;
	}
	return spread;
}

function packCounts({ rows, counts }: Segment): PackedCounts | null {
	if (counts === null) return null;
	const manyRows: number[] = [];
	const values: number[] = [];
	let most = 1;
	for (let row = 0; row < rows; row++) {
		const count = counts[row] as number;
		if (count === 1) continue;
		manyRows.push(row);
		values.push(count);
		if (count > most) most = count;
	}
	return { rows: Uint16Array.from(manyRows), values: narrow(values, most) as PackedCounts['values'] };
}

function unpackCounts({ rows, counts }: PackedSegment): Segment['counts'] {
	if (counts === null) return null;
	const Numbers = counts.values.constructor as Uint32ArrayConstructor;
	const spread = new Numbers(rows).fill(1);
	counts.rows.forEach((row, i) => (spread[row] = counts.values[i] as number));
	return spread;
}
