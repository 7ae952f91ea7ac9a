import { openFile } from '../../src/lib/import/text-file';
import { planQuery } from '../../src/lib/engine/plan';
import { answerQuery } from '../../src/lib/engine/answer';
import type { ExportKind, Answer, Query } from '../../src/lib/model/query';
import type { LiveBatch, WorkspaceDatabase } from '../../src/lib/store/database';
import { readDirectory } from '../../src/lib/store/directory';
import { ImportSession } from '../../src/lib/store/import-session';
import { exportCsv } from '../../src/lib/worker/csv-exports';
import { importReport, readReport } from '../../src/lib/worker/report-import';
import { Twins } from '../../src/lib/worker/twins';
import { fingerprintOf } from '../../src/lib/import/fingerprint';
import { NO_ANSWERS, type ReportContext } from '../../src/lib/import/formats/format';
import type { Encoding } from '../../src/lib/model/import-report';
import { ReportedPart } from '../../src/lib/worker/reported-part';
import { StoredData } from '../../src/lib/worker/stored-data';
import { bufferSource, utf8 } from './memory-workspace';

/** Import, store and engine of reported figures joined in one thread, as the workers join them in theirs. */

/** What became of a report. */
export interface StoredReportFile {
	readonly batch: LiveBatch;
	/** Whether the same bytes were there already, as that batch. */
	readonly wasThere: boolean;
	/** Whether it took the place of a batch of the same bytes that could no longer be read. */
	readonly mends: boolean;
	readonly encoding: Encoding | null;
}

/** Imports a report; `modifiedMs` is when the file was changed. */
export async function storeReport(
	db: WorkspaceDatabase,
	text: string | Uint8Array,
	modifiedMs: number | null = null,
	name = 'report.csv'
): Promise<StoredReportFile> {
	const raw = bufferSource(typeof text === 'string' ? utf8(text) : text);
	const { signal } = new AbortController();
	const opened = await openFile(raw);
	const { format } = opened;
	if (format.gives !== 'report') throw new Error('this is no report');
	const session = await ImportSession.open(db);
	const twins = new Twins(session, false);
	const fingerprint = await fingerprintOf(signal, raw);
	const twin = await twins.of(fingerprint);
	if (twin) return { batch: twin, wasThere: true, mends: false, encoding: null };
	const context: ReportContext = {
		...{ file: name, modifiedMs, importedAtMs: Date.now(), answers: NO_ANSWERS },
		savedMapping: () => Promise.resolve(null)
	};
	const { read, encoding } = await readReport(signal, raw, opened, format, context);
	const about = { name, reportName: format.name, isSample: false, fingerprint, byteLength: raw.byteLength };
	const imported = await importReport(signal, session, { ...about, context, instead: twins.makesWay }, read);
	if (imported.outcome !== 'imported') throw new Error(`the report ${imported.outcome}`);
	return { batch: imported.batch, wasThere: false, mends: twins.isDamaged, encoding };
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
