import { factBlockBytes } from '../columns/fact-block';
import { spanOfFacts, type FactColumns } from '../columns/fact-columns';
import { reportKind, type ReportContents } from '../columns/report-contents';
import type { ReportName } from '../model/import-report';
import type { FactSource } from '../model/reported';
import { deleteRowsOf, tablesOfBatches } from './batches';
import type { BatchId, LiveBatch, StoredBatch, WorkspaceDatabase } from './database';
import { factCount, readFacts, toStoredFacts } from './fact-blocks';

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
	readonly contents: ReportContents;
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
	const { contents } = report;
	const { facts, rejectedRows } = contents;
	const stored = await toStoredFacts(facts);
	const batch: StoredBatch = {
		...(damaged ? { place: damaged.place ?? damaged.id } : {}),
		state: 'live',
		file: report.file,
		fileBytes: report.byteLength,
		importedAt: Date.now(),
		isSample: report.isSample,
		fingerprint: report.fingerprint,
		accepted: contents.accepted,
		rejected: contents.rejected,
		rejections: contents.rejections,
		firstMs: null,
		lastMs: null,
		segments: [],
		columns: contents.columns,
		firstLines: [0],
		storedBytes: [
			...stored.map(({ block }) => factBlockBytes(block)),
			...rejectedRows.map(({ cells }) => cells.bytes.length)
		].reduce((sum, bytes) => sum + bytes, 0),
		report: {
			name: report.name,
			kind: reportKind(contents),
			exportedAt: report.exportedAt,
			covered: contents.covered,
			span: spanOfFacts(facts),
			facts: facts.values.length,
			title: contents.title,
			settings: contents.settings,
			notes: contents.notes
		}
	};
	const tables = damaged ? tablesOfBatches(db) : [db.batches, db.factBlocks, db.rejectedRows];
	const id = await db.transaction('rw', tables, async () => {
		if (damaged) await deleteRowsOf(db, damaged.id);
		const batchId = await db.batches.add(batch);
		await db.factBlocks.bulkAdd(stored.map((facts) => ({ batchId, ...facts })));
		await db.rejectedRows.bulkAdd(rejectedRows.map((rows, seq) => ({ batchId, seq, rows })));
		return batchId;
	});
	const live = await db.batches.get(id);
	if (live?.state !== 'live') throw new Error(`batch ${id} is not there after it was stored`);
	return live as LiveBatch;
}

/** Names the business account of a batch's figures that name none; '' takes the name away. */
export async function nameProfile(db: WorkspaceDatabase, batchId: BatchId, profile: string): Promise<void> {
	await db.transaction('rw', db.batches, async () => {
		const batch = await db.batches.get(batchId);
		if (!batch?.report) return;
		const report = { ...batch.report, profile };
		// With another edition, what was read of the batch before is read anew (stored-data.ts).
		await db.batches.update(batchId, { report, edition: (batch.edition ?? 0) + 1 });
	});
}

/** The facts of a live batch, and how many of them could not be read. */
export interface BatchFacts extends FactSource {
	readonly blocks: readonly FactColumns[];
	readonly damagedFacts: number;
}

/** The facts of live batches, in the order of their import. A block that is damaged is left out and counted. */
export async function readFactBatches(
	db: WorkspaceDatabase,
	batches: readonly LiveBatch[]
): Promise<BatchFacts[]> {
	const result: BatchFacts[] = [];
	for (const { id, file, report } of batches) {
		if (!report) continue;
		const blocks = await readFacts(db, id);
		const { name, exportedAt, covered, profile = '' } = report;
		const damagedFacts = Math.max(0, report.facts - factCount(blocks));
		result.push({ batchId: id, file, format: name, exportedAt, profile, covered, blocks, damagedFacts });
	}
	return result;
}
