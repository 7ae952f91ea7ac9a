import type { PackedFile } from '../import/containers/unpack';
import { readEvents } from '../import/event-file';
import { fingerprintOf } from '../import/fingerprint';
import type { PartProgress } from '../import/part';
import { openFile } from '../import/text-file';
import { dayNumberAt } from '../model/calendar';
import type { FileReport } from '../model/import-report';
import { ProblemError, problemOf } from '../model/problem';
import { wholeSpan } from '../model/reported';
import type { LiveBatch } from '../store/database';
import type { ImportSession } from '../store/import-session';
import type { RunProgress } from './import-progress';
import { paceOf } from './pacing';
import type { PartThreads } from './part-threads';
import { importReport, type FactReader, type ReportImported } from './report-import';
import type { WorkbookThread } from './workbook-thread';

/** What the files of one run have in common. */
export interface ImportRun {
	readonly signal: AbortSignal;
	readonly session: ImportSession;
	readonly threads: PartThreads;
	readonly workbooks: WorkbookThread;
	/** What makes facts of every file, whatever its format; null where formats say what files are. */
	readonly factReader: FactReader | null;
	readonly progress: RunProgress;
}

/**
 * Imports one file, all or nothing.
 * @returns what became of it; a failure is told there, with its problem
 */
export async function importFile(run: ImportRun, file: PackedFile, isSample: boolean): Promise<FileReport> {
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
		if (file.container === 'workbook') throw new ProblemError({ code: 'spreadsheet' });
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
		const writer = session.begin({ file: name, fileBytes: file.packedBytes, isSample });
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
				kind: 'events',
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

/** What is told of a file of reported figures. */
function reportedFile(
	name: string,
	{ batch, wasThere, mends, contents, encoding }: ReportImported
): FileReport {
	if (wasThere) return { ...emptyReport(name), outcome: 'already_there', batchId: batch.id };
	return {
		...emptyReport(name),
		batchId: batch.id,
		kind: batch.report?.kind ?? 'figures',
		format: batch.report?.name ?? null,
		encoding,
		accepted: batch.accepted,
		rejected: batch.rejected,
		rejections: batch.rejections,
		unknownColumns: contents.unknownColumns,
		reportedDays: wholeSpan(contents.covered),
		mends
	};
}

/** A report of a file of which nothing is known but its name. */
export function emptyReport(file: string): FileReport {
	return {
		file,
		source: 0,
		outcome: 'imported',
		kind: null,
		columnsRead: [],
		replaced: [],
		profiles: [],
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
