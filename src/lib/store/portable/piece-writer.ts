import { factBlockBytes } from '../../columns/fact-block';
import { packedBytes, unpackSegment, type PackedSegment } from '../../columns/packed-segment';
import { claimsBytes } from '../../columns/pin-claims';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes, type PeriodSums } from '../../columns/period-sums';
import { headOf } from '../../columns/segment';
import { textCount, type TextBlock } from '../../columns/text-block';
import { MAX_OPEN_VALUES } from '../../model/event';
import { ProblemError } from '../../model/problem';
import { claimsChecksum, factsChecksum, segmentChecksum, snapshotChecksum } from '../checksum';
import type {
	BatchId,
	StoredClaims,
	StoredFacts,
	StoredHead,
	StoredRejected,
	StoredSegment,
	StoredSnapshot,
	StoredTexts,
	Vocabulary,
	WorkspaceDatabase
} from '../database';
import { snapshotBytes } from '../snapshots';
import { isOpenList, type TextNumbering } from '../text-numbering';
import type { PortablePiece } from './portable-batch';
import { KnownNumbers, renumberClaims, renumberSegment } from './renumbering';

/** The pieces of a batch that travelled, brought to the numbers of this workspace, and stored. */

/** So many bytes of pieces are kept in memory before they are written. */
export const HELD_BYTES = 8 << 20;

type Piece<T> = Omit<T, 'batchId'>;

/** What a batch came to. */
export interface Read {
	readonly heads: readonly StoredHead[];
	/** Bytes that it takes; its texts aside. */
	readonly storedBytes: number;
}

/** Pieces of a batch that can be written before it is live. */
interface EarlyPieces {
	readonly segments: Piece<StoredSegment>[];
	readonly rejectedRows: Piece<StoredRejected>[];
	readonly factBlocks: Piece<StoredFacts>[];
	readonly snapshots: Piece<StoredSnapshot>[];
}

/** Pieces of a batch that are not in the database yet. */
interface HeldPieces extends EarlyPieces {
	readonly claims: readonly Piece<StoredClaims>[];
	readonly daySums: PeriodSums | null;
}

/** What is to be stored of a batch besides its record. */
export interface Contents {
	readonly pieces: HeldPieces;
	readonly texts: readonly Piece<StoredTexts>[];
}

/** Stores what batches hold under their numbers, within a transaction. */
export async function storeContents(
	db: WorkspaceDatabase,
	batches: readonly (Contents & { readonly id: BatchId })[]
): Promise<void> {
	const all = <T>(of: (contents: Contents) => readonly Piece<T>[]) =>
		batches.flatMap(({ id, ...contents }) => numbered(id, of(contents)) as T[]);
	await db.texts.bulkAdd(all<StoredTexts>(({ texts }) => texts));
	await db.claims.bulkAdd(all<StoredClaims>(({ pieces }) => pieces.claims));
	await db.daySums.bulkAdd(
		batches.flatMap(({ id, pieces: { daySums } }) =>
			daySums ? [{ zone: 'UTC', batchId: id, part: 0, sums: daySums }] : []
		)
	);
	await storeEarly(db, batches);
}

async function storeEarly(
	db: WorkspaceDatabase,
	batches: readonly { readonly id: BatchId; readonly pieces: EarlyPieces }[]
): Promise<void> {
	const all = <T>(of: (pieces: EarlyPieces) => readonly Piece<T>[]) =>
		batches.flatMap(({ id, pieces }) => numbered(id, of(pieces)) as T[]);
	await db.segments.bulkPut(all<StoredSegment>(({ segments }) => segments));
	await db.rejectedRows.bulkPut(all<StoredRejected>(({ rejectedRows }) => rejectedRows));
	await db.factBlocks.bulkPut(all<StoredFacts>(({ factBlocks }) => factBlocks));
	await db.snapshots.bulkPut(all<StoredSnapshot>(({ snapshots }) => snapshots));
}

function numbered<T>(batchId: BatchId, pieces: readonly T[]): (T & { readonly batchId: BatchId })[] {
	return pieces.map((piece) => ({ batchId, ...piece }));
}

/** Takes in the pieces of one batch. Large batches are written as they come, under a number that is not live. */
export class PieceWriter {
	readonly #db: WorkspaceDatabase;
	readonly #texts: TextNumbering;
	readonly #begin: () => Promise<BatchId>;
	#id: Promise<BatchId> | null = null;
	/** By vocabulary: the workspace's numbers of the batch's texts. */
	readonly #numbers = new Map<Vocabulary, KnownNumbers>();
	readonly #heads: StoredHead[] = [];
	readonly #daySums = new PeriodSumsBuilder();
	#storedBytes = 0;
	#held = nothingHeld();
	#heldBytes = 0;
	readonly #claims: Piece<StoredClaims>[] = [];
	#sums: PeriodSums | null = null;

	/** @param begin makes it a batch that is not live, and gives its number; called once there is too much to be held */
	constructor(db: WorkspaceDatabase, texts: TextNumbering, begin: () => Promise<BatchId>) {
		this.#db = db;
		this.#texts = texts;
		this.#begin = begin;
	}

	/** Its number in the database. */
	id(): Promise<BatchId> {
		return (this.#id ??= this.#begin());
	}

	/** The same; null where nothing of it is there. */
	async begunAs(): Promise<BatchId | null> {
		// Where it could not begin, there is nothing of it.
		return (await this.#id?.catch(() => null)) ?? null;
	}

	async write(piece: PortablePiece): Promise<void> {
		switch (piece.piece) {
			case 'texts':
				this.#intern(piece.vocabulary, piece.block);
				break;
			case 'segment':
				await this.#holdSegment(piece.seq, renumberSegment(piece.segment, this.#numbersIn));
				break;
			case 'claims': {
				const { part, of } = piece;
				const claims = renumberClaims(piece.claims, this.#numbersIn('pin'));
				const checked = of ? { of, checksum: await claimsChecksum(claims) } : {};
				this.#claims.push({ part, claims, ...checked });
				this.#storedBytes += claimsBytes(claims);
				break;
			}
			case 'rejected': {
				const { seq, rows } = piece;
				this.#held.rejectedRows.push({ seq, rows });
				this.#hold(rows.cells.bytes.length + rows.lines.byteLength);
				break;
			}
			case 'facts': {
				const { seq, block } = piece;
				this.#held.factBlocks.push({ seq, block, checksum: await factsChecksum(block) });
				this.#hold(factBlockBytes(block));
				break;
			}
			case 'snapshot': {
				const { seq, snapshot } = piece;
				this.#held.snapshots.push({ seq, snapshot, checksum: await snapshotChecksum(snapshot) });
				this.#hold(snapshotBytes([snapshot]));
			}
		}
		if (this.#heldBytes > HELD_BYTES) await this.flush();
	}

	/** Writes what is held and may be there before the batch is live. */
	async flush(): Promise<void> {
		const [db, id] = [this.#db, await this.id()];
		const pieces = this.#takeEarly();
		await db.transaction('rw', [db.segments, db.rejectedRows, db.factBlocks, db.snapshots], () =>
			storeEarly(db, [{ id, pieces }])
		);
	}

	/** To be called once, after all pieces. */
	finish(): Read {
		if (this.#heads.length > 0) {
			this.#sums = this.#daySums.finish();
			this.#storedBytes += periodSumsBytes(this.#sums);
		}
		return { heads: this.#heads, storedBytes: this.#storedBytes };
	}

	/** What was not written yet, to be stored with the batch. */
	takeHeld(): HeldPieces {
		return { ...this.#takeEarly(), claims: this.#claims, daySums: this.#sums };
	}

	#takeEarly(): EarlyPieces {
		const held = this.#held;
		this.#held = nothingHeld();
		this.#heldBytes = 0;
		return held;
	}

	readonly #numbersIn = (vocabulary: Vocabulary): KnownNumbers => {
		let numbers = this.#numbers.get(vocabulary);
		if (!numbers) this.#numbers.set(vocabulary, (numbers = new KnownNumbers()));
		return numbers;
	};

	#intern(vocabulary: Vocabulary, block: TextBlock): void {
		const dictionary = this.#texts.dictionary(vocabulary);
		const numbers = this.#numbersIn(vocabulary);
		if (numbers.isSame && numbers.count === dictionary.size) {
			// Nothing else is there: numbers stay as they are, and no text need be looked up.
			dictionary.append(block);
			numbers.add(Uint32Array.from({ length: textCount(block) }, (_, i) => numbers.count + i));
		} else numbers.add(dictionary.internBlock(block));
		if (isOpenList(vocabulary) && dictionary.size > MAX_OPEN_VALUES)
			throw new ProblemError({ code: 'too_many_values' });
	}

	async #holdSegment(seq: number, packed: PackedSegment): Promise<void> {
		const segment = unpackSegment(packed);
		const storedBytes = packedBytes(packed);
		this.#daySums.addSegment(segment, dayBorders(segment, 'UTC'));
		this.#heads.push({ ...headOf(segment), seq, storedBytes });
		this.#held.segments.push({ seq, segment: packed, checksum: await segmentChecksum(packed) });
		this.#hold(storedBytes);
	}

	#hold(bytes: number): void {
		this.#heldBytes += bytes;
		this.#storedBytes += bytes;
	}
}

function nothingHeld(): EarlyPieces {
	return { segments: [], rejectedRows: [], factBlocks: [], snapshots: [] };
}
