import { isLitter } from '../../model/litter';
import { ProblemError, problemOf, type Problem } from '../../model/problem';
import { blobSource, slicesOf, type ByteSource } from '../byte-source';
import { SequentialSource } from '../sequential-source';
import { spooled } from '../spool';
import { within } from './allowance';
import { blobChunks } from './blob-chunks';
import { gunzipped, isGzip } from './gunzip';
import { workbookIn } from './workbook-kind';
import { isZip, readZipDirectory, type ZipEntry } from './zip-directory';
import { entryChunks, entryProblem } from './zip-entry';

/** A file as people hand it over: by itself, packed, or one of many in an archive. */
export interface PackedFile {
	/** What it is called; `archive.zip › entry.csv` in an archive. */
	readonly name: string;
	/** When it was last changed, in milliseconds since 1970. */
	readonly modifiedMs: number | null;
	/** What it takes up of the file that was handed over. */
	readonly packedBytes: number;
	/** Its bytes, unpacked; those of the whole workbook where it is one. */
	readonly source: ByteSource;
	/** How many of `packedBytes` were read; null where its bytes are not packed. */
	readonly bytesRead: () => number | null;
	/** Set where it is a workbook: its tables are its sheets. */
	readonly container: 'workbook' | null;
	/** Set where it cannot be read at all. */
	readonly problem: Problem | null;
}

/** What was handed over: a file, or an archive of them. */
export interface HandedFile {
	readonly name: string;
	readonly blob: Blob;
	/** When it was last changed, in milliseconds since 1970; null where that is not known. */
	readonly modifiedMs: number | null;
}

/** What unpacking may take, and who gets its progress. */
export interface Unpacking {
	readonly signal: AbortSignal;
	/** Asked where something is packed: what it may unpack to at most. */
	readonly freeBytes: () => Promise<number>;
	/** Told how many files an archive holds, before the first of them. */
	readonly onArchive?: (files: number) => void;
}

/** Inner archives are opened one level deep: an archive within the one that was handed over. */
const MOST_ARCHIVES = 2;

/** So much is read at a time of what is packed twice. */
const CHUNK_BYTES = 1 << 20;

/**
 * The files that a file is or holds, one after the other. What is packed is unpacked while it is read, in bounded
 * memory; an archive inside an archive is first brought together as a Blob, which browsers keep on the disk. What cannot
 * be opened is given as a file with its problem.
 * @throws AbortError
 */
export async function* unpack(unpacking: Unpacking, file: HandedFile): AsyncGenerator<PackedFile> {
	const { name, blob, modifiedMs } = file;
	const whole: PackedFile = {
		...{ name, modifiedMs, packedBytes: blob.size, source: blobSource(blob), bytesRead: () => null },
		...{ container: null, problem: null }
	};
	yield* opened(unpacking, whole, 0);
}

/** @param archives how many archives the file lies in */
async function* opened(unpacking: Unpacking, file: PackedFile, archives: number): AsyncGenerator<PackedFile> {
	if (file.problem) return yield file;
	let inner: readonly PackedFile[];
	try {
		inner = await open(unpacking, file, archives);
	} catch (error) {
		unpacking.signal.throwIfAborted();
		await file.source.close?.();
		return yield { ...file, problem: problemOf(error) };
	}
	const [first] = inner;
	if (first === file || first?.container) return yield first;
	if (inner.length !== 1) unpacking.onArchive?.(inner.length);
	for (const each of inner) yield* opened(unpacking, each, archives + 1);
}

/**
 * What a file holds: itself where it is no archive.
 * @throws ProblemError where it is an archive that cannot be opened
 */
async function open(
	{ signal, freeBytes }: Unpacking,
	file: PackedFile,
	archives: number
): Promise<readonly PackedFile[]> {
	const head = await file.source.slice(0, 4);
	if (isGzip(head)) {
		if (archives >= MOST_ARCHIVES) throw new ProblemError({ code: 'archive_in_archive' });
		return [await gunzippedFile(file, freeBytes)];
	}
	if (!isZip(head)) return [file];
	const blob = await spooled(signal, file.source);
	const all = await readZipDirectory(blobSource(blob));
	const workbook = workbookIn(all);
	if (workbook === 'other') throw new ProblemError({ code: 'spreadsheet' });
	if (workbook === 'xlsx') return [{ ...file, source: blobSource(blob), container: 'workbook' }];
	if (archives >= MOST_ARCHIVES) throw new ProblemError({ code: 'archive_in_archive' });
	const entries = all.filter((entry) => !isLitter(entry.name));
	if (entries.length === 0) throw new ProblemError({ code: 'empty_archive' });
	const most = await freeBytes();
	// An archive inside another takes up less of what was handed over than it is long.
	const share = blob.size === 0 ? 1 : file.packedBytes / blob.size;
	return entries.map((entry) => entryFile(file.name, blob, entry, { most, share }));
}

async function gunzippedFile(file: PackedFile, freeBytes: Unpacking['freeBytes']): Promise<PackedFile> {
	const { source, packedBytes } = file;
	const most = await freeBytes();
	const read = new Count();
	const packed = () => (source.blob ? blobChunks(source.blob, read.start()) : slicesOf(source, CHUNK_BYTES));
	const unpacked = () => within(packedBytes, most, gunzipped(packed));
	const bytesRead = source.blob ? () => read.bytes : file.bytesRead;
	return { ...file, source: new SequentialSource(unpacked), bytesRead };
}

function entryFile(
	archive: string,
	blob: Blob,
	entry: ZipEntry,
	{ most, share }: { readonly most: number; readonly share: number }
): PackedFile {
	const read = new Count();
	const packedBytes = entry.packedBytes * share; // however deep it lies, it may unpack to no more times this
	const unpacked = () => within(packedBytes, most, entryChunks(blob, entry, read.start()));
	return {
		name: `${archive} › ${entry.name}`,
		modifiedMs: entry.modifiedMs,
		packedBytes,
		source: new SequentialSource(unpacked),
		bytesRead: () => read.bytes * share,
		container: null,
		problem: entryProblem(entry)
	};
}

/** Bytes read of a stream that may be opened more than once. */
class Count {
	bytes = 0;

	start(): (bytes: number) => void {
		this.bytes = 0;
		return (bytes) => void (this.bytes += bytes);
	}
}
