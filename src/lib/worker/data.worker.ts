import { answerQuery } from '../engine/answer';
import { compileFilter } from '../engine/combinations';
import { dailyFigures } from '../engine/daily';
import { listBoards, listPins } from '../engine/lists';
import type { Pace } from '../engine/pace';
import { selectEvents } from '../engine/select-events';
import { EventsCsv } from '../export/events-csv';
import { boardsCsv, dailyCsv, pinsCsv } from '../export/figures-csv';
import type { BatchSummary } from '../model/import-report';
import type { ExportKind, Query } from '../model/query';
import { deleteBatch, readRejectedRows, sweepUnfinished } from '../store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { answerCalls, type Port } from './call';
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

	export: (signal, { kind, query }) => exportCsv(paceOf(signal), kind, query),

	batches: async () => data.batches.map(summaryOf),

	undo: async (signal, { batchId }) => {
		await withWriteLock(signal, workspace, () => deleteBatch(db, batchId));
		await data.refresh();
		announceChange(workspace);
		return null;
	},

	rejectedRows: async (_, { batchId }) => {
		const pieces = await readRejectedRows(db, batchId);
		return new Blob(['\uFEFF', ...(pieces as Uint8Array<ArrayBuffer>[])], { type: 'text/csv;charset=utf-8' });
	}
});

async function exportCsv(pace: Pace, kind: ExportKind, query: Query): Promise<Blob> {
	const { plan, ...read } = await data.prepare(pace, query.filter, 'day');
	const { catalogue, segments } = read;
	switch (kind) {
		case 'daily':
			return dailyCsv(plan.buckets, query.split, await dailyFigures(pace, query, plan, read));
		case 'pins': {
			const { order, figures } = await listPins(pace, query, plan, read);
			return pinsCsv(catalogue, order, figures);
		}
		case 'boards': {
			const { order, figures, pins } = await listBoards(pace, query, plan, read);
			return boardsCsv(catalogue, order, figures, pins);
		}
		case 'events': {
			const csv = new EventsCsv(catalogue, segments);
			const filter = compileFilter(query.filter, catalogue.accounts);
			for await (const selection of selectEvents(pace, plan, segments, filter)) csv.write(selection);
			return csv.finish();
		}
	}
}

function summaryOf(batch: LiveBatch): BatchSummary {
	const { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes } =
		batch;
	return { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes };
}
