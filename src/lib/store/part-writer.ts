import { packSegment, packedBytes } from '../columns/packed-segment';
import { PeriodSumsBuilder, dayBorders, periodSumsBytes, type PeriodSums } from '../columns/period-sums';
import type { RejectedBlock } from '../columns/rejected-block';
import { headOf, type Segment } from '../columns/segment';
import { segmentChecksum } from './checksum';
import {
	SEQ_PER_PART,
	type BatchId,
	type StoredHead,
	type StoredSegment,
	type WorkspaceDatabase
} from './database';

/** What a part of a file has written. */
export interface Written {
	readonly segments: readonly StoredHead[];
	readonly rejectedBytes: number;
	/** By day in UTC. */
	readonly daySums: PeriodSums;
}

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
	readonly #db: WorkspaceDatabase;
	readonly #batchId: BatchId;
	#nextSegment: number;
	#nextRejected: number;

	constructor(db: WorkspaceDatabase, batchId: BatchId, part: number) {
		this.#db = db;
		this.#batchId = batchId;
		this.#nextSegment = this.#nextRejected = part * SEQ_PER_PART;
	}

	async writeSegments(segments: readonly Segment[]): Promise<void> {
		const stored: StoredSegment[] = [];
		for (const segment of segments) {
			const packed = packSegment(segment);
			const checksum = await segmentChecksum(packed);
			stored.push({ batchId: this.#batchId, seq: this.#nextSegment++, segment: packed, checksum });
		}
		await this.#db.segments.bulkAdd(stored);
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
		await this.#db.rejectedRows.add({ batchId: this.#batchId, seq: this.#nextRejected++, rows });
		this.#rejectedBytes += rows.cells.bytes.length + rows.lines.byteLength;
	}

	/** What was written; to be asked at the end. */
	written(): Written {
		return {
			segments: this.#segments,
			rejectedBytes: this.#rejectedBytes,
			daySums: this.#daySums.finish()
		};
	}
}
