import type { Pace } from '../../engine/pace';
import { CsvFile, csvHead, csvOf, csvStretchOf } from '../../export/csv-file';
import { csvRow } from '../../model/csv-cell';
import type { ExportKind } from '../../model/query';
import type { ExportRange } from './export-range';
import { exportTable, exportedEvents } from './export-tables';

/**
 * What the engine finds, as the file that an export is. `tell` gets how far it is, from 0 to 1.
 * @param before the same question of the days that are compared with; null where nothing is
 * @returns null where nothing is stored that the file would be made of: reported figures, insights, directories
 */
export async function exportCsv(
	pace: Pace,
	tell: (fraction: number) => void,
	kind: ExportKind,
	range: ExportRange,
	before: ExportRange | null
): Promise<Blob | null> {
	if (kind === 'events') return eventsCsv(pace, tell, range);
	const table = await exportTable(pace, kind, range, before);
	return table && csvOf(table);
}

async function eventsCsv(pace: Pace, tell: (fraction: number) => void, range: ExportRange): Promise<Blob> {
	const { cells, selections } = await exportedEvents(pace, range, csvStretchOf);
	const file = new CsvFile();
	file.write(csvHead(cells.columns));
	let days = 0;
	for await (const { segmentOf, rows, length } of selections()) {
		for (let i = 0; i < length; i++) file.write(csvRow(cells.row(segmentOf[i] as number, rows[i] as number)));
		tell(++days / range.plan.buckets.length);
	}
	return file.finish();
}
