import { unpack, type PackedFile } from '../../src/lib/import/containers/unpack';
import { slicesOf } from '../../src/lib/import/byte-source';
import type { EventFileResult } from '../../src/lib/import/event-file';
import { parquet } from '../../src/lib/import/formats/parquet/parquet';
import { hasNeededNames } from '../../src/lib/import/header';
import { openFile } from '../../src/lib/import/text-file';
import { ProblemError } from '../../src/lib/model/problem';
import type { FileReport } from '../../src/lib/model/import-report';
import { MemoryWorkspace, openQuery } from '../support/memory-workspace';
import { parquetTableHere } from '../support/parquet-table-here';
import { importReports } from './import-reports';
import {
	countEventRows,
	countFilledLines,
	countJsonElements,
	countTableRows,
	hasLoneReturns
} from './plain-row-count';

/** What became of a file: the name of its format, or the code of what was wrong with it. */
export type Became = string;

const DELIMITERS: Readonly<Record<string, string>> = { csv: ',', tsv: '\t', semicolons: ';', bars: '|' };
const FREE_BYTES = 64 << 20;

/**
 * Imports a file as the import worker does, and holds what comes of it against what must be true of every file.
 * @param isThorough whether what was accepted is also asked for, exported and imported again
 * @throws Error where the import fails with anything but a problem, or what it says is not so
 */
export async function readAnything(bytes: Uint8Array, isThorough: boolean): Promise<Became[]> {
	const blob = new Blob([bytes as Uint8Array<ArrayBuffer>]);
	const became: Became[] = [];
	await orProblem(became, async () => {
		const unpacking = { signal: new AbortController().signal, freeBytes: async () => FREE_BYTES };
		for await (const file of unpack(unpacking, { name: 'file', blob, modifiedMs: null }))
			await orProblem(became, () => readPacked(file, isThorough));
		return [];
	});
	return became;
}

async function orProblem(became: Became[], read: () => Promise<readonly Became[]>): Promise<void> {
	try {
		became.push(...(await read()));
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		if (error.problem.code === 'unexpected') throw error;
		became.push(error.problem.code);
	}
}

async function readPacked(file: PackedFile, isThorough: boolean): Promise<Became[]> {
	if (file.problem) throw new ProblemError(file.problem);
	const { source } = file;
	try {
		if (file.container === 'workbook' || (await isReport(source))) {
			const text = await textOf(source);
			return (await importReports(file)).map((report) => {
				if (report.kind === 'events') throw new Error('events were read as a report');
				return checkReport(report, text);
			});
		}
		const workspace = new MemoryWorkspace();
		const result = await workspace.import(source);
		await checkRows(result, file);
		if (isThorough && result.accepted > 0) await checkExport(workspace, result.accepted);
		return [result.format];
	} finally {
		await source.close?.();
	}
}

async function isReport(source: PackedFile['source']): Promise<boolean> {
	const { format } = await openFile(source);
	return format === parquet
		? !hasNeededNames((await parquetTableHere(source)).columns)
		: format.gives === 'report';
}

/** The whole text of a file that is UTF-8 to the letter; null for others. */
async function textOf(source: PackedFile['source']): Promise<string | null> {
	try {
		const bytes = await source.slice(0, source.byteLength);
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return null;
	}
}

/** What became of a report; its rows are those of its file where they can be counted otherwise. */
function checkReport(
	{ outcome, problem, format, accepted, rejected, columnsRead }: FileReport,
	text: string | null
) {
	if (problem) {
		if (problem.code === 'unexpected') throw new Error(problem.detail);
		return problem.code;
	}
	if (outcome !== 'imported') return outcome;
	const names = columnsRead.map(({ name }) => name);
	const rows = format === 'table' && text !== null ? countTableRows(text, names) : null;
	if (rows !== null && rows !== accepted + rejected) {
		throw new Error(`table: ${accepted} accepted + ${rejected} rejected, but ${rows} rows`);
	}
	return String(format);
}

/** Accepted and rejected rows are the rows of the file, by another count. */
async function checkRows(
	{ format, encoding, accepted, rejected, parser }: EventFileResult,
	file: PackedFile
): Promise<void> {
	if (!encoding) return;
	const slices: Uint8Array[] = [];
	for await (const slice of slicesOf(file.source, 1 << 20)) slices.push(slice);
	const bytes = new Uint8Array(await new Blob(slices as Uint8Array<ArrayBuffer>[]).arrayBuffer());
	const text = new TextDecoder(encoding).decode(bytes).replaceAll('\0', ''); // which are left out
	if (parser === 'papaparse' && hasLoneReturns(text)) return;
	const delimiter = DELIMITERS[format];
	const rows = delimiter
		? countEventRows(text, delimiter)
		: format === 'ndjson'
			? countFilledLines(text)
			: format === 'json'
				? countJsonElements(text)
				: null;
	if (rows !== null && rows !== accepted + rejected) {
		throw new Error(`${format}: ${accepted} accepted + ${rejected} rejected, but ${rows} rows`);
	}
}

/** Every event that was accepted is exported as one that is accepted, to the same export again. */
async function checkExport(workspace: MemoryWorkspace, accepted: number): Promise<void> {
	const first = await workspace.exportCsv('events', openQuery());
	const again = new MemoryWorkspace();
	const back = await again.import(first);
	if (back.accepted !== accepted || back.rejected > 0) {
		throw new Error(
			`${accepted} events were exported, ${back.accepted} came back and ${back.rejected} were rejected`
		);
	}
	const second = await again.exportCsv('events', openQuery());
	if (!Buffer.from(first).equals(Buffer.from(second))) throw new Error('an export came back as another one');
	for (const workspaceOf of [workspace, again])
		await orProblem([], async () => {
			await workspaceOf.answer(openQuery());
			return [];
		});
}
