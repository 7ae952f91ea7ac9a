import type { readWorkbook } from '../import/workbook/read-workbook';
import type { Sheet } from '../import/workbook/sheet';
import { startNestedThread, type NestedThread } from './nested-thread';
import type { WorkbookCalls } from './protocol';
import workbookWorkerUrl from './workbook.worker?worker&url';

/** Set where no further thread can be started: reads workbooks in this one. */
let readHere: typeof readWorkbook | null = null;

/** From now on workbooks are read in this thread. */
export function readWorkbooksHere(read: typeof readWorkbook): void {
	readHere = read;
}

/** The thread that reads workbooks, started when the first one comes and kept for the next. */
export class WorkbookThread {
	#thread: NestedThread<WorkbookCalls> | null = null;

	/**
	 * The sheets of a workbook.
	 * @param bytes of the whole file; they are not to be used afterwards
	 * @throws ProblemError, AbortError as readWorkbook; worker_ended where its memory did not suffice
	 */
	async sheets(signal: AbortSignal, bytes: Uint8Array): Promise<readonly Sheet[]> {
		if (readHere) return readHere(signal, bytes);
		if (!this.#thread || this.#thread.isGone) this.#thread = startNestedThread(workbookWorkerUrl);
		const { calls } = this.#thread;
		return calls.call(signal, 'readWorkbook', { bytes }, undefined, [bytes.buffer as ArrayBuffer]);
	}

	close(): void {
		this.#thread?.close();
		this.#thread = null;
	}
}
