import type { Dimension } from '../model/dimension';
import { CLOSED_VALUES, KIND_COUNT, type NativeDimension } from '../model/event';

/**
 * All closed facts of an event in one whole number: its kind and its value of every dimension. Few combinations occur,
 * so whatever depends on them (does it pass the filter, which series is it in) is worked out once per combination and
 * looked up once per row. The number is stored: the radixes below must not change.
 */

const RADIX = {
	kind: 16, // KIND_COUNT with room
	content_type: 2,
	source: 2,
	device: 4,
	format: 8 // with room
} as const;

const CONTENT = RADIX.kind;
const SOURCE = CONTENT * RADIX.content_type;
const DEVICE = SOURCE * RADIX.source;
const FORMAT = DEVICE * RADIX.device;
/** Codes of one account; an account's number times this is its first code. */
export const CODES_PER_ACCOUNT = FORMAT * RADIX.format;
/**
 * What a class adds to a code: room for more accounts than there can be. A class is what a question makes of a row beside
 * its combination (own-columns.ts); codes that are stored have none.
 */
export const CODES_PER_CLASS = CODES_PER_ACCOUNT * 16_384;

/** The code of a combination. `kind` as in model/event; the others are indexes into CLOSED_VALUES; `account` is its number. */
export function combinationCode(
	kind: number,
	contentType: number,
	source: number,
	device: number,
	format: number,
	account: number
): number {
	return (
		kind +
		contentType * CONTENT +
		source * SOURCE +
		device * DEVICE +
		format * FORMAT +
		account * CODES_PER_ACCOUNT
	);
}

/** What value `index` of a dimension adds to a code. */
export function valueCode(dimension: NativeDimension, index: number): number {
	switch (dimension) {
		case 'content_type':
			return index * CONTENT;
		case 'source':
			return index * SOURCE;
		case 'device':
			return index * DEVICE;
		case 'format':
			return index * FORMAT;
		case 'account':
			return index * CODES_PER_ACCOUNT;
	}
}

/** The kind of a code. */
export function kindOf(code: number): number {
	return code % RADIX.kind;
}

/** The account's number in a code. */
export function accountOf(code: number): number {
	return Math.floor((code % CODES_PER_CLASS) / CODES_PER_ACCOUNT);
}

/** The index of a code's value in a dimension: into CLOSED_VALUES, the account's number, or the class. */
export function valueOf(code: number, dimension: Dimension): number {
	switch (dimension) {
		case 'content_type':
			return Math.floor(code / CONTENT) % RADIX.content_type;
		case 'source':
			return Math.floor(code / SOURCE) % RADIX.source;
		case 'device':
			return Math.floor(code / DEVICE) % RADIX.device;
		case 'format':
			return Math.floor(code / FORMAT) % RADIX.format;
		case 'account':
			return accountOf(code);
		default:
			return Math.floor(code / CODES_PER_CLASS);
	}
}

/** The name of value `index` of a dimension of combinations. */
export function valueName(dimension: NativeDimension, index: number, accounts: readonly string[]): string {
	return (dimension === 'account' ? accounts[index] : CLOSED_VALUES[dimension][index]) ?? '';
}

/** How many values a dimension can have at most. */
export function valueCount(dimension: NativeDimension, accounts: readonly string[]): number {
	return dimension === 'account' ? accounts.length : CLOSED_VALUES[dimension].length;
}

if (KIND_COUNT > RADIX.kind || CLOSED_VALUES.format.length > RADIX.format)
	throw new Error('combination: radix too small');
