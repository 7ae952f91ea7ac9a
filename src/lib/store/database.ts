import { Dexie, type Collection, type Table } from 'dexie';
import type { TextBlock } from '../columns/text-block';
import type { FactBlock } from '../columns/fact-block';
import type { PinClaims } from '../columns/pin-claims';
import type { RejectedBlock } from '../columns/rejected-block';
import type { PackedRangeIndex } from '../columns/packed-range-index';
import type { PackedPinCounts } from '../columns/packed-pin-counts';
import type { PackedSegment } from '../columns/packed-segment';
import type { PeriodSums } from '../columns/period-sums';
import type { ReportClaims } from '../columns/report-claims';
import type { SegmentHead } from '../columns/segment';
import type { OwnDimension } from '../model/dimension';
import type { FactMetric } from '../model/fact-metric';
import type { OfferedColumn, ReportKind, ReportName } from '../model/import-report';
import type { InboxOutcome } from '../model/inbox';
import type { InsightsSnapshot } from '../model/insights';
import type { Label, Note, SavedView } from '../model/own-words';
import type { Problem, Rejection } from '../model/problem';
import type { DaySpan } from '../model/reported';
import type { SameDaysChoice } from '../model/same-days';
import { fromVersion2, type FactsOfVersion2 } from './from-version-2';
import { fromVersion5 } from './from-version-5';
import { guardedFactory } from './guarded-factory';

/**
 * A workspace's database. Events are stored as segments, never as objects of their own; a batch is what one file
 * brought, and is made live by one transaction at its end.
 */

export type BatchId = number;

/** One import of one file. */
export interface StoredBatch {
	/** Given by the database, rising, in the order in which batches came into this database. */
	readonly id?: BatchId;
	/**
	 * Milliseconds since 1970: the order of imports, the same in every copy of the workspace (batch-order.ts). A batch that
	 * takes the place of another keeps that one's stamp. 0 while staging.
	 */
	readonly stamp: number;
	/** From 1: rises where a file is imported again after its import was undone. With the fingerprint it names the batch. */
	readonly generation: number;
	/** SHA-256 of its travelling form (portable/), hexadecimal; not set before that was first needed. */
	readonly contentHash?: string;
	/** Only live batches count; what is still `staging` at a start was left by a crash. */
	readonly state: 'staging' | 'live';
	readonly file: string;
	readonly fileBytes: number;
	/** When the file was read. Of two readings of one file the later one counts. */
	readonly importedAt: number;
	readonly isSample: boolean;
	/** Of the file's bytes (import/fingerprint.ts); '' while staging. */
	readonly fingerprint: string;
	readonly accepted: number;
	readonly rejected: number;
	/** The first rejections, for the report. */
	readonly rejections: readonly Rejection[];
	/** First and last event; null where no row was accepted. */
	readonly firstMs: number | null;
	readonly lastMs: number | null;
	/** Of its segments, in the order of the file. */
	readonly segments: readonly StoredHead[];
	/** The names of the file's columns. */
	readonly columns: readonly string[];
	/** Of these, the names of columns of one's own that were kept, in rising order; not set where there are none. */
	readonly own?: readonly string[];
	/** Columns that were not kept and could be; not set where there are none. */
	readonly offered?: readonly OfferedColumn[];
	/** Physical line that each part of the file starts on. */
	readonly firstLines: readonly number[];
	readonly storedBytes: number;
	/** Set where the file held reported figures rather than events. */
	readonly report?: StoredReport;
	/** What was chosen for days that earlier batches hold too; all of it counts where nothing is set. */
	readonly sameDays?: SameDaysChoice;
	/** Set while some of its rows are hidden (hidden-rows.ts): `segments`, `firstMs` and `lastMs` are then of the others. */
	readonly hidden?: HiddenOfBatch;
	/** How often it has changed which of its rows are hidden. */
	readonly edition?: number;
}

/** What is hidden of a batch. */
export interface HiddenOfBatch {
	/** Its segments with all their rows. */
	readonly segments: readonly StoredHead[];
	/** Rows that equal those of an earlier batch, and rows of days that a later batch replaced. */
	readonly leftOut: number;
	readonly replaced: number;
}

/** What is known of a file that is no event file. */
export interface StoredReport {
	readonly name: ReportName;
	/** What it holds; what was stored before there were others holds figures. */
	readonly kind?: ReportKind;
	/** The business account that the user named for figures that name none. */
	readonly profile?: string;
	/** Milliseconds since 1970. */
	readonly exportedAt: number;
	/** The days that the file is about. */
	readonly covered: readonly DaySpan[];
	/** From the first to the last day that any of its figures is of; null where it has none. */
	readonly span: DaySpan | null;
	readonly facts: number;
	/** Pins and boards in its claims, and audiences in its insights; what was stored before they were kept has none. */
	readonly names?: number;
	readonly snapshots?: number;
	/** Rises whenever files of a kind are read more fully, so that known ones may be imported again; 0 where it is not set. */
	readonly readerVersion?: number;
	/** The metrics of its figures; what was stored before this was kept holds metrics of events only. */
	readonly metrics?: readonly FactMetric[];
	/** Whether any of its figures is of an ad, ad group or campaign; not set where it was stored before this was kept. */
	readonly hasAds?: boolean;
	readonly title: string;
	/** Lines of its preamble, and notes under its figures. */
	readonly settings: readonly { readonly name: string; readonly value: string }[];
	readonly notes: readonly string[];
}

export type LiveBatch = StoredBatch & { readonly id: BatchId };

/** The head of a segment, and its key within the batch. */
export type StoredHead = SegmentHead & { readonly seq: number; readonly storedBytes: number };

/**
 * Pieces of a batch are keyed by the part of the file that they are from and their place in it, so that parts can be
 * written side by side: seq = part × this + place.
 */
export const SEQ_PER_PART = 1 << 20;

/** A segment of a batch; `seq` is its place, which its part follows from (SEQ_PER_PART). */
export interface StoredSegment {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly segment: PackedSegment;
	/** Of all of it (checksum.ts); those stored by version 1 have none. */
	readonly checksum?: string;
}

/** Which rows of a segment do not count. */
export interface StoredHidden {
	readonly batchId: BatchId;
	readonly seq: number;
	/** As in the segment's head. */
	readonly edition: number;
	/** Per row, 0 where it counts, or why it does not: LEFT_OUT or REPLACED (day-marks.ts). */
	readonly marks: Uint8Array;
}

/** What texts are of. Each vocabulary has numbers of its own. */
export type Vocabulary = 'pin' | 'user' | 'account' | OwnDimension;

/** A block of texts that a batch brought: numbers [first, first + count). */
export interface StoredTexts {
	readonly vocabulary: Vocabulary;
	readonly first: number;
	/** In the key, so that texts can be counted without being read. */
	readonly count: number;
	readonly batchId: BatchId;
	readonly block: TextBlock;
}

/** What a part of a file says of its Pins. */
export interface StoredClaims {
	readonly batchId: BatchId;
	readonly part: number;
	/** Set where they are not of events. */
	readonly of?: ReportClaims['of'];
	readonly claims: PinClaims;
	/** Of all of it (checksum.ts); those of events have none. */
	readonly checksum?: string;
}

/** One audience of a file of audience insights. */
export interface StoredSnapshot {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly snapshot: InsightsSnapshot;
	/** Of all of it (checksum.ts). */
	readonly checksum: string;
}

/** Some of a batch's rejected rows. */
export interface StoredRejected {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly rows: RejectedBlock;
}

/** Sums of a batch by day of a time zone; a batch may lack those of a zone. */
export interface StoredDaySums {
	readonly zone: string;
	readonly batchId: BatchId;
	readonly part: number;
	readonly sums: PeriodSums;
}

/**
 * What a newly started browser shows first, of all batches together: the people of all days under no filter
 * (engine/range-index.ts) and the sums by day, both of the zone that was looked at last, and the counts by Pin of all days.
 */
export interface StoredRangeIndex {
	readonly zone: string;
	/** The batches that it is of, as range-index.ts names them. */
	readonly of: string;
	readonly index: PackedRangeIndex;
	/** Not set where it was stored before it was kept. */
	readonly sums?: PeriodSums;
	/** Not set where few rows are to be counted for it, or it was stored before it was kept. */
	readonly pins?: PackedPinCounts;
	/** Of all of it (checksum.ts). */
	readonly checksum: string;
}

/** Some of a batch's facts. */
export interface StoredFacts {
	readonly batchId: BatchId;
	readonly seq: number;
	readonly block: FactBlock;
	/** Of all of it (checksum.ts); blocks that were brought over from version 2 have none. */
	readonly checksum?: string;
}

export interface StoredSetting {
	readonly key: string;
	readonly value: unknown;
}

/** The import of a file that was undone: in no copy of the workspace do its batches up to a generation count. */
export interface StoredUndoMark {
	readonly fingerprint: string;
	/** Batches of this generation and of earlier ones are undone. */
	readonly generation: number;
	/** Milliseconds since 1970; later than the stamp of what it undoes. */
	readonly markedAt: number;
}

/** A mark as it is stored. */
export interface StoredMark extends StoredUndoMark {
	/** The mark of the batch of that generation: it counts once the batch is gone (undo-marks.ts). */
	readonly ahead?: Pick<StoredUndoMark, 'generation' | 'markedAt'>;
}

/** Something that was decided and changes figures (choices.ts); the newest decision counts. */
export interface StoredChoice {
	readonly key: string;
	/** Milliseconds since 1970; rises with every change. */
	readonly changedAt: number;
	readonly value: unknown;
}

/** What a folder on the disk is used for: files are imported from the inbox, the home folder holds a copy of everything. */
export type FolderRole = 'inbox' | 'home';

/** A folder that was chosen for this workspace. In this browser alone: backups do not hold it. */
export interface StoredFolder {
	readonly role: FolderRole;
	readonly handle: FileSystemDirectoryHandle;
	/** Milliseconds since 1970. */
	readonly chosenAt: number;
	/** Derived from the passphrase; cannot be read out. Null where there is none. */
	readonly key: CryptoKey | null;
	/** Hexadecimal salt that the key was derived with; null where there is none. */
	readonly salt: string | null;
	/** Of the inbox: how often its list of files has changed. */
	readonly revision?: number;
}

/** A file of the inbox that was looked at. */
export interface StoredInboxFile {
	/** Its path within the folder, parts joined by `/`. */
	readonly path: string;
	readonly byteLength: number;
	/** Milliseconds since 1970. */
	readonly modifiedMs: number;
	readonly outcome: InboxOutcome;
	/** When that was; milliseconds since 1970. */
	readonly seenAt: number;
}

/** A file of the home folder that was read, or written from here: it is not read again while it stays the same. */
export interface StoredHomeFile {
	readonly name: string;
	readonly byteLength: number;
	/** Milliseconds since 1970. */
	readonly modifiedMs: number;
	/** Whether it was whole. */
	readonly isWhole: boolean;
	/** What it holds and what that is about (home/home-content.ts), where it was whole. */
	readonly content?: string;
	readonly key?: string;
	/** Set where its writing was begun here: what is left of that, if it was ended, may go. */
	readonly isBegun?: boolean;
	/** Set where it was not taken in. */
	readonly isRefused?: boolean;
	/** Why it is left out. */
	readonly problem?: Problem;
}

/** An item of one's own words, or what is left of a deleted one: when that was. */
export type StoredOwn<T> = T | { readonly id: string; readonly changedAt: number; readonly isDeleted: true };

/** The name of a workspace's database. */
export function databaseName(workspace: string): string {
	return `tackboard-${workspace}`;
}

export class WorkspaceDatabase extends Dexie {
	readonly batches!: Table<StoredBatch, BatchId>;
	readonly segments!: Table<StoredSegment, [BatchId, number]>;
	readonly texts!: Table<StoredTexts, [string, number, number]>;
	readonly claims!: Table<StoredClaims, [BatchId, number]>;
	readonly rejectedRows!: Table<StoredRejected, [BatchId, number]>;
	readonly settings!: Table<StoredSetting, string>;
	readonly daySums!: Table<StoredDaySums, [string, BatchId, number]>;
	readonly factBlocks!: Table<StoredFacts, [BatchId, number]>;
	readonly hiddenRows!: Table<StoredHidden, [BatchId, number]>;
	readonly snapshots!: Table<StoredSnapshot, [BatchId, number]>;
	readonly rangeIndexes!: Table<StoredRangeIndex, string>;
	readonly notes!: Table<StoredOwn<Note>, string>;
	readonly views!: Table<StoredOwn<SavedView>, string>;
	readonly labels!: Table<StoredOwn<Label>, string>;
	readonly undoMarks!: Table<StoredMark, string>;
	readonly choices!: Table<StoredChoice, string>;
	readonly folders!: Table<StoredFolder, FolderRole>;
	readonly inboxFiles!: Table<StoredInboxFile, string>;
	readonly homeFiles!: Table<StoredHomeFile, string>;

	/** @param workspace name of the workspace; each has a database of its own */
	constructor(workspace: string) {
		// Strict: a transaction is over when its data is on the disk, not when it is in the system's hands.
		const durability = { chromeTransactionDurability: 'strict' } as const;
		super(databaseName(workspace), { ...durability, indexedDB: guardedFactory(), IDBKeyRange });
		// A newer app in another tab wants the database: this one closes its connection and does not open another.
		this.on('versionchange', ({ newVersion }) => {
			if (newVersion === null) return true;
			this.close({ disableAutoOpen: true });
			return false;
		});
		this.version(1).stores({
			batches: '++id',
			segments: '[batchId+seq]',
			texts: '[vocabulary+first+count], batchId',
			claims: '[batchId+part]',
			rejectedRows: '[batchId+seq]',
			settings: 'key'
		});
		this.version(2).stores({
			daySums: '[zone+batchId+part], zone, batchId',
			facts: 'batchId',
			hiddenRows: '[batchId+seq]'
		});
		this.version(3)
			.stores({ facts: null, factBlocks: '[batchId+seq]', snapshots: '[batchId+seq]' })
			.upgrade(async (transaction) => {
				const old = (await transaction.table('facts').toArray()) as FactsOfVersion2[];
				for (const facts of old) await transaction.table('factBlocks').bulkAdd(fromVersion2(facts));
			});
		this.version(4).stores({ rangeIndexes: 'zone' });
		this.version(5).stores({ notes: 'id', views: 'id', labels: 'id' });
		this.version(6)
			.stores({
				undoMarks: 'fingerprint',
				choices: 'key',
				folders: 'role',
				inboxFiles: 'path',
				homeFiles: 'name'
			})
			.upgrade((transaction) => fromVersion5(transaction));
	}
}

/** What a batch claims of Pins. */
export function claimsOf(
	db: WorkspaceDatabase,
	batchId: BatchId
): Collection<StoredClaims, [BatchId, number]> {
	return db.claims.where('[batchId+part]').between([batchId, Dexie.minKey], [batchId, Dexie.maxKey]);
}

/** The pieces of a batch, from part `fromPart` on. */
export function piecesOf<T>(
	table: Table<T, [BatchId, number]>,
	batchId: BatchId,
	fromPart = 0
): Collection<T, [BatchId, number]> {
	return table.where('[batchId+seq]').between([batchId, fromPart * SEQ_PER_PART], [batchId, Dexie.maxKey]);
}
