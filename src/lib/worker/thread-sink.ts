import type { TextBlock } from '../columns/dictionary';
import type { PartResult, PartSink, Vocabulary } from '../import/part';
import { WorkspaceDatabase } from '../store/database';
import { PartWriter, type Written } from '../store/part-writer';
import { Caller } from './call';
import type { NumberCalls } from './protocol';

/** Where a thread's rows go. */
interface Place {
	readonly workspace: string;
	readonly batchId: number;
	readonly part: number;
	/** Answers NumberCalls. */
	readonly numbers: MessagePort;
}

/**
 * Runs the reading of a part in a thread of its own: rows go to the database from here, and only texts go back to
 * whoever numbers them.
 */
export async function readIntoDatabase(
	signal: AbortSignal,
	{ workspace, batchId, part, numbers }: Place,
	read: (sink: PartSink) => Promise<PartResult>
): Promise<PartResult & Written> {
	const db = new WorkspaceDatabase(workspace);
	const numbering = new Caller<NumberCalls>(numbers);
	numbers.start();
	try {
		await db.open();
		const writer = new PartWriter(db, batchId, part);
		const result = await read({
			intern: (vocabulary: Vocabulary, texts: TextBlock) =>
				numbering.call(signal, 'intern', { vocabulary, texts }),
			writeSegments: writer.writeSegments.bind(writer),
			writeRejected: writer.writeRejected.bind(writer)
		});
		return { ...result, ...writer.written() };
	} finally {
		numbers.close();
		db.close();
	}
}
