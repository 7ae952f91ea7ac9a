import { blobSource, type ByteSource } from '../import/byte-source';
import type { Dialect } from '../import/detect';
import { mayBeBadText } from '../import/encoding/bad-text';
import type { PartReader } from '../import/event-file';
import { readPart, type PartProgress, type PartRange, type PartResult, type PartSink } from '../import/part';
import { readRows } from '../import/part-rows';
import { spooled } from '../import/spool';
import { ProblemError } from '../model/problem';
import type { WorkspaceDatabase } from '../store/database';
import type { BatchWriter } from '../store/import-session';
import { PartWriter, type Written } from '../store/part-writer';
import { answerCalls, type Caller } from './call';
import { startNestedThread, threadCount, type NestedThread } from './nested-thread';
import parquetWorkerUrl from './parquet.worker?worker&url';
import type { NumberCalls, ParquetCalls, PartCalls } from './protocol';

/** What is to be read, and for which batch. */
interface PartJob {
	readonly source: ByteSource;
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
	readonly #parquetThreads: NestedThread<ParquetCalls>[] = [];

	/** @param entryUrl of this worker */
	constructor(workspace: string, db: WorkspaceDatabase, entryUrl: string) {
		this.#entryUrl = entryUrl;
		this.#workspace = workspace;
		this.#db = db;
	}

	/** A reader of the parts of the file that `raw` gives the bytes of; `written` tells what each of them wrote. */
	readerOf(raw: ByteSource, batch: BatchWriter): PartReader & { readonly written: readonly Written[] } {
		const written: Written[] = [];
		let hasBadText = false;
		// What is unpacked or transcoded on the way can only be read from its start to its end.
		const parallel = raw.blob ? threadCount() : 1;
		const numbering: PartSink['intern'] = async (vocabulary, texts) => {
			hasBadText ||= mayBeBadText(texts);
			return batch.intern(vocabulary, texts);
		};
		const keep = (part: number, result: PartResult & Written) => (written[part] = result);
		return {
			written,
			parallel,
			get hasBadText() {
				return hasBadText;
			},
			read: async (signal, source, part, dialect, range, onSlice) => {
				const isAlone = range.firstRow !== null && range.end >= source.byteLength;
				const read = isAlone || !source.blob ? this.#readHere : this.#readInThread;
				const job = { source, batch, part, dialect, range, onSlice };
				return keep(part, await read.call(this, signal, job, numbering));
			},
			readRows: async (_, part, header, give, onSlice) => {
				const writer = new PartWriter(this.#db, batch.id, part);
				const sink = sinkOf(writer, numbering);
				const result = await readRows(header, batch.accounts, sink, give, onSlice);
				return keep(part, { ...result, ...writer.written() });
			},
			openParquet: async (signal, source) => {
				if (typeof Worker === 'undefined') throw new ProblemError({ code: 'parquet_in_memory' });
				const blob = await spooled(signal, source);
				const header = await this.#parquetThread(0).call(signal, 'openParquet', { blob });
				return {
					...header,
					source: blobSource(blob),
					parallel: threadCount(),
					read: async (own, part, groups, onSlice) => {
						const { id: batchId, accounts } = batch;
						const params = { workspace: this.#workspace, batchId, part, blob, groups, accounts };
						return keep(
							part,
							await withNumbers(numbering, (numbers) =>
								this.#parquetThread(part).call(own, 'readGroups', { ...params, numbers }, onSlice, [numbers])
							)
						);
					}
				};
			},
			discardFrom: async (part) => {
				written.length = Math.min(written.length, part);
				if (part === 0) hasBadText = false;
				await batch.discardFrom(part);
			},
			accountCount: () => batch.accountCount()
		};
	}

	close(): void {
		for (const thread of [...this.#threads, ...this.#parquetThreads]) thread.close();
	}

	async #readHere(
		signal: AbortSignal,
		job: PartJob,
		numbering: PartSink['intern']
	): Promise<PartResult & Written> {
		const { source, batch, part, dialect, range, onSlice } = job;
		const writer = new PartWriter(this.#db, batch.id, part);
		const sink = sinkOf(writer, numbering);
		const result = await readPart(signal, source, dialect, range, batch.accounts, sink, onSlice);
		return { ...result, ...writer.written() };
	}

	async #readInThread(
		signal: AbortSignal,
		job: PartJob,
		numbering: PartSink['intern']
	): Promise<PartResult & Written> {
		const { source, batch, part, dialect, range, onSlice } = job;
		const { id: batchId, accounts } = batch;
		const params = {
			workspace: this.#workspace,
			batchId,
			part,
			blob: source.blob!,
			dialect,
			range,
			accounts
		};
		return withNumbers(numbering, (numbers) =>
			this.#thread(part).call(signal, 'readPart', { ...params, numbers }, onSlice, [numbers])
		);
	}

	#parquetThread(index: number): Caller<ParquetCalls> {
		return threadAt(this.#parquetThreads, index, parquetWorkerUrl).calls;
	}

	#thread(index: number): Caller<PartCalls> {
		return threadAt(this.#threads, index, this.#entryUrl).calls;
	}
}

/** The thread at a place of a list, started where there is none, or none any more. */
function threadAt<Table extends { [K in keyof Table]: [unknown, unknown, unknown] }>(
	threads: NestedThread<Table>[],
	index: number,
	entryUrl: string
): NestedThread<Table> {
	const there = threads[index];
	if (there && !there.isGone) return there;
	return (threads[index] = startNestedThread<Table>(entryUrl));
}

/** Where a part's rows go to: the database, and the one numbering of texts. */
function sinkOf(writer: PartWriter, intern: PartSink['intern']): PartSink {
	return {
		intern,
		writeSegments: writer.writeSegments.bind(writer),
		writeRejected: writer.writeRejected.bind(writer)
	};
}

/** Lets a thread ask for the numbers of texts, by a port of its own. */
async function withNumbers<T>(
	numbering: PartSink['intern'],
	read: (numbers: MessagePort) => Promise<T>
): Promise<T> {
	const { port1, port2 } = new MessageChannel();
	answerCalls<NumberCalls>(port1, {
		intern: async (_, { vocabulary, texts }) => numbering(vocabulary, texts)
	});
	port1.start();
	try {
		return await read(port2);
	} finally {
		port1.close();
	}
}
