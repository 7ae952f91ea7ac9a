import { DIMENSIONS, DIMENSION_DEFAULTS, MAX_ACCOUNTS, type Dimension } from '../../model/event';
import type { RejectReason } from '../../model/problem';
import { combinationCode } from '../../columns/combination';
import { Dictionary } from '../../columns/dictionary';
import type { RowFields } from '../event-rows';
import type { Header } from '../header';
import { UNKNOWN_VALUE, dimensionList } from './closed-list';
import { readId, type Span } from './text';

/** So many different stretches of cells are remembered; files with more of them read each row cell by cell. */
const MAX_STRETCHES = 1 << 16;

/**
 * The cells of the five dimensions → the code of their combination, without the kind. Most files have these columns
 * side by side, and few combinations: then the whole stretch of cells is looked up at once.
 */
export class DimensionCells {
	readonly accounts = new Dictionary();
	/** Why the row just read has no code. */
	reason: RejectReason = 'unknown_value';
	column: Dimension = 'content_type';

	readonly #field: Readonly<Record<Dimension, number>>;
	readonly #contentTypes = dimensionList('content_type', DIMENSION_DEFAULTS.content_type);
	readonly #sources = dimensionList('source', DIMENSION_DEFAULTS.source);
	readonly #devices = dimensionList('device', DIMENSION_DEFAULTS.device);
	readonly #formats = dimensionList('format', DIMENSION_DEFAULTS.format);
	readonly #account: Span = { bytes: new Uint8Array(0), start: 0, end: 0 };
	/** First of the five fields where they stand side by side, or -1. */
	readonly #firstField: number;
	readonly #stretches = new Dictionary();
	readonly #codes: number[] = [];

	/** @param accounts names that the workspace has numbered already, in that order */
	constructor(header: Header, accounts: readonly string[]) {
		this.#field = header.fieldOf;
		for (const account of accounts) this.accounts.internText(account);
		const fields = DIMENSIONS.map((dimension) => header.fieldOf[dimension]);
		const first = Math.min(...fields);
		this.#firstField = first + DIMENSIONS.length - 1 === Math.max(...fields) && first >= 0 ? first : -1;
	}

	/** The code, or -1 where a cell holds no value of its list. */
	read(bytes: Uint8Array, row: RowFields): number {
		const first = this.#firstField;
		const last = first + DIMENSIONS.length - 1;
		if (first < 0 || last >= row.fields || this.#codes.length >= MAX_STRETCHES || !isBare(row, first, last)) {
			return this.#readCells(bytes, row);
		}
		const stretch = this.#stretches.intern(bytes, row.starts[first]!, row.ends[last]!);
		const known = this.#codes[stretch] ?? -1;
		if (known >= 0) return known;
		return (this.#codes[stretch] = this.#readCells(bytes, row)); // anew where it fails: it says why
	}

	#readCells(bytes: Uint8Array, row: RowFields): number {
		const contentType = this.#closed('content_type', this.#contentTypes, bytes, row);
		if (contentType === UNKNOWN_VALUE) return -1;
		const source = this.#closed('source', this.#sources, bytes, row);
		if (source === UNKNOWN_VALUE) return -1;
		const device = this.#closed('device', this.#devices, bytes, row);
		if (device === UNKNOWN_VALUE) return -1;
		const format = this.#closed('format', this.#formats, bytes, row);
		if (format === UNKNOWN_VALUE) return -1;
		const account = this.#accountNumber(bytes, row);
		return account < 0 ? -1 : combinationCode(0, contentType, source, device, format, account);
	}

	#closed(
		dimension: Exclude<Dimension, 'account'>,
		list: ReturnType<typeof dimensionList>,
		bytes: Uint8Array,
		{ starts, ends, fields }: RowFields
	): number {
		const field = this.#field[dimension];
		if (field < 0 || field >= fields) return list.parse(bytes, 0, 0);
		const value = list.parse(bytes, starts[field]!, ends[field]!);
		if (value === UNKNOWN_VALUE) this.#refuse(dimension, 'unknown_value');
		return value;
	}

	#accountNumber(bytes: Uint8Array, { starts, ends, fields }: RowFields): number {
		const field = this.#field.account;
		const account = this.#account;
		if (field < 0 || field >= fields) account.start = account.end = 0;
		else readId(bytes, starts[field]!, ends[field]!, account);
		if (account.start === account.end) {
			account.bytes = DEFAULT_ACCOUNT;
			account.start = 0;
			account.end = DEFAULT_ACCOUNT.length;
		}
		if (this.accounts.size < MAX_ACCOUNTS) {
			return this.accounts.intern(account.bytes, account.start, account.end);
		}
		const number = this.accounts.find(account.bytes, account.start, account.end);
		return number < 0 ? this.#refuse('account', 'too_many_accounts') : number;
	}

	#refuse(column: Dimension, reason: RejectReason): -1 {
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
