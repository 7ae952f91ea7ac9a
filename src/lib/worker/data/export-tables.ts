import { compileFilter } from '../../engine/combinations';
import { dailyFigures } from '../../engine/daily';
import { dailyByLabel, isByLabel } from '../../engine/label-split';
import type { Pace } from '../../engine/pace';
import type { ResolvedFacts } from '../../engine/reported/resolved-facts';
import { selectEvents, type EventSelection } from '../../engine/select-events';
import { adsTable } from '../../export/ads-table';
import { directoryTable } from '../../export/directory-table';
import { EventCells, type StretchOf } from '../../export/event-cells';
import {
	boardsTable,
	dailyTable,
	pinsTable,
	type DailyBefore,
	type DailyValues
} from '../../export/figure-tables';
import { insightsTable } from '../../export/insights-table';
import { peopleTable, retentionTable } from '../../export/people-tables';
import { reportedTable, type ReportedRow } from '../../export/reported-table';
import type { Column, Table } from '../../export/table';
import { metricAt } from '../../model/metric';
import type { TableKind } from '../../model/query';
import type { FactSource } from '../../model/reported';
import { segmentsOf, type ExportRange } from './export-range';
import { boardRows, pinRows } from './export-rows';
import { isOfEvents } from './reported-part';

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

function* reportedRows(facts: ResolvedFacts | null): Generator<ReportedRow> {
	if (!facts) return;
	const sources = new Map(facts.sources.map((source) => [source.batchId, source]));
	for (const { fact, batchId, counts } of facts.rows()) {
		yield { fact, counts, source: sources.get(batchId) as FactSource };
	}
}
