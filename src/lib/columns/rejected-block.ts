import type { RejectReason } from '../model/problem';
import type { TextBlock } from './text-block';

/** Rejected rows as they are kept: everything but the number of the first line of the part that they are in. */
export interface RejectedBlock {
	/** The cells of each row as CSV, without its line end. */
	readonly cells: TextBlock;
	/** Lines after the part's first one. */
	readonly lines: Uint32Array;
	readonly columns: readonly (string | null)[];
	readonly reasons: readonly RejectReason[];
}
