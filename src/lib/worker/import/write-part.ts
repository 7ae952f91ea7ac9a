import type { PartResult, PartSink } from '../../import/part';
import type { BatchId, WorkspaceDatabase } from '../../store/database';
import { PartWriter, type Written } from '../../store/part-writer';

/** Which part it is, and of which batch. */
interface WrittenPart {
	readonly batchId: () => Promise<BatchId>;
	/** Its place in the file, from 0. */
	readonly part: number;
	/** Bytes that it may hold to be written with its batch. */
	readonly mayHold?: number;
}

/**
 * Runs the reading of a part of a file, and writes its rows into the database meanwhile.
 * @param intern numbers its texts
 */
export async function writePart(
	db: WorkspaceDatabase,
	{ batchId, part, mayHold = 0 }: WrittenPart,
	intern: PartSink['intern'],
	read: (sink: PartSink) => Promise<PartResult>
): Promise<PartResult & Written> {
	const writer = new PartWriter(db, batchId, part, mayHold);
	const result = await read({
		intern,
		writeSegments: (segments) => writer.writeSegments(segments),
		writeRejected: (rows) => writer.writeRejected(rows)
	});
	return { ...result, ...writer.written() };
}
