import type { TextBlock } from '../columns/dictionary';
import { blobSource } from '../import/byte-source';
import { readPart, type Vocabulary } from '../import/part';
import { WorkspaceDatabase } from '../store/database';
import { PartWriter } from '../store/import-session';
import { Caller, type Handlers } from './call';
import type { NumberCalls, PartCalls } from './protocol';

/** The end of a thread that reads a part of a file: rows go to the database from here, only texts go back. */
export const answerReadPart: Handlers<PartCalls>['readPart'] = async (signal, params, tell) => {
	const { workspace, batchId, part, blob, dialect, range, accounts, numbers } = params;
	const db = new WorkspaceDatabase(workspace);
	const numbering = new Caller<NumberCalls>(numbers);
	numbers.start();
	try {
		await db.open();
		const writer = new PartWriter(db, batchId, part);
		const sink = {
			intern: (vocabulary: Vocabulary, texts: TextBlock) =>
				numbering.call(signal, 'intern', { vocabulary, texts }),
			writeSegments: writer.writeSegments.bind(writer),
			writeRejected: writer.writeRejected.bind(writer)
		};
		const result = await readPart(signal, blobSource(blob), dialect, range, accounts, sink, tell);
		return { ...result, segments: writer.segments, rejectedBytes: writer.rejectedBytes };
	} finally {
		numbers.close();
		db.close();
	}
};
