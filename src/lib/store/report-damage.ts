import type { DamagedPart } from '../model/answer';
import { countNames } from './claims';
import type { LiveBatch, WorkspaceDatabase } from './database';
import { factCount, readFacts } from './fact-blocks';
import { readSnapshots } from './snapshots';

/** What of reports a disk has damaged: it is left out wherever it is read, and named here. */

/**
 * How many figures, names of Pins and boards, and audiences of a batch cannot be read.
 * @param facts how many figures were read of it; they are read where it is not given
 */
export async function missingOf(db: WorkspaceDatabase, batch: LiveBatch, facts?: number): Promise<number> {
	const { id, report } = batch;
	if (!report) return 0;
	const { names = 0, snapshots = 0 } = report;
	const found = facts ?? factCount(await readFacts(db, id));
	const known = names > 0 ? await countNames(db, id) : 0;
	const seen = snapshots > 0 ? (await readSnapshots(db, [batch])).length : 0;
	return [report.facts - found, names - known, snapshots - seen].reduce((sum, n) => sum + Math.max(0, n), 0);
}

/**
 * The reports of which something cannot be read.
 * @param factsRead how many figures of each batch were read
 */
export async function damagedReports(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[],
	factsRead: (batch: LiveBatch) => number
): Promise<DamagedPart[]> {
	const damaged: DamagedPart[] = [];
	for (const batch of batches) {
		const rows = await missingOf(db, batch, factsRead(batch));
		if (rows > 0) damaged.push({ batchId: batch.id, file: batch.file, rows });
	}
	return damaged;
}
