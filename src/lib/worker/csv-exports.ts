import type { Segment } from '../columns/segment';
import type { TextBlocks } from '../columns/text-blocks';
import { pinMask, type EngineData } from '../engine/answer';
import { compileFilter } from '../engine/combinations';
import { dailyFigures } from '../engine/daily';
import { listBoards, listPins } from '../engine/lists';
import { narrowed } from '../engine/scanner';
import type { Pace } from '../engine/pace';
import type { Plan } from '../engine/plan';
import { selectEvents } from '../engine/select-events';
import { EventsCsv } from '../export/events-csv';
import { boardsCsv, dailyCoursesCsv, dailyCsv, pinsCsv } from '../export/figures-csv';
import { directoryCsv } from '../export/directory-csv';
import { insightsCsv } from '../export/insights-csv';
import { reportedCsv, type ReportedRow } from '../export/reported-csv';
import type { ListedPin } from '../model/directory';
import type { InsightsSnapshot } from '../model/insights';
import type { ExportKind, Query } from '../model/query';
import type { FactSource } from '../model/reported';
import type { ResolvedFacts } from '../engine/reported/resolved-facts';
import type { ReportedPart } from './reported-part';

/** What is stored, and what exports alone read of it. */
export interface ExportData extends EngineData {
	readonly readSegments: () => Promise<readonly Segment[]>;
	readonly readUserIds: () => Promise<TextBlocks>;
	/** What is reported, and its part in the query; null where there is none. */
	readonly facts?: ResolvedFacts | null;
	readonly reported?: ReportedPart | null;
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
	if (kind === 'insights') return insightsCsv((await data.readSnapshots?.()) ?? []);
	if (kind === 'directory') return directoryCsv((await data.readDirectory?.()) ?? []);
	if (kind === 'daily') {
		const daily = await dailyFigures(query, plan, data);
		return data.reported
			? dailyCoursesCsv(plan.buckets, query.split, data.reported.daily(daily))
			: dailyCsv(plan.buckets, query.split, daily);
	}
	const catalogue = await data.catalogue();
	const segments = narrowed(await data.readSegments(), await pinMask(query.subject, data));
	switch (kind) {
		case 'pins': {
			const { order, figures } = await listPins(pace, query, plan, { catalogue, segments });
			return pinsCsv(catalogue, order, figures);
		}
		case 'boards': {
			const { order, figures, pins } = await listBoards(pace, query, plan, { catalogue, segments });
			return boardsCsv(catalogue, order, figures, pins);
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

function* reportedRows(facts: ResolvedFacts | null): Generator<ReportedRow> {
	if (!facts) return;
	const sources = new Map(facts.sources.map((source) => [source.batchId, source]));
	for (const { fact, batchId, counts } of facts.rows()) {
		yield { fact, counts, source: sources.get(batchId) as FactSource };
	}
}
