import { csvText, revealFormula } from '../model/csv-cell';
import type { RejectReason, Rejection } from '../model/problem';
import type { RejectedBlock } from '../columns/rejected-block';
import { textBlock } from '../columns/text-block';
import type { RowFields } from './row-fields';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Collects rejected rows, to be kept with the batch and downloaded. */
export class RejectedRows {
	readonly #columns: number;
	#cells: string[] = [];
	#lines: number[] = [];
	#rejectedColumns: (string | null)[] = [];
	#reasons: RejectReason[] = [];

	/** @param columns how many the file has; shorter rows are filled up with empty cells */
	constructor(columns: number) {
		this.#columns = columns;
	}

	add(bytes: Uint8Array, row: RowFields, { line, column, reason }: Rejection): void {
		// Guarded anew, not once more: the download, put right and imported, must give what the file would have given.
		const cells = Array.from({ length: Math.max(row.fields, this.#columns) }, (_, f) =>
			f < row.fields ? csvText(revealFormula(decoder.decode(bytes.subarray(row.starts[f], row.ends[f])))) : ''
		);
		this.#cells.push(cells.join(','));
		this.#lines.push(line);
		this.#rejectedColumns.push(column);
		this.#reasons.push(reason);
	}

	/** What was collected since the last call; null where that is nothing. */
	take(): RejectedBlock | null {
		if (this.#cells.length === 0) return null;
		const block = {
			cells: textBlock(this.#cells),
			lines: Uint32Array.from(this.#lines),
			columns: this.#rejectedColumns,
			reasons: this.#reasons
		};
		this.#cells = [];
		this.#lines = [];
		this.#rejectedColumns = [];
		this.#reasons = [];
		return block;
	}
}

/** Rejected rows that are texts already, as one block. `columns` as in RejectedRows. */
export function rejectedBlock(
	rejections: readonly (Rejection & { readonly cells: readonly string[] })[],
	columns: number
): RejectedBlock {
	const texts = rejections.map(({ cells }) =>
		Array.from({ length: Math.max(cells.length, columns) }, (_, f) =>
			csvText(revealFormula(cells[f] ?? ''))
		).join(',')
	);
	return {
		cells: textBlock(texts),
		lines: Uint32Array.from(rejections, ({ line }) => line),
		columns: rejections.map(({ column }) => column),
		reasons: rejections.map(({ reason }) => reason)
	};
}
