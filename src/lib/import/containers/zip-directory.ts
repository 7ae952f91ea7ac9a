import { ProblemError } from '../../model/problem';
import type { ByteSource } from '../byte-source';

/** A file in a zip archive, as the archive's directory has it. */
export interface ZipEntry {
	readonly name: string;
	/** 0: stored as it is; 8: DEFLATE; others are not read here. */
	readonly method: number;
	readonly isLocked: boolean;
	readonly crc: number;
	readonly packedBytes: number;
	readonly byteLength: number;
	/** Where its own header stands in the archive. */
	readonly offset: number;
	/** In milliseconds since 1970. */
	readonly modifiedMs: number | null;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const END_64_LOCATOR = 0x07064b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const ENTRY_BYTES = 46;
const MAX_COMMENT_BYTES = 65_535;
/** Stands where a number needs the 64 bits that are kept elsewhere. */
const ELSEWHERE = 0xffffffff;
/** A directory of a million files is smaller. */
const MAX_DIRECTORY_BYTES = 256 << 20;

export function isZip(head: Uint8Array): boolean {
	return (
		head[0] === 0x50 &&
		head[1] === 0x4b &&
		((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))
	);
}

/**
 * The files of an archive, folders left out, in the directory's order.
 * @throws ProblemError damaged_zip
 */
export async function readZipDirectory(archive: ByteSource): Promise<ZipEntry[]> {
	try {
		const { offset, byteLength, count } = await findDirectory(archive);
		if (byteLength > MAX_DIRECTORY_BYTES) throw new RangeError('too large a directory');
		const bytes = await archive.slice(offset, offset + byteLength);
		const view = viewOf(bytes);
		const entries: ZipEntry[] = [];
		for (let at = 0, n = 0; n < count; n++) {
			if (view.getUint32(at, true) !== ENTRY) throw new RangeError('no entry');
			const { entry, end } = readEntry(bytes, view, at);
			if (!entry.name.endsWith('/')) entries.push(entry);
			at = end;
		}
		return entries;
	} catch (error) {
		// A directory that points beyond itself is met as a read beyond its bytes.
		if (error instanceof RangeError) throw new ProblemError({ code: 'damaged_zip' });
		throw error;
	}
}

async function findDirectory(
	archive: ByteSource
): Promise<{ offset: number; byteLength: number; count: number }> {
	const start = Math.max(0, archive.byteLength - END_BYTES - MAX_COMMENT_BYTES);
	const view = viewOf(await archive.slice(start, archive.byteLength));
	let at = view.byteLength - END_BYTES;
	while (at >= 0 && view.getUint32(at, true) !== END) at--;
	if (at < 0) throw new RangeError('no end');
	const offset = view.getUint32(at + 16, true);
	const byteLength = view.getUint32(at + 12, true);
	const count = view.getUint16(at + 10, true);
	if (offset !== ELSEWHERE && byteLength !== ELSEWHERE && count !== 0xffff) {
		return { offset, byteLength, count };
	}
	const locatorAt = start + at - LOCATOR_BYTES;
	const locator = viewOf(await archive.slice(Math.max(0, locatorAt), start + at));
	if (locator.getUint32(0, true) !== END_64_LOCATOR) return { offset, byteLength, count };
	const endAt = Number(locator.getBigUint64(8, true));
	const end = viewOf(await archive.slice(endAt, endAt + 56));
	if (end.getUint32(0, true) !== END_64) throw new RangeError('no end');
	return {
		count: Number(end.getBigUint64(32, true)),
		byteLength: Number(end.getBigUint64(40, true)),
		offset: Number(end.getBigUint64(48, true))
	};
}

function readEntry(bytes: Uint8Array, view: DataView, at: number): { entry: ZipEntry; end: number } {
	const flags = view.getUint16(at + 8, true);
	const nameBytes = view.getUint16(at + 28, true);
	const extraBytes = view.getUint16(at + 30, true);
	const commentBytes = view.getUint16(at + 32, true);
	const nameAt = at + ENTRY_BYTES;
	const extraAt = nameAt + nameBytes;
	const large = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
	let modifiedMs = dosTime(view.getUint16(at + 14, true), view.getUint16(at + 12, true));
	for (let field = extraAt; field + 4 <= extraAt + extraBytes;) {
		const id = view.getUint16(field, true);
		const end = field + 4 + view.getUint16(field + 2, true);
		if (id === 1) {
			// the 64-bit numbers that do not fit, in this order
			let value = field + 4;
			large.forEach((number, i) => {
				if (number !== ELSEWHERE) return;
				large[i] = Number(view.getBigUint64(value, true));
				value += 8;
			});
		} else if (id === 0x5455 && end >= field + 9 && (view.getUint8(field + 4) & 1) === 1) {
			modifiedMs = view.getInt32(field + 5, true) * 1000;
		}
		field = end;
	}
	const [byteLength = 0, packedBytes = 0, offset = 0] = large;
	return {
		entry: {
			name: entryName(bytes.subarray(nameAt, extraAt)),
			method: view.getUint16(at + 10, true),
			isLocked: (flags & 1) === 1,
			crc: view.getUint32(at + 16, true),
			packedBytes,
			byteLength,
			offset,
			modifiedMs
		},
		end: extraAt + extraBytes + commentBytes
	};
}

/** UTF-8 where it is valid, whatever the archive says: programs are careless about that flag. */
function entryName(bytes: Uint8Array): string {
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1252').decode(bytes);
	}
}

/** A date and time as DOS kept them: of no zone, so that of this machine is taken. */
function dosTime(date: number, time: number): number | null {
	if (date === 0) return null;
	const [year, month, day] = [1980 + (date >> 9), ((date >> 5) & 15) - 1, date & 31];
	return new Date(year, month, day, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime();
}

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
