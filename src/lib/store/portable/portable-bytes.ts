import { createSHA256, type IHasher } from 'hash-wasm';
import { ProblemError } from '../../model/problem';
import { concat } from '../backup/seal';
import { encodeRecord, recordsOf } from '../backup/records';
import type { PortableHead, PortablePiece } from './portable-batch';

/** What travels as bytes: records as in backups, each with the number of its kind. */

/** Kinds by number: append only. */
const KINDS = [
	'batch',
	'texts',
	'segment',
	'claims',
	'rejected',
	'facts',
	'snapshot',
	'item',
	'end',
	'setting'
] as const;
type Kind = (typeof KINDS)[number];

/** Records are gathered into blocks of about this many bytes. */
const BLOCK_BYTES = 8 << 20;

export interface PortableRecord {
	readonly kind: Kind;
	readonly value: unknown;
}

/** A record as bytes. */
export function portableBytes(kind: Kind, value: unknown): Uint8Array<ArrayBuffer> {
	return concat(recordParts(kind, value));
}

/** Bytes in parts: most of them are those of arrays, which need not be copied. */
export type Parts = readonly Uint8Array[];

/** A record as bytes. */
export function recordParts(kind: Kind, value: unknown): Parts {
	return encodeRecord(KINDS.indexOf(kind), value);
}

/** A piece of a batch as bytes. */
export function pieceParts({ piece, ...value }: PortablePiece): Parts {
	return recordParts(piece, value);
}

/**
 * The records of a block.
 * @throws ProblemError backup_damaged where it holds none, backup_newer where one is of an unknown kind
 */
export function portableRecords(block: Uint8Array): PortableRecord[] {
	return recordsOf(block).map(({ kind: number, record }) => {
		const kind = KINDS[number];
		if (!kind) throw new ProblemError({ code: 'backup_newer' });
		return { kind, value: record };
	});
}

/** SHA-256 over the head and pieces of a batch, as bytes and without the hash; hexadecimal. */
export class ContentHasher {
	readonly #hasher: IHasher;

	private constructor(hasher: IHasher) {
		this.#hasher = hasher;
	}

	/** @param head without the hash */
	static async begin(head: PortableHead): Promise<ContentHasher> {
		const hasher = await createSHA256();
		hasher.init();
		hasher.update(portableBytes('batch', head));
		return new ContentHasher(hasher);
	}

	add(piece: Parts): void {
		for (const part of piece) this.#hasher.update(part);
	}

	finish(): string {
		return this.#hasher.digest('hex');
	}
}

/** The same of pieces that are not needed as bytes. */
export async function contentHashOf(
	head: PortableHead,
	pieces: AsyncIterable<PortablePiece>
): Promise<string> {
	const hasher = await ContentHasher.begin(head);
	for await (const piece of pieces) hasher.add(pieceParts(piece));
	return hasher.finish();
}

/** A batch as blocks of bytes, its head first. */
export async function* batchBlocks(
	head: PortableHead,
	pieces: AsyncIterable<PortablePiece>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	// By itself, so that it can be read without the rest.
	yield portableBytes('batch', head);
	yield* blocksOf(asBytes(pieces));
}

async function* asBytes(pieces: AsyncIterable<PortablePiece>): AsyncGenerator<Parts> {
	for await (const piece of pieces) yield pieceParts(piece);
}

/** How many bytes parts have. */
export function bytesOf(parts: Parts): number {
	return parts.reduce((sum, { length }) => sum + length, 0);
}

/** Records gathered into blocks. */
export async function* blocksOf(records: AsyncIterable<Parts>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	let gathered: Uint8Array[] = [];
	let bytes = 0;
	for await (const record of records) {
		gathered.push(...record);
		bytes += bytesOf(record);
		if (bytes < BLOCK_BYTES) continue;
		yield concat(gathered);
		gathered = [];
		bytes = 0;
	}
	if (bytes > 0) yield concat(gathered);
}

/** The pieces of blocks that follow a head. */
export async function* piecesIn(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<PortablePiece> {
	for await (const block of blocks) for (const record of portableRecords(block)) yield pieceOf(record);
}

/**
 * A record as the piece of a batch.
 * @throws ProblemError backup_damaged where it is none
 */
export function pieceOf({ kind, value }: PortableRecord): PortablePiece {
	if (kind === 'batch' || kind === 'item' || kind === 'end' || kind === 'setting')
		throw new ProblemError({ code: 'backup_damaged' });
	return { piece: kind, ...(value as object) } as PortablePiece;
}
