import type { PartResult, PartSink } from '../../import/part';
import { WorkspaceDatabase } from '../../store/database';
import type { Written } from '../../store/part-writer';
import { Caller } from '../threads/call';
import type { NumberCalls, PartPlace } from '../thread-protocol';
import { writePart } from './write-part';

/**
 * Runs the reading of a part in a thread of its own: rows go to the database from here, and only texts go back to
 * whoever numbers them.
 */
export async function readIntoDatabase(
	signal: AbortSignal,
	{ workspace, batchId, part, numbers }: PartPlace,
	read: (sink: PartSink) => Promise<PartResult>
): Promise<PartResult & Written> {
	const db = new WorkspaceDatabase(workspace);
	const numbering = new Caller<NumberCalls>(numbers);
	numbers.start();
	try {
		await db.open();
		const intern: PartSink['intern'] = (vocabulary, texts) =>
			numbering.call(signal, 'intern', { vocabulary, texts });
		return await writePart(db, { batchId: async () => batchId, part }, intern, read);
	} finally {
		numbers.close();
		db.close();
	}
}
