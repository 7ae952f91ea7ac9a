import type { Bucket, PinAttributes } from '../model/answer';
import { csvRow, csvText } from '../model/csv-cell';
import type { Dimension } from '../model/dimension';
import { EXPORT_METRICS, type MetricId } from '../model/metric';
import { CsvFile } from './csv-file';

/**
 * Figures as CSV: by day, by Pin and by board. Numbers are plain; a metric without a value is an empty cell. Beside other
 * days each metric is followed by what it was.
 */

/** Null where a metric has no value. */
export type RowFigure = (metric: MetricId) => number | null;

/** The figures of one value of the split, or of all, by day. */
export interface DailyValues {
	/** Null where there is no split. */
	readonly value: string | null;
	/** @param day its place in the range */
	readonly figure: (metric: MetricId, day: number) => number | null;
}

/** The days that are compared with. */
export interface DailyBefore {
	readonly days: number;
	/** Days stand beside those of the same place. */
	readonly figure: (value: string | null, metric: MetricId, day: number) => number | null;
}

/** @param daily per value of the split its figures; one without a value where there is no split */
export function dailyCsv(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly DailyValues[],
	before: DailyBefore | null = null
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['date', ...(split === null ? [] : [split]), ...metricColumns(before !== null)]));
	buckets.forEach(({ day }, place) => {
		for (const { value, figure } of daily) {
			const then =
				before && ((metric: MetricId) => (place < before.days ? before.figure(value, metric, place) : null));
			const cells = cellsOf((metric) => figure(metric, place), then);
			file.write(csvRow([day, ...(split === null ? [] : [csvText(value ?? '')]), ...cells]));
		}
	});
	return file.finish();
}

/** A row of an export of Pins or boards. */
export interface FigureRow {
	readonly figure: RowFigure;
	/** In the days that are compared with; null where nothing is. */
	readonly before: RowFigure | null;
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

/**
 * @param pins best first
 * @param isCompared whether they are beside other days
 */
export function pinsCsv(pins: Iterable<PinRow>, isCompared: boolean): Blob {
	const file = new CsvFile();
	file.write(
		csvRow(['rank', 'pin_id', 'pin_title', 'board', 'format', 'link', ...metricColumns(isCompared)])
	);
	let rank = 0;
	for (const { pinId, attributes, figure, before } of pins) {
		const { title, board, format, link } = attributes;
		const texts = [pinId, title, board, format, link].map(csvText);
		file.write(csvRow([String(++rank), ...texts, ...cellsOf(figure, before)]));
	}
	return file.finish();
}

/** The same of boards. */
export function boardsCsv(boards: Iterable<BoardRow>, isCompared: boolean): Blob {
	const file = new CsvFile();
	file.write(csvRow(['rank', 'board', 'pins', ...metricColumns(isCompared)]));
	let rank = 0;
	for (const { board, pins, figure, before } of boards)
		file.write(csvRow([String(++rank), csvText(board), String(pins ?? ''), ...cellsOf(figure, before)]));
	return file.finish();
}

function metricColumns(isCompared: boolean): string[] {
	return EXPORT_METRICS.flatMap((id) => (isCompared ? [id, `${id}_before`] : [id]));
}

function cellsOf(figure: RowFigure, before: RowFigure | null): string[] {
	return EXPORT_METRICS.flatMap((id) => {
		const cell = String(figure(id) ?? '');
		return before ? [cell, String(before(id) ?? '')] : [cell];
	});
}
