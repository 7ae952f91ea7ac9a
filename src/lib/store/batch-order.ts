import { compareText } from '../model/text-order';
import type { LiveBatch, StoredUndoMark } from './database';

/** The order of imports: by their stamps, then by their names. It is the same in every copy of a workspace. */

type Placed = Pick<LiveBatch, 'stamp' | 'fingerprint' | 'generation'>;

/** Compares two batches by the order of their imports. */
export function compareImports(a: Placed, b: Placed): number {
	return a.stamp - b.stamp || compareText(a.fingerprint, b.fingerprint) || a.generation - b.generation;
}

/**
 * The stamp of an import that is made now: later than all that is known here, whatever the clocks of other copies say.
 * @param now milliseconds since 1970
 */
export function nextStamp(
	now: number,
	batches: readonly Pick<LiveBatch, 'stamp'>[],
	marks: Iterable<Pick<StoredUndoMark, 'markedAt'>>
): number {
	let stamp = now;
	for (const batch of batches) stamp = Math.max(stamp, batch.stamp + 1);
	for (const mark of marks) stamp = Math.max(stamp, mark.markedAt + 1);
	return stamp;
}

/** The time of a change that is made now to a batch: later than all that was done with it. */
export function timeAfterImport(
	now: number,
	{ stamp, importedAt }: Pick<LiveBatch, 'stamp' | 'importedAt'>
): number {
	return Math.max(now, stamp + 1, importedAt + 1);
}
