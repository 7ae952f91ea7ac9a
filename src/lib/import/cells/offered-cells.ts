import { Dictionary } from '../../columns/dictionary';
import type { TextBlock } from '../../columns/text-block';
import { MOST_OFFERED_VALUES } from '../../model/event';
import type { Header } from '../header';
import type { RowFields } from '../row-fields';
import { readId, type Span } from './text';

/** The different values of columns that are not kept, as far as they are few enough to be offered. */
export class OfferedCells {
	readonly columns: NonNullable<Header['offered']>;
	/** Per column its values; null where there are too many. */
	readonly #values: (Dictionary | null)[];
	readonly #span: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };

	private constructor(columns: NonNullable<Header['offered']>) {
		this.columns = columns;
		this.#values = columns.map(() => new Dictionary());
	}

	/** Null where a header offers none. */
	static of({ offered = [] }: Header): OfferedCells | null {
		return offered.length === 0 ? null : new OfferedCells(offered);
	}

	/** Whether a column's values are still few. */
	isFew(column: number): boolean {
		return this.#values[column] !== null;
	}

	/** Looks at the cells of a row. */
	see(bytes: Uint8Array, row: RowFields): void {
		for (let c = 0; c < this.columns.length; c++) this.seeIn(bytes, row, c);
	}

	/** Looks at a row's cell in one column. */
	seeIn(bytes: Uint8Array, { starts, ends, fields }: RowFields, column: number): void {
		const { field } = this.columns[column]!;
		if (field < fields) this.seeCell(bytes, starts[field]!, ends[field]!, column);
	}

	/** Looks at a cell of a column. */
	seeCell(bytes: Uint8Array, start: number, end: number, column: number): void {
		const known = this.#values[column];
		if (!known || start === end) return;
		const span = this.#span;
		readId(bytes, start, end, span);
		if (span.start === span.end) return;
		known.intern(span.bytes, span.start, span.end);
		if (known.size > MOST_OFFERED_VALUES) this.#values[column] = null;
	}

	/** Per column its values; null where there are too many. */
	finish(): readonly (TextBlock | null)[] {
		return this.#values.map((known) => known && known.blockFrom(0));
	}
}
