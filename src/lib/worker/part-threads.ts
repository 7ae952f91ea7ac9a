import { blobSource } from '../import/byte-source';
import type { Dialect } from '../import/detect';
import type { PartReader } from '../import/event-file';
import { readPart, type PartProgress, type PartRange, type PartResult } from '../import/part';
import type { WorkspaceDatabase } from '../store/database';
import { PartWriter, type BatchWriter, type Written } from '../store/import-session';
import { answerCalls, type Caller } from './call';
import { startNestedThread, threadCount, type NestedThread } from './nested-thread';
import type { NumberCalls, PartCalls } from './protocol';

/** What is to be read, and for which batch. */
interface PartJob {
	readonly blob: Blob;
	readonly batch: BatchWriter;
	readonly part: number;
	readonly dialect: Dialect;
	readonly range: PartRange;
	readonly onSlice: (progress: PartProgress) => void;
}

/**
 * The threads that read parts of large files side by side: further instances of the import worker. A part that is read
 * alone needs none of them. Texts are numbered here, in the one place that holds the numbering.
 */
export class PartThreads {
	readonly #workspace: string;
	readonly #db: WorkspaceDatabase;
	readonly #entryUrl: string;
	readonly #threads: NestedThread<PartCalls>[] = [];

	/** @param entryUrl of this worker */
	constructor(workspace: string, db: WorkspaceDatabase, entryUrl: string) {
		this.#entryUrl = entryUrl;
		this.#workspace = workspace;
		this.#db = db;
	}

	/** A reader of one file's parts; `written` tells what each of them wrote. */
	readerOf(blob: Blob, batch: BatchWriter): PartReader & { readonly written: readonly Written[] } {
		const written: Written[] = [];
		return {
			written,
			parallel: threadCount(),
			read: async (signal, part, dialect, range, onSlice) => {
				const isAlone = range.firstRow !== null && range.end === blob.size;
				const read = isAlone ? this.#readHere : this.#readInThread;
				const job = { blob, batch, part, dialect, range, onSlice };
				const result = await read.call(this, signal, job);
				written[part] = result;
				return result;
			},
			discardFrom: async (part) => {
				written.length = Math.min(written.length, part);
				await batch.discardFrom(part);
			},
			accountCount: () => batch.accountCount()
		};
	}

	close(): void {
		for (const thread of this.#threads) thread.close();
	}

	async #readHere(signal: AbortSignal, job: PartJob): Promise<PartResult & Written> {
		const { blob, batch, part, dialect, range, onSlice } = job;
		const writer = new PartWriter(this.#db, batch.id, part);
		const sink = {
			intern: async (...texts: Parameters<BatchWriter['intern']>) => batch.intern(...texts),
			writeSegments: writer.writeSegments.bind(writer),
			writeRejected: writer.writeRejected.bind(writer)
		};
		const result = await readPart(signal, blobSource(blob), dialect, range, batch.accounts, sink, onSlice);
		return { ...result, segments: writer.segments, rejectedBytes: writer.rejectedBytes };
	}

	async #readInThread(signal: AbortSignal, job: PartJob): Promise<PartResult & Written> {
		const { blob, batch, part, dialect, range, onSlice } = job;
		const { port1, port2 } = new MessageChannel();
		answerCalls<NumberCalls>(port1, {
			intern: async (_, { vocabulary, texts }) => batch.intern(vocabulary, texts)
		});
		port1.start();
		try {
			const { id: batchId, accounts } = batch;
			const params = {
				workspace: this.#workspace,
				batchId,
				part,
				blob,
				dialect,
				range,
				accounts,
				numbers: port2
			};
			return await this.#thread(part).call(signal, 'readPart', params, onSlice, [port2]);
		} finally {
			port1.close();
		}
	}

	#thread(index: number): Caller<PartCalls> {
		return (this.#threads[index] ??= startNestedThread<PartCalls>(this.#entryUrl)).calls;
	}
}
