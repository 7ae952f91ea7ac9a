import type { PartResult, PartSink } from '../import/part';
import type { BatchId, WorkspaceDatabase } from '../store/database';
import { PartWriter, type Written } from '../store/part-writer';

/**
 * Runs the reading of a part of a file, and writes its rows into the database meanwhile.
 * @param part its place in the file, from 0
 * @param intern numbers its texts
 */
export async function writePart(
	db: WorkspaceDatabase,
	batchId: BatchId,
	part: number,
	intern: PartSink['intern'],
	read: (sink: PartSink) => Promise<PartResult>
): Promise<PartResult & Written> {
	const writer = new PartWriter(db, batchId, part);
	const result = await read({
		intern,
		writeSegments: (segments) => writer.writeSegments(segments),
		writeRejected: (rows) => writer.writeRejected(rows)
	});
	return { ...result, ...writer.written() };
}
