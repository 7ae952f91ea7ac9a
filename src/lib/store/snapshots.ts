import type { InsightsSnapshot } from '../model/insights';
import { snapshotChecksum } from './checksum';
import {
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredSnapshot,
	type WorkspaceDatabase
} from './database';

/** Audience insights as the database holds them, an audience of a day a record; each is checked when it is read. */

/** Snapshots as records, each with its checksum. */
export async function toStoredSnapshots(
	snapshots: readonly InsightsSnapshot[]
): Promise<Omit<StoredSnapshot, 'batchId'>[]> {
	return Promise.all(
		snapshots.map(async (snapshot, seq) => ({ seq, snapshot, checksum: await snapshotChecksum(snapshot) }))
	);
}

/** Bytes that snapshots take, about. */
export function snapshotBytes(snapshots: readonly InsightsSnapshot[]): number {
	return JSON.stringify(snapshots).length;
}

/** A snapshot, and the import that brought it. */
export interface BatchSnapshot {
	readonly batchId: BatchId;
	readonly file: string;
	readonly snapshot: InsightsSnapshot;
}

/** The snapshots of live batches, in the order of their import. What is damaged is left out. */
export async function readSnapshots(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[]
): Promise<BatchSnapshot[]> {
	const result: BatchSnapshot[] = [];
	for (const { id, file, report } of batches) {
		if (!report?.snapshots) continue;
		for (const { snapshot } of await readStoredSnapshots(db, id))
			result.push({ batchId: id, file, snapshot });
	}
	return result;
}

/** The snapshots of a batch that can be read, as they are stored. */
export async function readStoredSnapshots(
	db: WorkspaceDatabase,
	batchId: BatchId
): Promise<StoredSnapshot[]> {
	const whole: StoredSnapshot[] = [];
	for (const stored of await piecesOf(db.snapshots, batchId).toArray())
		if (stored.checksum === (await snapshotChecksum(stored.snapshot))) whole.push(stored);
	return whole;
}
