import type { RejectReason } from '../model/problem';

/** The form in which rows go from whoever finds them in a file to the checks (event-rows.ts). */

/** The fields of a row, whatever format it was written in: field f is bytes[starts[f], ends[f]). */
export interface RowFields {
	readonly starts: Int32Array;
	readonly ends: Int32Array;
	readonly fields: number;
	readonly line: number;
}

/** Takes rows in. */
export interface RowTaker {
	add(bytes: Uint8Array, row: RowFields): void;
	/** Rejects a row that has no cells; `bytes` is what stands there instead. */
	reject(bytes: Uint8Array, line: number, reason: RejectReason): void;
	/** Comes before the bytes of the rows that were added change. */
	settle(bytes: Uint8Array): void;
}
