import type { ReportContents } from '../../columns/report-contents';
import type { ByteSource } from '../../import/byte-source';
import { isUtf8Throughout } from '../../import/encoding/bad-text';
import { replacedFigures } from '../../engine/reported/replaced-figures';
import { resolveFactsNow } from '../../engine/reported/resolve-facts';
import {
	READER_VERSION,
	type ReportContext,
	type ReportFormat,
	type ReportRead
} from '../../import/formats/format';
import { openFile, type OpenedFile } from '../../import/text-file';
import type { ColumnReport, Encoding, Replaced, ReportName } from '../../model/import-report';
import { ProblemError } from '../../model/problem';
import type { LiveBatch } from '../../store/database';
import type { ImportSession } from '../../store/import-session';

/** Files of reported figures, names and insights, on their way into a batch. */

/** What is known of a report when its contents are read. */
export interface ReportToImport {
	readonly name: string;
	readonly reportName: ReportName;
	readonly isSample: boolean;
	readonly fingerprint: string;
	readonly byteLength: number;
	readonly context: ReportContext;
	/** A batch that it takes the place of: one that can no longer be read, or that was read otherwise before. */
	readonly instead: LiveBatch | undefined;
}

/** What became of a report. */
export type ReportImported =
	| { readonly outcome: 'needs_days' | 'needs_pin' | 'needs_mapping' }
	| {
			readonly outcome: 'imported';
			readonly batch: LiveBatch;
			readonly contents: ReportContents;
			readonly columns: readonly ColumnReport[];
			readonly replaced: readonly Replaced[];
			readonly profiles: readonly string[];
	  };

/** A report that is read, with how its text was written. */
export interface ReadReport {
	readonly read: ReportRead;
	readonly encoding: Encoding | null;
}

/**
 * Reads a report by its format; text that is no UTF-8 after all is read as Windows-1252.
 * @throws ProblemError where it cannot be read to its end; AbortError on abort
 */
export async function readReport(
	signal: AbortSignal,
	raw: ByteSource,
	opened: OpenedFile,
	format: ReportFormat,
	context: ReportContext
): Promise<ReadReport> {
	if (opened.encoding === 'utf-8' && !(await isUtf8Throughout(signal, opened.source))) {
		const western = await openFile(raw, 'windows-1252');
		const own = western.format.gives === 'report' ? western.format : format;
		return { read: await own.read(signal, western, context), encoding: western.encoding };
	}
	return { read: await format.read(signal, opened, context), encoding: opened.encoding };
}

/**
 * Stores what a report came to, all or nothing.
 * @throws ProblemError no_known_figures where it holds nothing, AbortError; nothing is stored then
 */
export async function importReport(
	signal: AbortSignal,
	session: ImportSession,
	{ context, instead, ...report }: ReportToImport,
	read: ReportRead
): Promise<ReportImported> {
	signal.throwIfAborted();
	if (read.outcome !== 'read') return read;
	const { contents, columns } = read;
	if (contents.accepted + contents.rejected === 0) {
		throw new ProblemError({
			code: 'no_known_figures',
			found: columns.map(({ name }) => name).filter(Boolean)
		});
	}
	const toStore = {
		file: report.name,
		isSample: report.isSample,
		fingerprint: report.fingerprint,
		byteLength: report.byteLength,
		name: report.reportName,
		exportedAt: contents.exportedAt ?? context.modifiedMs ?? context.importedAtMs,
		contents,
		readerVersion: READER_VERSION
	};
	const batch = await session.addReport(toStore, instead);
	const profiles = [...new Set(contents.facts.scopes.map(({ profile }) => profile))];
	return {
		outcome: 'imported',
		batch,
		contents,
		columns,
		replaced: await replacedBy(session, batch, contents),
		profiles
	};
}

/** Figures of earlier imports that a batch replaces by others. Only batches about the same metrics and days are read. */
async function replacedBy(
	session: ImportSession,
	batch: LiveBatch,
	contents: ReportContents
): Promise<readonly Replaced[]> {
	const own = batch.report;
	if (!own?.span) return [];
	const { span, exportedAt, profile = '', covered, name } = own;
	const metrics = new Set(own.metrics);
	const alike = session.batches.filter(({ id, report }) => {
		if (id === batch.id || !report?.span) return false;
		const isOnSameDays = report.span.from <= span.to && report.span.to >= span.from;
		return (
			isOnSameDays && (report.metrics === undefined || report.metrics.some((metric) => metrics.has(metric)))
		);
	});
	if (alike.length === 0) return [];
	const earlier = resolveFactsNow(await session.factsOf(alike));
	const added = { batchId: batch.id, file: batch.file, format: name, exportedAt, profile, covered };
	return replacedFigures(earlier, { ...added, blocks: [contents.facts] });
}
