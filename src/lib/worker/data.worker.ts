import { answerQuery } from '../engine/answer';
import { rejectedCsv } from '../export/rejected-csv';
import type { BatchSummary } from '../model/import-report';
import { deleteBatch, readRejectedRows, sweepUnfinished } from '../store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { answerCalls, type Port } from './call';
import { exportCsv } from './csv-exports';
import { paceOf } from './pacing';
import type { DataCalls } from './protocol';
import { StoredData } from './stored-data';
import { announceChange, withWriteLock } from './write-lock';

/** The worker that reads: queries, exports and lists of one workspace. It also undoes batches. */

let workspace = '';
let db: WorkspaceDatabase;
let data: StoredData;

answerCalls<DataCalls>(self as unknown as Port, {
	open: async (signal, params) => {
		workspace = params.workspace;
		db = new WorkspaceDatabase(workspace);
		await db.open();
		data = new StoredData(db);
		// Whoever holds the lock is importing; what is unfinished then is theirs.
		await navigator.locks.request(`tackboard-write-${workspace}`, { ifAvailable: true }, async (lock) => {
			if (lock) await sweepUnfinished(db);
		});
		signal.throwIfAborted();
		return data.refresh();
	},

	refresh: () => data.refresh(),

	query: async (signal, query) => {
		const pace = paceOf(signal);
		const { plan, ...read } = await data.prepare(pace, query.filter, query.grain);
		return answerQuery(pace, query, plan, read);
	},

	export: async (signal, { kind, query }) => {
		const pace = paceOf(signal);
		const { plan, ...read } = await data.prepare(pace, query.filter, 'day');
		return exportCsv(pace, kind, query, plan, read);
	},

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

function summaryOf(batch: LiveBatch): BatchSummary {
	const { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes } =
		batch;
	return { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes };
}
