import { blobSource, type ByteSource } from '../../import/byte-source';
import { mayBeBadText } from '../../import/encoding/bad-text';
import type { PartResult, PartSink } from '../../import/part';
import type { OwnChoice } from '../../import/own-header';
import type { PartReader } from '../../import/part-reader';
import { readRows } from '../../import/part-rows';
import { readPart } from '../../import/read-part';
import { parquetTable, type Table } from '../../import/tables/table';
import { spooled } from '../../import/spool';
import { ProblemError } from '../../model/problem';
import type { WorkspaceDatabase } from '../../store/database';
import type { BatchWriter } from '../../store/batch-writer';
import { SMALL_PART_BYTES, type Written } from '../../store/part-writer';
import { answerCalls, type Caller } from '../threads/call';
import { startNestedThread, threadCount, type NestedThread } from '../threads/nested-thread';
import parquetWorkerUrl from './parquet.worker?worker&url';
import type { NumberCalls, ParquetCalls, PartCalls, PartPlace } from '../thread-protocol';
import { writePart } from './write-part';

/** Set where no further thread can be started: opens Parquet files in this one. */
let tablesHere: ((source: ByteSource) => Promise<Table>) | null = null;

/** From now on tables in Parquet files are read in this thread. */
export function readParquetTablesHere(open: (source: ByteSource) => Promise<Table>): void {
	tablesHere = open;
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

	/**
	 * A reader of the parts of the file that `raw` gives the bytes of; `written` gives what each of them wrote.
	 * @param own which columns of one's own are kept
	 */
	readerOf(
		raw: ByteSource,
		batch: BatchWriter,
		own: OwnChoice
	): PartReader & { readonly written: readonly Written[] } {
		const written: Written[] = [];
		let hasBadText = false;
		// What is unpacked or transcoded on the way can only be read from its start to its end.
		const parallel = raw.blob ? threadCount() : 1;
		const numbering: PartSink['intern'] = async (vocabulary, texts) => {
			hasBadText ||= mayBeBadText(texts);
			return batch.intern(vocabulary, texts);
		};
		const batchId = () => batch.id();
		const keep = async (part: number, reading: Promise<PartResult & Written>) =>
			(written[part] = await reading);
		const readHere = (part: number, read: (sink: PartSink) => Promise<PartResult>) =>
			keep(part, writePart(this.#db, { batchId, part, mayHold: SMALL_PART_BYTES }, numbering, read));
		const readInThread = (part: number, read: (place: PartPlace) => Promise<PartResult & Written>) =>
			keep(
				part,
				withNumbers(numbering, async (numbers) => {
					const { accounts } = batch;
					return read({ workspace: this.#workspace, batchId: await batchId(), part, accounts, numbers });
				})
			);
		return {
			written,
			parallel,
			own,
			get hasBadText() {
				return hasBadText;
			},
			read: (signal, source, part, dialect, range, onSlice) => {
				const { blob } = source;
				const isAlone = range.firstRow !== null && range.end >= source.byteLength;
				if (isAlone || !blob)
					return readHere(part, (sink) =>
						readPart(signal, source, dialect, range, batch.accounts, sink, onSlice)
					);
				return readInThread(part, (place) => {
					const params = { ...place, blob, dialect, range };
					return this.#thread(part).call(signal, 'readPart', params, onSlice, [place.numbers]);
				});
			},
			readRows: (_, part, header, give, onSlice) =>
				readHere(part, (sink) => readRows(header, batch.accounts, sink, give, onSlice)),
			openParquet: async (signal, source) => {
				if (typeof Worker === 'undefined') throw new ProblemError({ code: 'parquet_in_memory' });
				const blob = await spooled(signal, source);
				const header = await this.#parquetThread(0).call(signal, 'openParquet', { blob, own });
				return {
					...header,
					source: blobSource(blob),
					parallel: threadCount(),
					read: (reading, part, groups, onSlice) =>
						readInThread(part, (place) => {
							const params = { ...place, blob, own, groups };
							return this.#parquetThread(part).call(reading, 'readGroups', params, onSlice, [place.numbers]);
						})
				};
			},
			discardFrom: async (part) => {
				written.length = Math.min(written.length, part);
				if (part === 0) hasBadText = false;
				await batch.discardFrom(part);
			},
			openLists: () => batch.openLists()
		};
	}

	/**
	 * A Parquet file as a table of figures.
	 * @throws ProblemError damaged_parquet, parquet_in_memory
	 */
	async parquetTable(signal: AbortSignal, source: ByteSource): Promise<Table> {
		if (tablesHere) return tablesHere(source);
		if (typeof Worker === 'undefined') throw new ProblemError({ code: 'parquet_in_memory' });
		const blob = await spooled(signal, source);
		const calls = this.#parquetThread(0);
		const { columns, groups } = await calls.call(signal, 'openTable', { blob });
		return parquetTable(columns, groups, (own, from, to) => calls.call(own, 'tableRows', { blob, from, to }));
	}

	close(): void {
		for (const thread of [...this.#threads, ...this.#parquetThreads]) thread.close();
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
