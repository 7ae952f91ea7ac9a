import type { Table } from 'dexie';
import { factBlockBytes } from '../columns/fact-block';
import { holdsAds, metricsOfFacts, spanOfFacts, type FactColumns } from '../columns/fact-columns';
import { claimsBytes } from '../columns/pin-claims';
import { namesIn, type ReportClaims } from '../columns/report-claims';
import { reportKind, type ReportContents } from '../columns/report-contents';
import type { ReportName } from '../model/import-report';
import type { FactSource } from '../model/reported';
import { deleteRowsOf, tablesOfBatches } from './batches';
import { profileKey, putChoice } from './choices';
import { toStoredClaims } from './claims';
import { addLabelsOfFile, removeLabelsOfFile } from './labels-of-files';
import type {
	BatchId,
	LiveBatch,
	StoredBatch,
	StoredChoice,
	StoredTexts,
	StoredUndoMark,
	WorkspaceDatabase
} from './database';
import { factCount, readFacts, toStoredFacts } from './fact-blocks';
import { snapshotBytes, toStoredSnapshots } from './snapshots';
import { putMarksAhead } from './undo-marks';

/**
 * Batches of what is no event: reported figures, directories, audience insights. None overwrites another: what counts is
 * settled when they are read.
 */

/** What such a file is stored with. */
export interface ReportToStore {
	readonly file: string;
	readonly isSample: boolean;
	readonly fingerprint: string;
	readonly byteLength: number;
	readonly name: ReportName;
	/** Milliseconds since 1970. */
	readonly exportedAt: number;
	/** Of what read it (database.ts, StoredReport). */
	readonly readerVersion?: number;
	readonly contents: ReportContents;
}

/** What names a batch beside its fingerprint, and orders it (database.ts). */
export type BatchName = Pick<StoredBatch, 'stamp' | 'generation' | 'importedAt'>;

/** The place of a batch among all others. */
export interface BatchPlace {
	readonly named: BatchName;
	/** Marks of undone imports that count before it is live, by fingerprint. */
	readonly marks: ReadonlyMap<string, StoredUndoMark>;
	/** A batch that it takes the place of. */
	readonly instead?: LiveBatch | undefined;
}

/** What a file says of Pins, and the texts that get their numbers with it. */
export interface ReportNames {
	readonly claims: readonly ReportClaims[];
	readonly texts: readonly Omit<StoredTexts, 'batchId'>[];
}

/**
 * Stores a batch and makes it live, in one transaction, and reads it back. For import sessions, which hold the numbering
 * of texts.
 */
export async function addReport(
	db: WorkspaceDatabase,
	report: ReportToStore,
	{ claims, texts }: ReportNames,
	{ named, marks, instead }: BatchPlace
): Promise<LiveBatch> {
	const { contents, readerVersion } = report;
	const { facts, insights, rejectedRows } = contents;
	const storedFacts = await toStoredFacts(facts);
	const storedClaims = await toStoredClaims(claims);
	const storedSnapshots = await toStoredSnapshots(insights);
	const batch: StoredBatch = {
		...named,
		state: 'live',
		file: report.file,
		fileBytes: report.byteLength,
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
			...storedFacts.map(({ block }) => factBlockBytes(block)),
			...claims.map((piece) => claimsBytes(piece.claims)),
			...texts.map(({ block }) => block.bytes.length + block.offsets.byteLength),
			...rejectedRows.map(({ cells, lines }) => cells.bytes.length + lines.byteLength),
			snapshotBytes(insights)
		].reduce((sum, bytes) => sum + bytes, 0),
		report: {
			name: report.name,
			kind: reportKind(contents),
			exportedAt: report.exportedAt,
			covered: contents.covered,
			span: spanOfFacts(facts),
			facts: facts.values.length,
			metrics: metricsOfFacts(facts),
			hasAds: holdsAds(facts),
			names: claims.reduce((sum, piece) => sum + namesIn(piece.claims), 0),
			snapshots: insights.length,
			...(readerVersion === undefined ? {} : { readerVersion }),
			// Read anew, it is still of the account that was named for it.
			...(instead?.report?.profile ? { profile: instead.report.profile } : {}),
			title: contents.title,
			settings: contents.settings,
			notes: contents.notes
		}
	};
	const id = await db.transaction('rw', [...tablesOfBatches(db), db.texts, db.undoMarks], async () => {
		// Texts of that one stay, since later numbers follow on theirs.
		if (instead) {
			await removeLabelsOfFile(db, instead);
			await deleteRowsOf(db, instead.id);
		}
		const batchId = await db.batches.add(batch);
		await putMarksAhead(db, [batch], marks);
		await addLabelsOfFile(db, batch, contents.labels ?? []);
		const ofBatch = <T extends object>(piece: T) => ({ batchId, ...piece });
		await Promise.all([
			addAll(db.factBlocks, storedFacts.map(ofBatch)),
			addAll(db.texts, texts.map(ofBatch)),
			addAll(
				db.claims,
				storedClaims.map((piece) => ({ batchId, ...piece }))
			),
			addAll(db.snapshots, storedSnapshots.map(ofBatch)),
			addAll(
				db.rejectedRows,
				rejectedRows.map((rows, seq) => ({ batchId, seq, rows }))
			)
		]);
		return batchId;
	});
	const live = await db.batches.get(id);
	if (live?.state !== 'live') throw new Error(`batch ${id} is not there after it was stored`);
	return live as LiveBatch;
}

async function addAll<T, Key>(table: Table<T, Key>, records: readonly T[]): Promise<void> {
	if (records.length > 0) await table.bulkAdd(records);
}

/**
 * Names the business account of a batch's figures that name none; '' takes the name away.
 * @param decided the same as it was decided in another copy of the workspace; now where it is not given
 */
export async function nameProfile(
	db: WorkspaceDatabase,
	batchId: BatchId,
	profile: string,
	decided?: StoredChoice
): Promise<void> {
	await db.transaction('rw', db.batches, db.choices, async () => {
		const batch = await db.batches.get(batchId);
		if (decided) await db.choices.put(decided);
		if (!batch?.report) return;
		if (!decided) await putChoice(db, profileKey(batch), profile);
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
