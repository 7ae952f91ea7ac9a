import type { PinClaims } from '../columns/pin-claims';
import type { RejectedBlock } from '../columns/rejected-block';
import type { Segment } from '../columns/segment';
import type { TextBlock } from '../columns/text-block';
import type { OwnDimension } from '../model/dimension';
import type { Rejection } from '../model/problem';

/**
 * A part of a file: what one worker reads of it, and what that comes to. Delimited text is cut into stretches of bytes
 * (read-part.ts), other formats as they can be (part-rows.ts).
 */

/**
 * A stretch of bytes of delimited text. The parts of a file are read side by side, so all but the first have to guess
 * where their first row starts: behind the first line end. formats/delimited.ts checks the guesses.
 */
export interface PartRange {
	readonly start: number;
	/** The row that holds this byte's predecessor is read to its end. */
	readonly end: number; // exclusive
	/** Where the first row starts, if that is known; null has it guessed. */
	readonly firstRow: number | null;
	/** Whether the rows are to be read by PapaParse; then `end` is the end of the file. */
	readonly isOdd: boolean;
	/** Whether the bytes are to be hashed on the way: not those that are read again. */
	readonly isHashed: boolean;
}

/** What texts are numbered for a whole workspace. */
export type Vocabulary = 'pin' | 'user' | 'account' | OwnDimension;

/** Where a part's results go: a batch that is not live yet. */
export interface PartSink {
	/** The workspace's number of each text; new texts get the next ones. */
	intern(vocabulary: Vocabulary, texts: TextBlock): Promise<Uint32Array>;
	writeSegments(segments: readonly Segment[]): Promise<void>;
	writeRejected(rows: RejectedBlock): Promise<void>;
}

/** How far a part was read. What is not delimited text has neither hashes nor offsets. */
export interface PartExtent {
	/** Hashes of the slices in [start, end). */
	readonly hashes: readonly string[];
	/** Offset of the first row that was read, and of the first one after it that was not. */
	readonly firstRow: number;
	readonly nextRow: number;
	/** Line ends in [firstRow, nextRow). */
	readonly lines: number;
	/** Why it ended: at `end`, before a row that is not plain RFC 4180, or with a problem at `nextRow`. */
	readonly stopped: 'end' | 'odd' | 'unclosed_quote' | 'row_too_long';
}

/** What the rows of a part came to, beside what the sink was given. */
export interface PartResult extends PartExtent {
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejections, with lines after the part's first one. */
	readonly rejections: readonly Rejection[];
	/** Infinity and -Infinity where no row was accepted. */
	readonly firstMs: number;
	readonly lastMs: number;
	readonly claims: PinClaims;
	/** Per column of the header's `offered` its values; null where there are too many. */
	readonly offered: readonly (TextBlock | null)[];
}

/** What is reported after each slice: totals of the part. */
export interface PartProgress {
	readonly bytesDone: number;
	readonly accepted: number;
	readonly rejected: number;
}

/** So many rejections are listed in a report; the batch keeps all. */
export const REJECTIONS_TOLD = 50;
