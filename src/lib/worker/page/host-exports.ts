import type { HostEngine } from '../../clickhouse/engine';
import type { HostEvent } from '../../clickhouse/events';
import { CsvFile } from '../../export/csv-file';
import { decimal } from '../../export/events-csv';
import {
	boardsCsv,
	dailyCsv,
	pinsCsv,
	type DailyValues,
	type FigureRow,
	type RowFigure
} from '../../export/figures-csv';
import { inRowOrder } from '../../export/row-order';
import { axisOf } from '../../model/axis';
import { csvRow, csvText } from '../../model/csv-cell';
import { EVENT_COLUMNS } from '../../model/event';
import { emptyFigureColumns, type FigureColumns, type Figures } from '../../model/figures';
import { metricAt, metricValue } from '../../model/metric';
import type { PinAttributes } from '../../model/answer';
import type { ExportKind, Query } from '../../model/query';

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
	switch (kind) {
		case 'daily': {
			const { buckets } = axisOf(query.filter, 'day');
			const daily = dailyValues(await engine.daily(signal, query));
			if (!compared) return dailyCsv(buckets, query.split, daily);
			const then = dailyValues(await engine.daily(signal, compared));
			const byValue = new Map(then.map(({ value, figure }) => [value, figure]));
			return dailyCsv(buckets, query.split, daily, {
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
			return pinsCsv(pins, compared !== null);
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
			return boardsCsv(boards, compared !== null);
		}
		case 'events':
			return eventsCsv(signal, engine, query, tell);
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

async function eventsCsv(
	signal: AbortSignal,
	engine: HostEngine,
	query: Query,
	tell: (fraction: number) => void
): Promise<Blob> {
	const attributes = await engine.attributes(signal, query);
	const file = new CsvFile();
	file.write(csvRow(EVENT_COLUMNS));
	for await (const { events, fraction } of engine.events(signal, query)) {
		for (const event of events) file.write(eventRow(event, attributes.get(event.pinId)));
		tell(fraction);
	}
	return file.finish();
}

function eventRow(event: HostEvent, attributes: PinAttributes | undefined): string {
	const { content_type, source, device, account, format } = event.values;
	const { title, board, link, imageUrl, createdAt } = attributes ?? NO_ATTRIBUTES;
	return csvRow([
		new Date(event.timeMs).toISOString(),
		event.event,
		...[event.pinId, event.userId, content_type, source, device, account, format].map(csvText),
		String(event.count),
		decimal(event.watchMs, 3),
		decimal(event.viewHundredths, 2),
		decimal(event.playedHundredths, 2),
		...[title, board, link, imageUrl, createdAt].map(csvText)
	]);
}

const NO_ATTRIBUTES = { title: '', board: '', link: '', imageUrl: '', createdAt: '' };
