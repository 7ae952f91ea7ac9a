import { Dexie } from 'dexie';
import type { PeriodSums } from '../columns/period-sums';
import type { BatchId, StoredDaySums, WorkspaceDatabase } from './database';

/** Sums by day, kept beside segments for UTC and one more time zone. */

/** The sums of a zone, by batch and part. */
export async function readDaySums(db: WorkspaceDatabase, zone: string): Promise<StoredDaySums[]> {
	return ofZone(db, zone).toArray();
}

/** Keeps the sums of a batch in a zone. */
export async function addDaySums(
	db: WorkspaceDatabase,
	zone: string,
	batchId: BatchId,
	sums: PeriodSums
): Promise<void> {
	await db.daySums.put({ zone, batchId, part: 0, sums });
}

/** Throws away the sums of all zones but these. */
export async function keepZones(db: WorkspaceDatabase, zones: readonly string[]): Promise<void> {
	const kept = await db.daySums.orderBy('zone').uniqueKeys();
	for (const zone of kept) if (!zones.includes(zone as string)) await ofZone(db, zone as string).delete();
}

function ofZone(db: WorkspaceDatabase, zone: string) {
	return db.daySums.where('[zone+batchId+part]').between([zone, Dexie.minKey], [zone, Dexie.maxKey]);
}
