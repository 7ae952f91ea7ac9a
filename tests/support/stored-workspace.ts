import type { PartReader } from '../../src/lib/import/part-reader';
import type { EventAnswer } from '../../src/lib/model/event-answer';
import type { Query } from '../../src/lib/model/query';
import { answerOwnShares, answerQuery } from '../../src/lib/engine/answer';
import type { LiveBatch, WorkspaceDatabase } from '../../src/lib/store/database';
import type { BatchWriter, Damaged } from '../../src/lib/store/batch-writer';
import { ImportSession } from '../../src/lib/store/import-session';
import { PartWriter, type Written } from '../../src/lib/store/part-writer';
import { StoredData } from '../../src/lib/worker/data/stored-data';
import { bufferSource } from './memory-workspace';
import { importEventFile, partReader } from './part-reader';

/** Import, store and engine joined in one thread, as the workers join them in theirs. */

/**
 * Reads a file into a batch that is not live, up to its commit.
 * @param mayHold bytes that need not be written before that
 * @param keep headers of columns to keep as columns of one's own
 */
export async function stage(
	db: WorkspaceDatabase,
	session: ImportSession,
	bytes: Uint8Array,
	file = 'file.csv',
	mayHold = 0,
	keep: readonly string[] = []
) {
	const batch = session.begin({ file, fileBytes: bytes.length, isSample: false });
	const source = bufferSource(bytes);
	const { reader, written } = readerInto(db, session, batch, mayHold, keep);
	const result = await importEventFile(new AbortController().signal, source, reader, () => {});
	const commit = (damaged?: Damaged): Promise<LiveBatch> => batch.commit(result, written, damaged);
	return { batch, commit };
}

/** Imports a file into a workspace opened anew for it; gives the batch's id. */
export async function storeFile(db: WorkspaceDatabase, bytes: Uint8Array, file?: string): Promise<number> {
	const { commit } = await stage(db, await ImportSession.open(db), bytes, file);
	return (await commit()).id;
}

function readerInto(
	db: WorkspaceDatabase,
	session: ImportSession,
	batch: BatchWriter,
	mayHold: number,
	keep: readonly string[]
): { readonly written: Written[]; readonly reader: PartReader } {
	const written: Written[] = [];
	const writers: PartWriter[] = [];
	const reader = partReader({
		parallel: 1,
		accounts: batch.accounts,
		sinkOf: (part) => {
			const writer = (writers[part] = new PartWriter(db, () => batch.id(), part, mayHold));
			return {
				intern: async (...texts) => batch.intern(...texts),
				writeSegments: writer.writeSegments.bind(writer),
				writeRejected: writer.writeRejected.bind(writer)
			};
		},
		onRead: (part) => void (written[part] = writers[part]!.written()),
		discardFrom: async (part) => {
			written.length = Math.min(written.length, part);
			await batch.discardFrom(part);
		},
		openLists: () => batch.openLists(),
		own: { columns: session.ownColumns, wanted: keep }
	});
	return { written, reader };
}

/** Answers from the events that are stored by now. */
export async function answerFromStore(db: WorkspaceDatabase, query: Query): Promise<EventAnswer> {
	const data = new StoredData(db, db.name, import.meta.url);
	await data.refresh();
	const { signal } = new AbortController();
	return data.withoutDamage(async () => {
		const plan = data.plan(query.filter, query.grain);
		const engineData = await data.engineData(signal, () => {});
		const { answer } = await answerQuery(query, plan, engineData);
		const own = await answerOwnShares(query, plan, engineData);
		return { ...answer, shares: { ...answer.shares, ...own } };
	});
}
