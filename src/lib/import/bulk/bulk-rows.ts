import { ATTRIBUTES, NATIVE_DIMENSIONS, MAX_COUNT } from '../../model/event';
import { FIRST_YEAR, LAST_YEAR } from '../../model/calendar';
import { UNKNOWN_VALUE } from '../cells/closed-list';
import { parseScaledWithin, parseWhole } from '../cells/number';
import { parseTimestamp, readCreated } from '../cells/timestamp';
import type { OfferedCells } from '../cells/offered-cells';
import type { OwnCells } from '../cells/own-cells';
import { EventRows } from '../event-rows';
import type { Header } from '../header';
import type { RowFields, RowTaker } from '../row-fields';
import { RowTokenizer, type Stretch } from '../row-tokenizer';
import { Kernel, KernelTexts, type Address } from './kernel';
import { Spellings } from './spellings';

const QUOTE = 34;

/** So many rows are read at once: few enough for their cells to stay in a near cache. */
const MOST_ROWS = 512;

/** What the kernel says in place of a text's number: it is new, or not an id as it stands. */
const NOT_KNOWN = -1;

/**
 * Reads rows by the hundred. The kernel finds their cells and says which of them it has seen before, so that what
 * such a cell means need not be worked out again. Any row that is out of the ordinary in any way is read by the
 * tokenizer and EventRows instead, which say what a row means and why it is rejected: here is no second opinion.
 */
export class BulkRows {
	readonly kernel: Kernel;
	/** What the rows come to. */
	readonly rows: EventRows;
	/** Gives the line of the current row, and why the last `read` stopped. */
	readonly tokenizer: RowTokenizer;
	readonly #delimiter: number;
	readonly #columns: number;
	readonly #field: Header['fieldOf'];
	readonly #pins: KernelTexts;
	readonly #users: KernelTexts;
	readonly #events: Spellings;
	readonly #dimensions: Spellings;
	readonly #attributes: Spellings;
	/** Of columns of one's own: where they stand side by side one of the whole stretch, else one of each. */
	readonly #own: readonly Spellings[];
	readonly #offered: readonly Spellings[];
	/** Of the tuples that are known of a stretch. */
	#ownEdition = 0;
	/** Fields from this one on may have doubled quotes: they are only compared. */
	readonly #firstCompared: number;

	readonly #hasAttributes: boolean;
	readonly #fields: RowFields;
	/** Set where a row is left to EventRows for nothing but its attributes: the number of their spelling. */
	#attributesOfNext = -1;

	// Per row, in the kernel's memory.
	readonly #cells: Address;
	readonly #marks: Address;
	readonly #places: Address;
	readonly #times: Address;
	readonly #foundPins: Address;
	readonly #foundUsers: Address;

	/** @param accounts names that the workspace has numbered already, in that order */
	static async create(header: Header, delimiter: number, accounts: readonly string[]): Promise<BulkRows> {
		return new BulkRows(await Kernel.create(), header, delimiter, accounts);
	}

	private constructor(kernel: Kernel, header: Header, delimiter: number, accounts: readonly string[]) {
		const { names, fieldOf } = header;
		this.kernel = kernel;
		this.#pins = new KernelTexts(kernel);
		this.#users = new KernelTexts(kernel);
		this.rows = new EventRows(header, accounts, this.#pins, this.#users);
		this.tokenizer = new RowTokenizer(delimiter, 0);
		this.#delimiter = delimiter;
		this.#columns = names.length;
		this.#field = fieldOf;
		const fieldsOf = (columns: readonly (keyof typeof fieldOf)[]) =>
			columns.map((column) => fieldOf[column]).filter((field) => field >= 0);
		this.#events = new Spellings(kernel, [fieldOf.event], MOST_ROWS);
		this.#dimensions = new Spellings(kernel, fieldsOf(NATIVE_DIMENSIONS), MOST_ROWS);
		this.#attributes = new Spellings(kernel, fieldsOf(ATTRIBUTES), MOST_ROWS);
		const spellings = (fields: readonly number[]) => new Spellings(kernel, fields, MOST_ROWS);
		const own = (this.rows.own?.fields ?? []).map(({ field }) => field);
		const stretch = own.length > 1 ? spellings(own) : null;
		this.#own = stretch && stretch.first >= 0 ? [stretch] : own.map((field) => spellings([field]));
		this.#offered = (this.rows.offered?.columns ?? []).map(({ field }) => spellings([field]));
		this.#hasAttributes = fieldsOf(ATTRIBUTES).length > 0;
		const read = Object.values(fieldOf).filter((field) => !fieldsOf(ATTRIBUTES).includes(field));
		const hasAttributesLast = this.#attributes.first > Math.max(...read); // but for columns of one's own
		this.#firstCompared = hasAttributesLast ? this.#attributes.first : names.length;
		const { length } = names;
		this.#fields = { starts: new Int32Array(length), ends: new Int32Array(length), fields: length, line: 0 };
		this.#cells = kernel.allocate(MOST_ROWS * names.length * 8);
		this.#marks = kernel.allocate(MOST_ROWS * 4);
		this.#places = kernel.allocate(MOST_ROWS * 8);
		this.#times = kernel.allocate(MOST_ROWS * 8);
		this.#foundPins = kernel.allocate(MOST_ROWS * 4);
		this.#foundUsers = kernel.allocate(MOST_ROWS * 4);
	}

	/**
	 * Reads the rows of a stretch of the kernel's memory, as the tokenizer would.
	 * @param taker takes the rows that are out of the ordinary
	 * @returns the address of the first byte that is not part of a finished row
	 */
	read({ from, to, stopAt, isLast }: Omit<Stretch, 'onRow'>, taker: RowTaker): Address {
		const { exports } = this.kernel;
		const stop = Math.min(stopAt, to);
		let at = from;
		for (let count = MOST_ROWS; count === MOST_ROWS;) {
			count = exports.readRows(
				at,
				stop,
				to,
				this.#delimiter,
				this.#columns,
				MOST_ROWS,
				this.#cells,
				this.#marks,
				this.#places
			);
			const next = exports.nextRow.value;
			const nextLine = this.tokenizer.line + exports.nextLine.value;
			this.#lookUp(count, next - at);
			this.#addAll(count, next, taker);
			this.tokenizer.line = nextLine;
			at = next;
		}
		return at + this.#readCopy({ from: at, to, stopAt: stop, isLast }, taker);
	}

	/** Runs the kernel over the cells of many rows, and makes room for values that are new. */
	#lookUp(count: number, byteLength: number): void {
		const { exports } = this.kernel;
		const cells = this.#cells;
		const columns = this.#columns;
		for (const texts of [this.#pins, this.#users]) texts.reserve(count, byteLength);
		for (const spellings of [this.#events, this.#dimensions, this.#attributes]) {
			spellings.find(cells, columns, count, byteLength);
		}
		for (const own of this.#own) own.find(cells, columns, count, byteLength);
		this.#offered.forEach((offered, c) => {
			if (this.rows.offered!.isFew(c)) offered.find(cells, columns, count, byteLength);
		});
		const { edition } = this.rows.own ?? { edition: 0 };
		if (edition !== this.#ownEdition) for (const own of this.#own) own.forget();
		this.#ownEdition = edition;
		const { timestamp, pin_id: pin, user_id: user } = this.#field;
		exports.readStamps(cells, columns, timestamp, count, FIRST_YEAR, LAST_YEAR, this.#times);
		exports.findIds(this.#pins.address, cells, columns, pin, count, this.#foundPins);
		if (user >= 0) exports.findIds(this.#users.address, cells, columns, user, count, this.#foundUsers);
	}

	#addAll(count: number, end: Address, taker: RowTaker): void {
		const line = this.tokenizer.line;
		const places = this.#places >>> 2;
		let row = this.#cells >>> 2;
		for (let r = 0; r < count; r++, row += 2 * this.#columns) {
			if (this.#add(r, row)) continue;
			const { words } = this.kernel;
			const from = words[places + 2 * r] as number;
			const to = r + 1 < count ? (words[places + 2 * r + 2] as number) : end;
			this.tokenizer.line = line + (words[places + 2 * r + 1] as number);
			this.#readCopy({ from, to, stopAt: to, isLast: true }, taker);
			const { pin, named } = this.rows.last;
			if (this.#attributesOfNext >= 0 && named >= 0) {
				this.rows.claims.setClaimed(pin, this.#attributesOfNext, named);
			}
			this.#attributesOfNext = -1;
		}
	}

	/** Reads rows by the tokenizer. From a copy: it undoes quotes in place, and the memory's views may change. */
	#readCopy({ from, to, stopAt, isLast }: Omit<Stretch, 'onRow'>, taker: RowTaker): number {
		const bytes = new Uint8Array(to - from + 1);
		bytes.set(this.kernel.bytes.subarray(from, to));
		const onRow = () => (taker.add(bytes, this.tokenizer), true);
		const read = this.tokenizer.read(bytes, {
			from: 0,
			to: to - from,
			stopAt: stopAt - from,
			isLast,
			onRow
		});
		taker.settle(bytes);
		return read;
	}

	/** Takes in row r, whose cells stand at `row` among the words; false where it is out of the ordinary. */
	#add(r: number, row: number): boolean {
		const { bytes, words, doubles } = this.kernel;
		const field = this.#field;
		const rows = this.rows;
		const doubledFrom = (words[(this.#marks >>> 2) + r] as number) >>> 0;
		if (doubledFrom < this.#firstCompared) return false;

		let at = row + 2 * field.timestamp;
		let timeMs = doubles[(this.#times >>> 3) + r] as number;
		if (timeMs < 0) timeMs = parseTimestamp(bytes, words[at] as number, words[at + 1] as number);
		if (timeMs < 0) return false;

		let event = this.#events.valueAt(r);
		if (event < 0) {
			at = row + 2 * field.event;
			event = rows.events.parse(bytes, words[at] as number, words[at + 1] as number);
			if (event === UNKNOWN_VALUE) return false;
			this.#events.learn(row, event);
		}

		let pin = words[(this.#foundPins >>> 2) + r] as number;
		const userAt = row + 2 * field.user_id;
		const hasUser = field.user_id >= 0 && words[userAt] !== words[userAt + 1];
		let user = hasUser ? (words[(this.#foundUsers >>> 2) + r] as number) : NOT_KNOWN;
		if (pin < NOT_KNOWN || user < NOT_KNOWN) return false;

		let count = 1;
		at = row + 2 * field.count;
		if (field.count >= 0 && words[at] !== words[at + 1]) {
			count = parseWhole(bytes, words[at] as number, words[at + 1] as number);
			if (!(count >= 1 && count <= MAX_COUNT)) return false;
		}
		const watchMs = this.#scaled(row, field.watch_seconds, 3, Infinity);
		const view = this.#scaled(row, field.view_percent, 2, 100);
		const played = this.#scaled(row, field.played_percent, 2, 100);
		if (!(watchMs >= 0 && view >= 0 && played >= 0)) return false;

		let attributes = this.#attributes.numberAt(r);
		at = row + 2 * field.created_at;
		const isNew = attributes < 0 && field.created_at >= 0; // what was learnt was right
		if (isNew && readCreated(bytes, words[at] as number, words[at + 1] as number) < 0) return false;

		let dimensions = this.#dimensions.valueAt(r);
		if (dimensions < 0) {
			dimensions = rows.dimensions.read(bytes, this.#fieldsAt(row));
			if (dimensions < 0) return false;
			this.#dimensions.learn(row, dimensions);
		}

		if (rows.own?.isFull && !rows.own.hasRoom(bytes, this.#fieldsAt(row))) return false;

		// From here on the row is accepted, by whomever.
		if (attributes < 0) attributes = this.#attributes.learn(row, 0);
		const isRepeated = attributes >= 0 && pin >= 0 && rows.claims.isClaimed(pin, attributes);
		if (doubledFrom < this.#columns && !isRepeated) {
			this.#attributesOfNext = attributes;
			return false;
		}
		if (pin < 0) {
			at = row + 2 * field.pin_id;
			pin = this.#pins.internHere(words[at] as number, words[at + 1] as number);
		}
		if (hasUser && user < 0) {
			user = this.#users.internHere(words[userAt] as number, words[userAt + 1] as number);
		}
		rows.keep(timeMs, event, dimensions, pin, count, watchMs, view, played);
		if (rows.own) rows.run.setTuple(this.#tuple(rows.own, r, row));
		if (rows.offered) this.#see(rows.offered, r, row);
		if (hasUser) rows.run.setUser(rows.run.rows - 1, user);
		if (isRepeated) rows.claims.repeat(pin, timeMs);
		else if (this.#hasAttributes) {
			const named = rows.claimAttributes(bytes, this.#fieldsAt(row), pin, timeMs);
			if (named >= 0 && attributes >= 0) rows.claims.setClaimed(pin, attributes, named);
		}
		return true;
	}

	/** The number of a row's tuple. */
	#tuple(own: OwnCells, r: number, row: number): number {
		const [first] = this.#own;
		if (own.fields.length > 1 && this.#own.length === 1 && first) {
			const known = first.valueAt(r);
			if (known >= 0) return known;
			let tuple = 0;
			for (let c = 0; c < own.fields.length; c++) tuple = own.join(tuple, c, this.#ownValue(own, c, row));
			first.learn(row, tuple);
			return tuple;
		}
		let tuple = 0;
		for (let c = 0; c < own.fields.length; c++) {
			const spellings = this.#own[c]!;
			let value = spellings.valueAt(r);
			if (value < 0) {
				value = this.#ownValue(own, c, row);
				spellings.learn(row, value);
			}
			tuple = own.join(tuple, c, value);
		}
		return tuple;
	}

	/** A row's value in a column of one's own: its local number plus one. */
	#ownValue(own: OwnCells, c: number, row: number): number {
		const { bytes, start, end } = this.#cellAt(row, own.fields[c]!.field);
		return own.value(bytes, start, end, c) + 1;
	}

	/** A cell, without the doubling of quotes. */
	#cellAt(row: number, field: number): { bytes: Uint8Array; start: number; end: number } {
		const { bytes, words } = this.kernel;
		const at = row + 2 * field;
		const start = words[at] as number;
		const end = words[at + 1] as number;
		const cell = bytes.subarray(start, end);
		if (bytes[start - 1] !== QUOTE || !cell.includes(QUOTE)) return { bytes, start, end };
		const single = new Uint8Array(cell.length);
		let length = 0;
		for (let i = 0; i < cell.length; i++) {
			if (cell[i] === QUOTE) i++; // the second of two
			single[length++] = cell[i] as number;
		}
		return { bytes: single, start: 0, end: length };
	}

	/** Looks at a row's cells in columns that are offered. */
	#see(offered: OfferedCells, r: number, row: number): void {
		for (let c = 0; c < this.#offered.length; c++) {
			const spellings = this.#offered[c]!;
			if (!offered.isFew(c) || spellings.numberAt(r) >= 0) continue;
			const { bytes, start, end } = this.#cellAt(row, offered.columns[c]!.field);
			offered.seeCell(bytes, start, end, c);
			spellings.learn(row, 0);
		}
	}

	/** The number in a cell, 0 where it is empty, -1 or NaN where it is none that is allowed. */
	#scaled(row: number, field: number, scale: number, max: number): number {
		const { bytes, words } = this.kernel;
		const at = row + 2 * field;
		if (field < 0 || words[at] === words[at + 1]) return 0;
		return parseScaledWithin(bytes, words[at] as number, words[at + 1] as number, scale, max);
	}

	/** The cells of a row as EventRows has them. Fields that the row does not have are empty ones here. */
	#fieldsAt(row: number): RowFields {
		const { words } = this.kernel;
		const { starts, ends } = this.#fields;
		for (let f = 0; f < this.#columns; f++) {
			starts[f] = words[row + 2 * f] as number;
			ends[f] = words[row + 2 * f + 1] as number;
		}
		return this.#fields;
	}
}
