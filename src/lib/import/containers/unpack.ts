import { ProblemError, type Problem } from '../../model/problem';
import { blobSource, type ByteSource } from '../byte-source';
import { SequentialSource } from '../sequential-source';
import { within } from './allowance';
import { blobChunks } from './blob-chunks';
import { gunzipped, isGzip } from './gunzip';
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
	/** Its bytes, unpacked. */
	readonly source: ByteSource;
	/** How many of `packedBytes` were read; null where its bytes are not packed. */
	readonly bytesRead: () => number | null;
	/** Set where it cannot be read at all. */
	readonly problem: Problem | null;
}

/** What archives hold for their programs' own sake. */
const LITTER = /(^|\/)(__MACOSX\/|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/;

/**
 * The files that a file is or holds. What is packed is unpacked while it is read, in bounded memory.
 * @param freeBytes asked where it is packed: what it may unpack to at most
 * @throws ProblemError where it is an archive that cannot be opened
 */
export async function unpack(
	file: { readonly name: string; readonly blob: Blob; readonly modifiedMs: number | null },
	freeBytes: () => Promise<number>
): Promise<PackedFile[]> {
	const { name, blob, modifiedMs } = file;
	const plain = blobSource(blob);
	const head = await plain.slice(0, 4);
	if (isZip(head)) {
		const entries = (await readZipDirectory(plain)).filter((entry) => !LITTER.test(entry.name));
		if (isWorkbook(entries)) throw new ProblemError({ code: 'spreadsheet' });
		if (entries.length === 0) throw new ProblemError({ code: 'empty_archive' });
		const most = await freeBytes();
		return entries.map((entry) => entryFile(name, blob, entry, most));
	}
	const whole = { name, modifiedMs, packedBytes: blob.size, problem: null };
	if (!isGzip(head)) return [{ ...whole, source: plain, bytesRead: () => null }];
	const read = new Count();
	const most = await freeBytes();
	const open = () =>
		within(
			blob.size,
			most,
			gunzipped(() => blobChunks(blob, read.start()))
		);
	return [{ ...whole, source: new SequentialSource(open), bytesRead: () => read.bytes }];
}

function entryFile(archive: string, blob: Blob, entry: ZipEntry, freeBytes: number): PackedFile {
	const read = new Count();
	const packed = () => entryChunks(blob, entry, read.start());
	return {
		name: `${archive} › ${entry.name}`,
		modifiedMs: entry.modifiedMs,
		packedBytes: entry.packedBytes,
		source: new SequentialSource(() => within(entry.packedBytes, freeBytes, gunzippedIfGzip(packed))),
		bytesRead: () => read.bytes,
		problem: entryProblem(entry)
	};
}

/** A gzip file inside an archive is unpacked too. */
async function* gunzippedIfGzip(open: () => AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
	let isFirst = true;
	for await (const chunk of open()) {
		if (isFirst && isGzip(chunk)) {
			yield* gunzipped(open);
			return;
		}
		isFirst = false;
		yield chunk;
	}
}

/** Workbooks are zip archives of their own kind. */
function isWorkbook(entries: readonly ZipEntry[]): boolean {
	const names = new Set(entries.map(({ name }) => name));
	return (
		names.has('xl/workbook.xml') ||
		names.has('xl/workbook.bin') ||
		(names.has('mimetype') && names.has('content.xml'))
	);
}

/** Bytes read of a stream that may be opened more than once. */
class Count {
	bytes = 0;

	start(): (bytes: number) => void {
		this.bytes = 0;
		return (bytes) => void (this.bytes += bytes);
	}
}
