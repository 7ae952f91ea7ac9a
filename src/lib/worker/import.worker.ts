import { unpack, type PackedFile } from '../import/containers/unpack';
import { readEvents } from '../import/event-file';
import { fingerprintOf } from '../import/fingerprint';
import { generateEventFile } from '../import/sample';
import type { PartProgress } from '../import/part';
import { openFile } from '../import/text-file';
import { dayFromNumber, dayNumberAt } from '../model/calendar';
import type { FileReport, ImportProgress, ImportReport } from '../model/import-report';
import { ProblemError, problemOf } from '../model/problem';
import { wholeSpan } from '../model/reported';
import { sweepUnfinished } from '../store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { ImportSession } from '../store/import-session';
import { answerCalls, type Port } from './call';
import { answerReadPart } from './part-thread';
import { RunProgress } from './import-progress';
import { paceOf } from './pacing';
import { PartThreads } from './part-threads';
import { keepMapping, mappedEvents, mappedReader, previewOf } from './mapped-table';
import { importReport, type FactReader, type ReportImported } from './report-import';
import type { ImportCalls, PartCalls } from './protocol';
import { announceChange, withWriteLock } from './write-lock';

/** The worker that writes: files into batches, one after the other, each all or nothing. */

const SAMPLE_EVENTS = 150_000;
const SAMPLE_NAME = 'Sample data';

interface Source {
	readonly name: string;
	readonly blob: Blob;
	/** When it was last changed; null where that means nothing. */
	readonly modifiedMs: number | null;
	readonly isSample: boolean;
}

answerCalls<ImportCalls & PartCalls>(self as unknown as Port, {
	import: (signal, { workspace, files }, tell) => {
		const sources = files.map((file) => ({
			name: file.name,
			blob: file,
			modifiedMs: file.lastModified,
			isSample: false
		}));
		return importAll(signal, workspace, sources, tell);
	},

	previewTable: (_, { workspace, file, mapping }) => previewOf(workspace, file, mapping),

	importMapped: async (signal, { workspace, file, mapping }, tell) => {
		await keepMapping(workspace, file, mapping);
		const isFigures = mapping.kind === 'figures';
		const blob = isFigures ? file : await mappedEvents(file, mapping);
		const source = { name: file.name, blob, modifiedMs: file.lastModified, isSample: false };
		return importAll(signal, workspace, [source], tell, isFigures ? mappedReader(mapping) : null);
	},

	importSample: (signal, { workspace }, tell) => {
		const lastDay = dayFromNumber(dayNumberAt(Date.now(), 'UTC') - 1);
		const chunks = [...generateEventFile({ events: SAMPLE_EVENTS, lastDay })] as Uint8Array<ArrayBuffer>[];
		const sample = { name: SAMPLE_NAME, blob: new Blob(chunks), modifiedMs: null, isSample: true };
		return importAll(signal, workspace, [sample], tell);
	},

	readPart: answerReadPart
});

async function importAll(
	signal: AbortSignal,
	workspace: string,
	sources: readonly Source[],
	tell: (progress: ImportProgress) => void,
	factReader: FactReader | null = null
): Promise<ImportReport> {
	const startedAt = performance.now();
	const files: FileReport[] = [];
	const sizes = sources.map(({ blob }) => blob.size);
	const progress = new RunProgress(sizes, tell);
	const write = async () => {
		const db = new WorkspaceDatabase(workspace);
		const threads = new PartThreads(workspace, db, import.meta.url);
		try {
			await db.open();
			await sweepUnfinished(db);
			const session = await ImportSession.open(db);
			const run: Run = { signal, session, threads, factReader, files, progress };
			for (const source of sources) {
				await importSource(run, source);
				if (signal.aborted) break;
			}
		} finally {
			threads.close();
			db.close();
		}
		if (files.some(({ outcome }) => outcome === 'imported')) announceChange(workspace);
	};
	await withWriteLock(signal, workspace, write, () => progress.wait(sources[0]?.name ?? ''));
	const failed = files.filter(({ outcome }) => outcome === 'failed').length;
	return {
		outcome: signal.aborted ? 'cancelled' : failed > 0 && failed === files.length ? 'failed' : 'done',
		files,
		accepted: files.reduce((sum, file) => sum + file.accepted, 0),
		rejected: files.reduce((sum, file) => sum + file.rejected, 0),
		elapsedMs: performance.now() - startedAt
	};
}

/** What the files of one run have in common. */
interface Run {
	readonly signal: AbortSignal;
	readonly session: ImportSession;
	readonly threads: PartThreads;
	/** What makes facts of every file, whatever its format; null where formats say what files are. */
	readonly factReader: FactReader | null;
	/** What became of each file, as far as they are done. */
	readonly files: FileReport[];
	readonly progress: RunProgress;
}

/** Imports what was handed over: a file, or each file of an archive. One that fails does not stop the others. */
async function importSource(run: Run, source: Source): Promise<void> {
	const { signal, files, progress } = run;
	let packed: PackedFile[];
	try {
		packed = await unpack(source, freeBytes);
	} catch (error) {
		files.push({ ...emptyReport(source.name), outcome: 'failed', problem: problemOf(error) });
		progress.finishFile(source.blob.size);
		return;
	}
	progress.unpacked(packed.length);
	let bytesLeft = source.blob.size;
	for (const file of packed) {
		files.push(await importFile(run, file, source.isSample));
		progress.finishFile(file.packedBytes);
		bytesLeft -= file.packedBytes;
		if (signal.aborted) return;
	}
	progress.finishArchive(bytesLeft);
}

async function importFile(run: Run, file: PackedFile, isSample: boolean): Promise<FileReport> {
	const { signal, session } = run;
	const { name, source: raw } = file;
	const there = (batchId: number): FileReport => ({
		...emptyReport(name),
		outcome: 'already_there',
		batchId
	});
	let damaged: LiveBatch | undefined;
	/** The batch that holds the same bytes; one that can no longer be read makes way for this import. */
	const twinOf = async (fingerprint: string) => {
		const twin = session.batches.find((batch) => batch.fingerprint === fingerprint);
		if (!twin || twin.id === damaged?.id) return undefined;
		if (await session.isReadable(twin)) return twin;
		damaged = twin;
		return undefined;
	};
	try {
		if (file.problem) throw new ProblemError(file.problem);
		// Only a file of the same size can hold the same bytes.
		if (session.batches.some((batch) => batch.fileBytes === raw.byteLength)) {
			const twin = await twinOf(await fingerprintOf(signal, raw));
			if (twin) return there(twin.id);
		}
		const opened = await openFile(raw);
		const factReader = run.factReader ?? (opened.format.gives === 'facts' ? opened.format : null);
		if (factReader) {
			const { modifiedMs } = file;
			const report = { name, raw, opened, modifiedMs, isSample };
			return reportedFile(name, await importReport(signal, session, report, factReader));
		}
		const earlier = session.batches;
		const writer = await session.begin({ file: name, fileBytes: file.packedBytes, isSample });
		try {
			const reader = run.threads.readerOf(raw, writer);
			const onSlice = (told: PartProgress) => run.progress.tell(name, told, file.bytesRead());
			const result = await readEvents(signal, opened, reader, onSlice);
			signal.throwIfAborted();
			// What was packed is known only now.
			const twin = await twinOf(result.fingerprint);
			if (twin) {
				await writer.discard();
				return there(twin.id);
			}
			const { accepted, firstMs, lastMs } = result;
			const newPins = writer.newPins;
			const instead = damaged && { batch: damaged, pause: paceOf(signal) };
			const batch = await writer.commit(result, reader.written, instead);
			return {
				...emptyReport(name),
				outcome: 'imported',
				batchId: batch.id,
				format: result.format,
				encoding: result.encoding,
				accepted,
				rejected: result.rejected,
				rejections: result.rejections,
				unknownColumns: result.unknownColumns,
				firstMs: accepted > 0 ? firstMs : null,
				lastMs: accepted > 0 ? lastMs : null,
				newPins,
				overlaps:
					accepted > 0 &&
					earlier.some((other) => other.id !== damaged?.id && overlaps(other, firstMs, lastMs)),
				mends: damaged !== undefined,
				parser: result.parser
			};
		} catch (error) {
			await writer.discard();
			throw error;
		}
	} catch (error) {
		if (signal.aborted) return { ...emptyReport(name), outcome: 'cancelled' };
		return { ...emptyReport(name), outcome: 'failed', problem: problemOf(error) };
	} finally {
		await raw.close?.();
	}
}

/** How much room the browser says is left; Infinity where it does not say. */
async function freeBytes(): Promise<number> {
	// WebKitGTK has no StorageManager in workers, and no browser has one where the site is not secure.
	const { quota, usage } = (await navigator.storage?.estimate()) ?? {};
	return quota === undefined ? Infinity : Math.max(0, quota - (usage ?? 0));
}

/** What is told of a file of reported figures. */
function reportedFile(
	name: string,
	{ batch, wasThere, mends, result, encoding }: ReportImported
): FileReport {
	if (wasThere) return { ...emptyReport(name), outcome: 'already_there', batchId: batch.id };
	return {
		...emptyReport(name),
		batchId: batch.id,
		format: batch.report?.name ?? null,
		encoding,
		accepted: batch.accepted,
		rejected: batch.rejected,
		rejections: batch.rejections,
		unknownColumns: result.unknownColumns,
		reportedDays: wholeSpan(result.covered),
		mends
	};
}

function emptyReport(file: string): FileReport {
	return {
		file,
		outcome: 'imported',
		problem: null,
		batchId: null,
		format: null,
		encoding: null,
		accepted: 0,
		rejected: 0,
		rejections: [],
		unknownColumns: [],
		firstMs: null,
		lastMs: null,
		reportedDays: null,
		newPins: 0,
		overlaps: false,
		mends: false,
		parser: 'bytes'
	};
}

function overlaps(batch: LiveBatch, firstMs: number, lastMs: number): boolean {
	return (
		batch.firstMs !== null &&
		batch.lastMs !== null &&
		dayNumberAt(batch.firstMs, 'UTC') <= dayNumberAt(lastMs, 'UTC') &&
		dayNumberAt(batch.lastMs, 'UTC') >= dayNumberAt(firstMs, 'UTC')
	);
}
