import type { Bucket, PinAttributes } from '../model/answer';
import type { Dimension } from '../model/dimension';
import { EXPORT_METRICS, METRICS, type MetricId } from '../model/metric';
import { columnsOf, type Cell, type Column, type ColumnType, type Row, type Table } from './table';

/**
 * Figures by day, by Pin and by board. A metric without a value is an empty cell. Beside other
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
export function dailyTable(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly DailyValues[],
	before: DailyBefore | null = null
): Table {
	const columns: Column[] = [
		{ name: 'date', type: 'day' },
		...(split === null ? [] : columnsOf('text', [split])),
		...metricColumns(before !== null)
	];
	return { columns, rows: dailyRows(buckets, split, daily, before) };
}

function* dailyRows(
	buckets: readonly Bucket[],
	split: Dimension | null,
	daily: readonly DailyValues[],
	before: DailyBefore | null
): Generator<Row> {
	for (const [place, { day }] of buckets.entries()) {
		for (const { value, figure } of daily) {
			const then =
				before && ((metric: MetricId) => (place < before.days ? before.figure(value, metric, place) : null));
			const cells = cellsOf((metric) => figure(metric, place), then);
			yield [day, ...(split === null ? [] : [value]), ...cells];
		}
	}
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
export function pinsTable(pins: Iterable<PinRow>, isCompared: boolean): Table {
	const columns: Column[] = [
		{ name: 'rank', type: 'number' },
		{ name: 'pin_id', type: 'id' },
		...columnsOf('text', ['pin_title', 'board', 'format', 'link']),
		...metricColumns(isCompared)
	];
	return { columns, rows: pinRows(pins) };
}

function* pinRows(pins: Iterable<PinRow>): Generator<Row> {
	let rank = 0;
	for (const { pinId, attributes, figure, before } of pins) {
		const { title, board, format, link } = attributes;
		yield [++rank, pinId, title, board, format, link, ...cellsOf(figure, before)];
	}
}

/** The same of boards. */
export function boardsTable(boards: Iterable<BoardRow>, isCompared: boolean): Table {
	const columns: Column[] = [
		{ name: 'rank', type: 'number' },
		{ name: 'board', type: 'text' },
		{ name: 'pins', type: 'number' },
		...metricColumns(isCompared)
	];
	return { columns, rows: boardRows(boards) };
}

function* boardRows(boards: Iterable<BoardRow>): Generator<Row> {
	let rank = 0;
	for (const { board, pins, figure, before } of boards)
		yield [++rank, board, pins, ...cellsOf(figure, before)];
}

function metricColumns(isCompared: boolean): Column[] {
	return EXPORT_METRICS.flatMap((id) =>
		columnsOf(metricColumnType(id), isCompared ? [id, `${id}_before`] : [id])
	);
}

/** What cells with a metric hold. */
export function metricColumnType(metric: MetricId): ColumnType {
	return METRICS[metric].unit === 'fraction' ? 'share' : 'number';
}

function cellsOf(figure: RowFigure, before: RowFigure | null): Cell[] {
	return EXPORT_METRICS.flatMap((id) => (before ? [figure(id), before(id)] : [figure(id)]));
}
