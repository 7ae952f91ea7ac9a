import type { Answer } from '../../src/lib/model/answer';
import type { ExportKind, Query } from '../../src/lib/model/query';
import type { DaySpan } from '../../src/lib/model/reported';
import type { Encoding } from '../../src/lib/model/import-report';
import { liveBatches } from '../../src/lib/store/batches';
import { databaseName, type LiveBatch, type WorkspaceDatabase } from '../../src/lib/store/database';
import { Answering } from '../../src/lib/worker/data/answering';
import { StoredData } from '../../src/lib/worker/data/stored-data';
import { importHanded } from './imported-files';

/** Import, store and engine of reported figures in one thread. */

/** What became of a report that was stored. */
interface StoredReport {
	readonly batch: LiveBatch;
	readonly encoding: Encoding | null;
	/** Whether the same bytes were there already. */
	readonly wasThere: boolean;
	/** Whether it took the place of an import that could no longer be read. */
	readonly mends: boolean;
}

/**
 * Imports a report; `modifiedMs` is when the file was changed.
 * @throws where it is not stored
 */
export async function storeReport(
	db: WorkspaceDatabase,
	text: string | Uint8Array,
	modifiedMs = 0,
	name = 'report.csv'
): Promise<StoredReport> {
	const [report] = await importHanded(db.name.slice(databaseName('').length), [
		{ name, bytes: text, modifiedMs }
	]);
	const batch = (await liveBatches(db)).find(({ id }) => id === report?.batchId);
	if (!report || !batch) throw new Error(`not stored: ${report?.outcome} ${JSON.stringify(report?.problem)}`);
	const { encoding, mends } = report;
	return { batch, encoding, wasThere: report.outcome === 'already_there', mends };
}

/** What answers the questions of pages, as the data worker makes it, and what it reads. */
export async function answeringOf(
	db: WorkspaceDatabase
): Promise<{ readonly answering: Answering; readonly stored: StoredData }> {
	const stored = new StoredData(db, db.name, import.meta.url);
	await stored.refresh();
	return { answering: new Answering(db, stored), stored };
}

/** Answers from what is stored by now, reported figures included. */
export async function answerWithReports(db: WorkspaceDatabase, query: Query): Promise<Answer> {
	const { answering } = await answeringOf(db);
	const answers: Answer[] = [];
	const request = { query, compared: null, asks: ['answer'] as const };
	await answering.ask(new AbortController().signal, request, (piece) => {
		if (piece.ask === 'answer') answers.push(piece.answer);
	});
	return answers.at(-1)!;
}

/** An export of what is stored by now, without its byte order mark, as lines; none where there is nothing to export. */
export async function exportWithReports(
	db: WorkspaceDatabase,
	kind: ExportKind,
	query: Query,
	compared: DaySpan | null = null
): Promise<string[]> {
	const { answering } = await answeringOf(db);
	const written = await answering.export(new AbortController().signal, kind, query, compared, () => {});
	return written === null ? [] : (await written.blob.text()).trim().split('\r\n');
}
