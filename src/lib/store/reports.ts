import { factBlockBytes, packFacts, unpackFacts } from '../columns/fact-block';
import type { RejectedBlock } from '../columns/rejected-block';
import type { ReportName } from '../model/import-report';
import { ProblemError, type Rejection } from '../model/problem';
import { wholeSpan, type FactBatch, type FactsResult } from '../model/reported';
import { deleteRowsOf, tablesOfBatches } from './batches';
import type { LiveBatch, StoredBatch, WorkspaceDatabase } from './database';

/** Batches of reported figures. None overwrites another: which figures count is settled when they are read. */

/** What a file of reported figures is stored with. */
export interface ReportToStore {
	readonly file: string;
	readonly isSample: boolean;
	readonly fingerprint: string;
	readonly byteLength: number;
	readonly name: ReportName;
	/** Milliseconds since 1970. */
	readonly exportedAt: number;
	readonly result: FactsResult;
	/** The first rejections, for the report, and all rejected rows. */
	readonly rejections: readonly Rejection[];
	readonly rejectedRows: RejectedBlock | null;
}

/**
 * Stores a batch and makes it live, in one transaction, and reads it back.
 * @param damaged a batch that it takes the place of
 */
export async function addReport(
	db: WorkspaceDatabase,
	report: ReportToStore,
	damaged?: LiveBatch
): Promise<LiveBatch> {
	const { result, rejectedRows } = report;
	const block = packFacts(result.facts);
	const batch: StoredBatch = {
		...(damaged ? { place: damaged.place ?? damaged.id } : {}),
		state: 'live',
		file: report.file,
		fileBytes: report.byteLength,
		importedAt: Date.now(),
		isSample: report.isSample,
		fingerprint: report.fingerprint,
		accepted: result.accepted,
		rejected: result.rejected,
		rejections: report.rejections,
		firstMs: null,
		lastMs: null,
		segments: [],
		columns: result.columns,
		firstLines: [0],
		storedBytes: factBlockBytes(block) + (rejectedRows?.cells.bytes.length ?? 0),
		report: {
			name: report.name,
			exportedAt: report.exportedAt,
			covered: result.covered,
			span: wholeSpan(result.facts),
			facts: result.facts.length,
			title: result.title,
			settings: result.settings,
			notes: result.notes
		}
	};
	const tables = damaged ? tablesOfBatches(db) : [db.batches, db.facts, db.rejectedRows];
	const id = await db.transaction('rw', tables, async () => {
		if (damaged) await deleteRowsOf(db, damaged.id);
		const batchId = await db.batches.add(batch);
		await db.facts.add({ batchId, block });
		if (rejectedRows) await db.rejectedRows.add({ batchId, seq: 0, rows: rejectedRows });
		return batchId;
	});
	const stored = await db.batches.get(id);
	if (stored?.state !== 'live') throw new Error(`batch ${id} is not there after it was stored`);
	return stored as LiveBatch;
}

/**
 * The facts of live batches, in the order of their import.
 * @throws ProblemError damaged_data where one is not there or is of a version that this program does not know
 */
export async function readFactBatches(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[]
): Promise<FactBatch[]> {
	const reports = batches.flatMap(({ id, file, report }) => (report ? [{ id, file, report }] : []));
	const stored = await db.facts.bulkGet(reports.map(({ id }) => id));
	return reports.map(({ id, file, report }, i) => {
		const block = stored[i]?.block;
		const facts = block ? unpackFacts(block) : null;
		if (!facts) throw new ProblemError({ code: 'damaged_data' });
		const { name, exportedAt, covered } = report;
		return { batchId: id, file, format: name, exportedAt, facts, covered };
	});
}
