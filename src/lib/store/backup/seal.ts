import { ProblemError } from '../../model/problem';

/**
 * What files of one's own are made of behind their header: blocks, each with what proves it whole, the last of them empty
 * and marked. Without a passphrase a block is proved by its SHA-256; with one it is sealed by AES-GCM.
 */

/** OWASP's recommendation for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023). */
const PBKDF2_ROUNDS = 600_000;
const HASH_BYTES = 32;
const MAX_BLOCK_BYTES = 1 << 30;

/** Proves blocks whole, and hides them where there is a passphrase. */
export interface Seal {
	/** The sealed bytes, in parts. */
	close(
		bytes: Uint8Array<ArrayBuffer>,
		block: number,
		isLast: boolean
	): Promise<readonly Uint8Array<ArrayBuffer>[]>;
	open(sealed: Uint8Array<ArrayBuffer>, block: number, isLast: boolean): Promise<Uint8Array<ArrayBuffer>>;
}

/** Without a key: the SHA-256 of each block, its place and what the file begins with. */
export function hashSeal(context: Uint8Array<ArrayBuffer>): Seal {
	const hashOf = async (bytes: Uint8Array, block: number, isLast: boolean) => {
		const whole = concat([context, placeOf(block, isLast), bytes]);
		return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
	};
	return {
		close: async (bytes, block, isLast) => [await hashOf(bytes, block, isLast), bytes],
		open: async (sealed, block, isLast) => {
			const bytes = sealed.subarray(HASH_BYTES);
			const hash = await hashOf(bytes, block, isLast);
			if (hash.some((byte, i) => byte !== sealed[i])) throw new ProblemError({ code: 'backup_damaged' });
			return bytes;
		}
	};
}

/** @param key of this file alone */
export function cipherSeal(context: Uint8Array<ArrayBuffer>, key: CryptoKey): Seal {
	// The key is of this file alone (its salt is random), so a block's place is enough to never use a nonce twice.
	const settings = (block: number, isLast: boolean) => ({
		name: 'AES-GCM',
		iv: concat([new Uint8Array(4), placeOf(block, isLast)]),
		additionalData: context
	});
	return {
		close: async (bytes, block, isLast) => [
			new Uint8Array(await crypto.subtle.encrypt(settings(block, isLast), key, bytes))
		],
		open: async (sealed, block, isLast) => {
			try {
				return new Uint8Array(await crypto.subtle.decrypt(settings(block, isLast), key, sealed));
			} catch {
				// For the first block it may be either; before a later one this passphrase has opened others.
				throw new ProblemError({ code: block === 0 ? 'wrong_passphrase' : 'backup_damaged' });
			}
		}
	};
}

/** A block as it stands in a file, in parts: its length, whether it is the last one, and itself. */
export async function sealedBlock(
	seal: Seal,
	bytes: Uint8Array<ArrayBuffer>,
	block: number,
	isLast: boolean
): Promise<Uint8Array<ArrayBuffer>[]> {
	const sealed = await seal.close(bytes, block, isLast);
	const length = sealed.reduce((sum, part) => sum + part.length, 0);
	return [uint32(length), Uint8Array.of(isLast ? 1 : 0), ...sealed];
}

/** Which block of a file, and the byte that it begins at. */
export interface BlockPlace {
	readonly block: number;
	readonly start: number;
}

/** A block that was proved whole. */
export interface OpenedBlock extends BlockPlace {
	readonly bytes: Uint8Array<ArrayBuffer>;
	readonly isLast: boolean;
	/** The byte after it. */
	readonly end: number;
}

/**
 * One block of a file.
 * @throws ProblemError backup_damaged, wrong_passphrase
 */
export async function openBlock(blob: Blob, seal: Seal, { block, start }: BlockPlace): Promise<OpenedBlock> {
	const head = new DataView(await blob.slice(start, start + 5).arrayBuffer());
	if (head.byteLength < 5) throw new ProblemError({ code: 'backup_damaged' });
	const length = head.getUint32(0, true);
	const isLast = head.getUint8(4) === 1;
	const end = start + 5 + length;
	if (length > MAX_BLOCK_BYTES || end > blob.size) throw new ProblemError({ code: 'backup_damaged' });
	const sealed = new Uint8Array(await blob.slice(end - length, end).arrayBuffer());
	return { block, start, bytes: await seal.open(sealed, block, isLast), isLast, end };
}

/**
 * The blocks of a file, each proved whole, and at the end that none is missing.
 * @param start byte that the first one begins at
 * @throws ProblemError backup_damaged, wrong_passphrase
 */
export async function* openBlocks(blob: Blob, start: number, seal: Seal): AsyncGenerator<OpenedBlock> {
	let opened = await openBlock(blob, seal, { block: 0, start });
	while (!opened.isLast) {
		yield opened;
		opened = await openBlock(blob, seal, { block: opened.block + 1, start: opened.end });
	}
	if (opened.end !== blob.size) throw new ProblemError({ code: 'backup_damaged' });
}

/** What keys are derived from; a passphrase cannot be read out of it. */
export async function keyMaterial(passphrase: string): Promise<CryptoKey> {
	const words = new TextEncoder().encode(passphrase.normalize('NFKC'));
	return crypto.subtle.importKey('raw', words, 'PBKDF2', false, ['deriveKey', 'deriveBits']);
}

/** How keys follow from a passphrase. */
export function derivation(salt: Uint8Array<ArrayBuffer>): Pbkdf2Params {
	return { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: PBKDF2_ROUNDS };
}

/** A block's place and whether it is the last one, as 8 bytes. */
function placeOf(block: number, isLast: boolean): Uint8Array<ArrayBuffer> {
	return concat([uint32(block), uint32(isLast ? 1 : 0)]);
}

/** A number as 4 bytes, the lowest first. */
export function uint32(value: number): Uint8Array<ArrayBuffer> {
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

/** Bytes as hexadecimal digits. */
export function hex(bytes: Uint8Array): string {
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The bytes of hexadecimal digits. */
export function unhex(text: string): Uint8Array<ArrayBuffer> {
	return Uint8Array.from(text.match(/../g) ?? [], (byte) => parseInt(byte, 16));
}
