import { factsOfV1, packFacts, type FactBlockV1 } from '../columns/fact-block';
import type { BatchId, StoredFacts } from './database';

/** A batch's facts as version 2 of the database kept them, in one record. */
export interface FactsOfVersion2 {
	readonly batchId: BatchId;
	readonly block: FactBlockV1;
}

/** The same facts in today's form; without checksums, since version 2 had none. */
export function fromVersion2({ batchId, block }: FactsOfVersion2): StoredFacts[] {
	return packFacts(factsOfV1(block)).map((block, seq) => ({ batchId, seq, block }));
}
