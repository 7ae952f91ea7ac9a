import { Dexie, type Table } from 'dexie';
import { Catalogue } from '../columns/catalogue';
import { ownDimension, type OwnDimension } from '../model/dimension';
import type { RejectedBlock } from '../columns/rejected-block';
import { TextBlocks } from '../columns/text-blocks';
import { withoutHidden } from '../columns/narrow-segment';
import { unpackSegment, type PackedSegment } from '../columns/packed-segment';
import { OWN_SEGMENT_VERSION, SEGMENT_VERSION, type Segment } from '../columns/segment';
import { compareImports } from './batch-order';
import { segmentChecksum } from './checksum';
import { claimsInOrder } from './claims';
import {
	SEQ_PER_PART,
	claimsOf,
	piecesOf,
	type BatchId,
	type LiveBatch,
	type StoredSegment,
	type StoredTexts,
	type Vocabulary,
	type WorkspaceDatabase
} from './database';
import { removeLabelsOfFile } from './labels-of-files';
import { missingOf } from './report-damage';

/** Reading and undoing what was imported. */

/** The live batches, in the order of their import. */
export async function liveBatches(db: WorkspaceDatabase): Promise<LiveBatch[]> {
	const batches = await db.batches.toArray();
	return batches.filter((batch): batch is LiveBatch => batch.state === 'live').sort(compareImports);
}

/** The names of the columns of one's own that batches have, in rising order. */
export function ownColumnsOf(batches: readonly Pick<LiveBatch, 'own'>[]): string[] {
	return [...new Set(batches.flatMap(({ own = [] }) => own))].sort();
}

/** The blocks of one vocabulary, in the order of their numbers. */
export async function readTexts(db: WorkspaceDatabase, vocabulary: Vocabulary): Promise<StoredTexts[]> {
	return textsOf(db, vocabulary).toArray();
}

function textsOf(db: WorkspaceDatabase, vocabulary: Vocabulary) {
	return db.texts.where('[vocabulary+first+count]').between([vocabulary], [vocabulary, Dexie.maxKey]);
}

/** What the live batches together have of Pins and accounts, and how many people there are. */
export async function readCatalogue(db: WorkspaceDatabase): Promise<Catalogue> {
	const [batches, pins, accounts, userKeys, claims] = await db.transaction(
		'r',
		db.batches,
		db.texts,
		db.claims,
		() =>
			Promise.all([
				liveBatches(db),
				readTexts(db, 'pin'),
				readTexts(db, 'account'),
				textsOf(db, 'user').primaryKeys(), // millions of ids, of which only the number matters
				db.claims.orderBy('[batchId+part]').toArray()
			])
	);
	return new Catalogue(
		pins.map((t) => t.block),
		accounts.map((t) => t.block),
		userKeys.reduce((sum, [, , count]) => sum + count, 0),
		await claimsInOrder(claims, batches)
	);
}

/** Whether anybody is named by what is stored. */
export async function holdsPeople(db: WorkspaceDatabase): Promise<boolean> {
	return (await textsOf(db, 'user').count()) > 0;
}

/** Of the workspace's columns of one's own, the vocabularies that have texts: `own.` and their names, in rising order. */
export async function ownVocabularies(db: WorkspaceDatabase): Promise<OwnDimension[]> {
	// All that begins with `own.`: `/` follows on the dot.
	const keys = await db.texts.where('[vocabulary+first+count]').between(['own.'], ['own/']).primaryKeys();
	return [...new Set(keys.map(([vocabulary]) => vocabulary as OwnDimension))].sort();
}

/** The texts of a vocabulary, by their numbers. */
export async function readNames(db: WorkspaceDatabase, vocabulary: Vocabulary): Promise<string[]> {
	const texts = new TextBlocks((await readTexts(db, vocabulary)).map(({ block }) => block));
	return Array.from({ length: texts.count }, (_, i) => texts.text(i));
}

/** Columns of one's own of batches, each with its values by number; number 0 is no value. */
export async function readOwnValues(
	db: WorkspaceDatabase,
	batches: readonly Pick<LiveBatch, 'own'>[]
): Promise<ReadonlyMap<string, readonly string[]>> {
	const read = async (name: string) => [name, ['', ...(await readNames(db, ownDimension(name)))]] as const;
	return new Map(await Promise.all(ownColumnsOf(batches).map(read)));
}

/** The ids of all people, by their numbers. */
export async function readUserIds(db: WorkspaceDatabase): Promise<TextBlocks> {
	return new TextBlocks((await readTexts(db, 'user')).map(({ block }) => block));
}

/** Batch and place of a segment; with its edition, where some of its rows are hidden. */
export type SegmentKey = readonly [batchId: BatchId, seq: number, edition?: number | undefined];

/**
 * Segments without the rows that are hidden; null where one is not there, damaged, not of that edition any more, or of a
 * version that is newer than this program's.
 */
export async function readSegments(
	db: WorkspaceDatabase,
	keys: readonly SegmentKey[]
): Promise<(Segment | null)[]> {
	const places = keys.map(([batchId, seq]): [BatchId, number] => [batchId, seq]);
	const found = await db.segments.bulkGet(places);
	const withHidden = places.filter((_, i) => keys[i]![2] !== undefined);
	const hidden = withHidden.length === 0 ? [] : await db.hiddenRows.bulkGet(withHidden);
	let next = 0; // of `hidden`
	return Promise.all(
		found.map(async (stored, i) => {
			const edition = keys[i]![2];
			const own = edition === undefined ? undefined : hidden[next++];
			if (!stored || own?.edition !== edition || !(await isWhole(stored))) return null;
			const segment = unpackSegment(stored.segment);
			return own ? withoutHidden(segment, own.marks) : segment;
		})
	);
}

async function isWhole({ segment, checksum }: StoredSegment): Promise<boolean> {
	if (segment.version !== (segment.own ? OWN_SEGMENT_VERSION : SEGMENT_VERSION)) return false;
	return checksum === undefined || checksum === (await segmentChecksum(segment));
}

/** Segments of a batch as they are stored, with all their rows; null where one is not there or damaged. */
export async function readPackedSegments(
	db: WorkspaceDatabase,
	batchId: BatchId,
	seqs: readonly number[]
): Promise<(PackedSegment | null)[]> {
	const found = await db.segments.bulkGet(seqs.map((seq): [BatchId, number] => [batchId, seq]));
	return Promise.all(
		found.map(async (stored) => (stored && (await isWhole(stored)) ? stored.segment : null))
	);
}

/** Whether all that counts of a batch can be read: its segments, or all of a report. */
export async function isReadable(db: WorkspaceDatabase, batch: LiveBatch): Promise<boolean> {
	const { id, segments, report } = batch;
	if (report) return (await missingOf(db, batch)) === 0;
	for (const { seq, edition } of segments) {
		const [segment] = await readSegments(db, [[id, seq, edition]]);
		if (!segment) return false;
	}
	return true;
}

/** The rejected rows of a batch, in the order of the file, each block with the line that its part starts on. */
export async function readRejectedRows(
	db: WorkspaceDatabase,
	batch: LiveBatch
): Promise<{ rows: RejectedBlock; firstLine: number }[]> {
	const blocks = await piecesOf(db.rejectedRows, batch.id).toArray();
	return blocks.map(({ seq, rows }) => ({
		rows,
		firstLine: batch.firstLines[Math.floor(seq / SEQ_PER_PART)] ?? 1
	}));
}

/**
 * Takes a batch out, and with it the texts that no remaining batch can refer to. All or nothing. What it hid of others
 * stays hidden: to undo an import, use undoBatch (undo-batch.ts).
 */
export async function deleteBatch(
	db: WorkspaceDatabase,
	batchId: BatchId,
	{ keepsLabels = false } = {}
): Promise<void> {
	await db.transaction('rw', [...tablesOfBatches(db), db.texts], async () => {
		if (!keepsLabels) await removeLabelsOfFile(db, await db.batches.get(batchId));
		await deleteRowsOf(db, batchId);
		await sweepTexts(db);
	});
}

/** The tables that hold what a batch has besides texts. */
export function tablesOfBatches(db: WorkspaceDatabase): Table[] {
	const { batches, segments, claims, rejectedRows, daySums, factBlocks, hiddenRows, snapshots, labels } = db;
	return [batches, segments, claims, rejectedRows, daySums, factBlocks, hiddenRows, snapshots, labels];
}

/** Takes a batch out but for its texts and labels, within a transaction over those tables. */
export async function deleteRowsOf(db: WorkspaceDatabase, batchId: BatchId): Promise<void> {
	await Promise.all([
		db.batches.delete(batchId),
		piecesOf(db.factBlocks, batchId).delete(),
		piecesOf(db.snapshots, batchId).delete(),
		claimsOf(db, batchId).delete(),
		db.daySums.where('batchId').equals(batchId).delete(),
		piecesOf(db.segments, batchId).delete(),
		piecesOf(db.hiddenRows, batchId).delete(),
		piecesOf(db.rejectedRows, batchId).delete()
	]);
}

/**
 * Deletes texts at the end of each vocabulary that no batch refers to. A batch refers to its own texts and to those
 * of earlier batches; numbers in the middle stay taken, so that the others keep theirs.
 */
async function sweepTexts(db: WorkspaceDatabase): Promise<void> {
	const newest = (await db.batches.orderBy('id').lastKey()) as BatchId | undefined;
	await db.texts
		.where('batchId')
		.above(newest ?? Dexie.minKey)
		.delete();
}

/**
 * Deletes what imports left that never ended, and pieces of batches that are no more: a thread may have written one
 * after its batch was swept. Call only while no import can be under way.
 */
export async function sweepUnfinished(db: WorkspaceDatabase): Promise<void> {
	const batches = await db.batches.toArray();
	for (const { id, state } of batches) if (state === 'staging') await deleteBatch(db, id!);
	const live = new Set(batches.flatMap(({ id, state }) => (state === 'live' ? [id] : [])));
	for (const table of [db.segments, db.rejectedRows, db.factBlocks, db.snapshots]) {
		const keys = await table.toCollection().primaryKeys();
		const stray = keys.filter(([batchId]) => !live.has(batchId));
		if (stray.length > 0) await table.bulkDelete(stray);
	}
}
