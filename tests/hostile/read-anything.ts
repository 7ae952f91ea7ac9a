import { unpack, type PackedFile } from '../../src/lib/import/containers/unpack';
import { slicesOf } from '../../src/lib/import/byte-source';
import type { EventFileResult } from '../../src/lib/import/event-file';
import { readFactsFile } from '../../src/lib/import/reported/facts-file';
import { openFile } from '../../src/lib/import/text-file';
import { ProblemError } from '../../src/lib/model/problem';
import type { ReportContents } from '../../src/lib/columns/report-contents';
import { factsOf } from '../../src/lib/columns/fact-columns';
import { MemoryWorkspace, openQuery } from '../support/memory-workspace';
import { countEventRows, countFilledLines, countJsonElements, hasLoneReturns } from './plain-row-count';

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
		return null;
	});
	return became;
}

async function orProblem(became: Became[], read: () => Promise<Became | null>): Promise<void> {
	try {
		const what = await read();
		if (what !== null) became.push(what);
	} catch (error) {
		if (!(error instanceof ProblemError)) throw error;
		if (error.problem.code === 'unexpected') throw error;
		became.push(error.problem.code);
	}
}

async function readPacked(file: PackedFile, isThorough: boolean): Promise<Became> {
	if (file.problem) throw new ProblemError(file.problem);
	const { source } = file;
	try {
		const opened = await openFile(source);
		if (opened.format.gives === 'facts') {
			const { read, name } = opened.format;
			const context = { file: file.name, modifiedMs: null, importedAtMs: 0 };
			const { signal } = new AbortController();
			checkFacts((await readFactsFile(signal, source, opened, read, context)).result);
			return name;
		}
		const workspace = new MemoryWorkspace();
		const result = await workspace.import(source);
		await checkRows(result, file);
		if (isThorough && result.accepted > 0) await checkExport(workspace, result.accepted);
		return result.format;
	} finally {
		await source.close?.();
	}
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
			return null;
		});
}

function checkFacts({ facts }: ReportContents): void {
	for (const { value, from, to, metric } of factsOf(facts)) {
		if (!Number.isFinite(value) || value < 0) throw new Error(`${metric} is ${value}`);
		const isDay = (day: string) => /^\d{4}-\d\d-\d\d$/.test(day);
		if (!isDay(from) || !isDay(to) || from > to) throw new Error(`${metric} is of ${from} to ${to}`);
	}
}
