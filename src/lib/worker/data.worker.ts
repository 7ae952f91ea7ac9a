import { answerQuery, type EngineData } from '../engine/answer';
import type { Plan } from '../engine/plan';
import { PinList } from '../engine/pin-list';
import type { ReportedList } from '../engine/reported/reported-list';
import { scannerHere, type Scanner } from '../engine/scanner';
import { weekHours } from '../engine/week-hours';
import { rejectedCsv } from '../export/rejected-csv';
import type { BatchSummary } from '../model/import-report';
import type { Answer, Query } from '../model/query';
import { wholeSpan } from '../model/reported';
import { readRejectedRows, readUserIds, sweepUnfinished } from '../store/batches';
import { readDirectory } from '../store/directory';
import { noteMadeExport, readMadeExports } from '../store/export-log';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { nameProfile } from '../store/reports';
import { chooseSameDays, overlapOf, undoBatch } from '../store/same-days';
import { answerCalls, moved, type Port } from './call';
import { exportCsv } from './csv-exports';
import { paceOf } from './pacing';
import type { DataCalls, ScanCalls } from './protocol';
import { ReportedPart } from './reported-part';
import { SegmentCache } from './segment-cache';
import { StoredData } from './stored-data';
import { announceChange, ifNobodyWrites, withWriteLock } from './write-lock';

/** The worker that reads: queries, exports and lists of one workspace. It also undoes batches. */

let workspace = '';
let db: WorkspaceDatabase;
let data: StoredData;
/** The full list of Pins behind the newest answer. */
let pinList: { readonly key: string; readonly list: () => PinList | ReportedList } | null = null;
/** Of an instance that only shares in the scans of another. */
let scanCache: SegmentCache | null = null;

answerCalls<DataCalls & ScanCalls>(self as unknown as Port, {
	open: async (signal, params) => {
		workspace = params.workspace;
		db = new WorkspaceDatabase(workspace);
		await db.open();
		data = new StoredData(db, workspace, import.meta.url);
		const coverage = await data.refresh();
		signal.throwIfAborted();
		// What is unfinished counts for nothing, so it need not be waited for. Whoever holds the lock is importing; it is
		// theirs then.
		void ifNobodyWrites(workspace, () => sweepUnfinished(db)).catch(() => {});
		return coverage;
	},

	refresh: () => data.refresh(),

	sweep: (signal) => changed(signal, () => sweepUnfinished(db)),

	query: async (signal, query, tell) => {
		const { answer } = await answered(signal, query, tell);
		void keepDaySums(query.filter.tz);
		return answer;
	},

	pins: async (signal, { query, words, first, count }) => {
		const key = JSON.stringify(query);
		if (pinList?.key !== key) await answered(signal, query);
		return pinList!.list().rows(words, first, count);
	},

	hours: (signal, query) =>
		data.withoutDamage(async () => {
			const plan = data.plan(query.filter, 'day');
			return weekHours(query, plan, await data.engineData(signal, paceOf(signal)));
		}),

	export: (signal, { kind, query }, tell) =>
		data.withoutDamage(async () => {
			const pace = paceOf(signal);
			const plan = data.plan(query.filter, 'day');
			const engineData = await data.engineData(signal, pace);
			return exportCsv(pace, tell, kind, query, plan, {
				...engineData,
				...(await reportedOf(signal, query, plan, engineData)),
				readSegments: () => data.read(pace, plan.segments),
				readUserIds: () => readUserIds(db),
				readSnapshots: () => data.snapshots(),
				readDirectory: () => readDirectory(db)
			});
		}),

	sumBuckets: (signal, { workspace, share, pins }) => scannerOf(signal, workspace).sumBuckets(share, pins),

	scan: async (signal, { workspace, share, task }) => {
		const result = await scannerOf(signal, workspace).scan(share, task);
		return moved(result, [result.pins, result.met, result.engaged]);
	},

	scanHours: (signal, { workspace, share, task }) => scannerOf(signal, workspace).scanHours(share, task),

	pinAttributes: (signal, { pinId }) => data.pinAttributes(signal, pinId),

	hasBoard: async (_, { board }) => (await data.catalogue()).hasBoard(board),

	madeExports: () => readMadeExports(db),

	noteExport: (_, made) => noteMadeExport(db, made),

	batches: async () => data.batches.map(summaryOf),

	undo: (signal, { batchId }) => changed(signal, () => undoBatch(db, paceOf(signal), batchId)),

	nameProfile: (signal, { batchId, profile }) => changed(signal, () => nameProfile(db, batchId, profile)),

	overlap: (signal, { batchId }) => overlapOf(db, paceOf(signal), batchId),

	chooseSameDays: (signal, { batchId, choice }) =>
		changed(signal, () => chooseSameDays(db, paceOf(signal), batchId, choice)),

	rejectedRows: async (_, { batchId }) => {
		const batch = data.batches.find(({ id }) => id === batchId);
		return rejectedCsv(batch?.columns ?? [], batch ? await readRejectedRows(db, batch) : []);
	}
});

/** Changes what is stored, and tells those who read it. */
async function changed(signal: AbortSignal, change: () => Promise<void>): Promise<null> {
	await withWriteLock(signal, workspace, change);
	await data.refresh();
	announceChange(workspace);
	return null;
}

/** Answers a query, and keeps what its full list of Pins is made from. */
function answered(signal: AbortSignal, query: Query, tell?: (first: Answer) => void) {
	return data.withoutDamage(() => answeredOnce(signal, query, tell));
}

async function answeredOnce(signal: AbortSignal, query: Query, tell?: (first: Answer) => void) {
	const plan = data.plan(query.filter, query.grain);
	const engineData = await data.engineData(signal, paceOf(signal));
	const { reported } = await reportedOf(signal, query, plan, engineData);
	const merged = (answer: Answer) => (reported ? reported.answer(answer) : answer);
	const result = await answerQuery(query, plan, engineData, tell && ((first) => tell(merged(first))));
	const catalogue = await data.catalogue();
	let list: PinList | ReportedList | null = null;
	pinList = {
		key: JSON.stringify(query),
		list: () =>
			(list ??= reported?.hasLists ? reported.list() : new PinList(result.pins, catalogue, query.sort))
	};
	return { ...result, answer: merged(result.answer) };
}

/** What is reported, and its part in the answer to a query. */
async function reportedOf(signal: AbortSignal, query: Query, plan: Plan, engineData: EngineData) {
	const facts = await data.facts(signal);
	return { facts, reported: await ReportedPart.of(query, plan, facts, data.batches, engineData) };
}

/** Between queries, so that a zone is fast the next time; a query that comes meanwhile waits for a slice of it at most. */
async function keepDaySums(tz: string): Promise<void> {
	const { signal } = new AbortController();
	// What fails here is tried again after the next query, which does without.
	const keep = () => data.keepDaySums(signal, paceOf(signal), tz);
	await ifNobodyWrites(workspace, keep).catch(() => {});
}

function scannerOf(signal: AbortSignal, workspace: string): Scanner {
	scanCache ??= new SegmentCache(new WorkspaceDatabase(workspace));
	const cache = scanCache;
	return scannerHere(paceOf(signal), (pace, refs) => cache.read(pace, refs));
}

function summaryOf(batch: LiveBatch): BatchSummary {
	const { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes } =
		batch;
	const report = batch.report
		? {
				name: batch.report.name,
				kind: batch.report.kind ?? 'figures',
				days: wholeSpan(batch.report.covered),
				profile: batch.report.profile ?? ''
			}
		: null;
	return {
		id,
		file,
		importedAt,
		isSample,
		accepted,
		rejected,
		firstMs,
		lastMs,
		report,
		leftOut: batch.hidden?.leftOut ?? 0,
		replaced: batch.hidden?.replaced ?? 0,
		sameDays: batch.sameDays ?? 'add_all',
		fileBytes,
		storedBytes
	};
}
