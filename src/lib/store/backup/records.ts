import { ProblemError } from '../../model/problem';

/**
 * Records of the database as bytes: JSON, with typed arrays taken out of it and put behind it as they are. What the
 * database holds is made of nothing else.
 */

const ARRAYS = [
	Uint8Array,
	Uint16Array,
	Uint32Array,
	Int8Array,
	Int16Array,
	Int32Array,
	Float64Array
] as const;
type AnyArray = InstanceType<(typeof ARRAYS)[number]>;

/** Stands in the JSON where an array was: its kind (index into ARRAYS) and its length. */
interface ArrayMark {
	readonly $array: readonly [kind: number, length: number];
}

const LENGTHS_BYTES = 9;

/** A record: its kind (1 byte), lengths of the JSON and of the arrays (4 bytes each), and both. */
export function encodeRecord(kind: number, record: unknown): Uint8Array[] {
	const arrays: AnyArray[] = [];
	const json = new TextEncoder().encode(
		JSON.stringify(record, (_, value: unknown) => {
			if (!ArrayBuffer.isView(value)) return value;
			const kind = ARRAYS.findIndex((Kind) => value instanceof Kind);
			if (kind < 0) throw new Error('backup: a kind of array that it does not know');
			arrays.push(value as AnyArray);
			return { $array: [kind, (value as AnyArray).length] } satisfies ArrayMark;
		})
	);
	const arrayBytes = arrays.reduce((sum, { byteLength }) => sum + byteLength, 0);
	const lengths = new DataView(new ArrayBuffer(LENGTHS_BYTES));
	lengths.setUint8(0, kind);
	lengths.setUint32(1, json.length, true);
	lengths.setUint32(5, arrayBytes, true);
	const views = arrays.map((array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
	return [new Uint8Array(lengths.buffer), json, ...views];
}

export interface DecodedRecord {
	/** Of a file's own numbering. */
	readonly kind: number;
	readonly record: unknown;
}

/**
 * The records of a block, one after the other.
 * @throws RangeError or SyntaxError where the bytes are no records
 */
export function* decodeRecords(bytes: Uint8Array): Generator<DecodedRecord> {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	for (let at = 0; at < bytes.length;) {
		const kind = view.getUint8(at);
		const jsonStart = at + LENGTHS_BYTES;
		const arraysStart = jsonStart + view.getUint32(at + 1, true);
		const end = arraysStart + view.getUint32(at + 5, true);
		if (end > bytes.length) throw new RangeError('backup: a record beyond its block');
		let next = arraysStart;
		const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(jsonStart, arraysStart));
		const record: unknown = JSON.parse(json, (_, value: unknown) => {
			if (!isMark(value)) return value;
			const [arrayKind, length] = value.$array;
			const Kind = ARRAYS[arrayKind];
			if (!Kind) throw new RangeError('backup: a kind of array that it does not know');
			const start = next;
			next += length * Kind.BYTES_PER_ELEMENT;
			if (next > end) throw new RangeError('backup: an array beyond its record');
			return new Kind(bytes.slice(start, next).buffer);
		});
		if (next !== end) throw new RangeError('backup: a record with bytes to spare');
		yield { kind, record };
		at = end;
	}
}

/**
 * The records of a block of a file.
 * @throws ProblemError backup_damaged where the bytes are no records
 */
export function recordsOf(block: Uint8Array): DecodedRecord[] {
	try {
		return [...decodeRecords(block)];
	} catch (error) {
		if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
			throw new ProblemError({ code: 'backup_damaged' });
		throw error;
	}
}

function isMark(value: unknown): value is ArrayMark {
	return typeof value === 'object' && value !== null && Array.isArray((value as Partial<ArrayMark>).$array);
}
