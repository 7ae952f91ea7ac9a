import { afterAll, expect } from 'vitest';
import type { OwnDimension } from '../../src/lib/model/dimension';
import { Oracle } from './duckdb-oracle';
import { MemoryWorkspace } from './memory-workspace';

/** What the engine and the oracle have read alike. */
export interface ReadByBoth {
	readonly workspace: MemoryWorkspace;
	readonly oracle: Oracle;
}

/**
 * Has engine and oracle read the same files, one batch each; both accept as many rows of every file. The oracle is closed
 * after the tests of the file that calls this.
 * @param undone the place of a file whose import both take back
 * @param own the columns of one's own that the oracle keeps
 */
export async function readByBoth(
	files: readonly Uint8Array[],
	{
		undone = null,
		own = []
	}: { readonly undone?: number | null; readonly own?: readonly OwnDimension[] } = {}
): Promise<ReadByBoth> {
	const oracle = await Oracle.open(own);
	afterAll(() => oracle.close());
	const workspace = new MemoryWorkspace();
	const batches: { readonly ours: number; readonly theirs: number }[] = [];
	for (const bytes of files) {
		const theirs = await oracle.import(bytes);
		const ours = await workspace.import(bytes);
		expect({ accepted: ours.accepted, rejected: ours.rejected }).toEqual({
			accepted: theirs.accepted,
			rejected: theirs.rejected
		});
		expect(ours.accepted).toBeGreaterThan(20);
		batches.push({ ours: ours.batchId, theirs: theirs.batch });
	}
	const back = undone === null ? undefined : batches[undone];
	if (back) {
		workspace.undo(back.ours);
		await oracle.undo(back.theirs);
	}
	await oracle.settle();
	return { workspace, oracle };
}
