import type { ReportContents } from '../columns/report-contents';
import type { ByteSource } from '../import/byte-source';
import type { FactFormat } from '../import/formats/format';
import { readFactsFile } from '../import/reported/facts-file';
import type { OpenedFile } from '../import/text-file';
import type { Encoding, ReportName } from '../model/import-report';
import type { LiveBatch } from '../store/database';
import type { ImportSession } from '../store/import-session';

/** A file of reported figures, on its way into a batch. */
export interface ReportFile {
	readonly name: string;
	readonly raw: ByteSource;
	readonly opened: OpenedFile;
	readonly modifiedMs: number | null;
	readonly isSample: boolean;
}

/** What makes facts of a text: a format, or a mapping of a table. */
export type FactReader = Pick<FactFormat, 'read'> & { readonly name: ReportName };

/** What became of a file of reported figures. */
export interface ReportImported {
	readonly batch: LiveBatch;
	/** Whether the same bytes were there already, as that batch. */
	readonly wasThere: boolean;
	/** Whether it took the place of a batch of the same bytes that could no longer be read. */
	readonly mends: boolean;
	readonly contents: ReportContents;
	readonly encoding: Encoding | null;
}

/**
 * Imports a file of reported figures, all or nothing.
 * @throws ProblemError, AbortError; nothing is stored then
 */
export async function importReport(
	signal: AbortSignal,
	session: ImportSession,
	file: ReportFile,
	reader: FactReader
): Promise<ReportImported> {
	const importedAtMs = Date.now();
	const { name, raw, opened, modifiedMs, isSample } = file;
	const context = { file: name, modifiedMs, importedAtMs };
	const {
		result: contents,
		encoding,
		fingerprint,
		byteLength
	} = await readFactsFile(signal, raw, opened, (text, about) => reader.read(text, about), context);
	signal.throwIfAborted();
	const twin = session.batches.find((batch) => batch.fingerprint === fingerprint);
	if (twin && (await session.isReadable(twin)))
		return { batch: twin, wasThere: true, mends: false, contents, encoding };
	const toStore = {
		file: name,
		isSample,
		fingerprint,
		byteLength,
		name: reader.name,
		exportedAt: contents.exportedAt ?? modifiedMs ?? importedAtMs,
		contents
	};
	const batch = await session.addReport(toStore, twin);
	return { batch, wasThere: false, mends: twin !== undefined, contents, encoding };
}
