import type { EventColumn } from '../model/event';
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
	/** Rejects a row; `column` as in Rejection. One that has no cells has what stands there instead as its only field. */
	reject(bytes: Uint8Array, row: RowFields, column: EventColumn | null, reason: RejectReason): void;
	/** Comes before the bytes of the rows that were added change. */
	settle(bytes: Uint8Array): void;
}
