import { blobSource, type ByteSource } from '../../src/lib/import/byte-source';
import { mayBeBadText } from '../../src/lib/import/encoding/bad-text';
import { readEvents, type EventFileResult } from '../../src/lib/import/event-file';
import { openParquetFile } from '../../src/lib/import/formats/parquet/parquet-file';
import type { PartProgress, PartResult, PartSink } from '../../src/lib/import/part';
import { NO_OWN_CHOICE, type OwnChoice } from '../../src/lib/import/own-header';
import type { PartReader } from '../../src/lib/import/part-reader';
import { readRows } from '../../src/lib/import/part-rows';
import { readPart } from '../../src/lib/import/read-part';
import { spooled } from '../../src/lib/import/spool';
import { openFile } from '../../src/lib/import/text-file';

interface ReaderParts {
	readonly parallel: number;
	/** Names of the accounts that are known before. */
	readonly accounts: readonly string[];
	/** Where the rows of a part go. */
	sinkOf(part: number): PartSink;
	/** Told that a part was read. */
	readonly onRead?: (part: number) => void;
	discardFrom(part: number): Promise<void>;
	openLists(): readonly number[];
	readonly own?: OwnChoice;
}

/** Looks at a file's start, and reads it if it holds events. */
export async function importEventFile(
	signal: AbortSignal,
	source: ByteSource,
	reader: PartReader,
	onSlice: (progress: PartProgress) => void
): Promise<EventFileResult> {
	return readEvents(signal, await openFile(source), reader, onSlice);
}

/** Reads parts of files in the thread of the test, as the import worker does in its own and others. */
export function partReader(parts: ReaderParts): PartReader {
	const { parallel, accounts, own = NO_OWN_CHOICE } = parts;
	let hasBadText = false;
	const sinkOf = (part: number): PartSink => {
		const sink = parts.sinkOf(part);
		return {
			...sink,
			intern: (vocabulary, texts) => {
				hasBadText ||= mayBeBadText(texts);
				return sink.intern(vocabulary, texts);
			}
		};
	};
	const read = async (part: number, result: Promise<PartResult>) => {
		const done = await result;
		parts.onRead?.(part);
		return done;
	};
	return {
		parallel,
		own,
		get hasBadText() {
			return hasBadText;
		},
		read: (signal, source, part, dialect, range, onSlice) =>
			read(part, readPart(signal, source, dialect, range, accounts, sinkOf(part), onSlice)),
		readRows: (_, part, header, give, onSlice) =>
			read(part, readRows(header, accounts, sinkOf(part), give, onSlice)),
		openParquet: async (signal, source) => {
			const whole = blobSource(await spooled(signal, source));
			const file = await openParquetFile(whole, own);
			return {
				...file,
				source: whole,
				parallel,
				read: (own, part, { from, to }, onSlice) =>
					read(part, readRows(file.header, accounts, sinkOf(part), file.give(own, from, to), onSlice))
			};
		},
		discardFrom: async (part) => {
			if (part === 0) hasBadText = false;
			await parts.discardFrom(part);
		},
		openLists: parts.openLists
	};
}
