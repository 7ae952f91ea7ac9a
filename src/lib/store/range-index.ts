import type { PackedRangeIndex } from '../columns/packed-range-index';
import { rangeIndexChecksum } from './checksum';
import type { LiveBatch, WorkspaceDatabase } from './database';

/**
 * The range index of all events, kept beside them, so that a newly started browser knows people without a count. It is of
 * the batches that were live when it was made, and of no use to others. A backup does without: it is made again.
 */

/** The index of a zone; null where none is kept, or one of other batches, or one that a disk has changed. */
export async function readRangeIndex(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[]
): Promise<{ readonly zone: string; readonly index: PackedRangeIndex } | null> {
	const [kept] = await db.rangeIndexes.toArray();
	if (!kept || kept.of !== nameOf(batches)) return null;
	const { zone, index, checksum } = kept;
	if (index.version !== 1 || checksum !== (await rangeIndexChecksum(index, headOf(kept)))) return null;
	return { zone, index };
}

/** Keeps the index of a zone in the place of any other. Call only while nobody else writes. */
export async function writeRangeIndex(
	db: WorkspaceDatabase,
	zone: string,
	batches: readonly LiveBatch[],
	index: PackedRangeIndex
): Promise<void> {
	const named = { zone, of: nameOf(batches) };
	const checksum = await rangeIndexChecksum(index, headOf(named));
	await db.transaction('rw', db.rangeIndexes, async () => {
		await db.rangeIndexes.clear();
		await db.rangeIndexes.add({ ...named, index, checksum });
	});
}

/** What distinguishes batches with events from all others, and from the same with other rows hidden. */
function nameOf(batches: readonly LiveBatch[]): string {
	return batches
		.filter(({ segments }) => segments.length > 0)
		.map(({ id, edition }) => `${id}.${edition ?? 0}`)
		.join();
}

function headOf({ zone, of }: { readonly zone: string; readonly of: string }): string {
	return JSON.stringify([zone, of]);
}
