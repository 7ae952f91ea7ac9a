import { rowAt, type Segment } from './segment';

/**
 * The rows of a segment that are of some Pins, as a segment of its own.
 * @param pins per Pin's number, 1 where its rows are wanted
 * @returns null where there is none
 */
export function narrowSegment(segment: Segment, pins: Uint8Array): Segment | null {
	return ofRows(segment, keptRows(segment, pins));
}

/**
 * The rows of a segment that are not hidden, as a segment of its own.
 * @param marks per row, 0 where it stays
 * @returns null where all are hidden
 */
export function withoutHidden(segment: Segment, marks: Uint8Array): Segment | null {
	const kept = new Uint16Array(segment.rows);
	let length = 0;
	for (let row = 0; row < segment.rows; row++) if (marks[row] === 0) kept[length++] = row;
	return length === segment.rows ? segment : ofRows(segment, kept.subarray(0, length));
}

/**
 * A segment in which the rows of other Pins have a combination that is not among its codes: the index after the last. What
 * counts by combination passes over them so, at a fraction of what the rows of some Pins as a segment of their own cost.
 * @param pins per Pin's number, 1 where its rows are wanted
 * @param span instants from which and before which rows matter; the others are not to be read
 */
export function hideOtherPins(
	segment: Segment,
	pins: Uint8Array,
	span: { readonly fromMs: number; readonly toMs: number }
): Segment {
	const { codes, combinations, rows } = segment;
	const pinOf = segment.pins;
	const isNarrow = combinations instanceof Uint8Array && codes.length <= 0xff;
	const shown = isNarrow ? new Uint8Array(rows) : new Uint16Array(rows);
	const hidden = codes.length;
	const end = rowAt(segment, span.toMs);
	// Without a branch to guess.
	for (let row = rowAt(segment, span.fromMs); row < end; row++)
		shown[row] = hidden - (pins[pinOf[row] as number] as number) * (hidden - (combinations[row] as number));
	return { ...segment, combinations: shown };
}

/** The rows at these places, which rise, as a segment of its own; null where there is none. */
export function ofRows(segment: Segment, kept: Uint16Array): Segment | null {
	const { video } = segment;
	const rows = kept.length;
	if (rows === 0) return null;
	const timeOf = (i: number) => segment.times[kept[i] as number] as number;
	const start = timeOf(0);
	const plays: number[] = [];
	const playRows: number[] = [];
	for (let i = 0, play = 0; i < rows && play < video.rows.length; i++) {
		while (play < video.rows.length && (video.rows[play] as number) < (kept[i] as number)) play++;
		if (video.rows[play] === kept[i]) {
			plays.push(play);
			playRows.push(i);
		}
	}
	return {
		...segment,
		rows,
		firstMs: segment.firstMs + start,
		lastMs: segment.firstMs + timeOf(rows - 1),
		times: Float64Array.from(kept, (row) => (segment.times[row] as number) - start),
		combinations: pick(segment.combinations, kept),
		pins: pick(segment.pins, kept),
		users: pick(segment.users, kept),
		counts: segment.counts && pick(segment.counts, kept),
		...(segment.own ? { own: { ...segment.own, rows: pick(segment.own.rows, kept) } } : {}),
		video: {
			rows: Uint16Array.from(playRows),
			watchMs: pick(video.watchMs, plays),
			viewHundredths: pick(video.viewHundredths, plays),
			playedHundredths: pick(video.playedHundredths, plays)
		}
	};
}

function keptRows({ pins, rows }: Segment, wanted: Uint8Array): Uint16Array {
	const kept = new Uint16Array(rows);
	let length = 0;
	for (let row = 0; row < rows; row++) {
		kept[length] = row;
		length += wanted[pins[row] as number] as number; // without a branch to guess
	}
	return kept.subarray(0, length);
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

function pick<A extends Numbers>(column: A, rows: ArrayLike<number>): A {
	const picked = new (column.constructor as new (length: number) => A)(rows.length);
	for (let i = 0; i < rows.length; i++) picked[i] = column[rows[i] as number] as number;
	return picked;
}
