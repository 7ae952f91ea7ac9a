import { scannerHere, type Scanner } from '../../engine/scanner';
import type { BatchSummary } from '../../model/import-report';
import { changesLabels } from '../../model/own-words';
import type { Query } from '../../model/query';
import { wholeSpan } from '../../model/reported';
import { holdsPeople, readRejectedRows, sweepUnfinished } from '../../store/batches';
import { noteMadeExport, readMadeExports } from '../../store/export-log';
import { WorkspaceDatabase, type LiveBatch } from '../../store/database';
import { nameProfile } from '../../store/reports';
import { chooseSameDays, overlapOf } from '../../store/same-days';
import { undoBatch } from '../../store/undo-batch';
import { Answering } from './answering';
import { answerCalls, moved, type Port } from '../threads/call';
import { paceOf } from '../threads/pacing';
import type { DataCalls } from '../protocol';
import type { ScanCalls } from '../thread-protocol';
import type { InboxEngine } from './inbox-engine';
import { SegmentCache } from './segment-cache';
import { holdsAds } from './stored-coverage';
import { StoredData } from './stored-data';
import { announceChange, ifNobodyWrites, withWriteLock } from '../locks/write-lock';

/** The worker that reads: queries, exports and lists of one workspace. It also undoes batches. */

let workspace = '';
let db: WorkspaceDatabase;
let data: StoredData;
let answering: Answering;
let indexing = new AbortController();
/** Of an instance that only shares in the scans of another. */
let scanCache: SegmentCache | null = null;

answerCalls<DataCalls & ScanCalls>(self as unknown as Port, {
	open: async (signal, params) => {
		workspace = params.workspace;
		db = new WorkspaceDatabase(workspace);
		await db.open();
		data = new StoredData(db, workspace, import.meta.url);
		answering = new Answering(db, data);
		const coverage = await data.refresh();
		signal.throwIfAborted();
		// What is unfinished counts for nothing, so it need not be waited for. Whoever holds the lock is importing; it is
		// theirs then.
		void ifNobodyWrites(workspace, () => sweepUnfinished(db)).catch(() => {});
		return coverage;
	},

	refresh: () => data.refresh(),

	sweep: (signal) => changed(signal, () => sweepUnfinished(db)),

	ask: async (signal, request, tell) => {
		// Figures alone are quick: an index that is being built need not stop for them, and they need none built after them.
		const counts = request.asks.some((ask) => ask !== 'figures');
		if (counts) indexing.abort();
		await answering.ask(signal, request, tell);
		if (counts) void keepForLater(request.query);
		return null;
	},

	pins: (signal, request) => answering.pins(signal, request),

	lives: (signal, request) => answering.lives(signal, request),

	rowPeople: (signal, request) => answering.rowPeople(signal, request),

	ages: (signal, request) => answering.ages(signal, request),

	coverageMap: (signal, { tz, span, metrics }) => answering.coverage(signal, span, { tz, metrics }),

	insights: () => answering.insights(),

	insightsCsv: (_, { snapshots }) => answering.insightsCsv(snapshots),

	export: (signal, { kind, query, compared }, tell) => answering.export(signal, kind, query, compared, tell),

	workbook: (signal, request, tell) => answering.workbook(signal, request, tell),

	sumBuckets: (signal, { workspace, share, pins, own }) =>
		scannerOf(signal, workspace).sumBuckets(share, pins, own),

	scan: async (signal, { workspace, share, task }) => {
		const result = await scannerOf(signal, workspace).scan(share, task);
		const { pins, people } = result;
		return moved(result, people ? [pins, people.met, people.engaged] : [pins]);
	},

	meetings: async (signal, { workspace, share, task }) => {
		const result = await scannerOf(signal, workspace).meetings(share, task);
		return moved(
			result,
			result.flatMap(({ first, last }) => [first, last])
		);
	},

	metDays: async (signal, { workspace, share, task }) => {
		const result = await scannerOf(signal, workspace).metDays(share, task);
		return moved(result, [result.users, result.values]);
	},

	scanHours: (signal, { workspace, share, task }) => scannerOf(signal, workspace).scanHours(share, task),

	countOwn: (signal, { workspace, share, task }) => scannerOf(signal, workspace).countOwn(share, task),

	peopleOfPeriod: (signal, { workspace, share, task }) =>
		scannerOf(signal, workspace).peopleOfPeriod(share, task),

	ownWords: async () => (await ownWords()).readOwnWords(db),

	ownItem: async (_, { of, id }) => (await ownWords()).readOwnItem(db, of, id),

	changeOwnWords: async (_, change) => {
		await (await ownWords()).changeOwnWords(db, Date.now(), change);
		announceChange(workspace, 'own_words');
		// Figures follow.
		if (changesLabels(change)) await data.refresh().then(() => announceChange(workspace));
		return null;
	},

	labelShares: (signal, { query }) => answering.labelShares(signal, query),

	ownCsv: async (_, { kind }) => (await ownWords()).ownCsv(db, data, kind),

	madeExports: () => readMadeExports(db),

	noteExport: (_, made) => noteMadeExport(db, made),

	batches: async () => {
		const isAnyNamed = await holdsPeople(db);
		return data.batches.map((batch) => summaryOf(batch, isAnyNamed));
	},

	undo: (signal, { batchId }) => changed(signal, () => undoBatch(db, paceOf(signal), batchId)),

	nameProfile: (signal, { batchId, profile }) => changed(signal, () => nameProfile(db, batchId, profile)),

	overlap: (signal, { batchId }) => overlapOf(db, paceOf(signal), batchId),

	chooseSameDays: (signal, { batchId, choice }) =>
		changed(signal, () => chooseSameDays(db, paceOf(signal), batchId, choice)),

	rejectedRows: async (_, { batchId }) => {
		const batch = data.batches.find(({ id }) => id === batchId);
		const { rejectedCsv } = await import('../../export/rejected-csv');
		return rejectedCsv(batch?.columns ?? [], batch ? await readRejectedRows(db, batch) : []);
	},

	inbox: async () => (await inbox()).state(),

	chooseInbox: async (_, { handle }) => (await inbox()).choose(handle),

	forgetInbox: async () => (await inbox()).forget(),

	lookInbox: async (_, { scope }) => (await inbox()).look(scope),

	noteInbox: async (_, { files }) => (await inbox()).note(files),

	watchInbox: async (signal, _, tell) => (await inbox()).watch(signal, tell)
});

/** Fetched when it is first needed: figures come first. */
const ownWords = () => import('./own-words');

let inboxEngine: Promise<InboxEngine> | null = null;
const inbox = () => (inboxEngine ??= import('./inbox-engine').then(({ InboxEngine }) => new InboxEngine(db)));

/** Changes what is stored, and notifies its readers. */
async function changed(signal: AbortSignal, change: () => Promise<void>): Promise<null> {
	await withWriteLock(signal, workspace, change);
	await data.refresh();
	announceChange(workspace);
	return null;
}

/** Nothing is written to be kept before the page has asked nothing for this long. */
const STILL_MS = 1_000;

/**
 * Prepares, between questions, what makes others fast: people of any days at once, for this visit; what the next visit
 * begins with once the page is still. WebKit can keep the next page from the database, for good, where it ends a worker
 * that is writing, and a page that was just opened is often left at once. The next question stops all of it.
 */
async function keepForLater(query: Query): Promise<void> {
	indexing = new AbortController();
	const { signal } = indexing;
	const { tz } = query.filter;
	// What fails here is tried again after the next question, which does without.
	const keep = async () => {
		await data.keepRangeIndex(signal, paceOf(signal), query);
		await data.keepAllPins(signal, paceOf(signal), tz);
		await stillness(signal);
		await ifNobodyWrites(workspace, async () => {
			await data.keepDaySums(signal, paceOf(signal), tz);
			await data.storeKept(tz);
		});
	};
	await keep().catch(() => {});
}

/** Resolves after STILL_MS. Rejects when it is stopped. */
function stillness(signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		if (signal.aborted) return reject(signal.reason);
		const timer = setTimeout(resolve, STILL_MS);
		signal.addEventListener('abort', () => {
			clearTimeout(timer);
			reject(signal.reason);
		});
	});
}

function scannerOf(signal: AbortSignal, workspace: string): Scanner {
	scanCache ??= new SegmentCache(new WorkspaceDatabase(workspace));
	const cache = scanCache;
	return scannerHere(paceOf(signal), (pace, refs) => cache.read(pace, refs));
}

function summaryOf(batch: LiveBatch, isAnyNamed: boolean): BatchSummary {
	const { id, file, importedAt, isSample, accepted, rejected, firstMs, lastMs, fileBytes, storedBytes } =
		batch;
	const report = batch.report
		? {
				name: batch.report.name,
				kind: batch.report.kind ?? 'figures',
				days: wholeSpan(batch.report.covered),
				profile: batch.report.profile ?? '',
				snapshots: batch.report.snapshots ?? 0,
				hasAds: holdsAds(batch.report)
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
		hasPeople: isAnyNamed && report === null && batch.segments.length > 0,
		leftOut: batch.hidden?.leftOut ?? 0,
		replaced: batch.hidden?.replaced ?? 0,
		sameDays: batch.sameDays ?? 'add_all',
		fileBytes,
		storedBytes
	};
}
