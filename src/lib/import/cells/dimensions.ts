import {
	NATIVE_DIMENSIONS,
	DIMENSION_DEFAULTS,
	MAX_OPEN_VALUES,
	type ClosedDimension,
	type NativeDimension
} from '../../model/event';
import type { RejectReason } from '../../model/problem';
import { combinationCode } from '../../columns/combination';
import { Dictionary } from '../../columns/dictionary';
import type { RowFields } from '../row-fields';
import type { Header } from '../header';
import { UNKNOWN_VALUE, dimensionList, type ClosedList } from './closed-list';
import { readId, type Span } from './text';

/** So many different stretches of cells are remembered; files with more of them read each row cell by cell. */
const MAX_STRETCHES = 1 << 16;

/**
 * The cells of the five dimensions → the code of their combination, without the kind. Most files have these columns
 * side by side, and few combinations: then the whole stretch of cells is looked up at once.
 */
export class DimensionCells {
	readonly accounts = new Dictionary();
	/** Why the row, or the cell, just read has no code. */
	reason: RejectReason = 'unknown_value';
	column: NativeDimension = 'content_type';

	readonly #field: Readonly<Record<NativeDimension, number>>;
	readonly #lists: Readonly<Record<ClosedDimension, ClosedList>> = {
		content_type: dimensionList('content_type', DIMENSION_DEFAULTS.content_type),
		source: dimensionList('source', DIMENSION_DEFAULTS.source),
		device: dimensionList('device', DIMENSION_DEFAULTS.device),
		format: dimensionList('format', DIMENSION_DEFAULTS.format)
	};
	readonly #account: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };
	/** First of the five fields where they stand side by side, or -1. */
	readonly #firstField: number;
	readonly #stretches = new Dictionary();
	readonly #codes: number[] = [];

	/** @param accounts names that the workspace has numbered already, in that order */
	constructor(header: Header, accounts: readonly string[]) {
		this.#field = header.fieldOf;
		for (const account of accounts) this.accounts.internText(account);
		const fields = NATIVE_DIMENSIONS.map((dimension) => header.fieldOf[dimension]);
		const first = Math.min(...fields);
		this.#firstField =
			first + NATIVE_DIMENSIONS.length - 1 === Math.max(...fields) && first >= 0 ? first : -1;
	}

	/** The code, or -1 where a cell holds no value of its list. */
	read(bytes: Uint8Array, row: RowFields): number {
		const first = this.#firstField;
		const last = first + NATIVE_DIMENSIONS.length - 1;
		if (first < 0 || last >= row.fields || this.#codes.length >= MAX_STRETCHES || !isBare(row, first, last)) {
			return this.#readCells(bytes, row);
		}
		const stretch = this.#stretches.intern(bytes, row.starts[first]!, row.ends[last]!);
		const known = this.#codes[stretch] ?? -1;
		if (known >= 0) return known;
		return (this.#codes[stretch] = this.#readCells(bytes, row)); // anew where it fails: it says why
	}

	/**
	 * The index of a cell's value in its dimension, an account's number, or -1 where it holds none that is allowed. An
	 * account that is new is numbered: ask for it last, once nothing else can have the row rejected.
	 */
	value(dimension: NativeDimension, bytes: Uint8Array, start: number, end: number): number {
		if (dimension === 'account') return this.#accountNumber(bytes, start, end);
		const value = this.#lists[dimension].parse(bytes, start, end);
		return value === UNKNOWN_VALUE ? this.#refuse(dimension, 'unknown_value') : value;
	}

	#readCells(bytes: Uint8Array, row: RowFields): number {
		const contentType = this.#valueIn(bytes, row, 'content_type');
		if (contentType < 0) return -1;
		const source = this.#valueIn(bytes, row, 'source');
		if (source < 0) return -1;
		const device = this.#valueIn(bytes, row, 'device');
		if (device < 0) return -1;
		const format = this.#valueIn(bytes, row, 'format');
		if (format < 0) return -1;
		const account = this.#valueIn(bytes, row, 'account');
		return account < 0 ? -1 : combinationCode(0, contentType, source, device, format, account);
	}

	#valueIn(bytes: Uint8Array, { starts, ends, fields }: RowFields, dimension: NativeDimension): number {
		const field = this.#field[dimension];
		if (field < 0 || field >= fields) return this.value(dimension, bytes, 0, 0);
		return this.value(dimension, bytes, starts[field]!, ends[field]!);
	}

	#accountNumber(bytes: Uint8Array, start: number, end: number): number {
		const account = this.#account;
		readId(bytes, start, end, account);
		if (account.start === account.end) {
			account.bytes = DEFAULT_ACCOUNT;
			account.start = 0;
			account.end = DEFAULT_ACCOUNT.length;
		}
		if (this.accounts.size < MAX_OPEN_VALUES) {
			return this.accounts.intern(account.bytes, account.start, account.end);
		}
		const number = this.accounts.find(account.bytes, account.start, account.end);
		return number < 0 ? this.#refuse('account', 'too_many_accounts') : number;
	}

	#refuse(column: NativeDimension, reason: RejectReason): -1 {
		this.column = column;
		this.reason = reason;
		return -1;
	}
}

const DEFAULT_ACCOUNT = new TextEncoder().encode(DIMENSION_DEFAULTS.account);

/** Whether no field of [first, last] was quoted: then the same bytes are the same cells. */
function isBare({ starts, ends }: RowFields, first: number, last: number): boolean {
	for (let f = first; f < last; f++) if (starts[f + 1] !== ends[f]! + 1) return false;
	return true;
}
