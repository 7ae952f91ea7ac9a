import { HucreError } from 'hucre';
import { readXlsx, streamXlsxRows, type CellValue } from 'hucre/xlsx';
import { ProblemError } from '../../model/problem';
import { readZipDirectory, type ZipEntry } from '../containers/zip-directory';
import { entryChunks, entryProblem } from '../containers/zip-entry';
import { blobSource } from '../byte-source';
import type { Cell, TableRow } from '../tables/table';
import type { Sheet } from './sheet';

/** Reads workbooks with hucre. Only the worker that reads such files imports this. */

/** What is read of a workbook at all, its texts once for each sheet: a report of a year comes to a few megabytes. */
const MOST_BYTES = 256 << 20;

/** Cells over all sheets, empty ones between others included: what a table of a million rows has. */
const MOST_CELLS = 5_000_000;

/** After so many rows others get their turn, and an abort is noticed. */
const ROWS_A_TURN = 4_096;

const TEXTS = /(^|\/)sharedStrings\.xml$/;
const READ = /\.(xml|rels)$/;

/**
 * The sheets of an Excel workbook (.xlsx), in their order; hidden ones are left out. Formulas give the values that were
 * saved with them, errors their names (`#DIV/0!`), as in a CSV saved from it.
 * @throws ProblemError damaged_workbook, workbook_too_large, zip_password; AbortError on abort
 */
export async function readWorkbook(signal: AbortSignal, bytes: Uint8Array): Promise<Sheet[]> {
	try {
		const entries = await partsOf(bytes);
		await checkSize(signal, bytes, entries);
		const names = await sheetNames(bytes);
		checkTexts(entries, names.length);
		return await readSheets(signal, bytes, names);
	} catch (error) {
		signal.throwIfAborted();
		if (error instanceof HucreError || (error instanceof ProblemError && isDamage(error)))
			throw new ProblemError({ code: 'damaged_workbook' });
		throw error;
	}
}

const isDamage = ({ problem }: ProblemError) =>
	problem.code === 'damaged_zip' || problem.code === 'damaged_zip_entry';

/** The parts that are read: pictures and the like are not. */
async function partsOf(bytes: Uint8Array): Promise<ZipEntry[]> {
	const entries = await readZipDirectory(blobSource(asBlob(bytes)));
	return entries.filter(({ name }) => READ.test(name));
}

/** Unpacks all parts once, keeping none: what their directory says of their sizes may be wrong. */
async function checkSize(
	signal: AbortSignal,
	bytes: Uint8Array,
	entries: readonly ZipEntry[]
): Promise<void> {
	const said = entries.reduce((sum, { byteLength }) => sum + byteLength, 0);
	if (said > MOST_BYTES) throw new ProblemError({ code: 'workbook_too_large' });
	const blob = asBlob(bytes);
	let length = 0;
	for (const entry of entries) {
		const problem = entryProblem(entry);
		if (problem) throw new ProblemError(problem);
		for await (const chunk of entryChunks(blob, entry, () => {})) {
			signal.throwIfAborted();
			length += chunk.length;
			if (length > MOST_BYTES) throw new ProblemError({ code: 'workbook_too_large' });
		}
	}
}

/** The reader goes through the texts anew for each sheet. */
function checkTexts(entries: readonly ZipEntry[], sheets: number): void {
	const texts = entries.find(({ name }) => TEXTS.test(name))?.byteLength ?? 0;
	if (texts * sheets > MOST_BYTES) throw new ProblemError({ code: 'workbook_too_large' });
}

/** The places and names of the sheets that are not hidden. */
async function sheetNames(bytes: Uint8Array): Promise<[place: number, name: string][]> {
	const names: [number, string][] = [];
	await readXlsx(bytes, {
		sheets: ({ name, index, hidden, veryHidden }) => {
			if (!hidden && !veryHidden) names.push([index, name]);
			return false;
		}
	});
	return names;
}

async function readSheets(
	signal: AbortSignal,
	bytes: Uint8Array,
	names: readonly [place: number, name: string][]
): Promise<Sheet[]> {
	const sheets: Sheet[] = [];
	let cells = 0;
	let turn = 0;
	for (const [place, name] of names) {
		const found: { readonly line: number; readonly cells: readonly Found[] }[] = [];
		const fine = new Set<number>();
		for await (const { index, values } of streamXlsxRows(bytes, { sheet: place })) {
			// It takes the number of a row as it is written.
			if (!(Number.isInteger(index) && index >= 0)) throw new ProblemError({ code: 'damaged_workbook' });
			const row = rowOf(values);
			if (row.length > 0) found.push({ line: index + 1, cells: row });
			row.forEach((cell, column) => {
				if (cell instanceof Date && isFine(cell)) fine.add(column);
			});
			cells += row.length;
			if (cells > MOST_CELLS) throw new ProblemError({ code: 'workbook_too_large' });
			if (++turn % ROWS_A_TURN === 0) await nextTurn(signal);
		}
		const rows = found.map(({ line, cells }): TableRow => ({
			line,
			cells: cells.map((cell, column) => (cell instanceof Date ? dateText(cell, fine.has(column)) : cell))
		}));
		sheets.push({ name, rows });
	}
	return sheets;
}

/** What stands in a cell; dates become texts once it is known how fine their column is. */
type Found = Cell | Date;

function rowOf(values: readonly CellValue[]): Found[] {
	const cells = values.map((value): Found => (value === '' || value === undefined ? null : value));
	while (cells.length > 0 && cells.at(-1) === null) cells.pop();
	return cells;
}

/** What a spreadsheet program shows where a date lies outside its range. */
const NO_DATE = '#####';
const FIRST_DAY = Date.UTC(1900, 0, 1);
const LAST_DAY = Date.UTC(9999, 11, 31, 23, 59, 59);
const MS_PER_DAY = 86_400_000;

/** Numbers of dates with few digits lie so many milliseconds beside what they stand for. */
const NOISE_MS = 10;

/** Whether a date has a part of a second that is more than a rounding error: then its column is of milliseconds. */
function isFine(date: Date): boolean {
	const ms = date.getTime();
	return Math.abs(ms - wholeSeconds(ms)) > NOISE_MS;
}

const wholeSeconds = (ms: number) => Math.round(ms / 1000) * 1000;

/** A date of a cell is of no zone; the reader gives it as if it were of UTC. Seconds are whole where the column is not finer. */
function dateText(date: Date, isToTheMs: boolean): string {
	const ms = isToTheMs ? date.getTime() : wholeSeconds(date.getTime());
	// The day 0, which is none, stands before times of day.
	if (ms >= FIRST_DAY - MS_PER_DAY && ms < FIRST_DAY) return new Date(ms).toISOString().slice(11, 19);
	if (!(ms >= FIRST_DAY && ms <= LAST_DAY)) return NO_DATE;
	const text = new Date(ms).toISOString();
	if (text.endsWith('T00:00:00.000Z')) return text.slice(0, 10);
	return text.slice(0, text.endsWith('.000Z') ? 19 : 23);
}

/** Lets messages in. */
async function nextTurn(signal: AbortSignal): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve));
	signal.throwIfAborted();
}

function asBlob(bytes: Uint8Array): Blob {
	return new Blob([bytes as Uint8Array<ArrayBuffer>]);
}
