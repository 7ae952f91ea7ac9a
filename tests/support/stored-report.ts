import { openFile } from '../../src/lib/import/text-file';
import { planQuery } from '../../src/lib/engine/plan';
import { answerQuery } from '../../src/lib/engine/answer';
import type { ExportKind, Answer, Query } from '../../src/lib/model/query';
import type { WorkspaceDatabase } from '../../src/lib/store/database';
import { readDirectory } from '../../src/lib/store/directory';
import { ImportSession } from '../../src/lib/store/import-session';
import { exportCsv } from '../../src/lib/worker/csv-exports';
import { importReport, type ReportImported } from '../../src/lib/worker/report-import';
import { ReportedPart } from '../../src/lib/worker/reported-part';
import { StoredData } from '../../src/lib/worker/stored-data';
import { bufferSource, utf8 } from './memory-workspace';

/** Import, store and engine of reported figures joined in one thread, as the workers join them in theirs. */

/** Imports a report; `modifiedMs` is when the file was changed. */
export async function storeReport(
	db: WorkspaceDatabase,
	text: string | Uint8Array,
	modifiedMs: number | null = null,
	name = 'report.csv'
): Promise<ReportImported> {
	const raw = bufferSource(typeof text === 'string' ? utf8(text) : text);
	const opened = await openFile(raw);
	if (opened.format.gives !== 'facts') throw new Error('this is no report');
	const session = await ImportSession.open(db);
	const file = { name, raw, opened, modifiedMs, isSample: false };
	return importReport(new AbortController().signal, session, file, opened.format);
}

/** Answers from what is stored by now, reported figures included. */
export async function answerWithReports(db: WorkspaceDatabase, query: Query): Promise<Answer> {
	const { plan, engineData, reported } = await prepare(db, query, query.grain);
	const { answer } = await answerQuery(query, plan, engineData);
	return reported ? reported.answer(answer) : answer;
}

/** An export of what is stored by now, without its byte order mark, as lines; none where there is nothing to export. */
export async function exportWithReports(
	db: WorkspaceDatabase,
	kind: ExportKind,
	query: Query
): Promise<string[]> {
	const { data, plan, engineData, reported } = await prepare(db, query, 'day');
	const blob = await exportCsv(
		() => {},
		() => {},
		kind,
		query,
		plan,
		{
			...engineData,
			facts: await data.facts(new AbortController().signal),
			reported,
			readSegments: () => data.read(() => {}, plan.segments),
			readUserIds: () => Promise.reject(new Error('no export of reports needs them')),
			readSnapshots: () => data.snapshots(),
			readDirectory: () => readDirectory(db)
		}
	);
	return blob === null ? [] : (await blob.text()).trim().split('\r\n');
}

async function prepare(db: WorkspaceDatabase, query: Query, grain: Query['grain']) {
	const data = new StoredData(db, db.name, import.meta.url);
	await data.refresh();
	const plan = planQuery(query.filter, grain, data.batches);
	const engineData = await data.engineData(new AbortController().signal, () => {});
	const facts = await data.facts(new AbortController().signal);
	const reported = await ReportedPart.of(query, plan, facts, data.batches, engineData);
	return { data, plan, engineData, reported };
}
