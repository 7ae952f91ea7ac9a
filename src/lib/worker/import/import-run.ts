import type { FileAnswers, FileReport } from '../../model/import-report';
import type { Mapping } from '../../model/mapping';
import type { LiveBatch } from '../../store/database';
import type { ImportSession } from '../../store/import-session';
import type { RunProgress } from './import-progress';
import type { PartThreads } from './part-threads';
import type { WorkbookThread } from './workbook-thread';

/** What the files of one run have in common. */
export interface ImportRun {
	readonly signal: AbortSignal;
	readonly session: ImportSession;
	readonly threads: Pick<PartThreads, 'readerOf' | 'parquetTable'>;
	readonly workbooks: Pick<WorkbookThread, 'sheets' | 'archive'>;
	/** What the user said of one file, and its name; null where files are read by what they say themselves. */
	readonly answered: { readonly entry: string; readonly answers: FileAnswers } | null;
	/** Whether a file is imported again whose import was undone: nothing that comes by itself is. */
	readonly isByHand: boolean;
	/** The mapping that was kept for a header (import/tables/read-tables.ts); null where there is none. */
	readonly savedMapping: (signature: string) => Promise<Mapping | null>;
	readonly progress: RunProgress;
}

/** A report of a file of which nothing is known but its name. */
export function emptyReport(file: string): FileReport {
	return {
		file,
		source: 0,
		outcome: 'imported',
		kind: null,
		columnsRead: [],
		replaced: [],
		profiles: [],
		problem: null,
		batchId: null,
		format: null,
		encoding: null,
		accepted: 0,
		rejected: 0,
		rejections: [],
		unknownColumns: [],
		own: [],
		offered: [],
		firstMs: null,
		lastMs: null,
		reportedDays: null,
		newPins: 0,
		overlaps: false,
		mends: false,
		parser: 'bytes'
	};
}

/** The report of a file that came by itself, and whose import was undone before. */
export function undoneBefore(file: string): FileReport {
	return { ...emptyReport(file), outcome: 'already_there' };
}

/** The report of a file whose bytes are there already, as that batch. Its columns can still be chosen. */
export function alreadyThere(file: string, { id, offered = [] }: LiveBatch): FileReport {
	return { ...emptyReport(file), outcome: 'already_there', batchId: id, offered };
}
