import type { PackedPinCounts } from '../columns/packed-pin-counts';
import type { PackedRangeIndex } from '../columns/packed-range-index';
import { periodSumsArrays, type PeriodSums } from '../columns/period-sums';
import { rangeIndexChecksum } from './checksum';
import type { LiveBatch, StoredRangeIndex, WorkspaceDatabase } from './database';

/**
 * What is known of all events together, kept beside them, so that a newly started browser shows figures without a count.
 * It is of the batches that were live when it was made, and of no use to others. A backup does without: it is made again.
 */
export interface KeptOfAll {
	readonly zone: string;
	readonly index: PackedRangeIndex;
	/** null where an earlier version stored none. */
	readonly sums: PeriodSums | null;
	/** null where there are none. */
	readonly pins: PackedPinCounts | null;
}

/** Reads what is kept, of whatever batches: it can be read while these are. */
export async function readKept(db: WorkspaceDatabase): Promise<StoredRangeIndex | null> {
	const [kept] = await db.rangeIndexes.toArray();
	return kept ?? null;
}

/** What is kept, if it is of these batches and no disk has changed it; else null. */
export async function keptOf(
	kept: StoredRangeIndex | null,
	batches: readonly LiveBatch[]
): Promise<KeptOfAll | null> {
	if (!kept || kept.of !== nameOf(batches)) return null;
	const { zone, index, sums = null, pins = null } = kept;
	if (index.version !== 1 || kept.checksum !== (await checksumOf(kept))) return null;
	return { zone, index, sums, pins };
}

/** Keeps what is known of these batches in the place of anything else. Call only while nobody else writes. */
export async function writeKept(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[],
	{ zone, index, sums, pins }: KeptOfAll
): Promise<void> {
	const kept = { zone, of: nameOf(batches), index, ...(sums ? { sums } : {}), ...(pins ? { pins } : {}) };
	const checksum = await checksumOf(kept);
	await db.transaction('rw', db.rangeIndexes, async () => {
		await db.rangeIndexes.clear();
		await db.rangeIndexes.add({ ...kept, checksum });
	});
}

/** What distinguishes batches with events from all others, and from the same with other rows hidden. */
function nameOf(batches: readonly LiveBatch[]): string {
	return batches
		.filter(({ segments }) => segments.length > 0)
		.map(({ id, edition }) => `${id}.${edition ?? 0}`)
		.join();
}

function checksumOf({ zone, of, index, sums, pins }: Omit<StoredRangeIndex, 'checksum'>): Promise<string> {
	const more = [...(sums ? periodSumsArrays(sums) : []), ...(pins ?? [])];
	return rangeIndexChecksum(index, more, JSON.stringify([zone, of]));
}
