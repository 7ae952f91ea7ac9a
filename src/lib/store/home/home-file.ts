import { ProblemError } from '../../model/problem';
import { concat, hex, openBlocks, sealedBlock, uint32 } from '../backup/seal';
import type { HomeKeys } from './home-keys';

/**
 * A file of a home folder: a mark, a header in JSON and sealed blocks (backup/seal.ts). It is written once and never changed.
 */

const MARK = 'TACKHOME';
/** Version of this form. A reader refuses later ones. */
const VERSION = 1;
/** A header longer than this is none. */
const MAX_HEADER_BYTES = 1 << 16;

interface Header {
	readonly version: number;
	/** Version of the database that it was written from. */
	readonly schema: number;
	/** Hexadecimal; set where it is encrypted. */
	readonly salt: string | null;
	/** Hexadecimal; of this file alone. */
	readonly nonce: string;
}

/**
 * The bytes of a file, block by block.
 * @param schema version of the database
 */
export async function* homeFileBytes(
	keys: HomeKeys,
	schema: number,
	blocks: AsyncIterable<Uint8Array<ArrayBuffer>>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
	const header: Header = { version: VERSION, schema, salt: keys.salt, nonce };
	const json = new TextEncoder().encode(JSON.stringify(header));
	const head = concat([new TextEncoder().encode(MARK), uint32(json.length), json]);
	yield head;
	const seal = await keys.sealOf(head, header.salt, nonce);
	let count = 0;
	for await (const block of blocks) yield concat(await sealedBlock(seal, block, count++, false));
	yield concat(await sealedBlock(seal, new Uint8Array(), count, true));
}

/**
 * The blocks of a file, each proved whole, and at the end that none is missing.
 * @param latest version of the database that can be read
 * @throws ProblemError not_a_home_file, backup_newer, backup_damaged, passphrase_needed, wrong_passphrase
 */
export async function* homeFileBlocks(
	keys: HomeKeys,
	latest: number,
	file: Blob
): AsyncGenerator<Uint8Array> {
	const { header, bytes } = await readHeader(file);
	if (header.version > VERSION || header.schema > latest) throw new ProblemError({ code: 'backup_newer' });
	const seal = await keys.sealOf(bytes, header.salt, header.nonce);
	for await (const block of openBlocks(file, bytes.length, seal)) yield block.bytes;
}

/**
 * The salt that a file was sealed with; null where it is not encrypted.
 * @throws ProblemError not_a_home_file, backup_damaged
 */
export async function saltOf(file: Blob): Promise<string | null> {
	return (await readHeader(file)).header.salt;
}

async function readHeader(file: Blob): Promise<{ header: Header; bytes: Uint8Array<ArrayBuffer> }> {
	const start = MARK.length + 4;
	const head = new DataView(await file.slice(0, start).arrayBuffer());
	const mark = new TextDecoder('latin1').decode(head.buffer.slice(0, MARK.length));
	if (!MARK.startsWith(mark)) throw new ProblemError({ code: 'not_a_home_file' });
	if (head.byteLength < start) throw new ProblemError({ code: 'backup_damaged' });
	const length = head.getUint32(MARK.length, true);
	if (length > MAX_HEADER_BYTES) throw new ProblemError({ code: 'backup_damaged' });
	const bytes = new Uint8Array(await file.slice(0, start + length).arrayBuffer());
	return { header: parseHeader(bytes.subarray(start)), bytes };
}

function parseHeader(json: Uint8Array): Header {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(json);
		const { version, schema, salt, nonce } = JSON.parse(text) as Partial<Header>;
		const isHex = (value: unknown) => typeof value === 'string' && /^([0-9a-f]{2})+$/.test(value);
		const isWhole = typeof version === 'number' && typeof schema === 'number' && isHex(nonce);
		if (isWhole && (salt === null || isHex(salt))) return { version, schema, salt: salt!, nonce: nonce! };
	} catch {
		// not JSON, or not UTF-8: as damaged as one that lacks something
	}
	throw new ProblemError({ code: 'backup_damaged' });
}
