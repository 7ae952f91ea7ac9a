import { createCRC32 } from 'hash-wasm';
import { ProblemError, type Problem } from '../../model/problem';
import { blobChunks } from './blob-chunks';
import { DamagedStream, inflated } from './inflate';
import type { ZipEntry } from './zip-directory';

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const STORED = 0;
const DEFLATED = 8;

/** Why an entry cannot be read, as far as the archive's directory shows. */
export function entryProblem({ isLocked, method }: ZipEntry): Problem | null {
	if (isLocked) return { code: 'zip_password' };
	if (method !== STORED && method !== DEFLATED) return { code: 'unknown_archive' };
	return null;
}

/**
 * The bytes of a file in an archive.
 * @param onRead gets the packed bytes that were read
 * @throws ProblemError damaged_zip_entry, at its end where only the checksum shows it
 */
export async function* entryChunks(
	archive: Blob,
	entry: ZipEntry,
	onRead: (bytes: number) => void
): AsyncGenerator<Uint8Array> {
	const damaged = new ProblemError({ code: 'damaged_zip_entry' });
	const local = await archive.slice(entry.offset, entry.offset + LOCAL_BYTES).arrayBuffer();
	const view = new DataView(local);
	if (view.byteLength < LOCAL_BYTES || view.getUint32(0, true) !== LOCAL) throw damaged;
	const start = entry.offset + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
	const end = start + entry.packedBytes;
	if (end > archive.size) throw damaged;

	const packed = blobChunks(archive.slice(start, end), onRead);
	const checksum = await createCRC32();
	checksum.init();
	let length = 0;
	try {
		for await (const chunk of entry.method === STORED ? packed : inflated(packed)) {
			checksum.update(chunk);
			length += chunk.length;
			yield chunk;
		}
	} catch (error) {
		throw error instanceof DamagedStream ? damaged : error;
	}
	const crc = entry.crc.toString(16).padStart(8, '0');
	if (length !== entry.byteLength || checksum.digest() !== crc) throw damaged;
}
