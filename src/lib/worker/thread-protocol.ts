import type { ReportContents } from '../columns/report-contents';
import type { TextBlock } from '../columns/text-block';
import type { PeriodSums } from '../columns/period-sums';
import type { HourTask } from '../engine/hours';
import type { PinMask, Share } from '../engine/plan';
import type { MeetingsTask, ShareMeetings } from '../engine/meetings';
import type { PeopleOfPeriod, PeopleTask } from '../engine/changes/people-of-period';
import type { MetDays, MetDaysTask } from '../engine/met-people/met-days';
import type { ScanResult, ScanTask } from '../engine/scan';
import type { Dialect } from '../import/detect';
import type { ParquetHeader } from '../import/formats/parquet/parquet-file';
import type { ParquetTableHead } from '../import/tables/parquet-table';
import type { TableRow } from '../import/tables/table';
import type { Sheet } from '../import/workbook/sheet';
import type { OwnTask } from '../columns/own-columns';
import type { OwnCounts, OwnCountTask } from '../engine/own-values';
import type { OwnChoice } from '../import/own-header';
import type { PartProgress, PartRange, PartResult, Vocabulary } from '../import/part';
import type { Written } from '../store/part-writer';

/** The calls between a worker and the threads that it starts, in the form of protocol.ts. Types only. */

/** Where the rows go that a thread reads, and what they are numbered by. */
export interface PartPlace {
	readonly workspace: string;
	readonly batchId: number;
	/** The part's place in the file, from 0. */
	readonly part: number;
	/** Names of the accounts that have a number already, in that order. */
	readonly accounts: readonly string[];
	/** Answers NumberCalls. */
	readonly numbers: MessagePort;
}

/** From the import worker to the threads that read parts of a file for it. */
export interface PartCalls {
	readPart: [
		PartPlace & {
			readonly blob: Blob;
			readonly dialect: Dialect;
			readonly range: PartRange;
		},
		PartResult & Written,
		PartProgress
	];
}

/** From the import worker to the threads that read Parquet files for it. */
export interface ParquetCalls {
	openParquet: [{ readonly blob: Blob; readonly own: OwnChoice }, ParquetHeader, never];
	openTable: [{ readonly blob: Blob }, ParquetTableHead, never];
	tableRows: [
		{ readonly blob: Blob; readonly from: number; readonly to: number },
		readonly TableRow[],
		never
	];
	readGroups: [
		PartPlace & {
			readonly blob: Blob;
			readonly own: OwnChoice;
			readonly groups: { readonly from: number; readonly to: number };
		},
		PartResult & Written,
		PartProgress
	];
}

/** From the import worker to the thread that reads workbooks and pages of archives for it. */
export interface WorkbookCalls {
	/** Takes the bytes along. */
	readWorkbook: [{ readonly bytes: Uint8Array }, readonly Sheet[], never];
	/** A page of the downloaded archive, in UTF-8. */
	readArchive: [{ readonly blob: Blob }, ReportContents, never];
}

/** From those threads back, to whoever holds the workspace's numbering. */
export interface NumberCalls {
	intern: [{ readonly vocabulary: Vocabulary; readonly texts: TextBlock }, Uint32Array, never];
}

/** Has a share of a plan's rows counted by another thread. */
type CountCall<Task, Result> = [
	{ readonly workspace: string; readonly share: Share; readonly task: Task },
	Result,
	never
];

/** From the data worker to the threads that share its scans. */
export interface ScanCalls {
	sumBuckets: [
		{
			readonly workspace: string;
			readonly share: Share;
			readonly pins: PinMask;
			readonly own: OwnTask | null;
		},
		PeriodSums,
		never
	];
	scan: CountCall<ScanTask, ScanResult>;
	meetings: CountCall<MeetingsTask, ShareMeetings>;
	countOwn: CountCall<OwnCountTask, OwnCounts[]>;
	metDays: CountCall<MetDaysTask, MetDays>;
	peopleOfPeriod: CountCall<PeopleTask, PeopleOfPeriod>;
	scanHours: CountCall<HourTask, Float64Array>;
}
