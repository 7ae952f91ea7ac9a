import { ProblemError } from '../../model/problem';

/**
 * The file of a backup: a mark, a header in JSON, and blocks, each with what proves it whole. Without a passphrase that
 * is its SHA-256; with one, each block is sealed by AES-GCM under a key from PBKDF2. Both cover the header and the
 * block's place, so that blocks can be neither swapped nor left out; the last one says that it is the last.
 */

const MARK = 'TACKBAK\n';
/** Version of this container. A reader refuses later ones. */
const VERSION = 1;
/** OWASP's recommendation for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
const PBKDF2_ROUNDS = 600_000;
const HASH_BYTES = 32;
/** A header longer than this is none. */
const MAX_HEADER_BYTES = 1 << 20;
const MAX_BLOCK_BYTES = 1 << 30;

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
		const sealed = await this.#seal.close(bytes, this.#blocks++, isLast);
		// A Blob takes the bytes out of memory; an array would keep them there.
		this.#parts.push(new Blob([uint32(sealed.length), Uint8Array.of(isLast ? 1 : 0), sealed]));
	}
}

/** Reads a backup. */
export class BackupReader {
	readonly header: BackupHeader;
	readonly #blob: Blob;
	readonly #start: number;
	readonly #seal: Seal;

	private constructor(blob: Blob, header: StoredHeader, start: number, seal: Seal) {
		this.header = header;
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
	async *blocks(): AsyncGenerator<Uint8Array> {
		let at = this.#start;
		for (let block = 0; ; block++) {
			const head = new DataView(await this.#blob.slice(at, at + 5).arrayBuffer());
			if (head.byteLength < 5) throw new ProblemError({ code: 'backup_damaged' });
			const length = head.getUint32(0, true);
			const isLast = head.getUint8(4) === 1;
			at += 5 + length;
			if (length > MAX_BLOCK_BYTES || at > this.#blob.size)
				throw new ProblemError({ code: 'backup_damaged' });
			const sealed = new Uint8Array(await this.#blob.slice(at - length, at).arrayBuffer());
			const bytes = await this.#seal.open(sealed, block, isLast);
			if (isLast) break;
			yield bytes;
		}
		if (at !== this.#blob.size) throw new ProblemError({ code: 'backup_damaged' });
	}
}

/** Proves blocks whole, and hides them where there is a passphrase. */
interface Seal {
	close(bytes: Uint8Array<ArrayBuffer>, block: number, isLast: boolean): Promise<Uint8Array<ArrayBuffer>>;
	open(sealed: Uint8Array<ArrayBuffer>, block: number, isLast: boolean): Promise<Uint8Array<ArrayBuffer>>;
}

async function sealOf(
	header: Uint8Array<ArrayBuffer>,
	salt: string | null,
	passphrase: string
): Promise<Seal> {
	const context = new Uint8Array(await crypto.subtle.digest('SHA-256', header));
	return salt === null ? hashSeal(context) : cipherSeal(context, await keyOf(passphrase, unhex(salt)));
}

function hashSeal(context: Uint8Array<ArrayBuffer>): Seal {
	const hashOf = async (bytes: Uint8Array, block: number, isLast: boolean) => {
		const whole = concat([context, placeOf(block, isLast), bytes]);
		return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
	};
	return {
		close: async (bytes, block, isLast) => concat([await hashOf(bytes, block, isLast), bytes]),
		open: async (sealed, block, isLast) => {
			const bytes = sealed.subarray(HASH_BYTES);
			const hash = await hashOf(bytes, block, isLast);
			if (hash.some((byte, i) => byte !== sealed[i])) throw new ProblemError({ code: 'backup_damaged' });
			return bytes;
		}
	};
}

function cipherSeal(context: Uint8Array<ArrayBuffer>, key: CryptoKey): Seal {
	// The key is of this file alone (its salt is random), so a block's place is enough to never use a nonce twice.
	const settings = (block: number, isLast: boolean) => ({
		name: 'AES-GCM',
		iv: concat([new Uint8Array(4), placeOf(block, isLast)]),
		additionalData: context
	});
	return {
		close: async (bytes, block, isLast) =>
			new Uint8Array(await crypto.subtle.encrypt(settings(block, isLast), key, bytes)),
		open: async (sealed, block, isLast) => {
			try {
				return new Uint8Array(await crypto.subtle.decrypt(settings(block, isLast), key, sealed));
			} catch {
				// Which of both it is cannot be told for the first block; a later one was opened by this passphrase before.
				throw new ProblemError({ code: block === 0 ? 'wrong_passphrase' : 'backup_damaged' });
			}
		}
	};
}

async function keyOf(passphrase: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
	const words = new TextEncoder().encode(passphrase.normalize('NFKC'));
	const material = await crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey']);
	const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PBKDF2_ROUNDS };
	const cipher = { name: 'AES-GCM', length: 256 };
	return crypto.subtle.deriveKey(derivation, material, cipher, false, ['encrypt', 'decrypt']);
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

/** A block's place and whether it is the last one, as 8 bytes. */
function placeOf(block: number, isLast: boolean): Uint8Array<ArrayBuffer> {
	return concat([uint32(block), uint32(isLast ? 1 : 0)]);
}

function uint32(value: number): Uint8Array<ArrayBuffer> {
	const bytes = new DataView(new ArrayBuffer(4));
	bytes.setUint32(0, value, true);
	return new Uint8Array(bytes.buffer);
}

/** Arrays one after the other. */
export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}

function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function unhex(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}
