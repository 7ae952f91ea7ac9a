import { bufferSource } from '../../import/byte-source';
import type { PackedFile } from '../../import/containers/unpack';
import { fingerprintOf } from '../../import/fingerprint';
import { delimited } from '../../import/formats/delimited';
import { parquet } from '../../import/formats/parquet/parquet';
import { hasNeededNames } from '../../import/header';
import { NO_ANSWERS, type ReportContext, type ReportFormat } from '../../import/formats/format';
import { readTables } from '../../import/tables/read-tables';
import { sheetTable, sheetText } from '../../import/tables/sheet-tables';
import { delimitedFigures, jsonFigures } from '../../import/formats/table';
import { openFile, type OpenedFile } from '../../import/text-file';
import { wholeBytes } from '../../import/whole-text';
import type { Sheet } from '../../import/workbook/sheet';
import type { FileReport } from '../../model/import-report';
import { ProblemError, problemOf } from '../../model/problem';
import { wholeSpan } from '../../model/reported';
import { importEvents } from './event-import';
import { alreadyThere, emptyReport, undoneBefore, type ImportRun } from './import-run';
import { mappedEvents, tableToMap } from './mapped-table';
import { importReport, readReport, type ReadReport, type ReportImported } from './report-import';
import { Twins } from './twins';

/**
 * Imports one file, all or nothing; of a workbook each sheet.
 * @returns what became of it, or of each sheet that holds a table; a failure is returned there, with its problem
 */
export async function importFile(run: ImportRun, file: PackedFile, isSample: boolean): Promise<FileReport[]> {
	const { signal } = run;
	const { name, source: raw } = file;
	try {
		if (file.problem) throw new ProblemError(file.problem);
		if (file.container === 'workbook') return await importWorkbook(run, file, isSample);
		return [await importPlain(run, file, isSample)];
	} catch (error) {
		return [failed(name, signal, error)];
	} finally {
		await raw.close?.();
	}
}

function failed(name: string, signal: AbortSignal, error: unknown): FileReport {
	if (signal.aborted) return { ...emptyReport(name), outcome: 'cancelled' };
	return { ...emptyReport(name), outcome: 'failed', problem: problemOf(error) };
}

async function importPlain(run: ImportRun, file: PackedFile, isSample: boolean): Promise<FileReport> {
	const { signal, session } = run;
	const { name, source: raw } = file;
	const twins = new Twins(session, run.answered !== null);
	let known: string | undefined;
	/** Of the bytes, which are read for it once. */
	const fingerprintNow = async () => (known ??= await fingerprintOf(signal, raw));
	if (!run.isByHand && session.hasUndone && session.isUndone(await fingerprintNow()))
		return undoneBefore(name);
	if (twins.hasSize(raw.byteLength)) {
		const twin = await twins.of(await fingerprintNow());
		if (twin) return alreadyThere(name, twin);
	}
	const opened = await openFile(raw);
	const mapping = run.answered?.answers.mapping;
	if (mapping?.kind === 'events') {
		const table = await tableToMap(signal, { source: raw });
		const source = mappedEvents(signal, table, mapping);
		const fingerprint = await fingerprintNow();
		const bytes = await source.slice(0, 1 << 20);
		const mapped: OpenedFile = {
			source,
			head: { bytes, text: new TextDecoder().decode(bytes), isWhole: bytes.length >= source.byteLength },
			format: delimited,
			encoding: opened.encoding,
			fingerprint: () => fingerprint,
			rawLength: () => raw.byteLength
		};
		return importEvents(run, file, mapped, twins, isSample);
	}
	const format = mapping ? mappedFormat(opened) : opened.format;
	if (format === parquet) {
		const table = await run.threads.parquetTable(signal, raw);
		if (!hasNeededNames(table.columns)) {
			const context = contextOf(run, file);
			const read = { read: await readTables(signal, [table], context), encoding: null };
			const report = { name: 'table', read, context, twins, isSample } as const;
			return finish(run, file, report, await fingerprintNow());
		}
	}
	if (format.gives === 'events') return importEvents(run, file, opened, twins, isSample);
	const context = contextOf(run, file);
	const fingerprint = await fingerprintNow();
	const twin = await twins.of(fingerprint);
	if (twin) return alreadyThere(name, twin);
	const read = await readReport(signal, raw, opened, format, context);
	return finish(run, file, { name: format.name, read, context, twins, isSample }, fingerprint);
}

function mappedFormat({ head }: OpenedFile): ReportFormat {
	return /^[\s\uFEFF]*[[{]/.test(head.text) ? jsonFigures : delimitedFigures;
}

function contextOf(
	{ answered, savedMapping, workbooks }: ImportRun,
	{ name, modifiedMs }: PackedFile
): ReportContext {
	const readArchive: ReportContext['readArchive'] = (signal, source) => workbooks.archive(signal, source);
	const answers = answered?.answers ?? NO_ANSWERS;
	return { file: name, modifiedMs, importedAtMs: Date.now(), answers, savedMapping, readArchive };
}

interface Report {
	readonly name: ReportFormat['name'];
	readonly read: ReadReport;
	readonly context: ReportContext;
	readonly twins: Twins;
	readonly isSample: boolean;
}

async function finish(
	{ signal, session }: ImportRun,
	{ name, source }: Pick<PackedFile, 'name' | 'source'>,
	{ name: reportName, read, context, twins, isSample }: Report,
	fingerprint: string
): Promise<FileReport> {
	const byteLength = source.byteLength;
	const instead = twins.makesWay;
	const report = { name, reportName, isSample, fingerprint, byteLength, context, instead };
	const imported = await importReport(signal, session, report, read.read);
	return reportOf(name, imported, read.encoding, twins.isDamaged);
}

function reportOf(
	name: string,
	imported: ReportImported,
	encoding: FileReport['encoding'],
	mends: boolean
): FileReport {
	if (imported.outcome !== 'imported') return { ...emptyReport(name), outcome: imported.outcome, encoding };
	const { batch, contents, columns, replaced, profiles } = imported;
	return {
		...emptyReport(name),
		batchId: batch.id,
		kind: batch.report?.kind ?? 'figures',
		format: batch.report?.name ?? null,
		encoding,
		columnsRead: columns,
		replaced,
		profiles,
		accepted: batch.accepted,
		rejected: batch.rejected,
		rejections: batch.rejections,
		unknownColumns: contents.unknownColumns,
		reportedDays: wholeSpan(contents.covered),
		mends
	};
}

/** Imports the sheets of a workbook, each as a file of its own; those that hold no table are passed over. */
async function importWorkbook(run: ImportRun, file: PackedFile, isSample: boolean): Promise<FileReport[]> {
	const { signal } = run;
	const bytes = await wholeBytes(signal, file.source);
	const fingerprint = await fingerprintOf(signal, bufferSource(bytes));
	const reports: FileReport[] = [];
	for (const sheet of await run.workbooks.sheets(signal, bytes)) {
		const name = `${file.name} › ${sheet.name}`;
		if (run.answered && run.answered.entry !== name) continue;
		try {
			const report = await importSheet(
				run,
				{ ...file, name },
				sheet,
				`${fingerprint} ${sheet.name}`,
				isSample
			);
			if (report) reports.push(report);
		} catch (error) {
			reports.push(failed(name, signal, error));
		}
		if (signal.aborted) break;
	}
	if (reports.length === 0) throw new ProblemError({ code: 'no_known_figures', found: [] });
	return reports;
}

/** Imports a sheet; null where it holds nothing to read. */
async function importSheet(
	run: ImportRun,
	file: PackedFile,
	sheet: Sheet,
	fingerprint: string,
	isSample: boolean
): Promise<FileReport | null> {
	const { signal, session } = run;
	if (!run.isByHand && session.isUndone(fingerprint)) return undoneBefore(file.name);
	const twins = new Twins(session, run.answered !== null);
	const twin = await twins.of(fingerprint);
	if (twin) return alreadyThere(file.name, twin);
	const text = sheetText(sheet);
	if (text === '') return null;
	const source = bufferSource(new TextEncoder().encode(text));
	const opened = { ...(await openFile(source)), fingerprint: () => fingerprint };
	const context = contextOf(run, file);
	const mapping = run.answered?.answers.mapping;
	if (opened.format.gives === 'events' && opened.format.score(opened.head) >= 0.9 && !mapping)
		return importEvents(run, { ...file, source }, opened, twins, isSample);
	const table = sheetTable(sheet);
	const isTable = (mapping ?? null) !== null || opened.format === delimitedFigures;
	const format = opened.format.gives === 'report' && !isTable ? opened.format : null;
	if (!format && !table) return null;
	const read = format
		? await readReport(signal, source, opened, format, context)
		: { read: await readTables(signal, table ? [table] : [], context), encoding: null };
	return finish(
		run,
		{ name: file.name, source },
		{ name: format?.name ?? 'table', read, context, twins, isSample },
		fingerprint
	);
}
