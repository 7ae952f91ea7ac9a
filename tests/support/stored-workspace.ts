import { importEventFile, type PartReader } from '../../src/lib/import/event-file';
import { readPart } from '../../src/lib/import/part';
import type { Answer, Query } from '../../src/lib/model/query';
import { answerQuery } from '../../src/lib/engine/answer';
import { planQuery } from '../../src/lib/engine/plan';
import type { LiveBatch, WorkspaceDatabase } from '../../src/lib/store/database';
import {
	PartWriter,
	type BatchWriter,
	type ImportSession,
	type Written
} from '../../src/lib/store/import-session';
import { StoredData } from '../../src/lib/worker/stored-data';
import { bufferSource } from './memory-workspace';

/** Import, store and engine joined in one thread, as the workers join them in theirs. */

/** Reads a file into a batch that is not live, up to its commit. */
export async function stage(
	db: WorkspaceDatabase,
	session: ImportSession,
	bytes: Uint8Array,
	file = 'file.csv'
) {
	const batch = await session.begin({ file, fileBytes: bytes.length, isSample: false });
	const source = bufferSource(bytes);
	const reader = readerInto(db, batch, bytes);
	const result = await importEventFile(new AbortController().signal, source, reader, () => {});
	return { batch, commit: (): Promise<LiveBatch> => batch.commit(result, reader.written) };
}

function readerInto(
	db: WorkspaceDatabase,
	batch: BatchWriter,
	bytes: Uint8Array
): PartReader & { readonly written: Written[] } {
	const written: Written[] = [];
	return {
		written,
		parallel: 1,
		read: async (signal, part, dialect, range, onSlice) => {
			const writer = new PartWriter(db, batch.id, part);
			const sink = {
				intern: async (...texts: Parameters<BatchWriter['intern']>) => batch.intern(...texts),
				writeSegments: writer.writeSegments.bind(writer),
				writeRejected: writer.writeRejected.bind(writer)
			};
			const result = await readPart(
				signal,
				bufferSource(bytes),
				dialect,
				range,
				batch.accounts,
				sink,
				onSlice
			);
			written[part] = writer;
			return result;
		},
		discardFrom: async (part) => {
			written.length = Math.min(written.length, part);
			await batch.discardFrom(part);
		},
		accountCount: () => batch.accountCount()
	};
}

/** Answers from what is stored by now. */
export async function answerFromStore(db: WorkspaceDatabase, query: Query): Promise<Answer> {
	const data = new StoredData(db, db.name, import.meta.url);
	await data.refresh();
	const plan = planQuery(query.filter, query.grain, data.batches);
	const scanners = data.scanners(new AbortController().signal, () => {});
	return answerQuery(query, plan, { catalogue: await data.catalogue(), scanners });
}
