import type { ReportContents } from '../../columns/report-contents';
import type { readArchive } from '../../import/archive/read-archive';
import type { ByteSource } from '../../import/byte-source';
import { spooled } from '../../import/spool';
import type { readWorkbook } from '../../import/workbook/read-workbook';
import type { Sheet } from '../../import/workbook/sheet';
import { startNestedThread, type NestedThread } from '../threads/nested-thread';
import type { WorkbookCalls } from '../thread-protocol';
import workbookWorkerUrl from './workbook.worker?worker&url';

/** What reads files that few people hold, with the libraries that they take. */
interface Readers {
	readonly workbook: typeof readWorkbook;
	readonly archive: typeof readArchive;
}

/** Set where no further thread can be started: reads in this one. */
let here: Readers | null = null;

/** From now on workbooks and pages of archives are read in this thread. */
export function readWorkbooksHere(readers: Readers): void {
	here = readers;
}

/** The thread that reads workbooks and pages of archives, started when the first one comes and kept for the next. */
export class WorkbookThread {
	#thread: NestedThread<WorkbookCalls> | null = null;

	/**
	 * The sheets of a workbook.
	 * @param bytes of the whole file; they are not to be used afterwards
	 * @throws ProblemError, AbortError as readWorkbook; worker_ended where its memory did not suffice
	 */
	async sheets(signal: AbortSignal, bytes: Uint8Array): Promise<readonly Sheet[]> {
		if (here) return here.workbook(signal, bytes);
		return this.#started().calls.call(signal, 'readWorkbook', { bytes }, undefined, [
			bytes.buffer as ArrayBuffer
		]);
	}

	/**
	 * What a page of the downloaded archive holds.
	 * @throws ProblemError, AbortError as readArchive; worker_ended where its memory did not suffice
	 */
	async archive(signal: AbortSignal, source: ByteSource): Promise<ReportContents> {
		if (here) return here.archive(signal, source);
		const blob = await spooled(signal, source);
		return this.#started().calls.call(signal, 'readArchive', { blob });
	}

	close(): void {
		this.#thread?.close();
		this.#thread = null;
	}

	#started(): NestedThread<WorkbookCalls> {
		if (!this.#thread || this.#thread.isGone) this.#thread = startNestedThread(workbookWorkerUrl);
		return this.#thread;
	}
}
