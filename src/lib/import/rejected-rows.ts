import { csvRow, csvText } from '../model/csv-cell';
import type { Rejection } from '../model/problem';
import type { RowFields } from './event-rows';

/** Rejected rows as they can be downloaded: the file's own columns, then line, column and, last, the reason. */

export const REJECTED_COLUMNS = ['rejected_line', 'rejected_column', 'rejected_reason'] as const;

const ROWS_AT_ONCE = 1000;
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The header row of the download. */
export function rejectedHeader(names: readonly string[]): string {
	return csvRow([...names, ...REJECTED_COLUMNS].map(csvText));
}

/** Collects rejected rows as CSV. */
export class RejectedRows {
	readonly #columns: number;
	#rows: string[] = [];
	#parts: Uint8Array[] = [];

	constructor(names: readonly string[]) {
		this.#columns = names.length;
	}

	add(bytes: Uint8Array, row: RowFields, rejection: Rejection): void {
		const cells = Array.from({ length: Math.max(row.fields, this.#columns) }, (_, f) =>
			f < row.fields ? decoder.decode(bytes.subarray(row.starts[f], row.ends[f])) : ''
		);
		cells.push(String(rejection.line), rejection.column ?? '', rejection.reason);
		this.#rows.push(csvRow(cells.map(csvText)));
		if (this.#rows.length >= ROWS_AT_ONCE) this.#write();
	}

	/** What was collected since the last call, as CSV without a header; null where that is nothing. */
	take(): Uint8Array | null {
		this.#write();
		const parts = this.#parts;
		this.#parts = [];
		if (parts.length === 0) return null;
		const csv = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
		let at = 0;
		for (const part of parts) {
			csv.set(part, at);
			at += part.length;
		}
		return csv;
	}

	#write(): void {
		if (this.#rows.length === 0) return;
		this.#parts.push(encoder.encode(this.#rows.join('')));
		this.#rows = [];
	}
}
