import type { BatchSummary, FileReport, ImportReport } from '../../src/lib/model/import-report';

/** What an import reports of a file: an imported one, but for what is said. */
export function fileReport(some: Partial<FileReport> = {}): FileReport {
	return {
		file: 'file.csv',
		source: 0,
		outcome: 'imported',
		kind: 'figures',
		columnsRead: [],
		replaced: [],
		profiles: [],
		problem: null,
		batchId: 1,
		format: 'table',
		encoding: 'utf-8',
		accepted: 1,
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
		parser: 'bytes',
		...some
	};
}

export function importReport(files: readonly FileReport[]): ImportReport {
	return { outcome: 'done', files, accepted: 0, rejected: 0, elapsedMs: 1 };
}

/** A batch of daily figures, but for what is said. */
export function figuresBatch(some: Partial<BatchSummary> = {}): BatchSummary {
	return {
		id: 1,
		file: 'file.csv',
		importedAt: 0,
		isSample: false,
		accepted: 1,
		rejected: 0,
		firstMs: null,
		lastMs: null,
		report: { name: 'table', kind: 'figures', days: null, profile: '', snapshots: 0, hasAds: false },
		hasPeople: false,
		leftOut: 0,
		replaced: 0,
		sameDays: 'add_all',
		fileBytes: 1,
		storedBytes: 1,
		...some
	};
}
