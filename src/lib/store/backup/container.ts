import { ProblemError } from '../../model/problem';
import {
	cipherSeal,
	derivation,
	hashSeal,
	hex,
	keyMaterial,
	openBlock,
	openBlocks,
	sealedBlock,
	uint32,
	unhex,
	type BlockPlace,
	type OpenedBlock,
	type Seal
} from './seal';

/**
 * The file of a backup: a mark, a header in JSON, and blocks, each with what proves it whole. Without a passphrase that
 * is its SHA-256; with one, each block is sealed by AES-GCM under a key from PBKDF2. Both cover the header and the
 * block's place, so that blocks can be neither swapped nor left out; the last one says that it is the last.
 */

const MARK = 'TACKBAK\n';
/** Version of what the blocks hold. A reader refuses later ones; up to 1 they were tables (table-backup.ts). */
const VERSION = 2;
export const VERSION_OF_TABLES = 1;
/** A header longer than this is none. */
const MAX_HEADER_BYTES = 1 << 20;

/** What a backup says of itself. */
export interface BackupHeader {
	/** Name of the workspace; '' is the first one's. */
	readonly workspace: string;
	/** Milliseconds since 1970. */
	readonly madeAt: number;
	/** Version of the database that it was taken from. */
	readonly schema: number;
}

interface StoredHeader extends BackupHeader {
	readonly version: number;
	/** Set where it is encrypted: hexadecimal salt. */
	readonly salt: string | null;
}

/** Writes a backup: block × n, finish. */
export class BackupWriter {
	readonly #parts: BlobPart[] = [];
	readonly #seal: Seal;
	#blocks = 0;

	private constructor(headerBytes: Uint8Array<ArrayBuffer>, seal: Seal) {
		this.#parts.push(MARK, uint32(headerBytes.length), headerBytes);
		this.#seal = seal;
	}

	/** @param passphrase '' leaves it unencrypted */
	static async begin(header: BackupHeader, passphrase: string): Promise<BackupWriter> {
		const salt = passphrase === '' ? null : hex(crypto.getRandomValues(new Uint8Array(16)));
		const stored: StoredHeader = { ...header, version: VERSION, salt };
		const headerBytes = new TextEncoder().encode(JSON.stringify(stored));
		return new BackupWriter(headerBytes, await sealOf(headerBytes, salt, passphrase));
	}

	async block(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
		await this.#write(bytes, false);
	}

	async finish(): Promise<Blob> {
		await this.#write(new Uint8Array(), true);
		return new Blob(this.#parts, { type: 'application/octet-stream' });
	}

	async #write(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Promise<void> {
		// A Blob takes the bytes out of memory; an array would keep them there.
		this.#parts.push(new Blob(await sealedBlock(this.#seal, bytes, this.#blocks++, isLast)));
	}
}

/** Reads a backup. */
export class BackupReader {
	readonly header: BackupHeader;
	/** Version of what its blocks hold. */
	readonly version: number;
	readonly #blob: Blob;
	readonly #start: number;
	readonly #seal: Seal;

	private constructor(blob: Blob, header: StoredHeader, start: number, seal: Seal) {
		this.header = header;
		this.version = header.version;
		this.#blob = blob;
		this.#start = start;
		this.#seal = seal;
	}

	/**
	 * @param passphrase ignored where the backup is not encrypted
	 * @throws ProblemError not_a_backup, backup_newer, passphrase_needed
	 */
	static async open(blob: Blob, passphrase: string): Promise<BackupReader> {
		const start = MARK.length + 4;
		const head = new DataView(await blob.slice(0, start).arrayBuffer());
		const mark = new TextDecoder('latin1').decode(head.buffer.slice(0, MARK.length));
		if (mark !== MARK || head.byteLength < start) throw new ProblemError({ code: 'not_a_backup' });
		const length = head.getUint32(MARK.length, true);
		if (length > MAX_HEADER_BYTES) throw new ProblemError({ code: 'backup_damaged' });
		const headerBytes = new Uint8Array(await blob.slice(start, start + length).arrayBuffer());
		const header = parseHeader(headerBytes);
		if (header.version > VERSION) throw new ProblemError({ code: 'backup_newer' });
		if (header.salt !== null && passphrase === '') throw new ProblemError({ code: 'passphrase_needed' });
		return new BackupReader(blob, header, start + length, await sealOf(headerBytes, header.salt, passphrase));
	}

	/**
	 * The blocks, each proved whole, and at the end that none is missing.
	 * @throws ProblemError backup_damaged, wrong_passphrase
	 */
	blocks(): AsyncGenerator<OpenedBlock> {
		return openBlocks(this.#blob, this.#start, this.#seal);
	}

	/**
	 * One of the blocks again.
	 * @throws ProblemError backup_damaged
	 */
	async block(place: BlockPlace): Promise<Uint8Array> {
		return (await openBlock(this.#blob, this.#seal, place)).bytes;
	}
}

async function sealOf(
	header: Uint8Array<ArrayBuffer>,
	salt: string | null,
	passphrase: string
): Promise<Seal> {
	const context = new Uint8Array(await crypto.subtle.digest('SHA-256', header));
	return salt === null ? hashSeal(context) : cipherSeal(context, await keyOf(passphrase, unhex(salt)));
}

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	const cipher = { name: 'AES-GCM', length: 256 };
	const material = await keyMaterial(passphrase);
	return crypto.subtle.deriveKey(derivation(salt), material, cipher, false, ['encrypt', 'decrypt']);
}

function parseHeader(bytes: Uint8Array): StoredHeader {
	try {
		const header = JSON.parse(
			new TextDecoder('utf-8', { fatal: true }).decode(bytes)
		) as Partial<StoredHeader>;
		const { version, workspace, madeAt, schema, salt } = header;
		const isWhole =
			typeof version === 'number' &&
			typeof workspace === 'string' &&
			typeof madeAt === 'number' &&
			typeof schema === 'number' &&
			(salt === null || (typeof salt === 'string' && /^([0-9a-f]{2})+$/.test(salt)));
		if (isWhole) return { version, workspace, madeAt, schema, salt };
	} catch {
		// not JSON, or not UTF-8: as damaged as one that lacks something
	}
	throw new ProblemError({ code: 'backup_damaged' });
}
