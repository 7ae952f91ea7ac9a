import type { Encoding } from '../model/import-report';
import { ProblemError } from '../model/problem';
import type { ByteSource } from './byte-source';
import { HEAD_BYTES } from './detect';
import { detectEncoding } from './encoding/detect-encoding';
import { transcoded } from './encoding/transcode';
import { formatOf } from './formats/all-formats';
import type { FileToRead, Format } from './formats/format';
import { foreignFile } from './foreign-file';

/** A file whose start was looked at: what it is, and how it is to be read. */
export interface OpenedFile extends FileToRead {
	readonly format: Format;
	readonly encoding: Encoding | null;
	/** Set where `source` gives other bytes than the file has: the fingerprint and length of those, once it was read. */
	readonly fingerprint?: () => string;
	readonly rawLength?: () => number;
}

/**
 * Finds out what a file is.
 * @param encoding how its text is written, where that is known better than from the file's start
 * @throws ProblemError where it is nothing that can be read
 */
export async function openFile(raw: ByteSource, encoding?: Encoding): Promise<OpenedFile> {
	const bytes = await raw.slice(0, Math.min(HEAD_BYTES, raw.byteLength));
	const head = { bytes, text: '', isWhole: bytes.length >= raw.byteLength };
	const foreign = foreignFile(bytes);
	if (foreign) throw new ProblemError(foreign);
	const binary = formatOf(head, 'binary');
	if (binary) return { source: raw, head, format: binary, encoding: null };

	const written = encoding ?? detectEncoding(bytes);
	if (written === null) throw new ProblemError({ code: 'not_text' });
	if (written === 'utf-8') return openText({ source: raw }, written, bytes);
	const text = await transcoded(raw, written);
	return openText(text, written, await text.source.slice(0, HEAD_BYTES));
}

function openText(
	file: Pick<OpenedFile, 'source' | 'fingerprint' | 'rawLength'>,
	encoding: Encoding,
	bytes: Uint8Array
): OpenedFile {
	const text = new TextDecoder().decode(bytes);
	const head = { bytes, text, isWhole: bytes.length >= file.source.byteLength };
	const format = formatOf(head, 'text');
	if (!format) throw new ProblemError({ code: 'not_text' });
	return { ...file, head, format, encoding };
}
