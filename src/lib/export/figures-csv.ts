import type { Catalogue } from '../columns/catalogue';
import { csvRow, csvText } from '../model/csv-cell';
import type { Dimension } from '../model/event';
import { figuresAt, type FigureColumns } from '../model/figures';
import { EXPORT_METRICS, metricValue, type MetricId } from '../model/metric';
import type { Bucket } from '../model/query';
import type { MetricSeries } from '../model/reported';
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
export function dailyCoursesCsv(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly {
		readonly value: string | null;
		readonly courses: Readonly<Record<MetricId, MetricSeries>>;
	}[]
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['date', ...(split === null ? [] : [split]), ...EXPORT_METRICS]));
	buckets.forEach(({ day }, row) => {
		for (const { value, courses } of daily) {
			const cells = EXPORT_METRICS.map((id) => String(courses[id].values[row] ?? ''));
			file.write(csvRow([day, ...(split === null ? [] : [csvText(value ?? '')]), ...cells]));
		}
	});
	return file.finish();
}

/** @param order the Pins' numbers, best first; `figures` go by number */
export function pinsCsv(
	catalogue: Pick<Catalogue, 'pinId' | 'pin'>,
	order: readonly number[],
	figures: FigureColumns
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['rank', 'pin_id', 'pin_title', 'board', 'format', 'link', ...EXPORT_METRICS]));
	order.forEach((number, i) => {
		const pin = catalogue.pin(number);
		const texts = [catalogue.pinId(number), pin.title, pin.board, pin.format, pin.link].map(csvText);
		file.write(csvRow([String(i + 1), ...texts, ...metricCells(figures, number)]));
	});
	return file.finish();
}

/** @param pins per board, how many of its Pins have an event that passes */
export function boardsCsv(
	catalogue: { readonly boards: Pick<Catalogue['boards'], 'names'> },
	order: readonly number[],
	figures: FigureColumns,
	pins: Uint32Array
): Blob {
	const file = new CsvFile();
	file.write(csvRow(['rank', 'board', 'pins', ...EXPORT_METRICS]));
	order.forEach((number, i) => {
		const name = csvText(catalogue.boards.names[number] as string);
		file.write(csvRow([String(i + 1), name, String(pins[number]), ...metricCells(figures, number)]));
	});
	return file.finish();
}

function metricCells(columns: FigureColumns, row: number): string[] {
	const figures = figuresAt(columns, row);
	return EXPORT_METRICS.map((id) => String(metricValue(id, figures) ?? ''));
}
