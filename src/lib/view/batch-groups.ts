import type { BatchSummary } from '../model/import-report';

/** What was brought together, such as the files of one drop. */
export interface BatchGroup {
	/** The newest first. */
	readonly batches: readonly BatchSummary[];
	/** When the last of them was imported, in milliseconds since 1970. */
	readonly importedAt: number;
	readonly accepted: number;
	readonly rejected: number;
	readonly fileBytes: number;
	readonly storedBytes: number;
}

/** Files of one drop follow each other at once; two drops by hand are further apart. */
const PAUSE_MS = 5_000;

/** A slow device reads at least so much: a large file may come so much later than the one before it. */
const BYTES_A_MS = 4_000;

/**
 * Puts together what was imported in one go. No run is stored with a batch, so its time decides: a batch belongs to
 * the one before it where it was stamped at most five seconds later, plus the time that a slow device needs to read
 * the two files. Sample data is on its own.
 * @returns the newest first
 */
export function batchGroups(batches: readonly BatchSummary[]): readonly BatchGroup[] {
	const inOrder = [...batches].sort((a, b) => a.importedAt - b.importedAt || a.id - b.id);
	const groups: BatchSummary[][] = [];
	for (const batch of inOrder) {
		const group = groups.at(-1);
		const before = group?.at(-1);
		if (group && before && follows(before, batch)) group.push(batch);
		else groups.push([batch]);
	}
	return groups.reverse().map((group) => ({
		batches: [...group].reverse(),
		importedAt: group.at(-1)?.importedAt ?? 0,
		accepted: sum(group, (batch) => batch.accepted),
		rejected: sum(group, (batch) => batch.rejected),
		fileBytes: sum(group, (batch) => batch.fileBytes),
		storedBytes: sum(group, (batch) => batch.storedBytes)
	}));
}

function follows(before: BatchSummary, batch: BatchSummary): boolean {
	if (before.isSample !== batch.isSample) return false;
	const allowed = PAUSE_MS + (before.fileBytes + batch.fileBytes) / BYTES_A_MS;
	return batch.importedAt - before.importedAt <= allowed;
}

function sum(batches: readonly BatchSummary[], of: (batch: BatchSummary) => number): number {
	return batches.reduce((total, batch) => total + of(batch), 0);
}
