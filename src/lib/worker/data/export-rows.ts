import type { Catalogue } from '../../columns/catalogue';
import { listBoards, listPins, type FullList, type ListData } from '../../engine/lists';
import type { Pace } from '../../engine/pace';
import type { Plan } from '../../engine/plan';
import type { ReportedColumns } from '../../engine/reported/reported-columns';
import type { BoardRow, PinRow, RowFigure } from '../../export/figure-tables';
import { inRowOrder } from '../../export/row-order';
import type { FigureColumns, FigureId } from '../../model/figures';
import { EXPORT_METRICS, metricAt, type MetricId } from '../../model/metric';
import type { Query } from '../../model/query';
import { segmentsOf, type ExportRange } from './export-range';
import { isOfEvents, type ReportedPart } from './reported-part';

/** What is known of Pins or boards in one range. */
class RowSide {
	/** Of what reports list; null where there is none. */
	readonly columns: ReportedColumns | null;
	readonly #figures: FigureColumns;
	readonly #counted: ReadonlySet<number>;
	readonly #isOfEvents: boolean;
	/** Metrics that are known of all days, as far as rows are listed. */
	readonly #exact: ReadonlySet<MetricId>;

	constructor(kind: 'pin' | 'board', { order, figures }: FullList, reported: ReportedPart | null) {
		const columns = (this.columns = reported?.columns(kind) ?? null);
		this.#figures = figures;
		this.#counted = new Set(order);
		this.#isOfEvents = isOfEvents(reported);
		const days = reported?.days.reported ?? [];
		this.#exact = new Set(EXPORT_METRICS.filter((metric) => columns?.isExactOn(metric, days) ?? true));
	}

	/** @param number among Pins or boards of events; -1 where there is none */
	figure(id: string, number: number): RowFigure {
		const { columns } = this;
		const figures = this.#figures;
		if (!columns) return (metric) => metricAt(metric, figures, number);
		const isCounted = this.#isOfEvents || this.#counted.has(number);
		const events = isCounted ? (figure: FigureId) => figures[figure][number] ?? 0 : null;
		return (metric) => columns.figure(metric, id, events)?.value ?? null;
	}

	/** The same for a column of what was: only what is known of all days. */
	before(id: string, number: number): RowFigure {
		const figure = this.figure(id, number);
		return (metric) => (this.#exact.has(metric) ? figure(metric) : null);
	}

	/** Ids that reports alone may name. */
	get reportedIds(): readonly string[] {
		return this.columns ? [...this.columns.ids] : [];
	}
}

/** Lists the Pins or boards of a range, and of the one that it is compared with. */
async function sidesOf<List extends FullList>(
	kind: 'pin' | 'board',
	listOf: (pace: Pace, query: Query, plan: Plan, data: ListData) => Promise<List>,
	pace: Pace,
	catalogue: Catalogue,
	own: ExportRange,
	before: ExportRange | null
) {
	const read = async (range: ExportRange) => {
		const segments = await segmentsOf(range);
		const list = await listOf(pace, range.query, range.plan, { catalogue, segments });
		return { list, side: new RowSide(kind, list, range.data.reported ?? null) };
	};
	const now = await read(own);
	const then = before && (await read(before));
	return { now, then, ranges: then ? [now, then] : [now] };
}

/** Whether rows have to be put in order: those of events alone are. */
function needsOrder(sides: readonly RowSide[]): boolean {
	return sides.length > 1 || sides.some(({ columns }) => columns?.isEmpty === false);
}

/** Pins of events and of reports, best first; those of either range. */
export async function pinRows(pace: Pace, own: ExportRange, before: ExportRange | null): Promise<PinRow[]> {
	const catalogue = await own.data.catalogue();
	const { now, then, ranges } = await sidesOf('pin', listPins, pace, catalogue, own, before);
	const ids = new Set(ranges.flatMap(({ list }) => list.order.map((number) => catalogue.pinId(number))));
	for (const { side } of ranges) for (const id of side.reportedIds) ids.add(id);
	const rows = [...ids].map((pinId): PinRow => {
		const number = catalogue.pinNumber(pinId);
		return {
			pinId,
			attributes: catalogue.pin(number),
			figure: now.side.figure(pinId, number),
			before: then && then.side.before(pinId, number)
		};
	});
	if (!needsOrder(ranges.map(({ side }) => side))) return rows;
	return inRowOrder(rows, own.query.sort, own.query.order ?? 'value', ({ pinId }) => pinId);
}

/** Boards of events and of reports, best first; those of either range. */
export async function boardRows(
	pace: Pace,
	own: ExportRange,
	before: ExportRange | null
): Promise<BoardRow[]> {
	const catalogue = await own.data.catalogue();
	const { names } = catalogue.boards;
	const known = own.data.reported ?? before?.data.reported ?? null;
	const { now, then, ranges } = await sidesOf('board', listBoards, pace, catalogue, own, before);
	const boards = new Map<string, string>();
	for (const { list } of ranges) {
		for (const number of list.order) {
			const board = names[number] as string;
			boards.set(board, known?.boards.idOf(board) ?? board);
		}
	}
	for (const { side } of ranges) {
		for (const id of side.reportedIds) {
			const board = known!.boards.nameOf(id);
			if (!boards.has(board)) boards.set(board, id);
		}
	}
	const numbers = new Map(names.map((name, number) => [name, number]));
	const isCounted = new Set(now.list.order);
	const nothing = isOfEvents(own.data.reported ?? null) ? 0 : null;
	const rows = [...boards].map(([board, id]): BoardRow => {
		const number = numbers.get(board) ?? -1;
		return {
			board,
			pins: isCounted.has(number) ? (now.list.pins[number] as number) : nothing,
			figure: now.side.figure(id, number),
			before: then && then.side.before(id, number)
		};
	});
	if (!needsOrder(ranges.map(({ side }) => side))) return rows;
	return inRowOrder(rows, own.query.sort, own.query.order ?? 'value', ({ board }) => board);
}
