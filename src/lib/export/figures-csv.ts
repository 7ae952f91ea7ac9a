import { csvRow, csvText } from '../model/csv-cell';
import type { Dimension } from '../model/event';
import type { FigureColumns } from '../model/figures';
import { EXPORT_METRICS, metricAt, type MetricId } from '../model/metric';
import type { Bucket, SeriesByMetric, PinAttributes } from '../model/answer';
import { CsvFile } from './csv-file';

/** Figures as CSV: by day, by Pin and by board. Numbers are plain; a metric without a value is an empty cell. */

/** @param daily per value of the split its figures by day; one without a value where there is no split */
export function dailyCsv(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly { readonly value: string | null; readonly figures: FigureColumns }[]
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['date', ...(split === null ? [] : [split]), ...EXPORT_METRICS]));
	buckets.forEach(({ day }, row) => {
		for (const { value, figures } of daily) {
			file.write(
				csvRow([day, ...(split === null ? [] : [csvText(value ?? '')]), ...metricCells(figures, row)])
			);
		}
	});
	return file.finish();
}

/** The same where reported figures have a part in it: what has no value is an empty cell. */
export function dailySeriesCsv(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly {
		readonly value: string | null;
		readonly byMetric: SeriesByMetric;
	}[]
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['date', ...(split === null ? [] : [split]), ...EXPORT_METRICS]));
	buckets.forEach(({ day }, row) => {
		for (const { value, byMetric } of daily) {
			const cells = EXPORT_METRICS.map((id) => String(byMetric[id].values[row] ?? ''));
			file.write(csvRow([day, ...(split === null ? [] : [csvText(value ?? '')]), ...cells]));
		}
	});
	return file.finish();
}

/** A row of an export of Pins or boards. */
interface FigureRow {
	/** Null where a metric has no value. */
	readonly figure: (metric: MetricId) => number | null;
}

export interface PinRow extends FigureRow {
	readonly pinId: string;
	readonly attributes: Pick<PinAttributes, 'title' | 'board' | 'format' | 'link'>;
}

export interface BoardRow extends FigureRow {
	readonly board: string;
	/** Null where only reports name the board. */
	readonly pins: number | null;
}

/** @param pins best first */
export function pinsCsv(pins: Iterable<PinRow>): Blob {
	const file = new CsvFile();
	file.write(csvRow(['rank', 'pin_id', 'pin_title', 'board', 'format', 'link', ...EXPORT_METRICS]));
	let rank = 0;
	for (const { pinId, attributes, figure } of pins) {
		const { title, board, format, link } = attributes;
		const texts = [pinId, title, board, format, link].map(csvText);
		file.write(csvRow([String(++rank), ...texts, ...cellsOf(figure)]));
	}
	return file.finish();
}

/** @param boards best first */
export function boardsCsv(boards: Iterable<BoardRow>): Blob {
	const file = new CsvFile();
	file.write(csvRow(['rank', 'board', 'pins', ...EXPORT_METRICS]));
	let rank = 0;
	for (const { board, pins, figure } of boards)
		file.write(csvRow([String(++rank), csvText(board), String(pins ?? ''), ...cellsOf(figure)]));
	return file.finish();
}

function metricCells(columns: FigureColumns, row: number): string[] {
	return cellsOf((metric) => metricAt(metric, columns, row));
}

function cellsOf(figure: FigureRow['figure']): string[] {
	return EXPORT_METRICS.map((id) => String(figure(id) ?? ''));
}
