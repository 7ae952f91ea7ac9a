import { planQuery } from '../../src/lib/engine/plan';
import { answerQuery } from '../../src/lib/engine/answer';
import type { ExportKind, Answer, Query } from '../../src/lib/model/query';
import type { Encoding } from '../../src/lib/model/import-report';
import { liveBatches } from '../../src/lib/store/batches';
import { databaseName, type LiveBatch, type WorkspaceDatabase } from '../../src/lib/store/database';
import { readDirectory } from '../../src/lib/store/directory';
import { exportCsv } from '../../src/lib/worker/csv-exports';
import { ReportedPart } from '../../src/lib/worker/reported-part';
import { StoredData } from '../../src/lib/worker/stored-data';
import { importHanded } from './imported-files';

/** Import, store and engine of reported figures joined in one thread, as the workers join them in theirs. */

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
