import { packSegment, packedBytes } from '../columns/packed-segment';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes, type PeriodSums } from '../columns/period-sums';
import type { RejectedBlock } from '../columns/rejected-block';
import { headOf, type Segment } from '../columns/segment';
import { segmentChecksum } from './checksum';
import {
	SEQ_PER_PART,
	type BatchId,
	type StoredHead,
	type StoredRejected,
	type StoredSegment,
	type WorkspaceDatabase
} from './database';

/** What a part of a file has written, or holds to be written with its batch. */
export interface Written {
	readonly segments: readonly StoredHead[];
	/** Pieces that are not in the database yet. */
	readonly held: HeldPieces;
	readonly rejectedBytes: number;
	/** By day in UTC. */
	readonly daySums: PeriodSums;
}

/** Pieces of a batch before it has a number. */
export interface HeldPieces {
	readonly segments: readonly Omit<StoredSegment, 'batchId'>[];
	readonly rejectedRows: readonly Omit<StoredRejected, 'batchId'>[];
}

/** Writes what was held, within a transaction or by itself. */
export async function writeHeld(
	db: WorkspaceDatabase,
	batchId: BatchId,
	{ segments, rejectedRows }: HeldPieces
): Promise<void> {
	if (segments.length > 0) await db.segments.bulkAdd(segments.map((piece) => ({ batchId, ...piece })));
	if (rejectedRows.length > 0)
		await db.rejectedRows.bulkAdd(rejectedRows.map((piece) => ({ batchId, ...piece })));
}

/**
 * So much a part may hold: what a small file holds is written in one transaction with its batch, since each transaction
 * waits for the disk.
 */
export const SMALL_PART_BYTES = 1 << 18;

/** Bytes that parts of a file take, their texts aside. */
export function bytesOf(written: readonly Written[]): number {
	return written.reduce(
		(sum, { rejectedBytes, daySums, segments }) =>
			sum +
			rejectedBytes +
			periodSumsBytes(daySums) +
			segments.reduce((all, head) => all + head.storedBytes, 0),
		0
	);
}

/** Writes the pieces of one part of a file; can do so from another worker than the batch's. */
export class PartWriter {
	readonly #segments: StoredHead[] = [];
	readonly #daySums = new PeriodSumsBuilder();
	#rejectedBytes = 0;
	#heldSegments: HeldPieces['segments'][number][] = [];
	#heldRejected: HeldPieces['rejectedRows'][number][] = [];
	#heldBytes = 0;
	readonly #db: WorkspaceDatabase;
	readonly #batchId: () => Promise<BatchId>;
	readonly #mayHold: number;
	#nextSegment: number;
	#nextRejected: number;

	/**
	 * @param batchId asked once there is something to be written
	 * @param mayHold bytes that need not be written before its batch is made live
	 */
	constructor(db: WorkspaceDatabase, batchId: () => Promise<BatchId>, part: number, mayHold = 0) {
		this.#db = db;
		this.#batchId = batchId;
		this.#mayHold = mayHold;
		this.#nextSegment = this.#nextRejected = part * SEQ_PER_PART;
	}

	async writeSegments(segments: readonly Segment[]): Promise<void> {
		const stored: HeldPieces['segments'][number][] = [];
		for (const segment of segments) {
			const packed = packSegment(segment);
			const checksum = await segmentChecksum(packed);
			stored.push({ seq: this.#nextSegment++, segment: packed, checksum });
			this.#heldBytes += packedBytes(packed);
		}
		this.#heldSegments.push(...stored);
		await this.#writeTooMuch();
		for (const segment of segments) this.#daySums.addSegment(segment, dayBorders(segment, 'UTC'));
		this.#segments.push(
			...stored.map(({ seq, segment: packed }, i) => ({
				...headOf(segments[i]!),
				seq,
				storedBytes: packedBytes(packed)
			}))
		);
	}

	async writeRejected(rows: RejectedBlock): Promise<void> {
		this.#heldRejected.push({ seq: this.#nextRejected++, rows });
		const bytes = rows.cells.bytes.length + rows.lines.byteLength;
		this.#rejectedBytes += bytes;
		this.#heldBytes += bytes;
		await this.#writeTooMuch();
	}

	async #writeTooMuch(): Promise<void> {
		if (this.#heldBytes <= this.#mayHold) return;
		const held = { segments: this.#heldSegments, rejectedRows: this.#heldRejected };
		this.#heldSegments = [];
		this.#heldRejected = [];
		this.#heldBytes = 0;
		await writeHeld(this.#db, await this.#batchId(), held);
	}

	/** What was written; to be asked at the end. */
	written(): Written {
		return {
			segments: this.#segments,
			held: { segments: this.#heldSegments, rejectedRows: this.#heldRejected },
			rejectedBytes: this.#rejectedBytes,
			daySums: this.#daySums.finish()
		};
	}
}
