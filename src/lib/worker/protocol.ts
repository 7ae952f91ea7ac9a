import type { TextBlock } from '../columns/dictionary';
import type { SumsByCode } from '../engine/combinations';
import type { Share } from '../engine/plan';
import type { ScanResult, ScanTask } from '../engine/scan';
import type { Dialect } from '../import/detect';
import type { PartProgress, PartRange, PartResult, Vocabulary } from '../import/part';
import type { BatchSummary, ImportProgress, ImportReport } from '../model/import-report';
import type { Answer, Coverage, ExportKind, Query } from '../model/query';
import type { Written } from '../store/import-session';

/**
 * The calls that cross from the page to its workers: name → [what is asked, what is answered, what is told meanwhile].
 * Types only; call.ts carries them.
 */
export interface DataCalls {
	/** Opens the workspace's database, sweeps what a crash left, and says what is there. */
	open: [{ readonly workspace: string }, Coverage | null, never];
	/** Looks again at what is stored: after an import, an undo, or a change made in another tab. */
	refresh: [null, Coverage | null, never];
	query: [Query, Answer, never];
	export: [{ readonly kind: ExportKind; readonly query: Query }, Blob, never];
	batches: [null, readonly BatchSummary[], never];
	undo: [{ readonly batchId: number }, null, never];
	/** The rejected rows of a batch as CSV: the file's own columns, then line, column and reason. */
	rejectedRows: [{ readonly batchId: number }, Blob, never];
}

export interface ImportCalls {
	import: [{ readonly workspace: string; readonly files: readonly File[] }, ImportReport, ImportProgress];
	/** Makes the sample data and imports it like a file. */
	importSample: [{ readonly workspace: string }, ImportReport, ImportProgress];
}

/** From the import worker to the threads that read parts of a file for it. */
export interface PartCalls {
	readPart: [
		{
			readonly workspace: string;
			readonly batchId: number;
			readonly part: number;
			readonly blob: Blob;
			readonly dialect: Dialect;
			readonly range: PartRange;
			readonly accounts: readonly string[];
			/** Answers NumberCalls. */
			readonly numbers: MessagePort;
		},
		PartResult & Written,
		PartProgress
	];
}

/** From those threads back, to whoever holds the workspace's numbering. */
export interface NumberCalls {
	intern: [{ readonly vocabulary: Vocabulary; readonly texts: TextBlock }, Uint32Array, never];
}

/** From the data worker to the threads that share its scans. */
export interface ScanCalls {
	sumByCode: [{ readonly workspace: string; readonly share: Share }, SumsByCode, never];
	scan: [{ readonly workspace: string; readonly share: Share; readonly task: ScanTask }, ScanResult, never];
}
