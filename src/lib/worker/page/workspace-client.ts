import type { ZipEntry } from '../../export/zip';
import type { BatchSummary, FileAnswers, ImportProgress, ImportReport } from '../../model/import-report';
import type { ExportFile, MadeExport, WorkbookProgress, WorkbookRequest } from '../../model/made-export';
import type { Mapping, TablePreview } from '../../model/mapping';
import type { CoverageMap, Top, TopPin } from '../../model/answer';
import type { InsightsAnswer, SnapshotKey } from '../../model/insights';
import type { AgesRequest, Life, LivesRequest } from '../../model/life';
import type { MetricId } from '../../model/metric';
import type { PageRequest, Piece } from '../../model/page-request';
import type { LabelShares, OwnChange, OwnCsvKind, OwnItemOf, OwnKind, OwnWords } from '../../model/own-words';
import type { Coverage, ExportKind, PinListRequest, Query } from '../../model/query';
import type { InboxLook, InboxScope, InboxState, SeenFile } from '../../model/inbox';
import type { DaySpan } from '../../model/reported';
import type { RowPeople, RowPeopleRequest } from '../../model/row-people';
import type { OverlapReport, SameDaysChoice } from '../../model/same-days';

/**
 * The page's end: what a page may ask of its workers. All rejections are ProblemError (model/problem.ts), or a
 * DOMException named AbortError where the signal was aborted.
 */
export interface WorkspaceClient {
	/** Opens the database; null where nothing is stored yet. */
	open(): Promise<Coverage | null>;
	/** Whether the browser keeps nothing, so that all is gone when the page is left. Known once it is open. */
	readonly isInMemory: boolean;
	/** Looks again at what is stored. */
	coverage(): Promise<Coverage | null>;
	/** Answers all that a page asks, piece by piece as each is known. */
	ask(signal: AbortSignal, request: PageRequest, onPiece: (piece: Piece) => void): Promise<void>;
	/** Rows of the full list of Pins: `total` counts those that contain the words. */
	pins(signal: AbortSignal, request: PinListRequest): Promise<Top<TopPin>>;
	/** The lives of some Pins, by their events; null for one without any, and where a host holds the events. */
	lives(signal: AbortSignal, request: LivesRequest): Promise<readonly (Life | null)[]>;
	/** The people of rows of lists and splits, in the order of their names; none where a host holds the events. */
	rowPeople(signal: AbortSignal, request: RowPeopleRequest): Promise<readonly RowPeople[]>;
	/** Impressions of events in each of AGE_CLASSES; null where they cannot be known, as where a host holds the events. */
	ages(signal: AbortSignal, request: AgesRequest): Promise<readonly number[] | null>;
	/** Which days of which metrics are known; null where a host holds the events, which knows of no others. */
	coverageMap(
		signal: AbortSignal,
		scope: { readonly tz: string; readonly span: DaySpan; readonly metrics: readonly MetricId[] }
	): Promise<CoverageMap | null>;
	/** The snapshots of Audience insights; none where a host holds the events. */
	insights(signal: AbortSignal): Promise<InsightsAnswer>;
	/** Some of them as CSV; null where they hold no share. */
	insightsCsv(signal: AbortSignal, snapshots: readonly SnapshotKey[]): Promise<Blob | null>;
	/**
	 * The CSV; follows the query's filter (and split and sort, where the kind has them). Null where nothing is
	 * stored that it would be made of: reported figures, insights, directories.
	 */
	exportCsv(
		signal: AbortSignal,
		kind: ExportKind,
		query: Query,
		/** The days that its figures are beside, where the kind has figures; null for none. */
		compared: DaySpan | null,
		/** Told how far it is, from 0 to 1, where it takes long. */
		onprogress?: (fraction: number) => void
	): Promise<ExportFile | null>;
	/** All that an archive of everything has, as a workbook; reports how far it is. */
	workbook(
		signal: AbortSignal,
		request: WorkbookRequest,
		onprogress: (progress: WorkbookProgress) => void
	): Promise<Blob>;
	/** Packs files into one archive; reports how many bytes of them are done. */
	zip(
		signal: AbortSignal,
		entries: readonly ZipEntry[],
		onprogress: (bytesDone: number) => void
	): Promise<Blob>;
	/**
	 * Events as Parquet, row group by row group; follows the query's filter and subject.
	 * @param file that was picked: it is written then, and the result is null. Without one the result is the file
	 */
	exportParquet(
		signal: AbortSignal,
		query: Query,
		file: FileSystemFileHandle | null,
		onprogress: (fraction: number) => void
	): Promise<Blob | null>;
	/** Notes, saved views and labels; none where a host holds the events. */
	ownWords(): Promise<OwnWords>;
	/** One of them, whole; null where it is not there. */
	ownItem(of: OwnKind, id: string): Promise<OwnItemOf | null>;
	/** Makes a change, all of it or nothing. */
	changeOwnWords(change: OwnChange): Promise<void>;
	/** What each label has of the impressions under a query's other filters; null where that is not known. */
	labelShares(signal: AbortSignal, query: Query): Promise<LabelShares | null>;
	/** As CSV; null where there is none. */
	ownCsv(kind: OwnCsvKind): Promise<Blob | null>;
	/** Called when notes, views or labels were changed, by this page too. Returns the way to stop listening. */
	onOwnWordsChanged(listener: () => void): () => void;
	/** The exports that were made, newest first. */
	madeExports(): Promise<readonly MadeExport[]>;
	noteExport(made: MadeExport): Promise<readonly MadeExport[]>;
	batches(): Promise<readonly BatchSummary[]>;
	undo(batchId: number): Promise<void>;
	/** Names the business account of a batch's figures that name none; '' takes the name away. */
	nameProfile(batchId: number, profile: string): Promise<void>;
	/** How a batch meets the earlier ones; null where none of its days is held by another. */
	overlap(signal: AbortSignal, batchId: number): Promise<OverlapReport | null>;
	/** Chooses what counts on days that earlier batches hold too. */
	chooseSameDays(batchId: number, choice: SameDaysChoice): Promise<void>;
	rejectedRows(batchId: number): Promise<Blob>;
	/** Null where a host holds the events. */
	readonly inbox: InboxClient | null;
	/** @param isByHand whether files are imported again whose import was undone */
	importFiles(
		signal: AbortSignal,
		files: readonly File[],
		isByHand: boolean,
		onprogress: (progress: ImportProgress) => void
	): Promise<ImportReport>;
	/**
	 * The first rows of a table under a mapping; null for the mapping saved for it, or a guess.
	 * @param entry the table's name in the import report: the file's, or that of an entry or sheet in it
	 */
	previewTable(file: File, entry: string, mapping: Mapping | null): Promise<TablePreview>;
	/** Imports one file, or one entry of it, with what the user said of it; an earlier reading is replaced. */
	importAnswered(
		signal: AbortSignal,
		file: File,
		entry: string,
		answers: FileAnswers,
		onprogress: (progress: ImportProgress) => void
	): Promise<ImportReport>;
	importSample(signal: AbortSignal, onprogress: (progress: ImportProgress) => void): Promise<ImportReport>;
	/** Called when another tab changed what is stored. Returns the way to stop listening. */
	onChangedElsewhere(listener: () => void): () => void;
	/** Called when the browser ended a worker in the middle of an answer, which was then asked for again. */
	onRestarted(listener: () => void): void;
	/** Ends the workers for good: all later calls reject with newer_version. Nothing else may be asked of it then. */
	close(): void;
}

/** The inbox of a workspace, and what one tab does with it. */
export interface InboxClient {
	/** Null where no folder is chosen. */
	state(): Promise<InboxState | null>;
	/** Makes a folder the inbox; the same one again keeps what was seen in it. */
	choose(handle: FileSystemDirectoryHandle): Promise<void>;
	forget(): Promise<void>;
	/** Looks which files are to be imported now. What is taken is found again until it is noted. */
	look(scope: InboxScope): Promise<InboxLook>;
	/** Notes what became of files, so that they count as seen. */
	note(files: readonly SeenFile[]): Promise<void>;
	/** Reports what changes in the folder until the signal is aborted; ends at once where the browser cannot report it. */
	watch(signal: AbortSignal, onChange: (scope: InboxScope) => void): Promise<void>;
	/** Looks and imports one tab at a time. */
	inTurn<T>(work: () => Promise<T>): Promise<T>;
}
