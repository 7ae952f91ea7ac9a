import { Dexie } from 'dexie';
import type { PeriodSums } from '../columns/period-sums';
import type { LiveBatch, StoredDaySums, WorkspaceDatabase } from './database';

/** Sums by day, kept beside segments for UTC and one more time zone. */

/** The sums of a zone, by batch and part. */
export async function readDaySums(db: WorkspaceDatabase, zone: string): Promise<StoredDaySums[]> {
	return ofZone(db, zone).toArray();
}

/** Keeps the sums of a batch in a zone, unless other rows of it are hidden by now than when they were counted. */
export async function addDaySums(
	db: WorkspaceDatabase,
	zone: string,
	{ id: batchId, edition }: LiveBatch,
	sums: PeriodSums
): Promise<void> {
	await db.transaction('rw', [db.batches, db.daySums], async () => {
		const now = await db.batches.get(batchId);
		if (now && now.edition === edition) await db.daySums.put({ zone, batchId, part: 0, sums });
	});
}

/** Throws away the sums of all zones but these. */
export async function keepZones(db: WorkspaceDatabase, zones: readonly string[]): Promise<void> {
	const kept = await db.daySums.orderBy('zone').uniqueKeys();
	for (const zone of kept) if (!zones.includes(zone as string)) await ofZone(db, zone as string).delete();
}

function ofZone(db: WorkspaceDatabase, zone: string) {
	return db.daySums.where('[zone+batchId+part]').between([zone, Dexie.minKey], [zone, Dexie.maxKey]);
}
