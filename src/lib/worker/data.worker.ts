import { answerQuery } from '../engine/answer';
import { planQuery } from '../engine/plan';
import { scannerHere, type Scanner } from '../engine/scanner';
import { rejectedCsv } from '../export/rejected-csv';
import type { BatchSummary } from '../model/import-report';
import { deleteBatch, readRejectedRows, readUserIds, sweepUnfinished } from '../store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { answerCalls, type Port } from './call';
import { exportCsv } from './csv-exports';
import { paceOf } from './pacing';
import type { DataCalls, ScanCalls } from './protocol';
import { SegmentCache } from './segment-cache';
import { StoredData } from './stored-data';
import { announceChange, ifNobodyWrites, withWriteLock } from './write-lock';

/** The worker that reads: queries, exports and lists of one workspace. It also undoes batches. */

let workspace = '';
let db: WorkspaceDatabase;
let data: StoredData;
/** Of an instance that only shares in the scans of another. */
let scanCache: SegmentCache | null = null;

answerCalls<DataCalls & ScanCalls>(self as unknown as Port, {
	open: async (signal, params) => {
		workspace = params.workspace;
		db = new WorkspaceDatabase(workspace);
		await db.open();
		data = new StoredData(db, workspace, import.meta.url);
		// Whoever holds the lock is importing; what is unfinished then is theirs.
		await ifNobodyWrites(workspace, () => sweepUnfinished(db));
		signal.throwIfAborted();
		return data.refresh();
	},

	refresh: () => data.refresh(),

	query: async (signal, query) => {
		const plan = planQuery(query.filter, query.grain, data.batches);
		const scanners = data.scanners(signal, paceOf(signal));
		return answerQuery(query, plan, { catalogue: await data.catalogue(), scanners });
	},

	export: async (signal, { kind, query }) => {
		const pace = paceOf(signal);
		const plan = planQuery(query.filter, 'day', data.batches);
		return exportCsv(pace, kind, query, plan, {
			catalogue: await data.catalogue(),
			scanners: data.scanners(signal, pace),
			readSegments: () => data.read(pace, plan.segments),
			readUserIds: () => readUserIds(db)
		});
	},

	sumByCode: (signal, { workspace, share }) => scannerOf(signal, workspace).sumByCode(share),

	scan: (signal, { workspace, share, task }) => scannerOf(signal, workspace).scan(share, task),

	batches: async () => data.batches.map(summaryOf),

	undo: async (signal, { batchId }) => {
		await withWriteLock(signal, workspace, () => deleteBatch(db, batchId));
		await data.refresh();
		announceChange(workspace);
		return null;
	},

	rejectedRows: async (_, { batchId }) => {
		const batch = data.batches.find(({ id }) => id === batchId);
		return rejectedCsv(batch?.columns ?? [], batch ? await readRejectedRows(db, batch) : []);
	}
});

function scannerOf(signal: AbortSignal, workspace: string): Scanner {
	scanCache ??= new SegmentCache(new WorkspaceDatabase(workspace));
	const cache = scanCache;
	return scannerHere(paceOf(signal), (pace, refs) => cache.read(pace, refs));
}

function summaryOf(batch: LiveBatch): BatchSummary {
	const { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes } =
		batch;
	return { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes };
}
