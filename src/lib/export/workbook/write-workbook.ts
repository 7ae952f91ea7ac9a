import { MOST_WORKBOOK_EVENTS, type WorkbookProgress, type WorkbookWords } from '../../model/made-export';
import { OWN_CSV_KINDS, type OwnCsvKind } from '../../model/own-words';
import type { ExportKind, TableKind } from '../../model/query';
import { columnsOf, type Column, type Row, type Table } from '../table';
import { WorkbookFile } from './workbook-file';

/** Events in the order of their sheet. */
export interface EventBatches {
	readonly columns: readonly Column[];
	/** Some rows at a time; the fraction of all events that they end at, from 0 to 1. */
	readonly batches: AsyncIterable<{ readonly rows: readonly Row[]; readonly fraction: number }>;
}

/** Where the tables of a workbook come from. */
export interface WorkbookSource {
	/** Null where nothing is stored that it would be made of. */
	table(kind: TableKind | OwnCsvKind): Promise<Table | null>;
	/** Null where there are more than `most`. */
	events(most: number): Promise<EventBatches | null>;
}

/** After so many rows others get their turn, and an abort is noticed. */
const ROWS_A_TURN = 2_048;

/**
 * All tables that an archive of everything has, as sheets of a workbook; what the filters are comes first.
 * @param pace called between steps; throws where the workbook is no longer wanted
 * @param tell gets the table that is being written, and how far it is, from 0 to 1
 */
export async function writeWorkbook(
	pace: () => Promise<void> | void,
	source: WorkbookSource,
	kinds: readonly ExportKind[],
	words: WorkbookWords,
	tell: (progress: WorkbookProgress) => void
): Promise<Blob> {
	const events = kinds.includes('events') ? await source.events(MOST_WORKBOOK_EVENTS) : null;
	const file = new WorkbookFile();
	const { sheets, filters, tooManyEvents } = words;
	file.begin(sheets.filters, columnsOf('text', ['filter', 'value']));
	file.write(filters);
	if (kinds.includes('events') && !events) file.write([['events', tooManyEvents]]);
	for (const kind of kinds) {
		tell({ kind, fraction: null });
		if (kind !== 'events') await writeTable(pace, file, sheets[kind], await source.table(kind));
		else if (events) {
			file.begin(sheets.events, events.columns);
			for await (const { rows, fraction } of events.batches) {
				await pace();
				file.write(rows);
				tell({ kind, fraction });
			}
		}
	}
	for (const kind of OWN_CSV_KINDS) await writeTable(pace, file, sheets[kind], await source.table(kind));
	return file.finish();
}

async function writeTable(
	pace: () => Promise<void> | void,
	file: WorkbookFile,
	name: string,
	table: Table | null
): Promise<void> {
	if (!table) return;
	file.begin(name, table.columns);
	let rows: Row[] = [];
	for (const row of table.rows) {
		if (rows.push(row) < ROWS_A_TURN) continue;
		file.write(rows);
		rows = [];
		await pace();
	}
	file.write(rows);
}
