import { unpack, type HandedFile } from '../../import/containers/unpack';
import type { FileReport, ImportProgress, ImportReport } from '../../model/import-report';
import { sweepUnfinished } from '../../store/batches';
import { WorkspaceDatabase } from '../../store/database';
import { ImportSession } from '../../store/import-session';
import { readMapping } from '../../store/mappings';
import { importFile } from './import-file';
import { emptyReport, type ImportRun } from './import-run';
import { RunProgress } from './import-progress';
import { PartThreads } from './part-threads';
import { WorkbookThread } from './workbook-thread';
import { announceChange, withWriteLock } from '../locks/write-lock';

/** What was handed over to be imported: a file, or an archive of them. */
interface Source extends HandedFile {
	readonly isSample: boolean;
}

/** Where files go, and by whom they are read. */
interface Target {
	readonly workspace: string;
	/** Of the import worker: large files are read by further instances of it. */
	readonly entryUrl: string;
	/** What the user said of one file, or entry of it: only that one is imported then. */
	readonly answered?: ImportRun['answered'];
	/** Whether files are imported again whose import was undone; so it is unless it is said otherwise. */
	readonly isByHand?: boolean;
}

/**
 * Imports files into a workspace, one after the other, once nobody else writes to it.
 * @throws where the workspace cannot be opened; AbortError on abort while another tab writes. What goes wrong with a
 * file, or an abort after that, is in the report.
 */
export async function importSources(
	signal: AbortSignal,
	{ workspace, entryUrl, answered = null, isByHand = true }: Target,
	sources: readonly Source[],
	tell: (progress: ImportProgress) => void
): Promise<ImportReport> {
	const startedAt = performance.now();
	const files: FileReport[] = [];
	const sizes = sources.map(({ blob }) => blob.size);
	const progress = new RunProgress(sizes, tell);
	const write = async () => {
		const db = new WorkspaceDatabase(workspace);
		const threads = new PartThreads(workspace, db, entryUrl);
		const workbooks = new WorkbookThread();
		try {
			await db.open();
			await sweepUnfinished(db);
			const session = await ImportSession.open(db);
			const savedMapping = (signature: string) => readMapping(db, signature);
			const run = { signal, session, threads, workbooks, answered, isByHand, savedMapping, progress };
			for (const [index, source] of sources.entries()) {
				await importSource(run, source, index, files);
				if (signal.aborted) break;
			}
		} finally {
			threads.close();
			workbooks.close();
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

/**
 * Imports what was handed over: a file, or each file of an archive. One that fails does not stop the others.
 * @param files takes what became of each
 */
async function importSource(
	run: ImportRun,
	source: Source,
	index: number,
	files: FileReport[]
): Promise<void> {
	const { signal, progress } = run;
	const unpacking = { signal, freeBytes, onArchive: (held: number) => progress.unpacked(held) };
	let bytesLeft = source.blob.size;
	try {
		for await (const file of unpack(unpacking, source)) {
			progress.start(file.name);
			if (isWanted(run, file.name))
				for (const report of await importFile(run, file, source.isSample))
					files.push({ ...report, source: index });
			progress.finishFile(file.packedBytes);
			bytesLeft -= file.packedBytes;
			if (signal.aborted) return;
		}
	} catch (error) {
		if (!signal.aborted) throw error;
		files.push({ ...emptyReport(source.name), source: index, outcome: 'cancelled' });
		return;
	}
	progress.finishArchive(bytesLeft);
}

/** Whether a file is imported: with answers, only the one that they are about. */
function isWanted({ answered }: ImportRun, name: string): boolean {
	return !answered || answered.entry === name || answered.entry.startsWith(`${name} › `);
}

/** How much room the browser says is left; Infinity where it does not say. */
async function freeBytes(): Promise<number> {
	// WebKitGTK has no StorageManager in workers, and no browser has one where the site is not secure.
	const { quota, usage } = (await globalThis.navigator?.storage?.estimate()) ?? {};
	return quota === undefined ? Infinity : Math.max(0, quota - (usage ?? 0));
}
