import type { Segment } from '../../columns/segment';
import type { TextBlocks } from '../../columns/text-blocks';
import { pinMask, type EngineData } from '../../engine/answer';
import { compileFilter } from '../../engine/combinations';
import { dailyFigures } from '../../engine/daily';
import { listBoards, listPins, type FullList } from '../../engine/lists';
import { narrowed } from '../../engine/scanner';
import type { Pace } from '../../engine/pace';
import type { Plan } from '../../engine/plan';
import { selectEvents } from '../../engine/select-events';
import { adsCsv } from '../../export/ads-csv';
import { EventsCsv } from '../../export/events-csv';
import {
	boardsCsv,
	dailySeriesCsv,
	dailyCsv,
	pinsCsv,
	type BoardRow,
	type PinRow
} from '../../export/figures-csv';
import { directoryCsv } from '../../export/directory-csv';
import { insightsCsv } from '../../export/insights-csv';
import { reportedCsv, type ReportedRow } from '../../export/reported-csv';
import type { Catalogue } from '../../columns/catalogue';
import type { ReportedColumns } from '../../engine/reported/reported-columns';
import type { AdsTables } from '../../model/ads';
import type { ListedPin } from '../../model/directory';
import type { FigureColumns, FigureId } from '../../model/figures';
import type { InsightsSnapshot } from '../../model/insights';
import type { ExportKind, Query } from '../../model/query';
import { metricAt, type MetricId, type SortMetric } from '../../model/metric';
import type { FactSource } from '../../model/reported';
import { compareText } from '../../model/text-order';
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
	/** Audience insights in the order of their import, and what directories say; nothing where they are not set. */
	readonly readSnapshots?: () => Promise<readonly InsightsSnapshot[]>;
	readonly readDirectory?: () => Promise<readonly ListedPin[]>;
}

/**
 * What the engine finds, as the file that an export is. `plan` is by day; `tell` gets how far it is, from 0 to 1.
 * @returns null where nothing is stored that the file would be made of: reported figures, insights, directories
 */
export async function exportCsv(
	pace: Pace,
	tell: (fraction: number) => void,
	kind: ExportKind,
	query: Query,
	plan: Plan,
	data: ExportData
): Promise<Blob | null> {
	if (kind === 'reported') return reportedCsv(reportedRows(data.facts ?? null));
	if (kind === 'ads') return data.readAds ? adsCsv(await data.readAds()) : null;
	if (kind === 'insights') return insightsCsv((await data.readSnapshots?.()) ?? []);
	if (kind === 'directory') return directoryCsv((await data.readDirectory?.()) ?? []);
	if (kind === 'daily') {
		const daily = await dailyFigures(query, plan, data);
		return data.reported
			? dailySeriesCsv(plan.buckets, query.split, await data.reported.daily(pace, daily))
			: dailyCsv(plan.buckets, query.split, daily);
	}
	const catalogue = await data.catalogue();
	const segments = narrowed(await data.readSegments(), await pinMask(query.subject, data));
	switch (kind) {
		case 'pins': {
			const list = await listPins(pace, query, plan, { catalogue, segments });
			return pinsCsv(pinRows(query, catalogue, list, data.reported ?? null));
		}
		case 'boards': {
			const list = await listBoards(pace, query, plan, { catalogue, segments });
			return boardsCsv(boardRows(query, catalogue, list, data.reported ?? null));
		}
		case 'events': {
			const csv = new EventsCsv(catalogue, await data.readUserIds(), segments);
			const filter = compileFilter(query.filter, catalogue.accounts);
			let days = 0;
			for await (const selection of selectEvents(pace, plan, segments, filter)) {
				csv.write(selection);
				tell(++days / plan.buckets.length);
			}
			return csv.finish();
		}
	}
}

/** Pins of events and of reports, best first. */
function pinRows(
	{ sort }: Query,
	catalogue: Catalogue,
	{ order, figures }: FullList,
	reported: ReportedPart | null
): PinRow[] {
	const columns = reported?.columns('pin') ?? null;
	const listed = new Set(order.map((number) => catalogue.pinId(number)));
	const more = columns ? [...columns.ids].filter((id) => !listed.has(id)) : [];
	const rows = [
		...order.map((number) => row(catalogue.pinId(number), number, true)),
		...more.map((id) => row(id, catalogue.pinNumber(id), false))
	];
	return columns?.isEmpty === false ? inOrder(rows, sort, ({ pinId }) => pinId) : rows;

	function row(pinId: string, number: number, isCounted: boolean): PinRow {
		const figure = figureOf(columns, pinId, isCounted ? figures : null, number);
		return { pinId, attributes: catalogue.pin(number), figure };
	}
}

/** The same of boards. */
function boardRows(
	{ sort }: Query,
	{ boards: { names } }: Catalogue,
	{ order, figures, pins }: FullList & { readonly pins: Uint32Array },
	reported: ReportedPart | null
): BoardRow[] {
	const columns = reported?.columns('board') ?? null;
	const listed = new Set(order.map((number) => names[number] as string));
	const rows = order.map((number): BoardRow => {
		const board = names[number] as string;
		const id = reported?.boards.idOf(board) ?? board;
		return { board, pins: pins[number] as number, figure: figureOf(columns, id, figures, number) };
	});
	for (const id of columns?.ids ?? []) {
		const board = reported!.boards.nameOf(id);
		if (!listed.has(board)) rows.push({ board, pins: null, figure: figureOf(columns, id, null, -1) });
	}
	return columns?.isEmpty === false ? inOrder(rows, sort, ({ board }) => board) : rows;
}

/** @param figures of events, by number; null where no event is counted */
function figureOf(
	columns: ReportedColumns | null,
	id: string,
	figures: FigureColumns | null,
	number: number
): (metric: MetricId) => number | null {
	if (!columns) return (metric) => (figures ? metricAt(metric, figures, number) : null);
	const events = figures && ((figure: FigureId) => figures[figure][number] as number);
	return (metric) => columns.figure(metric, id, events)?.value ?? null;
}

function inOrder<Row extends PinRow | BoardRow>(
	rows: readonly Row[],
	sort: SortMetric,
	nameOf: (row: Row) => string
): Row[] {
	return rows
		.map((row) => ({ row, value: row.figure(sort) ?? -1 }))
		.sort((a, b) => b.value - a.value || compareText(nameOf(a.row), nameOf(b.row)))
		.map(({ row }) => row);
}

function* reportedRows(facts: ResolvedFacts | null): Generator<ReportedRow> {
	if (!facts) return;
	const sources = new Map(facts.sources.map((source) => [source.batchId, source]));
	for (const { fact, batchId, counts } of facts.rows()) {
		yield { fact, counts, source: sources.get(batchId) as FactSource };
	}
}
