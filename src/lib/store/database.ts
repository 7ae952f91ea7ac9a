import { Dexie, type Table } from 'dexie';
import type { TextBlock } from '../columns/dictionary';
import type { PinClaims } from '../columns/pin-claims';
import type { Segment, SegmentHead } from '../columns/segment';
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
	/** Of segment `seq` = index. */
	readonly segments: readonly SegmentHead[];
	readonly storedBytes: number;
}

export type LiveBatch = StoredBatch & { readonly id: BatchId };

export interface StoredSegment {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly segment: Segment;
}

/** A block of texts that a batch brought: numbers [first, first + count). */
export interface StoredTexts {
	readonly vocabulary: 'pin' | 'user' | 'account';
	readonly first: number;
	readonly batchId: BatchId;
	readonly block: TextBlock;
}

export interface StoredClaims {
	readonly batchId: BatchId;
	readonly claims: PinClaims;
}

/** A piece of the CSV of a batch's rejected rows. */
export interface StoredRejected {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly csv: Uint8Array;
}

export interface StoredSetting {
	readonly key: string;
	readonly value: unknown;
}

export class WorkspaceDatabase extends Dexie {
	readonly batches!: Table<StoredBatch, BatchId>;
	readonly segments!: Table<StoredSegment, [BatchId, number]>;
	readonly texts!: Table<StoredTexts, [string, number]>;
	readonly claims!: Table<StoredClaims, BatchId>;
	readonly rejectedRows!: Table<StoredRejected, [BatchId, number]>;
	readonly settings!: Table<StoredSetting, string>;

	/** @param workspace name of the workspace; each has a database of its own */
	constructor(workspace: string) {
		// Strict: a transaction is over when its data is on the disk, not when it is in the system's hands.
		super(`tackboard-${workspace}`, { chromeTransactionDurability: 'strict' });
		this.version(1).stores({
			batches: '++id',
			segments: '[batchId+seq]',
			texts: '[vocabulary+first], batchId',
			claims: 'batchId',
			rejectedRows: '[batchId+seq]',
			settings: 'key'
		});
	}
}
