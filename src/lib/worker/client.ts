import type { BatchSummary, ImportProgress, ImportReport } from '../model/import-report';
import type { Answer, Coverage, ExportKind, Query } from '../model/query';
import { Thread } from './client-thread';
import dataWorkerUrl from './data.worker?worker&url';
import importWorkerUrl from './import.worker?worker&url';
import type { DataCalls, ImportCalls } from './protocol';
import { onChange } from './write-lock';

/**
 * The page's end: what a page may ask of its workers. All rejections are ProblemError (model/problem.ts), or a
 * DOMException named AbortError where the signal was aborted.
 */
export interface WorkspaceClient {
	/** Opens the database; null where nothing is stored yet. */
	open(): Promise<Coverage | null>;
	/** Looks again at what is stored. */
	coverage(): Promise<Coverage | null>;
	query(signal: AbortSignal, query: Query): Promise<Answer>;
	/** The CSV as a Blob; follows the query's filter (and split and sort, where the kind has them). */
	exportCsv(signal: AbortSignal, kind: ExportKind, query: Query): Promise<Blob>;
	batches(): Promise<readonly BatchSummary[]>;
	undo(batchId: number): Promise<void>;
	rejectedRows(batchId: number): Promise<Blob>;
	importFiles(
		signal: AbortSignal,
		files: readonly File[],
		onprogress: (progress: ImportProgress) => void
	): Promise<ImportReport>;
	importSample(signal: AbortSignal, onprogress: (progress: ImportProgress) => void): Promise<ImportReport>;
	/** Called when another tab changed what is stored. Returns the way to stop listening. */
	onChangedElsewhere(listener: () => void): () => void;
}

/** Starts the workers of a workspace. */
export function connect(workspace: string): WorkspaceClient {
	const data = new Thread<DataCalls>(dataWorkerUrl);
	const imports = new Thread<ImportCalls>(importWorkerUrl);
	return {
		open: () => data.calls.call(null, 'open', { workspace }),
		coverage: () => data.calls.call(null, 'refresh', null),
		query: (signal, query) => data.calls.call(signal, 'query', query),
		exportCsv: (signal, kind, query) => data.calls.call(signal, 'export', { kind, query }),
		batches: () => data.calls.call(null, 'batches', null),
		undo: async (batchId) => void (await data.calls.call(null, 'undo', { batchId })),
		rejectedRows: (batchId) => data.calls.call(null, 'rejectedRows', { batchId }),
		importFiles: (signal, files, onprogress) =>
			imports.calls.call(signal, 'import', { workspace, files }, onprogress),
		importSample: (signal, onprogress) =>
			imports.calls.call(signal, 'importSample', { workspace }, onprogress),
		onChangedElsewhere: (listener) => onChange(workspace, listener)
	};
}
