import { blobSource } from '../import/byte-source';
import { importEventFile } from '../import/event-file';
import { fingerprintOf } from '../import/fingerprint';
import { generateEventFile } from '../import/sample';
import { dayFromNumber, dayNumberAt } from '../model/calendar';
import type { FileReport, ImportProgress, ImportReport } from '../model/import-report';
import { problemOf, type Problem } from '../model/problem';
import { sweepUnfinished } from '../store/batches';
import { WorkspaceDatabase, type LiveBatch } from '../store/database';
import { ImportSession } from '../store/import-session';
import { answerCalls, type Port } from './call';
import { answerReadPart } from './part-thread';
import { PartThreads } from './part-threads';
import type { ImportCalls, PartCalls } from './protocol';
import { announceChange, withWriteLock } from './write-lock';

/** The worker that writes: files into batches, one after the other, each all or nothing. */

const SAMPLE_EVENTS = 150_000;
const SAMPLE_NAME = 'Sample data';

interface Source {
	readonly file: string;
	readonly blob: Blob;
	readonly isSample: boolean;
}

answerCalls<ImportCalls & PartCalls>(self as unknown as Port, {
	import: (signal, { workspace, files }, tell) => {
		const sources = files.map((file) => ({ file: file.name, blob: file, isSample: false }));
		return importAll(signal, workspace, sources, tell);
	},

	importSample: (signal, { workspace }, tell) => {
		const lastDay = dayFromNumber(dayNumberAt(Date.now(), 'UTC') - 1);
		const chunks = [...generateEventFile({ events: SAMPLE_EVENTS, lastDay })] as Uint8Array<ArrayBuffer>[];
		return importAll(
			signal,
			workspace,
			[{ file: SAMPLE_NAME, blob: new Blob(chunks), isSample: true }],
			tell
		);
	},

	readPart: answerReadPart
});

async function importAll(
	signal: AbortSignal,
	workspace: string,
	sources: readonly Source[],
	tell: (progress: ImportProgress) => void
): Promise<ImportReport> {
	const startedAt = performance.now();
	const files: FileReport[] = [];
	await withWriteLock(signal, workspace, async () => {
		const db = new WorkspaceDatabase(workspace);
		const threads = new PartThreads(workspace, db, import.meta.url);
		try {
			await db.open();
			await sweepUnfinished(db);
			const session = await ImportSession.open(db);
			const progress = new Progress(sources, tell);
			for (const source of sources) {
				files.push(await importOne(signal, session, threads, source, progress));
				if (signal.aborted) break;
			}
		} finally {
			threads.close();
			db.close();
		}
		if (files.some(({ outcome }) => outcome === 'imported')) announceChange(workspace);
	});
	const failed = files.filter(({ outcome }) => outcome === 'failed').length;
	return {
		outcome: signal.aborted ? 'cancelled' : failed > 0 && failed === files.length ? 'failed' : 'done',
		files,
		accepted: files.reduce((sum, file) => sum + file.accepted, 0),
		rejected: files.reduce((sum, file) => sum + file.rejected, 0),
		elapsedMs: performance.now() - startedAt
	};
}

async function importOne(
	signal: AbortSignal,
	session: ImportSession,
	threads: PartThreads,
	{ file, blob, isSample }: Source,
	progress: Progress
): Promise<FileReport> {
	const source = blobSource(blob);
	try {
		// Only a file of the same size can hold the same bytes.
		if (session.batches.some((batch) => batch.fileBytes === blob.size)) {
			const fingerprint = await fingerprintOf(signal, source);
			const twin = session.batches.find((batch) => batch.fingerprint === fingerprint);
			if (twin) return { ...emptyReport(file), outcome: 'already_there', batchId: twin.id };
		}
		const earlier = session.batches;
		const writer = await session.begin({ file, fileBytes: blob.size, isSample });
		try {
			const reader = threads.readerOf(blob, writer);
			const result = await importEventFile(signal, source, reader, (told) => progress.tell(file, told));
			signal.throwIfAborted();
			const { accepted, rejected, rejections, unknownColumns, firstMs, lastMs, parser } = result;
			const newPins = writer.newPins;
			const batch = await writer.commit(result, reader.written);
			return {
				...emptyReport(file),
				outcome: 'imported',
				batchId: batch.id,
				accepted,
				rejected,
				rejections,
				unknownColumns,
				firstMs: accepted > 0 ? firstMs : null,
				lastMs: accepted > 0 ? lastMs : null,
				newPins,
				overlaps: accepted > 0 && earlier.some((other) => overlaps(other, firstMs, lastMs)),
				parser
			};
		} catch (error) {
			await writer.discard();
			throw error;
		}
	} catch (error) {
		if (signal.aborted) return { ...emptyReport(file), outcome: 'cancelled' };
		return { ...emptyReport(file), outcome: 'failed', problem: problemOf(error) };
	} finally {
		progress.finishFile(blob.size);
	}
}

function emptyReport(file: string): FileReport {
	return {
		file,
		outcome: 'imported',
		problem: null as Problem | null,
		batchId: null,
		accepted: 0,
		rejected: 0,
		rejections: [],
		unknownColumns: [],
		firstMs: null,
		lastMs: null,
		newPins: 0,
		overlaps: false,
		parser: 'bytes'
	};
}

function overlaps(batch: LiveBatch, firstMs: number, lastMs: number): boolean {
	return (
		batch.firstMs !== null && batch.lastMs !== null && batch.firstMs <= lastMs && batch.lastMs >= firstMs
	);
}

/** Progress over all files of a run. */
class Progress {
	readonly #tell: (progress: ImportProgress) => void;
	readonly #files: number;
	readonly #bytes: number;
	#filesDone = 0;
	#bytesBefore = 0;
	#accepted = 0;
	#rejected = 0;
	#current = { accepted: 0, rejected: 0 };

	constructor(sources: readonly Source[], tell: (progress: ImportProgress) => void) {
		this.#tell = tell;
		this.#files = sources.length;
		this.#bytes = sources.reduce((sum, { blob }) => sum + blob.size, 0);
	}

	tell(file: string, told: { bytesDone: number; accepted: number; rejected: number }): void {
		this.#current = told;
		this.#tell({
			file,
			filesDone: this.#filesDone,
			files: this.#files,
			bytesDone: this.#bytesBefore + told.bytesDone,
			bytes: this.#bytes,
			accepted: this.#accepted + told.accepted,
			rejected: this.#rejected + told.rejected
		});
	}

	finishFile(bytes: number): void {
		this.#filesDone++;
		this.#bytesBefore += bytes;
		this.#accepted += this.#current.accepted;
		this.#rejected += this.#current.rejected;
		this.#current = { accepted: 0, rejected: 0 };
	}
}
