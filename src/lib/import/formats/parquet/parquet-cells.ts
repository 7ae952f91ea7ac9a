import type { SchemaElement } from 'hyparquet';
import { MS_PER_DAY } from '../../../model/calendar';
import { guardFormula } from '../../../model/csv-cell';
import { writeDate, writeMs } from '../../cells/instant';

/** Values of Parquet columns, as hyparquet gives them unconverted, → cells as a CSV would have them. */

/** What a column's values are, beyond their bits. */
export type CellKind =
	| { readonly is: 'text' | 'number' | 'date' | 'int96' | 'uuid' | 'unsigned32' | 'unsigned64' }
	/** `perMs`: how many units make a millisecond. */
	| { readonly is: 'time'; readonly perMs: 1 | 1_000 | 1_000_000 }
	| { readonly is: 'decimal'; readonly scale: number };

export type CellValue = Uint8Array | number | bigint | boolean | null | undefined;

const PER_MS = { MILLIS: 1, MICROS: 1_000, NANOS: 1_000_000 } as const;

/** The kind of a column by its place in the schema. */
export function cellKind({ type, converted_type, logical_type, scale }: SchemaElement): CellKind {
	if (type === 'INT96') return { is: 'int96' };
	if (logical_type?.type === 'TIMESTAMP') return { is: 'time', perMs: PER_MS[logical_type.unit] };
	if (converted_type === 'TIMESTAMP_MILLIS') return { is: 'time', perMs: 1 };
	if (converted_type === 'TIMESTAMP_MICROS') return { is: 'time', perMs: 1_000 };
	if (converted_type === 'DATE' || logical_type?.type === 'DATE') return { is: 'date' };
	if (logical_type?.type === 'DECIMAL') return { is: 'decimal', scale: logical_type.scale };
	if (converted_type === 'DECIMAL') return { is: 'decimal', scale: scale ?? 0 };
	if (logical_type?.type === 'UUID') return { is: 'uuid' };
	const isUnsigned = logical_type?.type === 'INTEGER' && !logical_type.isSigned;
	if (type === 'INT64' && (isUnsigned || converted_type === 'UINT_64')) return { is: 'unsigned64' };
	if (type === 'INT32' && (isUnsigned || converted_type === 'UINT_32')) return { is: 'unsigned32' };
	return { is: type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY' ? 'text' : 'number' };
}

export const APOSTROPHE = 39;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The most bytes that a value takes as a cell. */
export function roomFor(value: CellValue): number {
	// 400: the longest number; one more: the apostrophe before a formula.
	return value instanceof Uint8Array ? Math.max(value.length + 1, 128) : 400;
}

/** Writes a value as a cell. @returns the offset behind it */
export function writeCell(kind: CellKind, value: CellValue, bytes: Uint8Array, at: number): number {
	if (value === null || value === undefined) return at;
	switch (kind.is) {
		case 'text':
			return value instanceof Uint8Array ? writeBytes(value, bytes, at) : writeText(String(value), bytes, at);
		case 'time':
			return writeMs(timeMs(value as bigint | number, kind.perMs), bytes, at);
		case 'int96':
			return writeMs(int96Ms(value as bigint), bytes, at);
		case 'date':
			return writeDate(Number(value), bytes, at);
		case 'decimal':
			return writeText(decimalText(value as number | bigint | Uint8Array, kind.scale), bytes, at);
		case 'uuid':
			return writeText(uuidText(value as Uint8Array), bytes, at);
		case 'unsigned32':
			return writeText(String(Number(value) >>> 0), bytes, at);
		case 'unsigned64':
			return writeText(String(BigInt.asUintN(64, BigInt(value as bigint))), bytes, at);
		case 'number':
			return writeText(String(value), bytes, at);
	}
}

function writeBytes(value: Uint8Array, bytes: Uint8Array, at: number): number {
	// The checks take an apostrophe before a formula off, as CSV files have it: so one is put there.
	if (value[0] === APOSTROPHE) return writeText(guardFormula(decoder.decode(value)), bytes, at);
	const { length } = value;
	if (length > 64) bytes.set(value, at);
	else for (let i = 0; i < length; i++) bytes[at + i] = value[i] as number;
	return at + length;
}

function writeText(text: string, bytes: Uint8Array, at: number): number {
	return at + encoder.encodeInto(text, bytes.subarray(at)).written;
}

function timeMs(value: bigint | number, perMs: number): number {
	if (typeof value !== 'bigint') return Math.floor(Number(value) / perMs);
	return msOfWords(Number(value >> 32n), Number(value & 0xffff_ffffn), perMs);
}

/**
 * The millisecond of a time of 64 bits, finer digits cut off.
 * @param high its upper 32 bits, with their sign
 * @param low the lower ones, without
 * @param perMs as in CellKind
 */
export function msOfWords(high: number, low: number, perMs: number): number {
	// Nanoseconds do not fit a double: 2^32 = 4294 × 1,000,000 + 967,296.
	if (perMs === 1_000_000) return high * 4_294 + Math.floor((high * 967_296 + low) / 1_000_000);
	return Math.floor((high * 0x1_0000_0000 + low) / perMs);
}

const JULIAN_DAY_OF_1970 = 2_440_588;

/** The millisecond of a time of 96 bits: the Julian day above the nanoseconds of the day. */
export function int96Ms(value: bigint): number {
	const nanoseconds = value & 0xffffffffffffffffn;
	return (Number(value >> 64n) - JULIAN_DAY_OF_1970) * MS_PER_DAY + Number(nanoseconds / 1_000_000n);
}

/** A decimal number from its digits without the point, exact however many there are. */
function decimalText(value: number | bigint | Uint8Array, scale: number): string {
	const unscaled = value instanceof Uint8Array ? bigEndian(value) : BigInt(value);
	const digits = String(unscaled < 0n ? -unscaled : unscaled).padStart(scale + 1, '0');
	const point = digits.length - scale;
	const fraction = digits.slice(point).replace(/0+$/, '');
	return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${fraction === '' ? '' : `.${fraction}`}`;
}

function bigEndian(bytes: Uint8Array): bigint {
	let value = 0n;
	for (const byte of bytes) value = value * 256n + BigInt(byte);
	return BigInt.asIntN(bytes.length * 8, value);
}

function uuidText(bytes: Uint8Array): string {
	const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
