import { valueCode } from '../../../columns/combination';
import type { ClosedDimension, EventColumn } from '../../../model/event';
import { readCount, readMeasure, type Measure } from '../../cells/measures';
import { readId, type Span } from '../../cells/text';
import { inYears, parseTimestamp, readCreated } from '../../cells/timestamp';
import type { OwnCells } from '../../cells/own-cells';
import type { EventRows } from '../../event-rows';
import type { Header } from '../../header';
import type { RowTaker } from '../../row-fields';
import { TextCells, TimeCells } from './parquet-cell-lists';
import { ClaimedCells } from './parquet-claims';
import type { ColumnCells } from './parquet-column';
import type { ParquetGroup } from './parquet-group';
import { PeopleCells } from './parquet-people';

/** Says what a cell means. Below 0, or NaN, is a cell that EventRows has to look at. */
type ReadCell = (bytes: Uint8Array, start: number, end: number) => number;

/** What the cells of a column mean, worked out once for each. */
class Meanings {
	readonly cellOf: Int32Array;
	readonly values: Float64Array;

	constructor(cellOf: Int32Array, values: Float64Array) {
		this.cellOf = cellOf;
		this.values = values;
	}

	of(row: number): number {
		return this.values[this.cellOf[row] as number] as number;
	}
}

/** Pins and accounts, which get their numbers when a row that has them is accepted. */
interface Numbered {
	readonly numbers: Meanings;
	readonly cells: TextCells;
}
const NOT_NUMBERED = -1;

/** The columns of a row group, as far as they say how its rows are kept. */
interface Known {
	readonly time: Meanings;
	readonly event: Meanings;
	readonly count: Meanings;
	readonly watch: Meanings;
	readonly view: Meanings;
	readonly played: Meanings;
	readonly created: Meanings;
	/** What these add to the code of the row's combination. */
	readonly contentType: Meanings;
	readonly source: Meanings;
	readonly device: Meanings;
	readonly format: Meanings;
	readonly account: Numbered;
	readonly pin: Numbered;
	/** Columns of one's own: local numbers plus one, NaN where they are not known yet. */
	readonly own: readonly Numbered[];
}

/**
 * Takes in the rows of row groups column by column: what a cell means is worked out once, however many rows have it. A
 * row with a cell out of the ordinary is given to EventRows whole, which says what it means or why it is rejected: here
 * is no second opinion.
 */
export class ParquetRows {
	readonly #rows: EventRows;
	readonly #field: Header['fieldOf'];
	readonly #people: PeopleCells;
	readonly #claimed: ClaimedCells;
	readonly #pin: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };

	/** @param rows what the rows come to */
	constructor(header: Header, rows: EventRows) {
		this.#rows = rows;
		this.#field = header.fieldOf;
		this.#people = new PeopleCells(rows);
		this.#claimed = new ClaimedCells(header, rows);
	}

	/**
	 * Takes in the rows of a group.
	 * @param firstLine that of its first row
	 * @param taker takes the rows that are out of the ordinary
	 */
	add(group: ParquetGroup, firstLine: number, taker: RowTaker): void {
		const known = this.#know(group);
		for (let row = 0; row < group.rows; row++) {
			if (!this.#add(known, row)) group.give(row, firstLine + row, taker);
		}
		this.#people.settle();
	}

	#know(group: ParquetGroup): Known {
		const { dimensions, events } = this.#rows;
		const missing = { cellOf: new Int32Array(group.rows), cells: new TextCells({ is: 'text' }) };
		const column = (name: EventColumn) => group.columns[this.#field[name]] ?? missing;
		const meanings = (name: EventColumn, read: ReadCell) => meaningsOf(column(name), read);
		const measure = (name: Measure) =>
			meanings(name, (bytes, start, end) => readMeasure(name, bytes, start, end));
		const closed = (name: ClosedDimension) =>
			meanings(name, (bytes, start, end) => {
				const value = dimensions.value(name, bytes, start, end);
				return value < 0 ? NaN : valueCode(name, value);
			});
		const numbered = (name: 'pin_id' | 'account') => ({
			numbers: meanings(name, () => NOT_NUMBERED),
			cells: textsOf(column(name))
		});
		this.#people.start(column('user_id').cellOf, textsOf(column('user_id')));
		this.#claimed.start(group);
		this.#see(group);
		return {
			time: timesOf(column('timestamp')),
			event: meanings('event', (bytes, start, end) => events.parse(bytes, start, end)),
			count: meanings('count', readCount),
			watch: measure('watch_seconds'),
			view: measure('view_percent'),
			played: measure('played_percent'),
			created: meanings('created_at', readCreated),
			contentType: closed('content_type'),
			source: closed('source'),
			device: closed('device'),
			format: closed('format'),
			account: numbered('account'),
			pin: numbered('pin_id'),
			own: this.#ownOf(group)
		};
	}

	/** Takes in a row; false where it is out of the ordinary. */
	#add(known: Known, row: number): boolean {
		const timeMs = known.time.of(row);
		const event = known.event.of(row);
		const count = known.count.of(row);
		const watchMs = known.watch.of(row);
		const view = known.view.of(row);
		const played = known.played.of(row);
		const closed =
			known.contentType.of(row) + known.source.of(row) + known.device.of(row) + known.format.of(row);
		const areNumbers = timeMs >= 0 && event >= 0 && count >= 0 && closed >= 0;
		if (!(areNumbers && watchMs >= 0 && view >= 0 && played >= 0)) return false;
		if (!(known.created.of(row) >= 0) || this.#rows.own?.isFull) return false;
		let pin = known.pin.numbers.of(row);
		if (pin < 0 && !this.#hasPin(known.pin, row)) return false;
		let account = known.account.numbers.of(row);
		if (account < 0) account = this.#numberAccount(known.account, row);
		if (account < 0) return false;

		// From here on the row is accepted.
		if (pin < 0) pin = this.#numberPin(known.pin, row);
		this.#rows.keep(timeMs, event, closed + account, pin, count, watchMs, view, played);
		if (this.#rows.own) this.#rows.run.setTuple(this.#tuple(this.#rows.own, known.own, row));
		this.#people.note(row);
		this.#claimed.claim(row, pin, timeMs);
		return true;
	}

	#ownOf({ columns, rows }: ParquetGroup): Numbered[] {
		const missing = { cellOf: new Int32Array(rows), cells: new TextCells({ is: 'text' }) };
		return (this.#rows.own?.fields ?? []).map(({ field }) => {
			const column = columns[field] ?? missing;
			return { numbers: meaningsOf(column, () => NaN), cells: textsOf(column) };
		});
	}

	#tuple(own: OwnCells, columns: readonly Numbered[], row: number): number {
		let tuple = 0;
		for (let c = 0; c < columns.length; c++) {
			const { numbers, cells } = columns[c]!;
			let value = numbers.of(row);
			if (Number.isNaN(value)) {
				const cell = numbers.cellOf[row] as number;
				value = own.value(cells.bytes, cells.starts[cell]!, cells.ends[cell]!, c) + 1;
				numbers.values[cell] = value;
			}
			tuple = own.join(tuple, c, value);
		}
		return tuple;
	}

	/** Looks at the cells of columns that are offered; those of rows that are rejected are among them. */
	#see(group: ParquetGroup): void {
		const { offered } = this.#rows;
		offered?.columns.forEach(({ field }, c) => {
			const column = group.columns[field];
			if (!column || !(column.cells instanceof TextCells)) return;
			const { bytes, starts, ends, count } = column.cells;
			for (let cell = 0; cell < count && offered.isFew(c); cell++)
				offered.seeCell(bytes, starts[cell]!, ends[cell]!, c);
		});
	}

	/** Reads a row's Pin. @returns whether it has one */
	#hasPin({ numbers, cells: { bytes, starts, ends } }: Numbered, row: number): boolean {
		const cell = numbers.cellOf[row] as number;
		readId(bytes, starts[cell]!, ends[cell]!, this.#pin);
		return this.#pin.start !== this.#pin.end;
	}

	/** Numbers the Pin just read. */
	#numberPin({ numbers }: Numbered, row: number): number {
		const pin = this.#rows.pins.intern(this.#pin.bytes, this.#pin.start, this.#pin.end);
		return (numbers.values[numbers.cellOf[row] as number] = pin);
	}

	/** What a row's account adds to the code of its combination; below 0 where there are too many. */
	#numberAccount({ numbers, cells: { bytes, starts, ends } }: Numbered, row: number): number {
		const cell = numbers.cellOf[row] as number;
		const account = this.#rows.dimensions.value('account', bytes, starts[cell]!, ends[cell]!);
		return (numbers.values[cell] = account < 0 ? NOT_NUMBERED : valueCode('account', account));
	}
}

function meaningsOf({ cellOf, cells }: ColumnCells, read: ReadCell): Meanings {
	const { bytes, starts, ends, count } = textsOf({ cellOf, cells });
	const values = new Float64Array(count);
	for (let cell = 0; cell < count; cell++) values[cell] = read(bytes, starts[cell]!, ends[cell]!);
	return new Meanings(cellOf, values);
}

function timesOf(column: ColumnCells): Meanings {
	if (!(column.cells instanceof TimeCells)) return meaningsOf(column, parseTimestamp);
	return new Meanings(column.cellOf, column.cells.ms.map(inYears));
}

/** Columns other than that of the times have texts. */
function textsOf({ cells }: ColumnCells): TextCells {
	if (cells instanceof TextCells) return cells;
	throw new Error('parquet: a column has no texts');
}
