import { readId, type Span } from '../../cells/text';
import type { EventRows } from '../../event-rows';
import type { TextCells } from './parquet-cell-lists';

/** What is known of a cell. */
const UNSEEN = 0;
const NOBODY = 1;
const SOMEBODY = 2;

/** Notes whose rows are whose, and numbers the people of many rows at once, each cell once. */
export class PeopleCells {
	readonly #rows: EventRows;
	readonly #user: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };
	#cellOf: Int32Array = new Int32Array(0);
	#cells: TextCells | null = null;
	/** Per cell what is known of it, and the number of its person. */
	#states = new Uint8Array(0);
	#numbers = new Uint32Array(0);
	/** Cells whose people have no number yet, in the order of first sight. */
	#waiting = new Int32Array(0);
	#waitingCount = 0;
	/** Rows that have somebody: their number in the run, and their cell. */
	#runRows = new Int32Array(0);
	#runCells = new Int32Array(0);
	#count = 0;

	/** @param rows what the rows come to */
	constructor(rows: EventRows) {
		this.#rows = rows;
	}

	/** Makes ready for the rows of another group. */
	start(cellOf: Int32Array, cells: TextCells): void {
		this.#cellOf = cellOf;
		this.#cells = cells;
		this.#states = new Uint8Array(cells.count);
		this.#states[0] = NOBODY;
		this.#numbers = new Uint32Array(cells.count);
		this.#waiting = new Int32Array(cells.count);
		this.#runRows = new Int32Array(cellOf.length);
		this.#runCells = new Int32Array(cellOf.length);
	}

	/** Notes whose row was kept last: that of the group's row `row`. */
	note(row: number): void {
		const cell = this.#cellOf[row] as number;
		let state = this.#states[cell] as number;
		if (state === UNSEEN) this.#states[cell] = state = this.#look(cell);
		if (state === NOBODY) return;
		this.#runRows[this.#count] = this.#rows.run.rows - 1;
		this.#runCells[this.#count++] = cell;
	}

	/** Numbers the people that were noted. Must be called before the run is finished. */
	settle(): void {
		const { bytes, starts, ends } = this.#cells!;
		const { run, users } = this.#rows;
		const waiting = this.#waiting.subarray(0, this.#waitingCount);
		const from = waiting.map((cell) => starts[cell] as number);
		const to = waiting.map((cell) => ends[cell] as number);
		const numbers = users.internSpans(bytes, from, to, waiting.length);
		for (let i = 0; i < waiting.length; i++) this.#numbers[waiting[i] as number] = numbers[i] as number;
		for (let i = 0; i < this.#count; i++) {
			run.setUser(this.#runRows[i] as number, this.#numbers[this.#runCells[i] as number] as number);
		}
		this.#waitingCount = this.#count = 0;
	}

	#look(cell: number): number {
		const { bytes, starts, ends } = this.#cells!;
		const user = this.#user;
		readId(bytes, starts[cell]!, ends[cell]!, user);
		if (user.start === user.end) return NOBODY;
		if (user.bytes === bytes) this.#waiting[this.#waitingCount++] = cell;
		else this.#numbers[cell] = this.#rows.users.intern(user.bytes, user.start, user.end);
		return SOMEBODY;
	}
}
