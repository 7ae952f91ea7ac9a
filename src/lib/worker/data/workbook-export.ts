import type { Pace } from '../../engine/pace';
import type { Row } from '../../export/table';
import { writeWorkbook, type EventBatches } from '../../export/workbook/write-workbook';
import type { WorkbookProgress, WorkbookRequest } from '../../model/made-export';
import type { WorkspaceDatabase } from '../../store/database';
import { paceOf } from '../threads/pacing';
import { exportRanges } from './export-file';
import type { ExportRange } from './export-range';
import { exportTable, exportedEvents } from './export-tables';
import { ownTable } from './own-words';
import type { StoredData } from './stored-data';

/** The workbook of an export out of what is stored. Fetched when the first one is wanted. */
export function workbookFile(
	db: WorkspaceDatabase,
	stored: StoredData,
	signal: AbortSignal,
	{ kinds, query, compared, words }: WorkbookRequest,
	tell: (progress: WorkbookProgress) => void
): Promise<Blob> {
	return stored.withoutDamage(async () => {
		const pace = paceOf(signal);
		const { range, before } = await exportRanges(db, stored, signal, { query, compared });
		const source = {
			table: (kind: Parameters<typeof exportTable>[1] | Parameters<typeof ownTable>[2]) =>
				kind === 'notes' || kind === 'labels'
					? ownTable(db, stored, kind)
					: exportTable(pace, kind, range, before),
			events: (most: number) => eventBatches(pace, range, most)
		};
		return writeWorkbook(pace, source, kinds, words, tell);
	});
}

/** Rows that are made at a time. */
const ROWS_A_BATCH = 4_096;

/** The events of a range, some rows at a time; null where there are more than `most`. */
export async function eventBatches(
	pace: Pace,
	range: ExportRange,
	most: number
): Promise<EventBatches | null> {
	const { cells, selections } = await exportedEvents(pace, range, () => (row) => row);
	let count = 0;
	for await (const { length } of selections()) {
		count += length;
		if (count > most) return null;
	}
	async function* batches(): AsyncGenerator<{ rows: readonly Row[]; fraction: number }> {
		let done = 0;
		for await (const { segmentOf, rows, length } of selections()) {
			for (let first = 0; first < length; first += ROWS_A_BATCH) {
				const made: Row[] = [];
				for (let i = first; i < Math.min(first + ROWS_A_BATCH, length); i++)
					made.push(cells.row(segmentOf[i] as number, rows[i] as number).flat());
				done += made.length;
				yield { rows: made, fraction: done / count };
			}
		}
	}
	return { columns: cells.columns, batches: batches() };
}
