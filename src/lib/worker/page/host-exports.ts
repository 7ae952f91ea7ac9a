import type { HostEngine } from '../../clickhouse/engine';
import type { HostEvent } from '../../clickhouse/events';
import { CsvFile, csvHead, csvOf, csvStretchOf } from '../../export/csv-file';
import { decimal, eventColumns } from '../../export/event-cells';
import {
	boardsTable,
	dailyTable,
	pinsTable,
	type DailyValues,
	type FigureRow,
	type RowFigure
} from '../../export/figure-tables';
import { inRowOrder } from '../../export/row-order';
import type { Column, Row, Table } from '../../export/table';
import type { EventBatches } from '../../export/workbook/write-workbook';
import { axisOf } from '../../model/axis';
import { csvRow } from '../../model/csv-cell';
import { NATIVE_DIMENSIONS } from '../../model/event';
import { emptyFigureColumns, type FigureColumns, type Figures } from '../../model/figures';
import { metricAt, metricValue } from '../../model/metric';
import type { PinAttributes } from '../../model/answer';
import type { ExportKind, Query, TableKind } from '../../model/query';

/**
 * The files of exports, from what a host answers. `tell` gets how far it is, from 0 to 1.
 * @param compared the same question of the days that are compared with; null where nothing is
 */
export async function exportFromHost(
	signal: AbortSignal,
	engine: HostEngine,
	kind: ExportKind,
	query: Query,
	compared: Query | null,
	tell: (fraction: number) => void
): Promise<Blob | null> {
	if (kind === 'events') return eventsCsv(signal, engine, query, tell);
	const table = await tableFromHost(signal, engine, kind, query, compared);
	return table && csvOf(table);
}

/** The same as a table. */
export async function tableFromHost(
	signal: AbortSignal,
	engine: HostEngine,
	kind: TableKind,
	query: Query,
	compared: Query | null
): Promise<Table | null> {
	switch (kind) {
		case 'daily': {
			const { buckets } = axisOf(query.filter, 'day');
			const daily = dailyValues(await engine.daily(signal, query));
			if (!compared) return dailyTable(buckets, query.split, daily);
			const then = dailyValues(await engine.daily(signal, compared));
			const byValue = new Map(then.map(({ value, figure }) => [value, figure]));
			return dailyTable(buckets, query.split, daily, {
				days: axisOf(compared.filter, 'day').buckets.length,
				figure: (value, metric, day) => byValue.get(value)?.(metric, day) ?? 0
			});
		}
		case 'pins': {
			const rows = besideBefore(
				await engine.allPins(signal, query),
				compared && (await engine.allPins(signal, compared)),
				query,
				({ pinId }) => pinId
			);
			const pins = rows.map(({ row, ...figures }) => ({ pinId: row.pinId, attributes: row, ...figures }));
			return pinsTable(pins, compared !== null);
		}
		case 'boards': {
			const rows = besideBefore(
				await engine.allBoards(signal, query),
				compared && (await engine.allBoards(signal, compared)),
				query,
				({ board }) => board
			);
			const boards = rows.map(({ row, isGone, ...figures }) => ({
				board: row.board,
				pins: isGone ? 0 : row.pins,
				...figures
			}));
			return boardsTable(boards, compared !== null);
		}
		case 'people':
		case 'retention':
		case 'reported':
		case 'ads':
		case 'insights':
		case 'directory':
			return null; // a host holds events
	}
}

function dailyValues(
	daily: readonly { readonly value: string | null; readonly figures: FigureColumns }[]
): DailyValues[] {
	return daily.map(({ value, figures }) => ({
		value,
		figure: (metric, day) => metricAt(metric, figures, day)
	}));
}

interface Listed {
	readonly figures: Figures;
}

/** A row with its figures; one that is gone has the attributes of before. */
interface ListedBeside<Row> extends FigureRow {
	readonly row: Row;
	readonly isGone: boolean;
}

/** Rows of either range in the order of the query. */
function besideBefore<Row extends Listed>(
	now: readonly Row[],
	then: readonly Row[] | null,
	{ sort, order = 'value' }: Query,
	nameOf: (row: Row) => string
): ListedBeside<Row>[] {
	if (!then) return now.map((row) => ({ row, isGone: false, figure: figureOf(row), before: null }));
	const before = new Map(then.map((row) => [nameOf(row), row]));
	const isThere = new Set(now.map(nameOf));
	const gone = then.filter((row) => !isThere.has(nameOf(row)));
	const rows = [
		...now.map((row) => ({
			row,
			isGone: false,
			figure: figureOf(row),
			before: figureOf(before.get(nameOf(row)))
		})),
		...gone.map((row) => ({ row, isGone: true, figure: figureOf(undefined), before: figureOf(row) }))
	];
	return inRowOrder(rows, sort, order, ({ row }) => nameOf(row));
}

/** A row that does not occur is nothing. */
function figureOf(row: Listed | undefined): RowFigure {
	return (metric) => (row ? metricValue(metric, row.figures) : metricAt(metric, NO_FIGURES, 0));
}

const NO_FIGURES = emptyFigureColumns(1);

const EVENT_COLUMNS: readonly Column[] = eventColumns();

async function eventsCsv(
	signal: AbortSignal,
	engine: HostEngine,
	query: Query,
	tell: (fraction: number) => void
): Promise<Blob> {
	const attributes = await engine.attributes(signal, query);
	const file = new CsvFile();
	file.write(csvHead(EVENT_COLUMNS));
	const cellsOf = csvStretchOf(EVENT_COLUMNS);
	for await (const { events, fraction } of engine.events(signal, query)) {
		for (const event of events)
			file.write(csvRow([cellsOf(eventRow(event, attributes.get(event.pinId)), 0)]));
		tell(fraction);
	}
	return file.finish();
}

/** The events that pass, some rows at a time; null where there are more than `most`. */
export async function eventsFromHost(
	signal: AbortSignal,
	engine: HostEngine,
	query: Query,
	most: number
): Promise<EventBatches | null> {
	const pieces = engine.events(signal, query);
	const first = await pieces.next();
	if (!first.done && first.value.all > most) return null;
	const attributes = await engine.attributes(signal, query);
	async function* batches(): AsyncGenerator<{ rows: readonly Row[]; fraction: number }> {
		for (let next = first; !next.done; next = await pieces.next()) {
			const { events, fraction } = next.value;
			yield { rows: events.map((event) => eventRow(event, attributes.get(event.pinId))), fraction };
		}
	}
	return { columns: EVENT_COLUMNS, batches: batches() };
}

function eventRow(event: HostEvent, attributes: PinAttributes | undefined): Row {
	const { title, board, link, imageUrl, createdAt } = attributes ?? NO_ATTRIBUTES;
	return [
		new Date(event.timeMs).toISOString(),
		event.event,
		event.pinId,
		event.userId,
		...NATIVE_DIMENSIONS.map((dimension) => event.values[dimension]),
		event.count,
		decimal(event.watchMs, 3),
		decimal(event.viewHundredths, 2),
		decimal(event.playedHundredths, 2),
		title,
		board,
		link,
		imageUrl,
		createdAt
	];
}

const NO_ATTRIBUTES = { title: '', board: '', link: '', imageUrl: '', createdAt: '' };
