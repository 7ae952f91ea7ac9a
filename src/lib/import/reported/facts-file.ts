import type { ReportContents } from '../../columns/report-contents';
import type { Encoding } from '../../model/import-report';
import { ProblemError } from '../../model/problem';

import { slicesOf, type ByteSource } from '../byte-source';
import { SLICE_BYTES, combineHashes, sliceHasher } from '../fingerprint';
import type { FactContext, FactFormat } from '../formats/format';
import { openFile, type OpenedFile } from '../text-file';

/** What a file of reported figures came to, and what is known of its bytes. */
export interface FactsFile {
	readonly result: ReportContents;
	readonly encoding: Encoding | null;
	/** Of the file's own bytes, unpacked, and how many those are. */
	readonly fingerprint: string;
	readonly byteLength: number;
}

/** Reports are read whole; what is larger is none. */
const MAX_REPORT_BYTES = 256 << 20;

/**
 * Reads a file of reported figures.
 * @param read what makes facts of its text: the file's format, or a mapping
 * @throws ProblemError where it cannot be read to its end; AbortError on abort
 */
export async function readFactsFile(
	signal: AbortSignal,
	raw: ByteSource,
	opened: OpenedFile,
	read: FactFormat['read'],
	context: FactContext
): Promise<FactsFile> {
	const bytes = await allBytes(signal, opened.source);
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		const western = await openFile(raw, 'windows-1252');
		return readFactsFile(signal, raw, western, read, context);
	}
	return {
		result: read(text, context),
		encoding: opened.encoding,
		fingerprint: opened.fingerprint?.() ?? (await fingerprint(bytes)),
		byteLength: opened.rawLength?.() ?? bytes.length
	};
}

async function allBytes(signal: AbortSignal, source: ByteSource): Promise<Uint8Array> {
	const slices: Uint8Array[] = [];
	let length = 0;
	for await (const slice of slicesOf(source, SLICE_BYTES)) {
		signal.throwIfAborted();
		slices.push(slice);
		length += slice.length;
		if (length > MAX_REPORT_BYTES) throw new ProblemError({ code: 'row_too_long', line: 1 });
	}
	const bytes = new Uint8Array(length);
	let at = 0;
	for (const slice of slices) {
		bytes.set(slice, at);
		at += slice.length;
	}
	return bytes;
}

/** As fingerprint.ts makes it of a source. */
async function fingerprint(bytes: Uint8Array): Promise<string> {
	const hasher = await sliceHasher();
	const hashes: string[] = [];
	for (let start = 0; start < bytes.length; start += SLICE_BYTES) {
		hashes.push(hasher.hash(bytes.subarray(start, start + SLICE_BYTES)));
	}
	return combineHashes(hasher, bytes.length, hashes);
}
