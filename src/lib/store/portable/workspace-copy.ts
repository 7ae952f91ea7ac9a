import { problemOf, type Problem } from '../../model/problem';
import { liveBatches } from '../batches';
import type { LiveBatch, WorkspaceDatabase } from '../database';
import { readItems } from './items';
import { WorkspaceTexts, readHead, readPieces } from './read-batch';
import type { OtherBatch, OtherCopy } from './other-copy';

/** A workspace's database as a copy that another one can take in. */
export interface WorkspaceCopy extends OtherCopy {
	/** Batches that can no longer be read. */
	readonly damaged: readonly { readonly batch: LiveBatch; readonly problem: Problem }[];
}

/**
 * Sample data are no part of it: every copy can make its own.
 * @param tell gets how many of all batches were looked at
 */
export async function copyOfWorkspace(
	signal: AbortSignal,
	db: WorkspaceDatabase,
	tell: (done: number, all: number) => void = () => {}
): Promise<WorkspaceCopy> {
	const texts = new WorkspaceTexts(db);
	const live = (await liveBatches(db)).filter(({ isSample }) => !isSample);
	const batches: OtherBatch[] = [];
	const damaged: { batch: LiveBatch; problem: Problem }[] = [];
	for (const [done, batch] of live.entries()) {
		tell(done, live.length);
		try {
			const head = await readHead(signal, texts, db, batch);
			batches.push({ head, pieces: () => readPieces(signal, texts, db, batch), isProved: true });
		} catch (error) {
			const problem = problemOf(error);
			if (problem.code !== 'damaged_data') throw error;
			damaged.push({ batch, problem });
		}
	}
	return { items: await readItems(db), batches, damaged };
}
