import { FACT_BLOCK_VERSION, packFacts } from '../columns/fact-block';
import type { FactColumns } from '../columns/fact-columns';
import { factsChecksum } from './checksum';
import { piecesOf, type BatchId, type StoredFacts, type WorkspaceDatabase } from './database';

/** Facts as the database holds them, in blocks that are checked when they are read. */

/** The facts of a batch as records, each with its checksum. */
export async function toStoredFacts(facts: FactColumns): Promise<Omit<StoredFacts, 'batchId'>[]> {
	return Promise.all(
		packFacts(facts).map(async (block, seq) => ({ seq, block, checksum: await factsChecksum(block) }))
	);
}

/** The blocks of a batch that can be read, in their order. */
export async function readFacts(db: WorkspaceDatabase, batchId: BatchId): Promise<FactColumns[]> {
	return (await readStoredFacts(db, batchId)).map(({ block }) => block);
}

/** The same as they are stored. */
export async function readStoredFacts(db: WorkspaceDatabase, batchId: BatchId): Promise<StoredFacts[]> {
	const blocks: StoredFacts[] = [];
	for (const stored of await piecesOf(db.factBlocks, batchId).toArray()) {
		if (await isWhole(stored)) blocks.push(stored);
	}
	return blocks;
}

export function factCount(blocks: readonly FactColumns[]): number {
	return blocks.reduce((sum, { values }) => sum + values.length, 0);
}

async function isWhole({ block, checksum }: StoredFacts): Promise<boolean> {
	if (block.version !== FACT_BLOCK_VERSION) return false;
	return checksum === undefined || checksum === (await factsChecksum(block));
}
