import type { BatchSummary, ImportProgress, ImportReport } from '../model/import-report';
import type { Answer, Coverage, ExportKind, Query } from '../model/query';

/**
 * The page's end: what a page may ask of its workers. All rejections are ProblemError (model/problem.ts), or a
 * DOMException named AbortError where the signal was aborted.
 */
export interface WorkspaceClient {
	/** Opens the database; null where nothing is stored yet. */
	open(): Promise<Coverage | null>;
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
	throw new Error(`not connected: ${workspace}`);
}
