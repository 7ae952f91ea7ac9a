import type { ZipEntry } from '../export/zip';
import type { ExportFile, MadeExport, WorkbookProgress, WorkbookRequest } from '../model/made-export';
import type { Mapping, TablePreview } from '../model/mapping';
import type { BatchSummary, FileAnswers, ImportProgress, ImportReport } from '../model/import-report';
import type { CoverageMap, Top, TopPin } from '../model/answer';
import type { HomeReport } from '../model/home-folder';
import type { InboxLook, InboxScope, InboxState, SeenFile } from '../model/inbox';
import type { InsightsAnswer, SnapshotKey } from '../model/insights';
import type { AgesRequest, Life, LivesRequest } from '../model/life';
import type { MetricId } from '../model/metric';
import type { PageRequest, Piece } from '../model/page-request';
import type { LabelShares, OwnChange, OwnCsvKind, OwnItemOf, OwnKind, OwnWords } from '../model/own-words';
import type { Coverage, ExportKind, PinListRequest, Query } from '../model/query';
import type { DaySpan } from '../model/reported';
import type { RowPeople, RowPeopleRequest } from '../model/row-people';
import type { OverlapReport, SameDaysChoice } from '../model/same-days';
import type { TakenInReport } from '../model/taken-in';
import type { Workspace } from '../model/workspace';

/**
 * The calls that cross from the page to its workers: name → [what is asked, what is answered, what is reported meanwhile].
 * Types only; call.ts carries them.
 */
export interface DataCalls {
	/** Opens the workspace's database, sweeps what a crash left, and says what is there. */
	open: [{ readonly workspace: string }, Coverage | null, never];
	/** Looks again at what is stored: after an import, an undo, or a change made in another tab. */
	refresh: [null, Coverage | null, never];
	/** Deletes what an import left whose worker was ended. */
	sweep: [null, null, never];
	/** Tells each part of the answer as soon as it is known. */
	ask: [PageRequest, null, Piece];
	/** Rows of the full list of Pins: `total` counts those that contain the words. */
	pins: [PinListRequest, Top<TopPin>, never];
	/** The lives of some Pins, by their events; null for one without any. */
	lives: [LivesRequest, readonly (Life | null)[], never];
	/** The people of rows of lists and splits, in the order of their names. */
	rowPeople: [RowPeopleRequest, readonly RowPeople[], never];
	/** Impressions of events in each of AGE_CLASSES; null where they cannot be known. */
	ages: [AgesRequest, readonly number[] | null, never];
	/** Which days of which metrics are known, of the account and without any filter. */
	coverageMap: [
		{ readonly tz: string; readonly span: DaySpan; readonly metrics: readonly MetricId[] },
		CoverageMap,
		never
	];
	/** The audiences of Audience insights, each day's as it was imported last. */
	insights: [null, InsightsAnswer, never];
	/** Some of them as CSV; null where they hold no share. */
	insightsCsv: [{ readonly snapshots: readonly SnapshotKey[] }, Blob | null, never];
	/**
	 * Tells how far it is, from 0 to 1, where it takes long. Null where nothing is stored that the file would be made of:
	 * reported figures, insights, directories.
	 */
	export: [
		{ readonly kind: ExportKind; readonly query: Query; readonly compared: DaySpan | null },
		ExportFile | null,
		number
	];
	/** All that an archive of everything has, as a workbook. */
	workbook: [WorkbookRequest, Blob, WorkbookProgress];
	/** Notes, saved views and labels. */
	ownWords: [null, OwnWords, never];
	/** One of them, whole; null where it is not there. */
	ownItem: [{ readonly of: OwnKind; readonly id: string }, OwnItemOf | null, never];
	changeOwnWords: [OwnChange, null, never];
	/** What each label has of the impressions under a query's other filters; null where that is not known. */
	labelShares: [{ readonly query: Query }, LabelShares | null, never];
	/** As CSV; null where there is none. */
	ownCsv: [{ readonly kind: OwnCsvKind }, Blob | null, never];
	/** The exports that were made, newest first. */
	madeExports: [null, readonly MadeExport[], never];
	noteExport: [MadeExport, readonly MadeExport[], never];
	batches: [null, readonly BatchSummary[], never];
	undo: [{ readonly batchId: number }, null, never];
	/** Names the business account of a batch's figures that name none; '' takes the name away. */
	nameProfile: [{ readonly batchId: number; readonly profile: string }, null, never];
	/** How a batch meets the earlier ones; null where none of its days is held by another. */
	overlap: [{ readonly batchId: number }, OverlapReport | null, never];
	/** Chooses what counts on days that earlier batches hold too. */
	chooseSameDays: [{ readonly batchId: number; readonly choice: SameDaysChoice }, null, never];
	/** The rejected rows of a batch as CSV: the file's own columns, then line, column and reason. */
	rejectedRows: [{ readonly batchId: number }, Blob, never];
	/** The inbox (inbox-engine.ts); null where none is chosen. */
	inbox: [null, InboxState | null, never];
	chooseInbox: [{ readonly handle: FileSystemDirectoryHandle }, null, never];
	forgetInbox: [null, null, never];
	lookInbox: [{ readonly scope: InboxScope }, InboxLook, never];
	noteInbox: [{ readonly files: readonly SeenFile[] }, null, never];
	/** Tells of changes in the folder until it is cancelled; over at once where the browser cannot do that. */
	watchInbox: [null, null, InboxScope];
}

export interface ImportCalls {
	/** `isByHand` where the user handed the files over: then a file whose import was undone is imported again. */
	import: [
		{ readonly workspace: string; readonly files: readonly File[]; readonly isByHand: boolean },
		ImportReport,
		ImportProgress
	];
	/**
	 * The first rows of a table, under a mapping; null for the one that was saved, or a guess.
	 * `entry` names it as the import report does: the file itself, or one of an archive or workbook.
	 */
	previewTable: [
		{
			readonly workspace: string;
			readonly file: File;
			readonly entry: string;
			readonly mapping: Mapping | null;
		},
		TablePreview,
		never
	];
	/**
	 * Imports one file with what the user said of it, even where it is known already: an earlier reading is replaced.
	 * `entry` as above. A mapping is kept for tables with the same header.
	 */
	importAnswered: [
		{
			readonly workspace: string;
			readonly file: File;
			readonly entry: string;
			readonly answers: FileAnswers;
		},
		ImportReport,
		ImportProgress
	];
	/** Makes the sample data and imports it like a file. */
	importSample: [{ readonly workspace: string }, ImportReport, ImportProgress];
}

export interface ZipCalls {
	/** Tells how many bytes of the files are packed. */
	zip: [{ readonly entries: readonly ZipEntry[] }, Blob, number];
}

/** Events as files for other engines. */
export interface HandOffCalls {
	/**
	 * The events that the query's filter and subject let pass, as Parquet: into the file that was picked, or as the result
	 * where none was. Tells how far it is, from 0 to 1.
	 */
	handOff: [
		{ readonly workspace: string; readonly query: Query; readonly file: FileSystemFileHandle | null },
		Blob | null,
		number
	];
}

/** Workspaces themselves. Deleting waits until nobody writes, and takes everything that is stored. */
export interface RegistryCalls {
	list: [null, readonly Workspace[], never];
	make: [{ readonly name: string }, Workspace, never];
	/** False where another workspace has that name. */
	rename: [{ readonly key: string; readonly name: string }, boolean, never];
	remove: [{ readonly key: string }, null, never];
	/** Deletes all that is stored, of all workspaces. */
	eraseAll: [null, null, never];
}

/** Whole workspaces as files. */
export interface BackupCalls {
	/** Tells how far it is, from 0 to 1. */
	backup: [{ readonly workspace: Workspace; readonly passphrase: string }, Blob, number];
	/**
	 * Takes what a backup has into a workspace, which keeps all that it holds itself. Nothing is changed where it is damaged.
	 * Tells how far it is, from 0 to 1.
	 */
	merge: [
		{ readonly backup: Blob; readonly passphrase: string; readonly workspace: string },
		TakenInReport,
		number
	];
	/** Makes a workspace of a backup; `name` is its name where it had none. Nothing is changed where it is damaged. */
	restore: [{ readonly backup: Blob; readonly passphrase: string; readonly name: string }, Workspace, number];
}

/** A workspace and its home folder. */
export interface HomeCalls {
	/** Null where none is chosen. */
	homeFolder: [
		{ readonly workspace: string },
		{ readonly handle: FileSystemDirectoryHandle; readonly isEncrypted: boolean } | null,
		never
	];
	/** Makes a folder the home folder; where it holds files already, the passphrase must be theirs. */
	chooseHome: [
		{
			readonly workspace: string;
			readonly handle: FileSystemDirectoryHandle;
			readonly passphrase: string;
		},
		null,
		never
	];
	/** Forgets the folder and its key; its files stay. */
	forgetHome: [{ readonly workspace: string }, null, never];
	/** Tells how far the writing is, from 0 to 1; null where no folder is chosen. */
	syncHome: [{ readonly workspace: string; readonly isThorough: boolean }, HomeReport | null, number];
}
