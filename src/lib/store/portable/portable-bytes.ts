import { createSHA256 } from 'hash-wasm';
import { ProblemError } from '../../model/problem';
import { concat } from '../backup/seal';
import { decodeRecords, encodeRecord } from '../backup/records';
import type { PortableHead, PortablePiece } from './portable-batch';

/** What travels as bytes: records as in backups, each with the number of its kind. */

/** Kinds by number: append only. */
const KINDS = ['batch', 'texts', 'segment', 'claims', 'rejected', 'facts', 'snapshot', 'item'] as const;
type Kind = (typeof KINDS)[number];

/** Records are gathered into blocks of about this many bytes. */
const BLOCK_BYTES = 8 << 20;

export interface PortableRecord {
	readonly kind: Kind;
	readonly value: unknown;
}

/** A record as bytes. */
export function portableBytes(kind: Kind, value: unknown): Uint8Array<ArrayBuffer> {
	return concat(encodeRecord(KINDS.indexOf(kind), value));
}

/** A piece of a batch as bytes. */
function pieceBytes({ piece, ...value }: PortablePiece): Uint8Array<ArrayBuffer> {
	return portableBytes(piece, value);
}

/**
 * The records of a block.
 * @throws ProblemError backup_damaged where it holds none, backup_newer where one is of an unknown kind
 */
export function portableRecords(block: Uint8Array): PortableRecord[] {
	try {
		return Array.from(decodeRecords(block), ({ table, record }) => {
			const kind = KINDS[table];
			if (!kind) throw new ProblemError({ code: 'backup_newer' });
			return { kind, value: record };
		});
	} catch (error) {
		if (error instanceof RangeError || error instanceof SyntaxError || error instanceof TypeError)
			throw new ProblemError({ code: 'backup_damaged' });
		throw error;
	}
}

/** SHA-256 over the head and pieces of a batch, hexadecimal. */
export async function contentHashOf(
	head: PortableHead,
	pieces: AsyncIterable<PortablePiece>
): Promise<string> {
	const hasher = await createSHA256();
	hasher.init();
	hasher.update(portableBytes('batch', head));
	for await (const piece of pieces) hasher.update(pieceBytes(piece));
	return hasher.digest('hex');
}

/** A batch as blocks of bytes, its head first. */
export async function* batchBlocks(
	head: PortableHead,
	pieces: AsyncIterable<PortablePiece>
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
	// By itself, so that it can be read without the rest.
	yield portableBytes('batch', head);
	let gathered: Uint8Array[] = [];
	let bytes = 0;
	for await (const piece of pieces) {
		const own = pieceBytes(piece);
		gathered.push(own);
		bytes += own.length;
		if (bytes < BLOCK_BYTES) continue;
		yield concat(gathered);
		gathered = [];
		bytes = 0;
	}
	if (bytes > 0) yield concat(gathered);
}

/** The pieces of blocks that follow a head. */
export async function* piecesIn(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<PortablePiece> {
	for await (const block of blocks)
		for (const { kind, value } of portableRecords(block)) {
			if (kind === 'batch' || kind === 'item') throw new ProblemError({ code: 'backup_damaged' });
			yield { piece: kind, ...(value as object) } as PortablePiece;
		}
}
