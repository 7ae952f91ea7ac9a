import type { Segment } from '../../columns/segment';
import type { TextBlocks } from '../../columns/text-blocks';
import type { EngineData } from '../../engine/engine-data';
import { pinMask } from '../../engine/pin-mask';
import { ownTaskOf } from '../../engine/own-values';
import { compileFilter } from '../../engine/combinations';
import { dailyFigures } from '../../engine/daily';
import { dailyByLabel, isByLabel } from '../../engine/label-split';
import { listBoards, listPins, type FullList } from '../../engine/lists';
import { narrowed } from '../../engine/scanner';
import type { Pace } from '../../engine/pace';
import type { Plan } from '../../engine/plan';
import { selectEvents, type EventSelection } from '../../engine/select-events';
import { adsTable } from '../../export/ads-table';
import { directoryTable } from '../../export/directory-table';
import {
	boardsTable,
	dailyTable,
	pinsTable,
	type BoardRow,
	type DailyBefore,
	type DailyValues,
	type PinRow,
	type RowFigure
} from '../../export/figure-tables';
import { EventCells, type StretchOf } from '../../export/event-cells';
import { insightsTable } from '../../export/insights-table';
import { peopleTable, retentionTable } from '../../export/people-tables';
import { inRowOrder } from '../../export/row-order';
import { reportedTable, type ReportedRow } from '../../export/reported-table';
import type { Column, Table } from '../../export/table';
import type { ReportedColumns } from '../../engine/reported/reported-columns';
import type { AdsTables } from '../../model/ads';
import type { ListedPin } from '../../model/directory';
import type { FigureColumns, FigureId } from '../../model/figures';
import type { InsightsSnapshot } from '../../model/insights';
import type { PeopleFigures } from '../../model/people';
import type { Query, TableKind } from '../../model/query';
import { EXPORT_METRICS, metricAt, type MetricId } from '../../model/metric';
import type { FactSource } from '../../model/reported';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import type { ReportedPart } from './reported-part';

/** What is stored, and what exports alone read of it. */
export interface ExportData extends EngineData {
	readonly readSegments: () => Promise<readonly Segment[]>;
	readonly readUserIds: () => Promise<TextBlocks>;
	/** What is reported, and its part in the query; null where there is none. */
	readonly facts?: ResolvedFacts | null;
	readonly reported?: ReportedPart | null;
	/** What reports say of ads in the query's days; not set where its filters let no paid content pass. */
	readonly readAds?: () => Promise<AdsTables>;
	/** Who is new and who comes back; not set where the question is not about events. */
	readonly readPeople?: (compared: Query | null) => Promise<PeopleFigures>;
	/** Audience insights in the order of their import, and what directories say; nothing where they are not set. */
	readonly readSnapshots?: () => Promise<readonly InsightsSnapshot[]>;
	readonly readDirectory?: () => Promise<readonly ListedPin[]>;
}

/** A question, and what answers it. */
export interface ExportRange {
	readonly query: Query;
	/** By day. */
	readonly plan: Plan;
	readonly data: ExportData;
}

/**
 * What the engine finds, as the table that is exported.
 * @param before the same question of the days that are compared with; null where nothing is
 * @returns null where nothing is stored that the table would be made of: reported figures, insights, directories
 */
export async function exportTable(
	pace: Pace,
	kind: TableKind,
	range: ExportRange,
	before: ExportRange | null
): Promise<Table | null> {
	const { query, plan, data } = range;
	switch (kind) {
		case 'people': {
			const people = await data.readPeople?.(before?.query ?? null);
			return people?.isAnyNamed ? peopleTable(people.now, people.before) : null;
		}
		case 'retention': {
			const people = await data.readPeople?.(null);
			return people?.isAnyNamed ? retentionTable(people.retention) : null;
		}
		case 'reported':
			return reportedTable(reportedRows(data.facts ?? null));
		case 'ads':
			return data.readAds ? adsTable(await data.readAds()) : null;
		case 'insights':
			return insightsTable((await data.readSnapshots?.()) ?? []);
		case 'directory':
			return directoryTable((await data.readDirectory?.()) ?? []);
		case 'daily': {
			const daily = await dailyValues(pace, range);
			return dailyTable(plan.buckets, query.split, daily, before && (await dailyBefore(pace, before)));
		}
		case 'pins':
			return pinsTable(await pinRows(pace, range, before), before !== null);
		case 'boards':
			return boardsTable(await boardRows(pace, range, before), before !== null);
	}
}

/** The events that pass, and what is written of them. */
export interface ExportedEvents<Stretch> {
	readonly cells: EventCells<Stretch>;
	/** Oldest first, a day at a time. */
	readonly selections: () => AsyncIterable<EventSelection>;
}

/** @param stretchOf what is written of cells, given all columns */
export async function exportedEvents<Stretch>(
	pace: Pace,
	range: ExportRange,
	stretchOf: (columns: readonly Column[]) => StretchOf<Stretch>
): Promise<ExportedEvents<Stretch>> {
	const { query, plan, data } = range;
	const catalogue = await data.catalogue();
	const segments = await segmentsOf(range);
	const filter = compileFilter(query.filter, catalogue.accounts);
	return {
		cells: new EventCells(catalogue, await data.readUserIds(), data.own, segments, stretchOf),
		selections: () => selectEvents(pace, plan, segments, filter)
	};
}

async function segmentsOf({ query, data }: ExportRange): Promise<readonly Segment[]> {
	const own = ownTaskOf(query.filter, data.own);
	return narrowed(await data.readSegments(), await pinMask(query, data), own);
}

async function dailyValues(pace: Pace, { query, plan, data }: ExportRange): Promise<DailyValues[]> {
	const daily = await (isByLabel(query) ? dailyByLabel : dailyFigures)(query, plan, data);
	if (!data.reported)
		return daily.map(({ value, figures }) => ({
			value,
			figure: (metric, day) => metricAt(metric, figures, day)
		}));
	return (await data.reported.daily(pace, daily)).map(({ value, byMetric }) => ({
		value,
		figure: (metric, day) => byMetric[metric].values[day] ?? null
	}));
}

/** A value of the split that does not occur in these days is nothing there, as far as events cover all of them. */
async function dailyBefore(pace: Pace, before: ExportRange): Promise<DailyBefore> {
	const byValue = new Map((await dailyValues(pace, before)).map(({ value, figure }) => [value, figure]));
	const nothing = isOfEvents(before.data.reported ?? null) ? 0 : null;
	return {
		days: before.plan.buckets.length,
		figure: (value, metric, day) => {
			const figure = byValue.get(value);
			return figure ? figure(metric, day) : nothing;
		}
	};
}

function isOfEvents(reported: ReportedPart | null): boolean {
	return reported === null || reported.days.reported.length === 0;
}

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
		this.#exact = new Set(
			EXPORT_METRICS.filter(
				(metric) => !columns || (columns.period === null && columns.isKnownOn(metric, days))
			)
		);
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

/** Whether rows have to be put in order: those of events alone are. */
function needsOrder(sides: readonly RowSide[]): boolean {
	return sides.length > 1 || sides.some(({ columns }) => columns?.isEmpty === false);
}

/** Pins of events and of reports, best first; those of either range. */
async function pinRows(pace: Pace, own: ExportRange, before: ExportRange | null): Promise<PinRow[]> {
	const catalogue = await own.data.catalogue();
	const read = async (range: ExportRange) => {
		const segments = await segmentsOf(range);
		const list = await listPins(pace, range.query, range.plan, { catalogue, segments });
		return { list, side: new RowSide('pin', list, range.data.reported ?? null) };
	};
	const now = await read(own);
	const then = before && (await read(before));
	const ranges = then ? [now, then] : [now];
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

/** The same of boards. */
async function boardRows(pace: Pace, own: ExportRange, before: ExportRange | null): Promise<BoardRow[]> {
	const catalogue = await own.data.catalogue();
	const { names } = catalogue.boards;
	const known = own.data.reported ?? before?.data.reported ?? null;
	const read = async (range: ExportRange) => {
		const segments = await segmentsOf(range);
		const list = await listBoards(pace, range.query, range.plan, { catalogue, segments });
		return { list, side: new RowSide('board', list, range.data.reported ?? null) };
	};
	const now = await read(own);
	const then = before && (await read(before));
	const ranges = then ? [now, then] : [now];
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

function* reportedRows(facts: ResolvedFacts | null): Generator<ReportedRow> {
	if (!facts) return;
	const sources = new Map(facts.sources.map((source) => [source.batchId, source]));
	for (const { fact, batchId, counts } of facts.rows()) {
		yield { fact, counts, source: sources.get(batchId) as FactSource };
	}
}
