import { ATTRIBUTES, FIRST_VIDEO_KIND, videoKind, type EventColumn } from '../model/event';
import type { RejectReason, Rejection } from '../model/problem';
import { valueOf } from '../columns/combination';
import { Dictionary, type TextNumbers } from '../columns/dictionary';
import { growableInt32, growableUint32 } from '../columns/growable';
import { PinClaimsBuilder } from '../columns/pin-claims';
import { RunBuilder } from '../columns/run-builder';
import { UNKNOWN_VALUE, eventList } from './cells/closed-list';
import { DimensionCells } from './cells/dimensions';
import { OfferedCells } from './cells/offered-cells';
import { OwnCells } from './cells/own-cells';
import { writeMs } from './cells/instant';
import { readCount, readMeasure, type Measure } from './cells/measures';
import { isBlank } from './cells/number';
import { readAttribute, readId, type Span } from './cells/text';
import { NOT_A_TIME, OUT_OF_YEARS, parseTimestamp, readCreated } from './cells/timestamp';
import type { Header } from './header';
import type { RowFields } from './row-fields';
import { shownText } from './shown-text';

const CREATED_AT = ATTRIBUTES.indexOf('created_at');

/**
 * Rows of an event file → events in columns. Everything that spec'd cells can hold is settled here: aliases, defaults,
 * units, what is rejected and why. Pins, people and accounts get local numbers, in the order of first sight.
 */
export class EventRows {
	readonly run = new RunBuilder();
	readonly claims = new PinClaimsBuilder();
	readonly pins: TextNumbers;
	readonly users: TextNumbers;
	readonly events = eventList();
	readonly dimensions: DimensionCells;
	/** Columns of one's own, and those that could be; null where there are none. */
	readonly own: OwnCells | null;
	readonly offered: OfferedCells | null;
	accepted = 0;
	rejected = 0;
	firstMs = Infinity;
	lastMs = -Infinity;
	/** Of the row that `add` accepted last: its Pin, and what `claimAttributes` said. */
	readonly last = { pin: 0, named: -1 };

	readonly #columns: number;
	readonly #field: Readonly<Record<EventColumn, number>>;
	readonly #attributes: readonly { attribute: number; field: number }[];
	readonly #pin: Span = emptySpan();
	readonly #user: Span = emptySpan();
	readonly #text: Span = emptySpan();
	/** An instant as an attribute has it. */
	readonly #stamp = new Uint8Array(24);
	/** Where the user_ids are of rows that have no person yet. */
	readonly #userRows = growableUint32();
	readonly #userStarts = growableInt32();
	readonly #userEnds = growableInt32();
	/** Why the current row is rejected, and for which column. */
	#reason: RejectReason = 'missing_value';
	#column: EventColumn | null = null;
	/** Of a row that is rejected for a column of one's own, its field; else -1. */
	#ownField = -1;

	/**
	 * @param accounts names that the workspace has numbered already, in that order
	 * @param pins numbers the Pins, `users` the people; both empty
	 */
	constructor(
		header: Header,
		accounts: readonly string[],
		pins: TextNumbers = new Dictionary(),
		users: TextNumbers = new Dictionary()
	) {
		this.pins = pins;
		this.users = users;
		this.#columns = header.names.length;
		this.#field = header.fieldOf;
		this.#attributes = ATTRIBUTES.map((name, attribute) => ({
			attribute,
			field: header.fieldOf[name]
		})).filter(({ field }) => field >= 0);
		this.dimensions = new DimensionCells(header, accounts);
		this.own = OwnCells.of(header);
		this.offered = OfferedCells.of(header);
	}

	/** The accounts, by their local numbers. */
	get accounts(): Dictionary {
		return this.dimensions.accounts;
	}

	/** Takes a row in. Returns null, or why it is rejected. */
	add(bytes: Uint8Array, row: RowFields): Rejection | null {
		if (this.#accept(bytes, row)) return null;
		this.rejected++;
		const field = this.#column === null ? this.#ownField : this.#field[this.#column];
		this.#ownField = -1;
		const isThere = field >= 0 && field < row.fields;
		return {
			line: row.line,
			column: this.#column,
			reason: this.#reason,
			value: isThere ? shownText(bytes, row.starts[field]!, row.ends[field]!) : ''
		};
	}

	/**
	 * Numbers the people of the rows that were added since the last call. Must be called before the bytes that were given
	 * to `add` change, or others are given.
	 */
	settle(bytes: Uint8Array): void {
		const { length } = this.#userRows;
		const numbers = this.users.internSpans(bytes, this.#userStarts.array, this.#userEnds.array, length);
		for (let i = 0; i < length; i++)
			this.run.setUser(this.#userRows.array[i] as number, numbers[i] as number);
		this.#userRows.length = this.#userStarts.length = this.#userEnds.length = 0;
	}

	#accept(bytes: Uint8Array, row: RowFields): boolean {
		const { starts, ends, fields } = row;
		const at = this.#field;
		for (let f = this.#columns; f < fields; f++) {
			if (ends[f] !== starts[f]) return this.#reject(null, 'too_many_fields');
		}

		// First everything is read and checked, then kept: a rejected row leaves no trace.
		const timeMs = this.#time(bytes, row);
		if (timeMs < 0) return false;

		const eventField = at.event;
		if (eventField >= fields || isBlank(bytes, starts[eventField]!, ends[eventField]!)) {
			return this.#reject('event', 'missing_value');
		}
		const event = this.events.parse(bytes, starts[eventField]!, ends[eventField]!);
		if (event === UNKNOWN_VALUE) return this.#reject('event', 'unknown_value');

		const pinField = at.pin_id;
		if (pinField >= fields) return this.#reject('pin_id', 'missing_value');
		const pin = this.#pin;
		readId(bytes, starts[pinField]!, ends[pinField]!, pin);
		if (pin.start === pin.end) return this.#reject('pin_id', 'missing_value');

		const count = this.#count(bytes, row);
		if (count < 0) return false;
		const watchMs = this.#measure('watch_seconds', bytes, row);
		if (watchMs < 0) return false;
		const view = this.#measure('view_percent', bytes, row);
		if (view < 0) return false;
		const played = this.#measure('played_percent', bytes, row);
		if (played < 0) return false;

		if (!this.#isCreatedRight(bytes, row)) return false;

		if (this.own?.hasRoom(bytes, row) === false) {
			this.#ownField = this.own.fields[this.own.crowded]!.field;
			return this.#reject(null, 'too_many_own_values');
		}
		const dimensions = this.dimensions.read(bytes, row);
		if (dimensions < 0) return this.#reject(this.dimensions.column, this.dimensions.reason);

		const pinNumber = this.pins.intern(pin.bytes, pin.start, pin.end);
		this.keep(timeMs, event, dimensions, pinNumber, count, watchMs, view, played);
		if (this.own) this.run.setTuple(this.own.read(bytes, row));
		this.offered?.see(bytes, row);
		this.#noteUser(bytes, row);
		this.last.named = this.claimAttributes(bytes, row, pinNumber, timeMs);
		this.last.pin = pinNumber;
		return true;
	}

	/**
	 * Keeps an event that is accepted. The last three are what it carries as a video play: whole milliseconds and
	 * hundredths. Its person and its Pin's attributes are for the caller to add.
	 * @param event index into EVENTS
	 * @param dimensions the code of its dimensions
	 */
	keep(
		timeMs: number,
		event: number,
		dimensions: number,
		pin: number,
		count: number,
		watchMs: number,
		view: number,
		played: number
	): void {
		const code = dimensions + (event === FIRST_VIDEO_KIND ? videoKind(watchMs, view, played) : event);
		this.run.add(timeMs, code, pin, count);
		if (event === FIRST_VIDEO_KIND) this.run.addVideo(watchMs, view, played);
		if (timeMs < this.firstMs) this.firstMs = timeMs;
		if (timeMs > this.lastMs) this.lastMs = timeMs;
		this.claims.claimFormat(pin, timeMs, valueOf(code, 'format'));
		this.accepted++;
	}

	/**
	 * Claims the attributes that a row names for its Pin.
	 * @returns the attributes named, as bits, if all that is named is the newest; else -1
	 */
	claimAttributes(bytes: Uint8Array, row: RowFields, pin: number, timeMs: number): number {
		const { starts, ends, fields } = row;
		const text = this.#text;
		let named = 0;
		let isNewest = true;
		for (const { attribute, field } of this.#attributes) {
			if (field >= fields || starts[field] === ends[field]) continue;
			if (attribute === CREATED_AT) {
				const createdMs = parseTimestamp(bytes, starts[field]!, ends[field]!);
				if (createdMs < 0) continue; // nothing but space
				text.bytes = this.#stamp;
				text.start = 0;
				text.end = writeMs(createdMs, this.#stamp, 0);
			} else readAttribute(bytes, starts[field]!, ends[field]!, text);
			named |= 1 << attribute;
			if (!this.claims.claim(attribute, pin, timeMs, text.bytes, text.start, text.end)) isNewest = false;
		}
		return isNewest ? named : -1;
	}

	#reject(column: EventColumn | null, reason: RejectReason): false {
		this.#column = column;
		this.#reason = reason;
		return false;
	}

	#time(bytes: Uint8Array, { starts, ends, fields }: RowFields): number {
		const field = this.#field.timestamp;
		if (field >= fields) return this.#refuse('timestamp', 'missing_value');
		const ms = parseTimestamp(bytes, starts[field]!, ends[field]!);
		if (ms >= 0) return ms;
		if (isBlank(bytes, starts[field]!, ends[field]!)) return this.#refuse('timestamp', 'missing_value');
		return this.#refuse('timestamp', ms === OUT_OF_YEARS ? 'year_out_of_range' : 'not_a_time');
	}

	/** Whether the row says nothing of when its Pin was made, or an instant. */
	#isCreatedRight(bytes: Uint8Array, { starts, ends, fields }: RowFields): boolean {
		const field = this.#field.created_at;
		if (field < 0 || field >= fields) return true;
		const ms = readCreated(bytes, starts[field]!, ends[field]!);
		return ms >= 0 || this.#reject('created_at', ms === OUT_OF_YEARS ? 'year_out_of_range' : 'not_a_time');
	}

	#count(bytes: Uint8Array, { starts, ends, fields }: RowFields): number {
		const field = this.#field.count;
		if (field < 0 || field >= fields) return 1;
		const count = readCount(bytes, starts[field]!, ends[field]!);
		if (Number.isNaN(count)) return this.#refuse('count', 'not_a_whole_number');
		return count < 0 ? this.#refuse('count', 'out_of_range') : count;
	}

	#measure(column: Measure, bytes: Uint8Array, { starts, ends, fields }: RowFields): number {
		const field = this.#field[column];
		if (field < 0 || field >= fields) return 0;
		const value = readMeasure(column, bytes, starts[field]!, ends[field]!);
		if (Number.isNaN(value)) return this.#refuse(column, 'not_a_number');
		return value < 0 ? this.#refuse(column, 'out_of_range') : value;
	}

	/** Keeps the place of the row's user_id until settle. */
	#noteUser(bytes: Uint8Array, { starts, ends, fields }: RowFields): void {
		const field = this.#field.user_id;
		if (field < 0 || field >= fields || starts[field] === ends[field]) return;
		const user = this.#user;
		readId(bytes, starts[field]!, ends[field]!, user);
		if (user.start === user.end) return;
		const row = this.run.rows - 1;
		if (user.bytes !== bytes) {
			// an odd one, which is not in the row's bytes as it is compared
			this.run.setUser(row, this.users.intern(user.bytes, user.start, user.end));
			return;
		}
		this.#userRows.push(row);
		this.#userStarts.push(user.start);
		this.#userEnds.push(user.end);
	}

	/** Like #reject, where a number is expected. */
	#refuse(column: EventColumn, reason: RejectReason): number {
		this.#reject(column, reason);
		return NOT_A_TIME;
	}
}

function emptySpan(): Span {
	return { bytes: new Uint8Array(0), start: 0, end: 0 };
}
