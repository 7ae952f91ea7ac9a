import { parseTimestamp } from '../../import/cells/timestamp';
import { normalName } from '../../import/header';
import { SequentialSource } from '../../import/sequential-source';
import type { ByteSource } from '../../import/byte-source';
import { delimitedTable } from '../../import/tables/delimited-table';
import { jsonTables } from '../../import/tables/json-tables';
import { readDays } from '../../import/tables/read-days';
import { headerSignature, previewOfTable } from '../../import/tables/read-tables';
import { sheetTable } from '../../import/tables/sheet-tables';
import { cellText, type Cell, type Table } from '../../import/tables/table';
import { openFile } from '../../import/text-file';
import type { Sheet } from '../../import/workbook/sheet';
import { MS_PER_DAY, dayStarts } from '../../model/calendar';
import { EVENT_COLUMNS } from '../../model/event';
import { csvRow, csvText } from '../../model/csv-cell';
import type { Mapping, TablePreview } from '../../model/mapping';
import { ProblemError } from '../../model/problem';
import { WorkspaceDatabase } from '../../store/database';
import { readMapping, saveMapping } from '../../store/mappings';

/** Tables whose columns somebody has to name: what they hold, and what they become. */

/** Where the rows of a file or sheet stand that somebody maps. */
export type MappedSource = { readonly source: ByteSource } | { readonly sheet: Sheet };

/**
 * The table that somebody maps: of a file of several the one with most columns.
 * @throws ProblemError no_known_figures where there is none
 */
export async function tableToMap(signal: AbortSignal, from: MappedSource): Promise<Table> {
	const tables = 'sheet' in from ? [sheetTable(from.sheet)] : await tablesOf(signal, from.source);
	const [first, ...others] = tables.filter((table) => table !== null);
	if (!first) throw new ProblemError({ code: 'no_known_figures', found: [] });
	return others.reduce((best, table) => (table.columns.length > best.columns.length ? table : best), first);
}

async function tablesOf(signal: AbortSignal, raw: ByteSource): Promise<(Table | null)[]> {
	const { source, head } = await openFile(raw);
	return /^[\s\uFEFF]*[[{]/.test(head.text) ? jsonTables(signal, source) : [await delimitedTable(source)];
}

/** @param mapping null for the one that was saved for such a header, or else a guess */
export async function previewOf(
	signal: AbortSignal,
	workspace: string,
	from: MappedSource,
	name: string,
	mapping: Mapping | null
): Promise<TablePreview> {
	const table = await tableToMap(signal, from);
	const saved = await withDatabase(workspace, (db) => readMapping(db, headerSignature(table.columns)));
	return previewOfTable(signal, table, name, mapping ?? saved, saved !== null);
}

/** Keeps a mapping for tables with the same header. */
export async function keepMapping(workspace: string, table: Table, mapping: Mapping): Promise<void> {
	await withDatabase(workspace, (db) => saveMapping(db, headerSignature(table.columns), mapping));
}

/**
 * A table of events as a plain event file, row by row, each on the line that it has in the file. Stamps without an
 * offset are read in the mapping's zone.
 */
export function mappedEvents(signal: AbortSignal, table: Table, mapping: Mapping): ByteSource {
	return new SequentialSource(() => eventChunks(signal, table, mapping));
}

async function* eventChunks(signal: AbortSignal, table: Table, mapping: Mapping): AsyncGenerator<Uint8Array> {
	const { zone = 'UTC' } = mapping;
	const columns = eventColumns(table, mapping);
	const encoder = new TextEncoder();
	yield encoder.encode(csvRow(columns.map(({ header }) => csvText(header))));
	let line = 2;
	for await (const rows of table.rows(signal)) {
		let text = '';
		for (const row of rows) {
			// Empty lines are no rows: they keep the line of what follows.
			for (; line < row.line; line++) text += '\r\n';
			const cells = columns.map(({ header, index }) => {
				const cell = row.cells[index] ?? null;
				return header === 'timestamp' ? stampIn(cell, zone, mapping) : cellText(cell);
			});
			text += csvRow(cells.map((cell) => csvText(cell.replace(/[\r\n]+/g, ' '))));
			line++;
		}
		yield encoder.encode(text);
	}
}

/**
 * The columns of a table of events: those with a role under its name, and the others under their own headers, so that they
 * can be kept as columns of one's own. A header that says something else than its column is has to go.
 */
function eventColumns({ columns }: Table, { roles }: Mapping): { header: string; index: number }[] {
	const taken = new Set<string>(['', ...EVENT_COLUMNS]);
	return columns.flatMap((name, index) => {
		const role = roles[index] ?? '';
		if (role !== '') return [{ header: role, index }];
		const normal = normalName(name);
		if (taken.has(normal)) return [];
		taken.add(normal);
		return [{ header: name, index }];
	});
}

const HAS_OFFSET = /(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|\])$/i;

/** A stamp as event files have it; what is none stays as it is, to be rejected with its text. */
function stampIn(cell: Cell, zone: string, { dateOrder = 'ymd' }: Mapping): string {
	const text = cellText(cell).trim();
	const bytes = new TextEncoder().encode(text);
	let ms = parseTimestamp(bytes, 0, bytes.length);
	if (ms < 0) {
		const days = readDays(cell, dateOrder);
		if ('reason' in days || days.from !== days.to) return text;
		const time = /(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
		const [hour = 0, minute = 0, second = 0] = (time?.slice(1) ?? []).map((part) => Number(part ?? 0));
		ms = days.from * MS_PER_DAY + (hour * 3_600 + minute * 60 + second) * 1_000;
	}
	if (zone === 'UTC' || HAS_OFFSET.test(text) || /^\d+$/.test(text)) return new Date(ms).toISOString();
	const day = Math.floor(ms / MS_PER_DAY);
	const [start] = dayStarts(day, day, zone) as unknown as [number];
	return new Date(start + (ms - day * MS_PER_DAY)).toISOString();
}

async function withDatabase<T>(workspace: string, work: (db: WorkspaceDatabase) => Promise<T>): Promise<T> {
	const db = new WorkspaceDatabase(workspace);
	try {
		return await work(db);
	} finally {
		db.close();
	}
}
