import { Dexie, type Table } from 'dexie';
import type { TextBlock } from '../columns/dictionary';
import type { PinClaims } from '../columns/pin-claims';
import type { RejectedBlock } from '../columns/rejected-block';
import type { PackedSegment } from '../columns/packed-segment';
import type { SegmentHead } from '../columns/segment';
import type { Rejection } from '../model/problem';

/**
 * A workspace's database. Events are stored as segments, never as objects of their own; a batch is what one file
 * brought, and is made live by one transaction at its end.
 */

export type BatchId = number;

export interface StoredBatch {
	/** Given by the database, rising: a later batch is a later import. */
	readonly id?: BatchId;
	/** Only live batches count; what is still `staging` at a start was left by a crash. */
	readonly state: 'staging' | 'live';
	readonly file: string;
	readonly fileBytes: number;
	readonly importedAt: number;
	readonly isSample: boolean;
	/** Of the file's bytes (import/fingerprint.ts); '' while staging. */
	readonly fingerprint: string;
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejections, for the report. */
	readonly rejections: readonly Rejection[];
	/** First and last event; null where no row was accepted. */
	readonly firstMs: number | null;
	readonly lastMs: number | null;
	/** Of its segments, in the order of the file. */
	readonly segments: readonly StoredHead[];
	/** The names of the file's columns. */
	readonly columns: readonly string[];
	/** Physical line that each part of the file starts on. */
	readonly firstLines: readonly number[];
	readonly storedBytes: number;
}

export type LiveBatch = StoredBatch & { readonly id: BatchId };

/** The head of a segment, and its key within the batch. */
export type StoredHead = SegmentHead & { readonly seq: number; readonly storedBytes: number };

/**
 * Pieces of a batch are keyed by the part of the file that they are from and their place in it, so that parts can be
 * written side by side: seq = part × this + place.
 */
export const SEQ_PER_PART = 1 << 20;

export interface StoredSegment {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly segment: PackedSegment;
}

/** A block of texts that a batch brought: numbers [first, first + count). */
export interface StoredTexts {
	readonly vocabulary: 'pin' | 'user' | 'account';
	readonly first: number;
	/** In the key, so that texts can be counted without being read. */
	readonly count: number;
	readonly batchId: BatchId;
	readonly block: TextBlock;
}

export interface StoredClaims {
	readonly batchId: BatchId;
	readonly part: number;
	readonly claims: PinClaims;
}

/** Some of a batch's rejected rows. */
export interface StoredRejected {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly rows: RejectedBlock;
}

export interface StoredSetting {
	readonly key: string;
	readonly value: unknown;
}

export class WorkspaceDatabase extends Dexie {
	readonly batches!: Table<StoredBatch, BatchId>;
	readonly segments!: Table<StoredSegment, [BatchId, number]>;
	readonly texts!: Table<StoredTexts, [string, number, number]>;
	readonly claims!: Table<StoredClaims, [BatchId, number]>;
	readonly rejectedRows!: Table<StoredRejected, [BatchId, number]>;
	readonly settings!: Table<StoredSetting, string>;

	/** @param workspace name of the workspace; each has a database of its own */
	constructor(workspace: string) {
		// Strict: a transaction is over when its data is on the disk, not when it is in the system's hands.
		super(`tackboard-${workspace}`, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({
			batches: '++id',
			segments: '[batchId+seq]',
			texts: '[vocabulary+first+count], batchId',
			claims: '[batchId+part]',
			rejectedRows: '[batchId+seq]',
			settings: 'key'
		});
	}
}
